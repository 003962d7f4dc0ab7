from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

import app
from domain.model import Audience
from domain.roles import ACCOUNT_ROLES, Role
from services.container import StaffServices, build_services
from tests.canary_town import MEN, WOMEN, canary_town, markers
from tests.measures import TYPED
from tests.phones import PhoneRoom, ask_everybody
from tests.sign_in_service import CLIENT, GROUPS, SECRET, sign_in_service
from tests.staff import HandClock, account, sign_in, staff_of, with_staff
from tests.stages import StageRoom, reveal_hidden
from tests.town_fixture import CANARY, CANARY_RATE, publish, publish_small_town, settings_for


@pytest.fixture(scope="session")
def town_settings(tmp_path_factory):
    return publish_small_town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def town_services(town_settings):
    services = with_staff(build_services(town_settings), town_settings, HandClock())
    for role in ACCOUNT_ROLES:
        account(services.staff, f"eine-{role}", role)
    return services


@pytest.fixture
def as_role(town_server, town_services):
    """Return what signs an account of a role in."""
    return lambda role: sign_in(town_server, town_services.staff, f"eine-{role}")


@pytest.fixture(scope="session")
def town_server(town_settings, town_services):
    return app.create_app(town_settings, services=town_services)


@pytest.fixture
def client(town_server):
    return town_server.test_client()


@pytest.fixture(scope="session")
def canary_server(tmp_path_factory):
    settings = settings_for(tmp_path_factory.mktemp("canary") / "instance")
    publish(canary_town(), settings)
    services = with_staff(build_services(settings), settings, HandClock())
    for role in ACCOUNT_ROLES:
        account(services.staff, f"eine-{role}", role)
    for areas, indicator in (("02,03", "geheim"), ("02", "kinderarmut")):
        typed = {**TYPED, "areas": areas, "indicator": indicator}
        kept = services.measures.add(typed, actor="eine-admin")
        services.measures.publish(kept.id, seen=1, actor="eine-admin")
    ask_everybody(services)
    server = app.create_app(settings, services=services)
    server.config["REVEALED_ROOM"] = reveal_hidden(services)
    return server, services


@pytest.fixture
def canary_client(canary_server):
    return canary_server[0].test_client()


@pytest.fixture(scope="session")
def hidden(canary_server):
    """Return every way to write what the public file hides."""
    releases = canary_server[1].releases
    release = releases.current()
    inner = releases.reader(release, Audience.INTERNAL)
    outer = releases.reader(release, Audience.PUBLIC)
    found = markers(inner, outer)
    pair = WOMEN[0] + MEN[0]
    for number in (CANARY, CANARY_RATE, WOMEN[0], MEN[0], pair, pair + 2):
        assert str(int(number)) in found, number
    return found


@pytest.fixture(scope="session")
def two_accounts(tmp_path_factory):
    """Return a data folder with an admin and a planner, set up once and copied for every test."""
    settings = settings_for(tmp_path_factory.mktemp("accounts"))
    staff = staff_of(settings, HandClock())
    account(staff, "chef", Role.ADMIN)
    account(staff, "meier")
    return settings.data_dir


@pytest.fixture
def clock():
    return HandClock()


class ChangingStaff:
    """Accounts that are exchanged under a server that goes on: building one takes long."""

    now: StaffServices

    def __getattr__(self, name):
        return getattr(self.now, name)


@pytest.fixture(scope="session")
def changing(town_settings, town_services):
    """Return a server of the small town, its services, and the accounts to exchange."""
    staff = ChangingStaff()
    services = replace(town_services, staff=staff)
    return app.create_app(town_settings, services=services), services, staff


@pytest.fixture
def staffed(changing, two_accounts, tmp_path, clock):
    """Return the small town with accounts of its own: what a test changes, no other one sees."""
    own = settings_for(tmp_path / "accounts")
    own.data_dir.mkdir()
    shutil.copy2(two_accounts / "app.db", own.data_dir)
    changing[2].now = staff_of(own, clock)
    return changing[1]


@pytest.fixture
def unstaffed(changing, tmp_path, clock):
    """Return the small town before anybody has an account."""
    changing[2].now = staff_of(settings_for(tmp_path / "nobody"), clock)
    return changing[1]


@pytest.fixture
def staffed_server(changing, staffed):
    assert staffed is changing[1]
    return changing[0]


@pytest.fixture
def service(clock):
    """Return a service to sign in at."""
    with sign_in_service() as found:
        found.now = lambda: clock().timestamp()
        yield found


@pytest.fixture
def elsewhere(changing, service, tmp_path, clock):
    """Return the server with accounts of its own, which people sign in to at the service."""
    settings = replace(
        settings_for(tmp_path / "elsewhere"), oidc_issuer=service.issuer, oidc_client_id=CLIENT,
        oidc_client_secret=SECRET, oidc_groups=GROUPS, oidc_department_claim="department",
    )  # fmt: skip
    changing[2].now = staff_of(settings, clock)
    account(changing[2].now, "chef", Role.ADMIN)
    return changing[0]


@pytest.fixture(scope="session")
def phone_server(tmp_path_factory):
    """Return a server of the small town with rooms of its own, its services, and their clock."""
    settings = publish_small_town(tmp_path_factory.mktemp("phones"))
    hand = HandClock()
    services = with_staff(build_services(settings, clock=hand), settings, hand)
    return app.create_app(settings, services=services), services, hand


@pytest.fixture
def meeting(phone_server):
    return PhoneRoom(*phone_server)


@pytest.fixture
def question(phone_server):
    """Return a question that is open."""
    room = PhoneRoom(*phone_server, kind="question")
    room.move("start")
    return room


@pytest.fixture(scope="session")
def led_server(phone_server):
    """Return the server of rooms, with people who may and may not lead them."""
    people = {"anna": Role.PLANNER, "bert": Role.EDITOR, "emil": Role.CARRIER}
    for name, role in people.items():
        account(phone_server[1].staff, name, role)
    return phone_server


@pytest.fixture
def stage(led_server):
    """Return a room that waits for somebody to lead it."""
    return StageRoom(*led_server)
