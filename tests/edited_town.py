"""A town from a recipe whose catalogue is edited, and its forms as a browser sends them."""

from __future__ import annotations

import re
from dataclasses import replace

import app
from domain.model import Audience
from domain.roles import Role
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.small_delivery import write_delivery
from tests.staff import HandClock, account, sign_in, with_staff
from tests.town_fixture import settings_for

PATH = "/intern/katalog"
ONE = f"{PATH}/indikator/kinder"
LINES = ["id;jahr;kinder", "01;2021;120", "02;2021;80", "03;2021;95"]
ORIGIN = {"Origin": "http://localhost"}


class Town:
    """A town whose newest release was imported from a recipe, and its server."""

    def __init__(self, folder):
        self.settings = replace(settings_for(folder), two_person="off")
        self.services = with_staff(build_services(self.settings), self.settings, HandClock())
        for name, role in {"anna": Role.EDITOR, "bert": Role.ADMIN, "dora": Role.PLANNER}.items():
            account(self.services.staff, name, role)
        (folder / "delivery").mkdir()
        self.recipe = write_delivery(folder / "delivery", LINES)
        self.first = self.bring()
        self.server = app.create_app(self.settings, services=self.services)

    def bring(self, *, publish=True):
        """Import the delivery; return the release, or what was found where there is none."""
        order = ImportOrder(self.recipe, self.recipe.parent, publish=publish)
        self.outcome = ImportService(self.settings, self.services).run(order)
        return self.outcome.release_id

    def browser(self, name):
        return sign_in(self.server, self.services.staff, name)

    def indicator(self, release, indicator="kinder"):
        reader = self.services.store.open(release, Audience.INTERNAL)
        found = reader.catalogue().indicator(indicator)
        reader.close()
        return found


def fields_of(client, path):
    """Return what the form of a page holds, as a browser would send it."""
    page = client.get(path).text
    form = page.split('class="staff__form staff__form--wide">')[1].split("</form>")[0]
    found = dict(
        re.findall(r'<input (?!type="(?:check|radio))[^>]*name="([^"]+)" value="([^"]*)"', form)
    )
    found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    found |= dict.fromkeys(re.findall(r'name="([^"]+)" value="1" checked', form), "1")
    found |= dict(re.findall(r'type="radio" name="([^"]+)" value="([^"]*)" checked', form))
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', inner)[1]
    return found


def change(client, path=ONE, deed="save", page="", **changed):
    given = {k.replace("__", "."): v for k, v in changed.items()}
    sent = {**fields_of(client, page or path), "deed": deed, **given}
    return client.post(f"{path}/aendern", data=sent, headers=ORIGIN)
