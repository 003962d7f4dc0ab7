"""``/intern/daten``: releases that wait, the one that is public, and what is done to them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from domain.findings import Severity
from domain.release_rules import LONGEST_NOTE, MUCH, Given, next_steps
from domain.roles import Right, may
from i18n.formats import number
from services.findings_json import findings_from_json
from services.findings_text import place_text
from services.jobs import FINAL, Job
from services.release_checks import KIND, step_text
from services.release_drafts import DeskRefusedError, Draft
from services.releases import (
    DamagedBundleError,
    OutdatedReleaseError,
    PublishConflictError,
    UnknownReleaseError,
)
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field

PATH = "/intern/daten"
_CONFLICT, _BAD = 409, 400
_SHOWN_JOBS = ("import", KIND, "inspect")


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the overview, the page of a release, and what their forms do."""

    @blueprint.get("/daten")
    def releases_page() -> Response:
        return _overview(desk)

    @blueprint.post("/daten/auftrag/<job>/abbrechen")
    def cancel_job(job: str) -> Response:
        row = desk.services.jobs.get(job)
        if row is None or row.kind not in _SHOWN_JOBS:
            raise RefusedRequestError(404, "not_found", link=PATH)
        desk.services.jobs.cancel(job)
        return desk.pages.leads_to(PATH, done="cancelling")

    @blueprint.get("/daten/ausgabe/<release>")
    def release_page(release: str) -> Response:
        return _page(desk, _open(desk, release))

    @blueprint.get("/daten/ausgabe/<release>/<any(zurueckkehren, zurueckziehen):deed>")
    def confirm_page(release: str, deed: str) -> Response:
        return _confirm(desk, _open(desk, release), deed)

    def change_release(release: str, deed: str) -> Response:
        return _done(desk, release, deed)

    for deeds in _RULES:
        rule = f"/daten/ausgabe/<release>/<any({deeds}):deed>"
        blueprint.post(rule)(change_release)


_RULES = (
    "vorlegen, zuruecknehmen, verwerfen, pruefen",
    "freigeben, aufheben",
    "zurueckkehren, zurueckziehen",
)
"""Deeds by the right they need (:mod:`web.audience`)."""


def _done(desk: Desk, release: str, deed: str) -> Response:
    """Do what a form asks for; what stands against it is said above the page."""
    found = _open(desk, release)
    try:
        return _DEEDS[deed](desk, found)
    except (PublishConflictError, OutdatedReleaseError) as late:
        return _late(desk, found, late)
    except DeskRefusedError as refused:
        told = {"release": release, **refused.params}
        said = Said(*((key, told) for key in refused.keys))
        return _page(desk, _open(desk, release), said, _BAD)
    except DamagedBundleError:
        return _page(desk, found, Said(("desk.problem.damaged", {})), _CONFLICT)


def _open(desk: Desk, release: str) -> Draft:
    try:
        return desk.services.desk.draft(release)
    except UnknownReleaseError:
        raise RefusedRequestError(404, "unknown_release", link=PATH) from None


def _actor() -> str:
    return own_session().account.name


def _back(desk: Desk, draft: Draft, done: str) -> Response:
    return desk.pages.leads_to(f"{PATH}/ausgabe/{draft.info.id}", done=done)


def _hand_in(desk: Desk, draft: Draft) -> Response:
    desk.services.limits.admit_draft(own_session().account, draft)
    desk.services.desk.hand_in(
        draft.info.id,
        _actor(),
        department=own_session().account.department,
        note_de=field("note_de"),
        note_en=field("note_en"),
    )
    return _back(desk, draft, "handed_in")


def _take_back(desk: Desk, draft: Draft) -> Response:
    desk.services.limits.admit_undoing(own_session().account, draft)
    desk.services.desk.take_back(draft.info.id, _actor())
    return _back(desk, draft, "taken_back")


def _discard(desk: Desk, draft: Draft) -> Response:
    desk.services.limits.admit_undoing(own_session().account, draft)
    desk.services.desk.discard(draft.info.id, _actor())
    return desk.pages.leads_to(PATH, done="discarded")


def _check(desk: Desk, draft: Draft) -> Response:
    if not draft.is_waiting:
        raise DeskRefusedError("desk.problem.not_waiting")
    desk.services.checks.start(draft.info.id, _actor())
    return _back(desk, draft, "checking")


def _publish(desk: Desk, draft: Draft) -> Response:
    given = Given(
        _actor(), field("typed"), confirms_recalculation=bool(field("confirm_recalculation"))
    )
    is_public = desk.services.desk.publish(
        draft.info.id, given, base=field("base"), public_from=_moment(field("public_from"))
    )
    return _back(desk, draft, "published" if is_public else "approved")


def _revoke(desk: Desk, draft: Draft) -> Response:
    desk.services.desk.revoke(draft.info.id, _actor())
    return _back(desk, draft, "revoked")


def _roll_back(desk: Desk, draft: Draft) -> Response:
    desk.services.desk.roll_back(draft.info.id, _actor(), base=field("base"))
    return desk.pages.leads_to(PATH, done="rolled_back")


