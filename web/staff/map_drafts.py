"""``/intern/karten/entwurf/…``: a new layer or table, what it changes, and the way to a release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response

from domain.findings import Severity
from domain.roles import Right, may
from figures.redrawn_map import FATES, fate_swatch, fault_swatch, redrawn_map_svg
from i18n.formats import number
from services.catalogue_edits import EditRefusedError
from services.findings_json import findings_from_json
from services.findings_text import place_text
from services.map_answers import written_table
from services.map_drafts import BASES, OUTCOME, TABLE, Brought, MapDraft, UnknownDraftError
from services.map_jobs import MapRefusedError
from services.release_checks import step_text
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.maps import PATH, admit, map_landing, table_file
from web.staff.page import Desk, Said, field
from web.staff.receiving import receive

READING = ("layer", "crs", "encoding", "id", "name")
ROWS = 300
_LONGEST = 200
_BAD = 400
_SMALL_PCT = 0.1
_SAMPLE = 24
_FITS_PCT = 80.0
_NAMED = 4
_OWN_DEEDS = ("abbrechen", "verwerfen")
"""What the person who brought a draft may do with it whoever owns the figures by now."""

Told = Mapping[str, Any]


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page of a draft and what its forms do."""

    @blueprint.get("/karten/entwurf/<draft>")
    def draft_page(draft: str) -> Response:
        return _page(desk, _open(desk, draft))

    @blueprint.get("/karten/entwurf/<draft>/umrechnung.csv")
    def draft_table(draft: str) -> Response:
        found = _open(desk, draft)
        name = f"{found.level}-{found.vintage}-{found.target}"
        return table_file(written_table(desk.maps.weights(found)), name)

    def change_draft(draft: str, deed: str = "tabelle") -> Response:
        found = _open(desk, draft)
        try:
            if deed not in _OWN_DEEDS or found.actor != _actor():
                admit(desk, found.level)
            return _DEEDS[deed](desk, found)
        except MapRefusedError as refused:
            return _page(desk, _open(desk, draft), Said((refused.key, {})), _BAD)
        except EditRefusedError as refused:
            return _page(desk, _open(desk, draft), Said((refused.key, refused.params)), _BAD)
        except UnknownDraftError:
            raise _gone() from None

    blueprint.post("/karten/entwurf/<draft>/tabelle")(change_draft)
    deeds = "lesen, gewichte, bauen, abbrechen, verwerfen"
    blueprint.post(f"/karten/entwurf/<draft>/<any({deeds}):deed>")(change_draft)


def _open(desk: Desk, draft: str) -> MapDraft:
    try:
        return desk.maps.store.get(draft)
    except UnknownDraftError:
        raise _gone() from None


def _gone() -> RefusedRequestError:
    return RefusedRequestError(404, "not_found", link=PATH)


def _back(desk: Desk, draft: MapDraft, done: str = "") -> Response:
    return desk.pages.leads_to(f"{PATH}/entwurf/{draft.id}", done=done)


def _actor() -> str:
    return own_session().account.name


def _read(desk: Desk, draft: MapDraft) -> Response:
    chosen = {name: field(name)[:_LONGEST].strip() for name in READING}
    reading = {name: text for name, text in chosen.items() if text}
    desk.maps.look(draft, _actor(), reading)
    return _back(desk, draft)


def _weigh(desk: Desk, draft: MapDraft) -> Response:
    desk.maps.choose_weights(draft, field("basis"))
    return _back(desk, draft)


def _bring(desk: Desk, draft: MapDraft) -> Response:
    told = {"basis": ""}

    def check(fields: Mapping[str, str]) -> None:
        told["basis"] = fields.get("basis", "")
        desk.maps.check_weights(draft, told["basis"])

    def keep(brought: Brought) -> None:
        desk.maps.bring_weights(draft, brought, told["basis"])

    receive(map_landing(desk, f"{PATH}/entwurf/{draft.id}", check, keep), desk.guard)
    return _back(desk, draft)


def _take(desk: Desk, draft: MapDraft) -> Response:
    desk.maps.take(draft, _actor())
    return _back(desk, draft)


def _cancel(desk: Desk, draft: MapDraft) -> Response:
    desk.maps.cancel(draft, _actor())
    return _back(desk, draft, "cancelling")


def _discard(desk: Desk, draft: MapDraft) -> Response:
    desk.maps.discard(draft, _actor())
    return desk.pages.leads_to(PATH)


_DEEDS: dict[str, Callable[[Desk, MapDraft], Response]] = {
    "lesen": _read,
    "gewichte": _weigh,
    "tabelle": _bring,
    "bauen": _take,
    "abbrechen": _cancel,
    "verwerfen": _discard,
}


