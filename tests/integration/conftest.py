from __future__ import annotations

import pytest

import app
from services.container import build_services
from tests.town_fixture import publish_small_town


@pytest.fixture(scope="session")
def town_settings(tmp_path_factory):
    return publish_small_town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def town_services(town_settings):
    return build_services(town_settings)


@pytest.fixture(scope="session")
def town_server(town_settings, town_services):
    return app.create_app(town_settings, services=town_services)


@pytest.fixture
def client(town_server):
    return town_server.test_client()
