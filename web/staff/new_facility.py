"""``/intern/einrichtung-hinzufuegen``: a facility that the town has not delivered yet."""

from __future__ import annotations

from flask import Blueprint, Response

from domain.facility_fields import COUNTS, FIELDS, LONGEST, FacilityFieldError
from domain.roles import Right, may
from services.catalogue_edits import EditRefusedError
from web.staff.facilities import BAD, PATH, kinds_of, said_of_field
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field

_FIELDS = (*FIELDS, "operator", "district", "point")


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page with the empty form, and what it does."""

    @blueprint.get("/einrichtung-hinzufuegen")
    def new_facility_page() -> Response:
        return _page(desk, dict.fromkeys(_FIELDS, ""))

    @blueprint.post("/einrichtung-hinzufuegen")
    def add_facility() -> Response:
        typed = {name: field(name) for name in _FIELDS}
        try:
            key = desk.services.new_facilities.propose(own_session().account, typed)
        except FacilityFieldError as wrong:
            return _page(desk, typed, said_of_field(desk, wrong, "facility"))
        except EditRefusedError as refused:
            return _page(desk, typed, Said((refused.key, refused.params)))
        return desk.pages.leads_to(f"{PATH}/{key}", done="proposed")


def _page(desk: Desk, typed: dict[str, str], problem: Said | None = None) -> Response:
    account = own_session().account
    level, districts = desk.services.new_facilities.districts()
    return desk.pages.draw(
        "facility_new",
        status=BAD if problem else 200,
        problem=problem,
        typed=typed,
        kinds=kinds_of(desk),
        level=level.in_language(desk.pages.language),
        districts=districts,
        counts=COUNTS,
        longest=LONGEST,
        may_release=may(account.role, Right.HAND_IN),
        account=account,
    )
