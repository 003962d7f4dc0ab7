"""Settings of one process: read once from ``KECK_*``, checked, and frozen.

:data:`SETTINGS` is the one list of name, default and help; ``python cli.py settings`` prints it
and ``docs/settings.md`` is tested to agree with it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from i18n import LANGUAGES, translator

SECRET_LENGTH = 32
SECRET_VARIETY = 8
KNOWN_SECRETS = frozenset(
    {"admin", "change-me", "changeme", "dev", "keck", "keck-atlas", "password", "secret", "test"}
)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


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


SETTINGS: tuple[Setting, ...] = (
    Setting("KECK_DATA_DIR", "./instance", _folder),
    Setting("KECK_HOST", "127.0.0.1", _text),
    Setting("KECK_PORT", "8050", _whole(1, 65535)),
    Setting("KECK_SECRET_KEY", "", _text),
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
)


@dataclass(frozen=True)
class Settings:
    """Everything a process is told from outside."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8050
    secret_key: str = ""
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
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @property
    def server_mode(self) -> bool:
        """Whether other machines can reach the program."""
        return not _is_loopback(self.host)

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
