"""Accounts for tests: cheap hashes, a clock that is moved by hand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from data.appdb import open_database
from domain.roles import Role
from services.container import Services, StaffServices, build_staff
from services.passwords import Passwords
from services.sessions import Session
from services.sign_in import Attempt
from tests.town_fixture import CLOCK

PASSWORD = "kugelblitz am see"  # noqa: S105 - of tests
NEW_PASSWORD = "regenbogen im moor"  # noqa: S105 - of tests


class HandClock:
    """Shows what it was set to."""

    def __init__(self) -> None:
        self.now = CLOCK

    def __call__(self) -> dt.datetime:
        return self.now

    def on(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


def quick_passwords(folder: Path) -> Passwords:
    """Return the real thing with hashes that cost nothing."""
    return Passwords(folder, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def staff_of(settings: Settings, clock: HandClock) -> StaffServices:
    """Return the services around accounts of a data folder."""
    database = open_database(settings.database, settings.data_dir)
    folder = settings.data_dir / "cache" / "passwords"
    return build_staff(settings, database, clock, quick_passwords(folder))


def with_staff(services: Services, settings: Settings, clock: HandClock) -> Services:
    """Return services whose accounts hash quickly and look at a clock of the test."""
    return replace(services, staff=staff_of(settings, clock))


def attempt(name: str, password: str = PASSWORD, **more: str) -> Attempt:
    """Return what somebody types at 10.0.0.7."""
    given = {"code": "", "address": "10.0.0.7", "browser": "Firefox", **more}
    return Attempt(name, password, **given)


def account(staff: StaffServices, name: str, role: Role = Role.PLANNER) -> str:
    """Add an account, set its password, and return its id."""
    added, token = staff.accounts.add(name, role, "", actor="test")
    staff.setup.finish(token, "", PASSWORD, "Firefox")
    staff.own.end_other_sessions(Session(added, "", "", added.created, added.created))
    return added.id


def sign_in(server: Flask, staff: StaffServices, name: str) -> FlaskClient:
    """Return a browser in which an account is signed in."""
    client = server.test_client()
    token = staff.sign_in.sign_in(attempt(name))
    client.set_cookie("keck_session", token, path="/intern/")
    return client


def form_token(client: FlaskClient, path: str) -> str:
    """Return the token that the forms of a page carry."""
    found = re.search(r'name="form_token" value="(\w+)"', client.get(path).text)
    assert found is not None, path
    return found[1]


def send(client: FlaskClient, path: str, *, page: str = "", **fields: str) -> TestResponse:
    """Send a form as its page does."""
    token = form_token(client, page or path)
    headers = {"Origin": "http://localhost"}
    return client.post(path, data={"form_token": token, **fields}, headers=headers)


def session(staff: StaffServices, name: str, **more: str) -> Session:
    """Sign in and return the session."""
    found = staff.sessions.find(staff.sign_in.sign_in(attempt(name, **more)))
    assert found is not None
    return found


def code_at(secret: str, now: dt.datetime) -> str:
    """Return what an app shows at a moment."""
    return pyotp.TOTP(secret).at(now)
