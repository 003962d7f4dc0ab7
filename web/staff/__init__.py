"""The pages around signing in, below ``/intern/``: drawn on the server, working without scripts."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask

from config import Settings
from layouts.staff import Viewer
from services.container import Services
from services.map_drafts import MapDraftService
from services.workshop_desk import build_desk
from web.staff import (
    account,
    catalogue,
    changes,
    deliveries,
    delivery_templates,
    facilities,
    log,
    map_drafts,
    maps,
    measures,
    new_facility,
    offers,
    outside,
    releases,
    responsibilities,
    scenario_comparison,
    scenarios,
    setup,
    sign_in,
    uploads,
    users,
    workshop_results,
    workshop_results_pins,
    workshop_results_steps,
    workshop_stage,
    workshops,
    workshops_editor,
    workshops_new,
    workshops_print,
    workshops_slide,
    workshops_take,
)
from web.staff.cookies import form_token
from web.staff.guard import Guard, is_reachable, open_session
from web.staff.page import Desk, StaffPages

__all__ = ["Guard", "register", "viewer"]

_ROUTES: tuple[Callable[[Blueprint, Desk], None], ...] = (
    sign_in.register,
    outside.register,
    setup.register,
    account.register,
    users.register,
    releases.register,
    uploads.register,
    deliveries.register,
    delivery_templates.register,
    changes.register,
    maps.register,
    map_drafts.register,
    responsibilities.register,
    catalogue.register,
    facilities.register,
    new_facility.register,
    offers.register,
    scenarios.register,
    scenario_comparison.register,
    measures.register,
    workshop_results.register,
    workshop_results_pins.register,
    workshop_results_steps.register,
    workshops.register,
    workshops_new.register,
    workshops_take.register,
    workshops_editor.register,
    workshops_slide.register,
    workshops_print.register,
    workshop_stage.register,
    log.register,
)


def register(server: Flask, services: Services, settings: Settings, guard: Guard) -> None:
    """Mount the pages; whoever has not signed in is shown the form wherever a session is needed."""
    blueprint = Blueprint("staff", __name__, url_prefix="/intern", template_folder="templates")
    pages = StaffPages(services, guard, settings.language)
    desk = Desk(services, guard, pages, MapDraftService(settings, services), build_desk(services))
    blueprint.before_request(guard.check_form)
    for routes in _ROUTES:
        routes(blueprint, desk)
    server.register_blueprint(blueprint)
    sign_in.ask_for_sign_in(server, desk)


def viewer() -> Viewer:
    """Return who sent the present request."""
    session = open_session()
    if session is None:
        return Viewer(can_sign_in=is_reachable())
    return Viewer(session.account.name, str(session.account.role), form_token())
