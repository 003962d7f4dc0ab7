"""Settings of one process: read once from ``KECK_*``, checked, and frozen.

:data:`SETTINGS` is the one list of name, default and help; ``python cli.py settings`` prints it
and ``docs/settings.md`` is tested to agree with it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from i18n import LANGUAGES, translator

SECRET_LENGTH = 32
SECRET_VARIETY = 8
KNOWN_SECRETS = frozenset(
    {"admin", "change-me", "changeme", "dev", "keck", "keck-atlas", "password", "secret", "test"}
)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SWITCH = ("on", "off")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only where a setting asks for it
"""All addresses of this machine."""
GROUP_ROLES = ("admin", "editor", "planner", "carrier")
"""Roles that groups of a service to sign in at can stand for, the most first."""
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class SettingsError(Exception):
    """The environment holds values the program cannot start with.

    ``problems`` are pairs of text key and parameters, one for each bad value.
    """

    def __init__(self, problems: list[tuple[str, dict[str, str]]]) -> None:
        self.problems = problems
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Return every problem in German and in English."""
        return [translator(lang)(key, **p) for key, p in self.problems for lang in LANGUAGES]


class _BadValueError(ValueError):
    """A value that does not fit; carries the text key of the reason."""


@dataclass(frozen=True)
class Setting:
    """One setting: environment name, default as text, how it is read."""

    name: str
    default: str
    read: Callable[[str], Any]

    @property
    def help_key(self) -> str:
        """Text key of the help line."""
        return f"settings.help.{self.name}"


def _text(raw: str) -> str:
    return raw


def _words(raw: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in raw.split(",") if word.strip())


def _origins(raw: str) -> tuple[str, ...]:
    """Read the origins of pages: they are written into a header, so nothing else may pass."""
    found = tuple(word.rstrip("/").lower() for word in _words(raw))
    if not all(_ORIGIN.fullmatch(word) for word in found):
        raise _BadValueError("settings.bad.origins")
    return found


def _folder(raw: str) -> Path:
    if raw.startswith(("\\\\", "//")) or "OneDrive" in raw:
        raise _BadValueError("settings.bad.network_folder")
    return Path(raw).expanduser().resolve()


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not (raw.isascii() and raw.isdigit()) or not lowest <= int(raw) <= highest:
            raise _BadValueError("settings.bad.number", lowest, highest)
        return int(raw)

    return read


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw not in allowed:
            raise _BadValueError("settings.bad.choice", ", ".join(allowed))
        return raw

    return read


def _address(schemes: tuple[str, ...]) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw and not raw.startswith(schemes):
            raise _BadValueError("settings.bad.address", ", ".join(schemes))
        return raw

    return read


def _issuer(raw: str) -> str:
    """Read the address of a service to sign in at: encrypted, or on this machine."""
    parts = urlsplit(raw)
    is_near = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    is_plain = not (parts.query or parts.fragment or parts.username)
    if raw and not (parts.hostname and is_plain and (parts.scheme == "https" or is_near)):
        raise _BadValueError("settings.bad.issuer")
    return raw


def _groups(raw: str) -> tuple[tuple[str, str], ...]:
    """Read pairs of a group and the role its members have."""
    pairs = [word.rpartition("=") for word in _words(raw)]
    if not all(group.strip() and role.strip() in GROUP_ROLES for group, _, role in pairs):
        raise _BadValueError("settings.bad.groups", ", ".join(GROUP_ROLES))
    return tuple((group.strip(), role.strip()) for group, _, role in pairs)


SETTINGS: tuple[Setting, ...] = (
    Setting("KECK_DATA_DIR", "./instance", _folder),
    Setting("KECK_HOST", "127.0.0.1", _text),
    Setting("KECK_PORT", "8050", _whole(1, 65535)),
    Setting("KECK_SECRET_KEY", "", _text),
    Setting("KECK_SECRET_KEY_BEFORE", "", _text),
    Setting("KECK_DATABASE_URL", "", _address(("sqlite:///", "postgresql+psycopg://"))),
    Setting("KECK_REDIS_URL", "", _address(("redis://", "rediss://", "unix://"))),
    Setting("KECK_LANGUAGE", "de", _one_of(LANGUAGES)),
    Setting("KECK_LOG_LEVEL", "INFO", _one_of(LOG_LEVELS)),
    Setting("KECK_ALLOWED_HOSTS", "", _words),
    Setting("KECK_PROXY_HOPS", "0", _whole(0, 5)),
    Setting("KECK_UPLOAD_MB", "64", _whole(1, 1024)),
    Setting("KECK_IMPORT_MEMORY_MB", "1024", _whole(256, 65536)),
    Setting("KECK_IMPORT_SECONDS", "600", _whole(5, 7200)),
    Setting("KECK_KEEP_RELEASES", "10", _whole(2, 1000)),
    Setting("KECK_CACHE_ENTRIES", "400", _whole(10, 1_000_000)),
    Setting("KECK_SHORT_LINKS", "on", _one_of(SWITCH)),
    Setting("KECK_EMBED_ANCESTORS", "", _origins),
    Setting("KECK_WORKSHOP", "off", _one_of(SWITCH)),
    Setting("KECK_TWO_PERSON", "auto", _one_of(("auto", *SWITCH))),
    Setting("KECK_OIDC_ISSUER", "", _issuer),
    Setting("KECK_OIDC_CLIENT_ID", "", _text),
    Setting("KECK_OIDC_CLIENT_SECRET", "", _text),
    Setting("KECK_OIDC_GROUPS", "", _groups),
    Setting("KECK_OIDC_GROUP_CLAIM", "groups", _text),
    Setting("KECK_OIDC_DEPARTMENT_CLAIM", "", _text),
)


