"""What tests of templates ask of a town: every template is ready for the evening."""

from __future__ import annotations

from domain.workshop_file import read_script, storable, write_script
from domain.workshop_script import GUESS
from domain.workshop_templates import TEMPLATES
from services.container import Services
from services.workshop_desk import build_desk
from services.workshop_ready import notices
from services.workshop_rows import provisional


def check_templates(services: Services, level: str, least: int) -> dict[str, tuple[str, ...]]:
    """Make every template for a level and hold it against what a good script is.

    Returns
    -------
    Template → slides that were left out.
    """
    desk, release = build_desk(services), services.monitoring.current() or ""
    left_out = {}
    for template in TEMPLATES:
        made = desk.templates.make(template, release, level, "de")
        script = storable(made.script)
        assert len(script.slides) >= least, (template, made.left_out)
        assert read_script(write_script(script)) == script
        room = provisional(script, release, level)
        assert [n for n in notices(desk.facts, room, release) if n.is_grave] == []
        for slide in script.slides:
            assert slide.title.en, slide.id
            assert slide.title.plain, slide.id
            assert "{" not in slide.title.de + slide.text.en + slide.notes, slide.id
            if slide.kind == GUESS:
                assert services.workshops.views.truth(room, slide).is_known, slide.id
        left_out[template] = made.left_out
    return left_out
