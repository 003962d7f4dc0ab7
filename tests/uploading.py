"""A town whose releases carry their recipe, and files that are brought to it by its pages."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import app
from config import Settings
from domain.roles import Role
from services.container import Services, build_services
from services.importing import ImportOrder, ImportService
from services.upload_work import UploadWorker
from services.uploads import Stage, UploadService
from tests.release_desk import NowClock
from tests.small_delivery import TABLE, write_delivery
from tests.staff import account, form_token, sign_in, with_staff

UPLOAD = "/intern/daten/hochladen"
DELIVERY = "/intern/daten/lieferung"
LAST_YEAR = ("id;jahr;kinder", "01;2023;100", "02;2023;200", "03;2023;300")
THIS_YEAR = "id;jahr;kinder\n01;2024;110\n02;2024;210\n03;2024;310\n"
PEOPLE = {"anna": Role.EDITOR, "bert": Role.ADMIN, "dora": Role.PLANNER}
ORIGIN = {"Origin": "http://localhost"}
MIB = 1024**2
GOOD = THIS_YEAR.encode()


class UploadTown:
    """The town of three quarters with last year's figures, published from its recipe."""

    def __init__(self, settings: Settings) -> None:
        self.settings = replace(settings, two_person="on")
        clock = NowClock()
        services = build_services(self.settings, clock=clock)
        self.services: Services = with_staff(services, self.settings, clock)
        self.first = self.services.store.current() or ""
        self.server = app.create_app(self.settings, services=self.services)
        for name, role in PEOPLE.items():
            account(self.services.staff, name, role)

    def browser(self, name: str) -> FlaskClient:
        return sign_in(self.server, self.services.staff, name)

    def bring(
        self, client: FlaskClient, content: str | bytes, name: str = "werte_2024.csv", **more: str
    ) -> TestResponse:
        """Send a file as the form does."""
        raw = content.encode() if isinstance(content, str) else content
        fields: dict[str, Any] = {"form_token": form_token(client, UPLOAD), "base": self.first}
        return client.post(
            UPLOAD, data={**fields, **more, "file": (io.BytesIO(raw), name)}, headers=ORIGIN
        )

    def brought(self, client: FlaskClient, content: str | bytes, **more: str) -> str:
        """Send a file, have it looked into, and return the path of its page."""
        answer = self.bring(client, content, **more)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def settled(self, path: str) -> None:
        """Wait until nobody works on an upload any more."""
        upload = path.rpartition("/")[2]
        for _ in range(3000):
            if self.services.uploads.view(upload).stage is not Stage.WORKING:
                return
            time.sleep(0.1)
        raise AssertionError(path)

    def kept(self) -> list[Path]:
        """Return everything that lies where uploads are kept."""
        folder = self.settings.data_dir / "uploads"
        return list(folder.rglob("*")) if folder.exists() else []


def work_at_once(monkeypatch: Any) -> None:
    """Do the work on uploads and checks in the process of the test, when it is asked for."""

    def launch(self: UploadService, upload_id: str, job: str) -> None:
        settings = self._settings
        services = build_services(settings)
        started: list[str] = []
        services = replace(services, checks=_NoChecks(started))
        UploadWorker(settings, services).run(upload_id, job)

    monkeypatch.setattr(UploadService, "_launch", launch)


class _NoChecks:
    """Stands for the checks of releases, which have tests of their own."""

    def __init__(self, started: list[str]) -> None:
        self._started = started

    def start(self, release: str, _actor: str) -> None:
        self._started.append(release)


def publish_last_year(folder: Path, lines: Sequence[str] = LAST_YEAR) -> Settings:
    """Import last year's delivery into a data folder and publish it."""
    delivery = folder / "delivery"
    delivery.mkdir(parents=True)
    recipe = write_delivery(delivery, lines, table=TABLE)
    settings = Settings(data_dir=folder / "instance")
    outcome = ImportService(settings, build_services(settings)).run(
        ImportOrder(recipe, delivery, publish=True)
    )
    assert outcome.is_published, outcome.findings
    shutil.rmtree(delivery)
    return settings


def form(
    town: UploadTown,
    client: FlaskClient,
    content: bytes = GOOD,
    name: str = "werte.csv",
    **fields: str,
) -> bytes:
    """Return the body that a browser sends for a file, with the boundary X."""
    given = {"form_token": form_token(client, UPLOAD), "base": town.first, **fields}
    parts = [
        f'--X\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
        for key, text in given.items()
    ]
    head = f'--X\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return b"".join(parts) + head.encode() + content + b"\r\n--X--\r\n"