@dataclass(frozen=True)
class Settings:
    """Everything a process is told from outside."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8050
    secret_key: str = ""
    secret_key_before: str = ""
    database_url: str = ""
    redis_url: str = ""
    language: str = "de"
    log_level: str = "INFO"
    allowed_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    upload_mb: int = 64
    import_memory_mb: int = 1024
    import_seconds: int = 600
    keep_releases: int = 10
    cache_entries: int = 400
    short_links: str = "on"
    embed_ancestors: tuple[str, ...] = ()
    workshop: str = "off"
    two_person: str = "auto"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_groups: tuple[tuple[str, str], ...] = ()
    oidc_group_claim: str = "groups"
    oidc_department_claim: str = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check all settings.

        Raises
        ------
        SettingsError
            One or more values do not fit, or server mode lacks a good secret; all problems
            are collected and told in German and English.
        """
        values: dict[str, Any] = {}
        problems: list[tuple[str, dict[str, str]]] = []
        for setting in SETTINGS:
            raw = environ.get(setting.name, "").strip() or setting.default
            try:
                values[setting.name.removeprefix("KECK_").lower()] = setting.read(raw)
            except _BadValueError as bad:
                key, *limits = bad.args
                params = {"name": setting.name, "value": raw[:80]}
                params |= {f"limit{i}": str(limit) for i, limit in enumerate(limits)}
                problems.append((key, params))
        problems += _unknown_names(environ)
        if not problems:
            problems += _secret_problems(values["host"], values["secret_key"])
            problems += _missing_for_oidc(values)
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @property
    def server_mode(self) -> bool:
        """Whether other machines can reach the program."""
        return not _is_loopback(self.host)

    @property
    def opens_network(self) -> bool:
        """Whether phones of the local network reach the public pages of a laptop.

        Accounts stay as on a laptop: internal pages answer this machine alone.
        """
        return self.workshop == "on" and not self.server_mode

    @property
    def bind(self) -> str:
        """Address the server listens on."""
        return EVERYWHERE if self.opens_network else self.host

    @property
    def two_persons(self) -> bool:
        """Whether nobody publishes what he or she built or handed in; unset: on a server."""
        return self.server_mode if self.two_person == "auto" else self.two_person == "on"

    @property
    def database(self) -> str:
        """Address of the application database; SQLite in the data folder unless set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'app.db'}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _unknown_names(environ: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return names nobody reads: a misspelt setting must not be ignored silently.

    Names for tests may stand in the environment of a developer or a build machine.
    """
    known = {setting.name for setting in SETTINGS} | {"KECK_TOWNS_DIR", "KECK_VECTORS_DIR"}
    return [
        ("settings.bad.unknown", {"name": name})
        for name in sorted(environ)
        if name.startswith("KECK_") and name not in known and not name.startswith("KECK_TEST_")
    ]


def _missing_for_oidc(values: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """Return what signing in elsewhere still needs: all of it is set, or nothing."""
    needed = ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_groups")
    missing = [name for name in needed if not values[name]]
    if len(missing) in (0, len(needed)):
        return []
    return [("settings.bad.oidc", {"name": f"KECK_{name.upper()}"}) for name in missing]


def _secret_problems(host: str, secret: str) -> list[tuple[str, dict[str, str]]]:
    if _is_loopback(host):
        return []
    if not secret:
        return [("settings.bad.secret_missing", {"host": host})]
    if secret.lower() in KNOWN_SECRETS or len(set(secret)) < SECRET_VARIETY:
        return [("settings.bad.secret_known", {"host": host})]
    if len(secret) < SECRET_LENGTH:
        return [("settings.bad.secret_short", {"host": host, "length": str(SECRET_LENGTH)})]
    return []
