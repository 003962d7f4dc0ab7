"""What the pages of the internal area share: language, head line, forms, where they lead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from flask import Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException

from domain.model import Audience, Town
from domain.roles import Right, Role, may
from i18n import DEFAULT_LANGUAGE, Translate, translator
from i18n.formats import moment
from services.accounts import AccountRefusedError
from services.container import Services
from services.map_drafts import MapDraftService
from services.passwords import HashesBusyError
from services.workshop_desk import WorkshopDesk
from web.audience import Access, access_of, is_page
from web.errors import language_of
from web.staff.cookies import form_token, keep_form_secret
from web.staff.guard import Guard, open_session

START = "/intern/"
_NEXT = re.compile(r"/(?!/)[^\\\x00-\x1f\x7f]*")
_LONGEST_NEXT = 8192
_LANDING = frozenset(
    {Access.INTERNAL, Access.ACCOUNT, Access.ACCOUNTS, Access.AUDIT, Access.DESK}
    | {Access.HAND_IN, Access.RELEASE, Access.FACILITIES}
)
RETRY_SECONDS = 60
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
             ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


class Said:
    """Sentences with their parameters that stand above a page as its problem."""

    def __init__(self, *sentences: tuple[str, dict[str, Any]]) -> None:
        self.sentences = sentences


@dataclass(frozen=True)
class Desk:
    """What every route of the internal area works with."""

    services: Services
    guard: Guard
    pages: StaffPages
    maps: MapDraftService
    workshops: WorkshopDesk


class StaffPages:
    """Draws pages in the language of the address."""

    def __init__(self, services: Services, guard: Guard, default_language: str) -> None:
        self._services = services
        self._guard = guard
        self._default = default_language

    @property
    def language(self) -> str:
        """Language of this request."""
        return language_of(request.args.get("lang"), self._default)

    @property
    def tr(self) -> Translate:
        """Texts of this request."""
        return translator(self.language)

    def address(self, path: str, **query: str) -> str:
        """Return an address that keeps the language."""
        kept = {} if self.language == DEFAULT_LANGUAGE else {"lang": self.language}
        pairs = {**kept, **{k: v for k, v in query.items() if v}}
        return path + (f"?{urlencode(pairs)}" if pairs else "")

    def draw(
        self,
        page: str,
        /,
        *,
        status: int = 200,
        problem: AccountRefusedError | HashesBusyError | Said | str | None = None,
        **more: Any,
    ) -> Response:
        """Return a page; ``problem`` stands above its form and is read out first."""
        session = open_session()
        account = session.account if session else None
        text = render_template(
            f"{page}.html",
            tr=self.tr,
            lang=self.language,
            moment=self.moment,
            other="en" if self.language == "de" else "de",
            address=self.address,
            page=page,
            town=self._town(),
            me=account,
            links=_links(account.role) if account else (),
            form_token=form_token(),
            problem=self._said(problem),
            done=self._done(),
            signs_in_elsewhere=self._services.staff.outside is not None,
            must_set_up=bool(session and self._guard.lacks_second_factor(session)),
            **more,
        )
        return keep_form_secret(Response(text, status, mimetype="text/html"))

    def moment(self, value: dt.datetime) -> str:
        """Return a point in time as the language of the request writes it."""
        return moment(value, self.language)

    def leads_to(self, path: str, **query: str) -> Response:
        """Return the way to another page after something was done."""
        return redirect(self.address(path, **query), 303)  # type: ignore[return-value]

    def _said(self, problem: AccountRefusedError | HashesBusyError | Said | str | None) -> str:
        if isinstance(problem, AccountRefusedError):
            return self.tr(problem.key, **problem.params)
        if isinstance(problem, HashesBusyError):
            return self.tr("staff.problem.busy")
        if isinstance(problem, Said):
            return " ".join(self.tr(key, **params) for key, params in problem.sentences)
        return self.tr(problem) if problem else ""

    def _done(self) -> str:
        wanted = request.args.get("done", "")
        return self.tr(f"staff.done.{wanted}") if wanted in DONE else ""

    def _town(self) -> tuple[Town, str] | None:
        release = self._services.monitoring.current()
        if release is None:
            return None
        return self._services.monitoring.catalogue(Audience.PUBLIC, release).town, release


DONE = frozenset(
    {"password", "factor_off", "session", "sessions", "changed", "disabled", "enabled", "out"}
    | {"linked", "unlinked"}
    | {
        "handed_in",
        "taken_back",
        "discarded",
        "checking",
        "published",
        "approved",
        "revoked",
        "rolled_back",
    }
    | {"withdrawn", "cancelling", "commented", "assigned", "edited", "unedited"}
    | {"looks_again", "upload_removed", "forgotten"}
    | {"scenario_saved", "scenario_changed", "scenario_locked", "scenario_deleted"}
    | {"measure_saved", "measure_published", "measure_withdrawn", "measure_deleted"}
    | {"workshop_made", "workshop_changed", "workshop_copied", "workshop_deleted"}
    | {"workshop_settled", "workshop_open", "workshop_close", "slide_saved", "slide_deleted"}
    | {"slide_doubled", "slide_moved", "slide_taken"}
    | {"proposed", "taken_over", "declined", "recalled"}
    | {"pins_changed", "pins_published", "pins_withdrawn", "moderation_set", "workshop_gone"}
    | {"step_saved", "step_deleted"}
)
"""What a page may say was done: the last part of a text key."""
_PAGES = (
    ("start", START, Right.SEE_INTERNAL),
    ("desk", "/intern/daten", Right.SEE_DRAFTS),
    ("maps", "/intern/karten", Right.SEE_DRAFTS),
    ("gaps", "/intern/daten/zustaendig", Right.SEE_DRAFTS),
    ("catalogue", "/intern/katalog", Right.SEE_DRAFTS),
    ("scenarios", "/intern/szenarien", Right.SEE_DRAFTS),
    ("measures", "/intern/massnahmen", Right.SEE_DRAFTS),
    ("workshops", "/intern/werkstatt", Right.SEE_DRAFTS),
    ("facilities", "/intern/einrichtungen", Right.KEEP_FACILITIES),
    ("account", "/intern/konto", Right.OWN_ACCOUNT),
    ("users", "/intern/nutzer", Right.MANAGE_ACCOUNTS),
    ("log", "/intern/protokoll", Right.READ_AUDIT),
)


def _links(role: Role) -> tuple[tuple[str, str], ...]:
    """Return names and addresses of the pages a role may open."""
    return tuple((name, path) for name, path, right in _PAGES if may(role, right))


def home_of(role: Role) -> str:
    """Return where somebody lands after signing in."""
    return START if may(role, Right.SEE_INTERNAL) else "/intern/konto"


def safe_next(wanted: str) -> str:
    """Return an address to go on to after signing in, empty for any that is not our own."""
    if len(wanted) > _LONGEST_NEXT or not _NEXT.fullmatch(wanted):
        return ""
    path = unquote(urlsplit(wanted).path)
    if not path.startswith(START):
        return ""
    try:
        rule, _ = current_app.url_map.bind("localhost").match(path, "GET", return_rule=True)
    except HTTPException:
        return ""
    inside = path.removeprefix("/intern")
    is_drawn = not rule.rule.endswith("<path:path>") or is_page(inside)
    is_file = "/_dash" in path or path.startswith(("/intern/assets/", "/intern/_"))
    return wanted if access_of(rule.rule) in _LANDING and is_drawn and not is_file else ""


def browser_of(agent: str) -> str:
    """Return browser and system by name, as far as they tell.

    Examples
    --------
    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    """
    names = (_first(agent, _BROWSERS), _first(agent, _SYSTEMS))
    return ", ".join(name for name in names if name)


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in agent), "")


def browser() -> str:
    """Return the browser of this request."""
    return browser_of(request.headers.get("User-Agent", ""))


def new_password() -> str:
    """Return a password that was typed twice.

    Raises
    ------
    AccountRefusedError
        It was typed in two ways.
    """
    password = field("password")
    if password != field("again"):
        raise AccountRefusedError("staff.password.differs")
    return password


def field(name: str, given: Mapping[str, str] | None = None) -> str:
    """Return a field of a form, empty where it is missing."""
    return (request.form if given is None else given).get(name, "")


def number_in(text: str) -> int:
    """Return the number of a change that a form names, 0 where it names none.

    >>> number_in("12"), number_in(""), number_in("²"), number_in("9" * 5000)
    (12, 0, 0, 0)
    """
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
