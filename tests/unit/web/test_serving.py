from __future__ import annotations

from pathlib import Path

from config import Settings
from web.serving import gunicorn_options


def test_forwarded_headers_are_never_believed_by_the_server_itself():
    options = gunicorn_options(Settings(data_dir=Path("unused")))
    assert options["forwarded_allow_ips"] == ""
    assert (options["workers"], options["threads"]) == (2, 8)
    assert options["bind"] == "127.0.0.1:8050"


def test_an_address_of_the_new_kind_is_bracketed():
    options = gunicorn_options(Settings(data_dir=Path("unused"), host="::1", port=80))
    assert options["bind"] == "[::1]:80"


def test_a_workshop_is_served_on_all_addresses_of_the_machine():
    options = gunicorn_options(Settings(data_dir=Path("unused"), workshop="on"))
    assert options["bind"] == "0.0.0.0:8050"
