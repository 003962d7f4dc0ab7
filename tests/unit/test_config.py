"""Settings: read once, refused in German and English, listed and documented."""

from pathlib import Path

import pytest

from config import SETTINGS, Settings, SettingsError
from i18n import LANGUAGES, translator

ROOT = Path(__file__).parents[2]
GOOD_SECRET = "kJ8-2hdo_8sUwzP0q7Lm3nXvB5tRyE1a"  # noqa: S105


def refusal(**environ):
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ(environ)
    return str(caught.value)


def test_an_empty_environment_gives_loopback_and_a_folder_beside_the_program():
    settings = Settings.from_environ({})
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8050, "de")
    assert settings.data_dir == Path("instance").resolve()
    assert settings.database == f"sqlite:///{settings.data_dir / 'app.db'}"
    assert not settings.server_mode


def test_a_blank_value_counts_as_not_set():
    assert Settings.from_environ({"KECK_PORT": " "}).port == 8050


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KECK_PORT", "0", "1 bis 65535"),
        ("KECK_PORT", "８０", "1 bis 65535"),
        ("KECK_LANGUAGE", "fr", "de, en"),
        ("KECK_LOG_LEVEL", "loud", "DEBUG"),
        ("KECK_DATABASE_URL", "mysql://x", "sqlite"),
        ("KECK_REDIS_URL", "http://x", "redis://"),
        ("KECK_DATA_DIR", r"\\server\share", "Netzlaufwerk"),
        ("KECK_SHORT_LINKS", "yes", "on, off"),
        ("KECK_EMBED_ANCESTORS", "www.stadt.de", "https://"),
        ("KECK_EMBED_ANCESTORS", "https://stadt.de; script-src *", "https://"),
        ("KECK_EMBED_ANCESTORS", "https://stadt.de/seite", "https://"),
        ("KECK_EMBED_ANCESTORS", "*", "https://"),
        ("KECK_PROT", "1", "KECK_PROT"),
        ("KECK_OIDC_ISSUER", "http://anmelden.stadt.example", "https://"),
        ("KECK_OIDC_ISSUER", "https://ich@stadt.example", "https://"),
        ("KECK_OIDC_ISSUER", "https://", "https://"),
        ("KECK_OIDC_GROUPS", "statistik", "admin, editor, planner, carrier"),
        ("KECK_OIDC_GROUPS", "statistik=public", "admin, editor, planner, carrier"),
        ("KECK_OIDC_GROUPS", "=admin", "admin, editor, planner, carrier"),
    ],
)
def test_a_bad_value_is_named_with_its_remedy_in_both_languages(name, value, said):
    german, english = refusal(**{name: value}).splitlines()
    assert name in german
    assert name in english
    assert said in german
    assert german != english


def test_a_service_to_sign_in_at_is_set_wholly_or_not_at_all():
    issuer = {"KECK_OIDC_ISSUER": "https://anmelden.stadt.example"}
    told = refusal(**issuer, KECK_OIDC_GROUPS="CN=Amt,OU=x=editor".replace(",", " "))
    assert "KECK_OIDC_CLIENT_ID fehlt" in told
    assert "KECK_OIDC_CLIENT_SECRET is missing" in told
    whole = {"KECK_OIDC_CLIENT_ID": "a", "KECK_OIDC_CLIENT_SECRET": "b"}
    groups = {"KECK_OIDC_GROUPS": "Amt 5 = editor, IT=admin"}
    settings = Settings.from_environ({**issuer, **whole, **groups})
    assert settings.oidc_groups == (("Amt 5", "editor"), ("IT", "admin"))


def test_all_bad_values_are_told_at_once():
    assert len(refusal(KECK_PORT="x", KECK_LANGUAGE="x").splitlines()) == 4


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_needs_no_secret(host):
    assert not Settings.from_environ({"KECK_HOST": host}).server_mode


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "fehlt"),
        ("changeme", "bekannter"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bekannter"),
        (GOOD_SECRET[:31], "kürzer als 32"),
    ],
)
def test_a_server_refuses_a_missing_known_or_short_secret(secret, said):
    text = refusal(KECK_HOST="::", KECK_SECRET_KEY=secret)
    assert said in text
    assert "token_urlsafe" in text


def test_a_server_with_a_good_secret_starts():
    settings = Settings.from_environ({"KECK_HOST": "::", "KECK_SECRET_KEY": GOOD_SECRET})
    assert settings.server_mode


def test_a_workshop_opens_the_network_and_leaves_a_laptop_a_laptop():
    settings = Settings.from_environ({"KECK_WORKSHOP": "on"})
    assert settings.opens_network
    assert settings.bind == "0.0.0.0"  # noqa: S104 - compared, not bound
    assert not settings.server_mode
    assert not settings.two_persons
    assert Settings.from_environ({}).bind == "127.0.0.1"
    served = {"KECK_WORKSHOP": "on", "KECK_HOST": "10.1.1.1", "KECK_SECRET_KEY": GOOD_SECRET}
    assert Settings.from_environ(served).bind == "10.1.1.1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_has_a_help_line(language):
    tr = translator(language)
    assert all(tr(setting.help_key) for setting in SETTINGS)


def test_the_document_names_every_setting_with_its_default():
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `KECK_")]
    tr = translator("en")
    assert rows == [
        f"| `{s.name}` | {f'`{s.default}`' if s.default else '–'} | {tr(s.help_key)} |"
        for s in SETTINGS
    ]


def test_names_for_tests_may_stand_beside_the_settings(tmp_path):
    environ = {"KECK_DATA_DIR": str(tmp_path), "KECK_TEST_NO_SKIPS": "1", "KECK_TOWNS_DIR": "x"}
    assert Settings.from_environ(environ).data_dir == tmp_path
    with pytest.raises(SettingsError):
        Settings.from_environ({**environ, "KECK_PROT": "8050"})
