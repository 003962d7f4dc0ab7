"""Rooms of workshops as the public knows them: phones and the stage, drawn without Dash."""

from __future__ import annotations

from flask import Blueprint, Flask

from config import Settings
from services.container import Services
from web.error_page import Links
from web.rooms import files, phone_answers, phone_live, phone_pages, stage
from web.rooms.phone_desk import PhoneDesk
from web.rooms.stage_desk import StageDesk

_ROUTES = (phone_pages.register, phone_answers.register, phone_live.register)


def register(server: Flask, services: Services, settings: Settings, links: Links) -> None:
    """Mount the rooms; ``links`` are names and paths of the pages in the head line."""
    files.register(server)
    blueprint = Blueprint("rooms", __name__, template_folder="templates")
    desk = PhoneDesk(services, settings.language, links)
    for routes in _ROUTES:
        routes(blueprint, desk)
    stage.register(blueprint, StageDesk(services, settings))
    server.register_blueprint(blueprint)