def _withdraw(desk: Desk, draft: Draft) -> Response:
    desk.services.desk.withdraw(draft.info.id, _actor())
    return desk.pages.leads_to(PATH, done="withdrawn")


_DEEDS: dict[str, Callable[[Desk, Draft], Response]] = {
    "vorlegen": _hand_in,
    "zuruecknehmen": _take_back,
    "verwerfen": _discard,
    "pruefen": _check,
    "freigeben": _publish,
    "aufheben": _revoke,
    "zurueckkehren": _roll_back,
    "zurueckziehen": _withdraw,
}


def _moment(text: str) -> dt.datetime | None:
    """Return a moment in the time zone of the machine, None for an empty field."""
    if not text:
        return None
    try:
        typed = dt.datetime.fromisoformat(text)
        found = typed.astimezone()
        # in the hour that is left out in spring the clock would be an hour early
        early = typed - found.replace(tzinfo=None) if typed.tzinfo is None else dt.timedelta()
        return found + max(early, dt.timedelta())
    except (ValueError, OverflowError, OSError):
        raise DeskRefusedError("desk.problem.moment") from None


def _late(desk: Desk, draft: Draft, late: PublishConflictError | OutdatedReleaseError) -> Response:
    """Tell the second of two who published what, and let the difference to it be worked out."""
    current = desk.services.store.current() or ""
    by, at = desk.services.desk.published_by(current) or ("", None)
    told = {"current": current, "by": by, "at": desk.pages.moment(at) if at else ""}
    key = "outdated" if isinstance(late, OutdatedReleaseError) else "conflict"
    if draft.is_waiting:
        desk.services.checks.start(draft.info.id, _actor())
    said = Said((f"desk.problem.{key}", told))
    return _page(desk, _open(desk, draft.info.id), said, _CONFLICT)


def _overview(desk: Desk) -> Response:
    services, role = desk.services, own_session().account.role
    drafts = services.desk.drafts()
    listed = services.releases.list()
    current = next((r for r in listed if r.is_current), None)
    return desk.pages.draw(
        "desk",
        steps=next_steps(
            [d.state for d in drafts],
            may_hand_in=may(role, Right.HAND_IN),
            may_release=may(role, Right.RELEASE),
        ),
        drafts=[(d, len(_findings(d.job)), _note(desk, d)) for d in drafts],
        current=current,
        current_by=services.desk.published_by(current.id) if current else None,
        older=[r for r in listed if r.id not in {d.info.id for d in drafts} and not r.is_current],
        jobs=[(j, step_text(j, desk.pages.language)) for j in _running(desk)],
        may_cancel=may(role, Right.HAND_IN),
    )


def _running(desk: Desk) -> list[Job]:
    desk.services.jobs.bury_dead()
    return [
        j
        for j in desk.services.jobs.list()
        if j.kind in _SHOWN_JOBS and j.state not in FINAL and j.lease_until is not None
    ]


def _note(desk: Desk, draft: Draft) -> str:
    return desk.services.desk.told_note(draft.info).in_language(desk.pages.language)


def _findings(job: Job | None) -> list[Any]:
    return list(findings_from_json(json.loads(job.report))) if job else []


def _page(desk: Desk, draft: Draft, problem: Said | None = None, status: int = 200) -> Response:
    role, tr = own_session().account.role, desk.pages.tr
    services, check = desk.services, draft.check
    running = services.checks.running(draft.info.id)
    is_waiting = draft.is_waiting
    findings = [
        (f.severity, place_text(f.place, tr), f"finding.{f.code}", f.params)
        for f in _findings(draft.job)
    ]
    return desk.pages.draw(
        "release",
        status=status,
        problem=problem,
        draft=draft,
        is_waiting=is_waiting,
        note=_note(desk, draft),
        grave=[f for f in findings if f[0] is not Severity.INFO],
        remarks=[f for f in findings if f[0] is Severity.INFO],
        report=json.loads(check.report) if check else None,
        is_checked=draft.valid_check is not None,
        running=(running, step_text(running, desk.pages.language)) if running else None,
        published_by=services.desk.published_by(draft.info.id),
        facts=services.desk.facts(draft) if is_waiting else None,
        two_persons=services.desk.two_persons,
        is_public=draft.is_public,
        may_hand_in=may(role, Right.HAND_IN),
        may_release=may(role, Right.RELEASE),
        much=MUCH,
        percent=lambda share: number(100 * share, 1, desk.pages.language),
        longest_note=LONGEST_NOTE,
        typed={name: field(name) for name in ("note_de", "note_en")} if problem else {},
    )


def _confirm(desk: Desk, draft: Draft, deed: str) -> Response:
    if not draft.is_public:
        return _page(desk, draft, Said(("desk.problem.never_public", {})), _BAD)
    after = draft.info.id
    if deed == "zurueckziehen":
        after = draft.current or ""
        if draft.info.is_current:
            after = desk.services.store.predecessor(draft.info.id) or ""
            if not after:
                return _page(desk, draft, Said(("desk.problem.no_predecessor", {})), _BAD)
    return desk.pages.draw("confirm", draft=draft, deed=deed, after=after)
