"""``/intern/szenarien``: scenarios saved under a name, locked for the committee, copied."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from domain.scenario import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    PAGES,
    UnreadableAddressError,
    address_of,
    read_address,
)
from services.catalogue_edits import EditRefusedError
from services.scenarios import ScenarioConflictError, UnknownScenarioError
from web.audience import is_page
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in

PATH = "/intern/szenarien"
ADDRESS = "adresse"
"""Key under which a page hands its own address over, so that only a name is missing."""


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the list and what its forms do."""
    deeds: dict[str, Callable[[Desk, str], str]] = {
        "rename": _rename,
        "replace": _replace,
        "lock": _lock,
        "copy": _copy,
        "delete": _delete,
    }

    @blueprint.get("/szenarien")
    def scenarios_page() -> Response:
        return _page(desk, typed={"address": request.args.get(ADDRESS, "")[:LONGEST_ADDRESS]})

    @blueprint.post("/szenarien")
    def save_scenario() -> Response:
        return _answer(desk, _save)

    @blueprint.post("/szenarien/<scenario>")
    def change_scenario(scenario: str) -> Response:
        act = deeds.get(field("deed"))
        if act is None:
            raise RefusedRequestError(400, "bad_request")
        return _answer(desk, lambda of: act(of, scenario))


def _answer(desk: Desk, act: Callable[[Desk], str]) -> Response:
    """Do something and lead back to the list; a problem stands above it."""
    try:
        done = act(desk)
    except EditRefusedError as refused:
        typed = {name: field(name) for name in ("name", "address")}
        return _page(desk, 400, Said((refused.key, refused.params)), typed)
    except ScenarioConflictError as conflict:
        latest = conflict.latest
        told = {"name": latest.name, "at": desk.pages.moment(latest.changed)}
        return _page(desk, 409, Said(("scenarios.conflict", told)))
    except UnknownScenarioError:
        raise RefusedRequestError(404, "not_found", link=PATH) from None
    return desk.pages.leads_to(PATH, done=done)


def _save(desk: Desk) -> str:
    release = desk.services.monitoring.current() or ""
    desk.services.scenarios.save(field("name"), _address(), actor=_actor(), release=release)
    return "scenario_saved"


def _rename(desk: Desk, scenario: str) -> str:
    desk.services.scenarios.rename(scenario, field("name"), seen=_seen(), actor=_actor())
    return "scenario_changed"


def _replace(desk: Desk, scenario: str) -> str:
    desk.services.scenarios.replace(scenario, _address(), seen=_seen(), actor=_actor())
    return "scenario_changed"


def _lock(desk: Desk, scenario: str) -> str:
    desk.services.scenarios.lock(scenario, seen=_seen(), actor=_actor())
    return "scenario_locked"


def _copy(desk: Desk, scenario: str) -> str:
    desk.services.scenarios.copy(scenario, field("name"), actor=_actor())
    return "scenario_saved"


def _delete(desk: Desk, scenario: str) -> str:
    desk.services.scenarios.delete(scenario, seen=_seen(), actor=_actor())
    return "scenario_deleted"


def _address() -> str:
    """Return the address that was typed, if the page it leads to is there."""
    address = field("address")
    try:
        kind, _ = read_address(address)
    except UnreadableAddressError as unreadable:
        raise EditRefusedError(unreadable.key) from None
    if not is_page(PAGES[kind]):
        raise EditRefusedError("scenarios.problem.address")
    return address


def _seen() -> int:
    return number_in(field("seen"))


def _actor() -> str:
    return own_session().account.name


def _page(
    desk: Desk,
    status: int = 200,
    problem: Said | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    listed = [(one, address_of(one.kind, one.parameters)) for one in desk.services.scenarios.all()]
    return desk.pages.draw(
        "scenarios",
        status=status,
        problem=problem,
        listed=listed,
        typed=typed or {},
        longest_name=LONGEST_NAME,
        longest_address=LONGEST_ADDRESS,
    )