def _page(desk: Desk, draft: MapDraft, problem: Said | None = None, status: int = 200) -> Response:
    told = desk.maps.store.told(draft.id)
    job, rows, words = desk.maps.job(draft), desk.maps.weights(draft), _Words(desk)
    faults = [*told.get("marks", ()), *told.get("apart", ())]
    shown = {**told, "faults": faults}
    label = words.label(draft)
    return desk.pages.draw(
        "map_draft",
        status=status,
        problem=problem,
        draft=draft,
        told=told,
        label=label,
        running=(job, step_text(job, desk.pages.language)) if job else None,
        findings=words.findings(told),
        broke_off=desk.maps.broke_off(draft) and not told.get("end"),
        outcome=words.findings(desk.maps.store.told(draft.id, OUTCOME)),
        table_findings=words.findings(desk.maps.store.told(draft.id, TABLE)),
        layers=[(one, one) for one in told.get("layers", ())],
        columns=[(c["name"], _described(c)) for c in told.get("columns", ())],
        svg=redrawn_map_svg(shown, words.area, words.fault, label) if told.get("old") else "",
        fates=[(f, told.get("fates", {}).get(f, 0)) for f in FATES],
        faults=[words.fault_row(one) for one in faults],
        kinds=sorted({one["kind"] for one in faults}),
        changes=[words.area_row(one) for one in told.get("changes", ())[:ROWS]],
        more=max(sum(told.get("fates", {}).get(f, 0) for f in FATES) - ROWS, 0),
        tried=[words.tried(one) for one in told.get("tried", ())],
        proposed=_proposed(told),
        fate_swatch=fate_swatch,
        fault_swatch=fault_swatch,
        split=[r for r in rows if r[2] < 1][:ROWS],
        rows=len(rows),
        left_out=sorted(set(told.get("old_ids", ())) - {old for old, _, _ in rows}),
        bases=[b for b in BASES if b in told.get("weights", {})],
        all_bases=[(b, desk.pages.tr(f"workbench.basis.{b}")) for b in BASES],
        weight=lambda value: number(100 * value, 2, desk.pages.language),
        blocks=desk.maps.blocks(draft),
        may_change=may(own_session().account.role, Right.HAND_IN),
    )


def _proposed(told: Told) -> str:
    """Return the system that puts the map into the town, empty where none does."""
    best = next(iter(told.get("tried", ())), None)
    return best["system"] if best and best["inside_pct"] >= _FITS_PCT else ""


def _described(column: Told) -> str:
    """Return the name of a column with samples of what stands in it."""
    samples = ", ".join(text[:_SAMPLE] for text in column["samples"])
    return f"{column['name']} ({samples})" if samples else str(column["name"])


class _Words:
    """What is said of areas, faults and findings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tr = desk.pages.tr
        self._language = desk.pages.language

    def label(self, draft: MapDraft) -> str:
        """Return what a draft is called."""
        overview = self._desk.maps.overview()
        row = overview.level(f"{draft.level}@{draft.vintage}") if overview else None
        name = row.level.name.in_language(self._language) if row else draft.level
        kind = "table" if draft.is_table else "recut" if draft.is_recut else "replaced"
        words = {"level": name, "vintage": draft.vintage, "target": draft.target}
        return self._tr(f"workbench.label_{kind}", **words)

    def findings(self, told: Told) -> list[tuple[Severity, str, str, dict[str, Any]]]:
        """Return severity, place, text key and parameters, the grave ones first."""
        found = findings_from_json(told.get("findings", ()))
        ordered = sorted(found, key=lambda f: list(Severity).index(f.severity))
        return [
            (f.severity, place_text(f.place, self._tr), f"finding.{f.code}", dict(f.params))
            for f in ordered
        ]

    def area_row(self, one: Told) -> dict[str, str]:
        """Return the cells of a changed area."""
        return {
            "id": one["id"],
            "fate": one["fate"],
            "old": one["old_name"],
            "new": one["new_name"],
            "old_m2": self._metres(one["old_m2"]),
            "new_m2": self._metres(one["new_m2"]),
            "common": number(one["common_pct"], 1, self._language),
        }

    def area(self, one: Told) -> str:
        """Return what the title of a changed area says."""
        cells = self.area_row(one)
        name = f"{cells['id']} {cells['new'] or cells['old']}".strip()
        return f"{name}: {self._tr('workbench.fate.' + cells['fate'])}"

    def fault_row(self, one: Told) -> dict[str, str]:
        """Return the cells of a fault."""
        share = one["share_pct"]
        return {
            "kind": one["kind"],
            "areas": " / ".join(one["areas"][:_NAMED]) + " …" * (len(one["areas"]) > _NAMED),
            "size": self._metres(one["square_metres"]),
            "share": number(share, 2 if share >= _SMALL_PCT else 4, self._language),
        }

    def fault(self, one: Told) -> str:
        """Return what the title of a fault says."""
        cells = self.fault_row(one)
        kind = self._tr(f"workbench.fault.{cells['kind']}")
        return f"{kind}: {cells['areas']}, {cells['size']} m²"

    def tried(self, one: Told) -> dict[str, str]:
        """Return the cells of a reference system that was tried."""
        return {
            "system": one["system"],
            "inside": number(one["inside_pct"], 1, self._language),
            "longitude": number(one["longitude"], 2, self._language),
            "latitude": number(one["latitude"], 2, self._language),
        }

    def _metres(self, size: float | None) -> str:
        return "–" if size is None else number(size, 0, self._language)
