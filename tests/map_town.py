"""A published town that keeps its files, with people who look after its maps."""

from __future__ import annotations

import io
import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from shapely.geometry import Polygon, box, mapping
from werkzeug.test import TestResponse

import app
from config import Settings
from domain.roles import Role
from services.container import Services, build_services
from services.importing import ImportOrder, ImportService
from services.map_drafts import MapDraft, MapDraftService
from services.map_jobs import MapJobs
from services.map_worker import MapWorker
from tests.release_desk import NowClock
from tests.small_delivery import QUARTERS, TABLE, write_delivery
from tests.staff import account, form_token, sign_in, with_staff

PATH = "/intern/karten"
LEVEL = "viertel@1"
ORIGIN = {"Origin": "http://localhost"}
LINES = ("id;jahr;kinder", *(f"{area};{year};{n}" for year in (2020, 2021) for area, n in (
    ("01", 120), ("02", 80), ("03", 240),
)))  # fmt: skip
PEOPLE = {
    "anna": Role.EDITOR,
    "berta": Role.ADMIN,
    "carla": Role.EDITOR,
    "dora": Role.PLANNER,
    "emil": Role.CARRIER,
}
SQUARES = {
    area: box(9.4 + 0.01 * i, 54.7, 9.41 + 0.01 * i, 54.71) for i, area in enumerate(QUARTERS)
}
RECUT = {
    "01": SQUARES["01"],
    "02": box(9.41, 54.7, 9.4202, 54.71),  # laps over its neighbour
    "04": box(9.42, 54.7, 9.425, 54.71),
    "05": box(9.425, 54.7, 9.43, 54.71),
}
LONGEST_SECONDS = 240
EARLIER = """
[[level]]
id = "viertel"
vintage = "0"
name = "Viertel"
order = 20
valid_to = "2019"
[level.layer]
file = "alt.geojson"
format = "geojson"
id = "key"
name = "name"
[[level.parent]]
level = "stadt"
vintage = "1"
constant = "kleinstadt"
[[conversion]]
level = "viertel"
from = "0"
to = "1"
file = "umrechnung.csv"
encoding = "utf-8"
separator = ";"
old = "alt"
new = "neu"
weight = "anteil"
basis = "population"
"""
"""An earlier vintage of the quarters: the last two were one."""


@dataclass
class MapTown:
    """The town, its server and what waits there."""

    settings: Settings
    services: Services
    server: Flask
    first: str

    @classmethod
    def at(cls, folder: Path) -> MapTown:
        """Import and publish the small delivery."""
        delivery = folder / "delivery"
        delivery.mkdir(parents=True)
        settings = Settings(data_dir=folder / "instance", upload_mb=1, two_person="off")
        clock = NowClock()
        services = with_staff(build_services(settings, clock=clock), settings, clock)
        recipe = write_delivery(delivery, LINES, table=TABLE + EARLIER)
        both = SQUARES["02"].union(SQUARES["03"])
        (delivery / "alt.geojson").write_bytes(layer({"01": SQUARES["01"], "02": both}))
        rows = "alt;neu;anteil\n01;01;1\n02;02;0.4\n02;03;0.6\n"
        (delivery / "umrechnung.csv").write_text(rows, "utf-8")
        done = ImportService(settings, services).run(ImportOrder(recipe, delivery, publish=True))
        assert done.is_published, done.findings
        for name, role in PEOPLE.items():
            account(services.staff, name, role)
        return cls(settings, services, app.create_app(settings, services=services), done.release_id)

    def browser(self, name: str) -> FlaskClient:
        """Return a browser in which somebody is signed in."""
        return sign_in(self.server, self.services.staff, name)

    def drafts(self) -> MapDraftService:
        """Return what the server works with, by files and database."""
        return MapDraftService(self.settings, self.services)

    def waited(self, answer: TestResponse) -> MapDraft:
        """Wait until the work on the draft an answer leads to has ended."""
        assert answer.status_code == 303, answer.text
        return self.ended(answer.headers["Location"].split("?")[0].rsplit("/", 1)[-1])

    def ended(self, draft_id: str) -> MapDraft:
        """Wait until the work on a draft has ended."""
        drafts, end = self.drafts(), time.monotonic() + LONGEST_SECONDS
        while drafts.job(drafts.store.get(draft_id)):
            assert time.monotonic() < end
            time.sleep(0.05)
        return drafts.store.get(draft_id)


def layer(
    shapes: dict[str, Polygon], *, names: dict[str, str] | None = None, **more: object
) -> bytes:
    """Return areas as GeoJSON."""
    called = {**QUARTERS, **(names or {})}
    features = [
        {
            "type": "Feature",
            "properties": {"key": key, "name": called.get(key, f"Viertel {key}")},
            "geometry": mapping(shape),
        }
        for key, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def send_file(
    client: FlaskClient,
    path: str,
    content: bytes | None,
    *,
    name: str = "neu.geojson",
    **words: str,
) -> TestResponse:
    """Send a form with a file as its page does."""
    fields: dict[str, object] = {"form_token": form_token(client, "/intern/konto"), **words}
    if content is not None:
        fields["datei"] = (io.BytesIO(content), name)
    return client.post(path, data=fields, headers=ORIGIN)


def load(
    client: FlaskClient, content: bytes | None, *, vintage: str = "2026", **words: str
) -> TestResponse:
    """Send a new layer of the quarters."""
    return send_file(
        client, f"{PATH}/laden", content, **{"level": LEVEL, "vintage": vintage, **words}
    )


def page(draft: MapDraft, deed: str = "") -> str:
    """Return the address of a draft, or of a form on its page."""
    return f"{PATH}/entwurf/{draft.id}" + (f"/{deed}" if deed else "")


def work_in_thread(town: MapTown, monkeypatch: Any) -> None:
    """Let the work on maps be done by a thread, which begins sooner than a process."""

    def begin(_self: MapJobs, *task: str) -> None:
        worker = MapWorker(town.settings, town.services)
        threading.Thread(target=worker.run, args=task, daemon=True).start()

    monkeypatch.setattr(MapJobs, "begin", begin)
