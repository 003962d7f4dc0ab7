"""A release that waits to be published is as unknown as an invented one, at every address."""

from __future__ import annotations

import datetime as dt

import pytest

import app
from data.appdb import open_database
from data.releases import ReleaseStore
from domain.model import Text
from services.container import build_services
from services.publication import Delivery, build_release
from tests.integration.callback_calls import body_of, post
from tests.integration.canary_crawl import callbacks_of
from tests.town_fixture import CLOCK, publish_small_town, small_town

INVENTED = "2019-01-01-1"
PAGES = ("/atlas", "/vergleich", "/profil/quartiere/02", "/methoden", "/bericht", "/")
ROUTES = (
    "/api/v1/catalogue?release={}",
    "/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere&release={}",
    "/view/kleinstadt/{}/quartiere/kinderarmut.json",
    "/search/kleinstadt/{}/de.json?q=kinder",
    "/export/kleinstadt/{}/atlas.csv?indicator=kinderarmut&level=quartiere",
    "/export/kleinstadt/{}/bericht.pdf?page=profil&level=quartiere&area=02",
)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The small town, published, and a second release of it that was only made."""
    settings = publish_small_town(tmp_path_factory.mktemp("waiting"))
    engine = open_database(settings.database, settings.data_dir)
    store = ReleaseStore(settings.data_dir, engine)
    stamp = store.reserve("kleinstadt", CLOCK + dt.timedelta(days=1), job_id="waits")
    build_release(small_town(), store.staging / "waits", stamp, Delivery(note=Text("wartet")))
    waiting = store.add(store.staging / "waits")
    engine.dispose()
    services = build_services(settings)
    return app.create_app(settings, services=services), services, waiting


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_answers_for_a_waiting_release(town, route):
    server, services, waiting = town
    client = server.test_client()
    assert client.get(route.format(services.releases.current())).status_code == 200
    told = [client.get(route.format(release)) for release in (waiting, INVENTED)]
    assert [answer.status_code for answer in told] == [404, 404]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_falls_back_from_a_waiting_release_with_a_hint(town, path):
    server, _, waiting = town
    client = server.test_client()
    client.get("/_dash-dependencies")
    output, callback = next(
        (k, v) for k, v in callbacks_of(server).items() if k.startswith("page.children")
    )

    def shown(release):
        values = {"url.pathname": path, "url.search": f"?release={release}"}
        answer = post(client, body_of(output, callback, values))
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    assert INVENTED in shown(INVENTED)  # the notice names what was asked for
    assert shown(waiting).replace(waiting, "X") == shown(INVENTED).replace(INVENTED, "X")
