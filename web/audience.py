"""Who each Flask rule is for; a rule that is not declared here is never answered.

The table is by rule, not by path, so that spelling, case and encoding of an address cannot move
it from one audience to another.
"""

from __future__ import annotations

from enum import StrEnum

from flask import request

from domain.model import Audience
from domain.selection import Hint

INTERNAL_PREFIX = "/intern/"
PAGES = {
    "/": False,
    "/atlas": False,
    "/methoden": True,
    "/profil": True,
    "/vergleich": False,
    "/praesentieren": False,
    "/bedarf": False,
    "/fruehwarnung": False,
    "/ressourcen": False,
    "/wirkung": False,
    "/artikel": True,
    "/embed/atlas": False,
    "/impressum": False,
    "/datenschutz": False,
    "/barrierefreiheit": False,
    "/bericht": False,
}
"""Addresses that the Dash application draws, and whether what follows them belongs to the page."""


def is_page(path: str) -> bool:
    """Return whether the Dash application draws an address; every other one is "not found"."""
    asked = path.removesuffix("/") or "/"
    if asked in PAGES:
        return True
    return any(
        takes_rest and asked.startswith(page + "/") and not asked.endswith("/")
        for page, takes_rest in PAGES.items()
    )


FRAMED = frozenset({"/embed/atlas"})
"""Rules that are drawn inside a frame: of our own pages, and of the sites a setting names."""
ON_STAGES = frozenset({"/", "/<path:path>"})
"""Rules of public pages that the stage of a workshop shows in its frame; never of internal ones."""


class Access(StrEnum):
    """Who may have an answer.

    ``operator`` rules hold no data and tell a monitor whether the process serves; ``closed``
    rules are mounted by a library and answered with "not found". Of the rules below ``/intern/``,
    ``sign_in`` ones need no session, ``account`` ones any, the others the right of their name.
    """

    PUBLIC = "public"
    SIGN_IN = "sign_in"
    ACCOUNT = "account"
    INTERNAL = "internal"
    DESK = "desk"
    HAND_IN = "hand_in"
    RELEASE = "release"
    ACCOUNTS = "accounts"
    AUDIT = "audit"
    FACILITIES = "facilities"
    OPERATOR = "operator"
    CLOSED = "closed"


_DASH = {
    "": Access.PUBLIC,
    "<path:path>": Access.PUBLIC,
    "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": Access.PUBLIC,
    "_dash-layout": Access.PUBLIC,
    "_dash-dependencies": Access.PUBLIC,
    "_dash-update-component": Access.PUBLIC,
    "_favicon.ico": Access.PUBLIC,
    "_reload-hash": Access.CLOSED,
    "assets/<path:filename>": Access.PUBLIC,
}

_OWN = {
    "/api/v1/openapi.json": Access.PUBLIC,
    "/api/v1/catalogue": Access.PUBLIC,
    "/api/v1/catalogue.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/v1/levels": Access.PUBLIC,
    "/api/v1/levels.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/v1/areas": Access.PUBLIC,
    "/api/v1/areas.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/v1/values": Access.PUBLIC,
    "/api/v1/values.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/<path:rest>": Access.PUBLIC,
    "/export/<town>/<release>/atlas.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/bericht.<any(pdf, pptx, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/bedarf.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/fruehwarnung.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/ressourcen.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/wirkung.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/vergleich.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/auftrag/<job>.<any(pdf, pptx, xlsx, zip):suffix>": Access.PUBLIC,
    "/export/<town>/<release>/profil.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/bundle/<name>": Access.PUBLIC,
    "/arms/<town>/<release>/<name>": Access.PUBLIC,
    "/geo/<town>/<release>/<name>": Access.PUBLIC,
    "/facilities/<town>/<release>/<language>.json": Access.PUBLIC,
    "/beitraege/<town>/<language>.json": Access.PUBLIC,
    "/funnel/<town>/<release>/<level>/<indicator>/<language>.json": Access.PUBLIC,
    "/places/<town>/<release>/<language>.json": Access.PUBLIC,
    "/search/<town>/<release>/<language>.json": Access.PUBLIC,
    "/ranks/<town>/<release>/<level>/<indicator>.json": Access.PUBLIC,
    "/view/<town>/<release>/<level>/<indicator>.json": Access.PUBLIC,
    "/export/<town>/<release>/artikel.pdf": Access.PUBLIC,
    "/pictures/<town>/<name>": Access.PUBLIC,
    "/s/<code>": Access.PUBLIC,
    "/werkstatt": Access.PUBLIC,
    "/w": Access.PUBLIC,
    "/w/<code>": Access.PUBLIC,
    "/w/<code>/da": Access.PUBLIC,
    "/w/<code>/antwort": Access.PUBLIC,
    "/w/<code>/zustimmung": Access.PUBLIC,
    "/live/<code>/state": Access.PUBLIC,
    "/live/<code>/screen": Access.PUBLIC,
    "/rooms/<hashed>/<name>": Access.PUBLIC,
    "/werkstatt/<workshop>": Access.PUBLIC,
    "/werkstatt/<workshop>/notizen": Access.PUBLIC,
    "/werkstatt/<workshop>/stand": Access.PUBLIC,
    "/werkstatt/<workshop>/schritt": Access.PUBLIC,
    "/embed/atlas": Access.PUBLIC,
    "/healthz": Access.OPERATOR,
    "/readyz": Access.OPERATOR,
}

_OBJECT = (
    "/intern/katalog/<any(indikator, thema, ebene, einrichtungsart, startseite):slug>/<object_id>"
)
_RESULTS = "/intern/werkstatt/<workshop>/ergebnisse"
_OFFER = "/intern/einrichtungen/<facility>/angebote/<offer>"
_WORKSHOP = "/intern/werkstatt/<workshop>"
_STAFF = {
    "/intern/anmelden": Access.SIGN_IN,
    "/intern/anmelden/dienst": Access.SIGN_IN,
    "/intern/anmelden/dienst/zurueck": Access.SIGN_IN,
    "/intern/einrichten/<token>": Access.SIGN_IN,
    "/intern/abmelden": Access.ACCOUNT,
    "/intern/konto": Access.ACCOUNT,
    "/intern/konto/<deed>": Access.ACCOUNT,
    "/intern/nutzer": Access.ACCOUNTS,
    "/intern/nutzer/<account>": Access.ACCOUNTS,
    "/intern/daten": Access.DESK,
    "/intern/daten/hochladen": Access.HAND_IN,
    "/intern/daten/lieferung/<upload>": Access.HAND_IN,
    "/intern/daten/lieferung/<upload>/befunde.xlsx": Access.HAND_IN,
    "/intern/daten/lieferung/<upload>/<any(zuordnen, einlesen, abbrechen, loeschen):deed>": (
        Access.HAND_IN
    ),
    "/intern/daten/namen": Access.HAND_IN,
    "/intern/daten/vorlage": Access.DESK,
    "/intern/daten/vorlage.xlsx": Access.DESK,
    "/intern/daten/auftrag/<job>/abbrechen": Access.HAND_IN,
    "/intern/daten/ausgabe/<release>": Access.DESK,
    "/intern/daten/ausgabe/<release>/karte": Access.DESK,
    "/intern/daten/ausgabe/<release>/<any(vorlegen, zuruecknehmen, verwerfen, pruefen):deed>": (
        Access.HAND_IN
    ),
    "/intern/daten/ausgabe/<release>/<any(freigeben, aufheben):deed>": Access.RELEASE,
    "/intern/daten/ausgabe/<release>/<any(zurueckkehren, zurueckziehen):deed>": Access.RELEASE,
    "/intern/karten": Access.DESK,
    "/intern/karten/laden": Access.HAND_IN,
    "/intern/karten/umrechnung": Access.HAND_IN,
    "/intern/karten/umrechnung.csv": Access.DESK,
    "/intern/karten/entwurf/<draft>": Access.DESK,
    "/intern/karten/entwurf/<draft>/umrechnung.csv": Access.DESK,
    "/intern/karten/entwurf/<draft>/tabelle": Access.HAND_IN,
    "/intern/karten/entwurf/<draft>/<any(lesen, gewichte, bauen, abbrechen, verwerfen):deed>": (
        Access.HAND_IN
    ),
    "/intern/daten/zustaendig": Access.DESK,
    "/intern/daten/zustaendig.<any(csv, xlsx):suffix>": Access.DESK,
    "/intern/daten/zustaendig/<indicator>": Access.DESK,
    "/intern/daten/zustaendig/<indicator>/kommentar": Access.DESK,
    "/intern/daten/zustaendig/<indicator>/aendern": Access.HAND_IN,
    "/intern/katalog": Access.DESK,
    "/intern/katalog/neu": Access.HAND_IN,
    _OBJECT: Access.DESK,
    f"{_OBJECT}/aendern": Access.HAND_IN,
    "/intern/einrichtung-hinzufuegen": Access.FACILITIES,
    "/intern/einrichtungen": Access.FACILITIES,
    "/intern/einrichtungen/<facility>": Access.FACILITIES,
    "/intern/einrichtungen/<facility>/<any(vorschlagen, zuruecknehmen):deed>": Access.FACILITIES,
    "/intern/einrichtungen/<facility>/<any(uebernehmen, ablehnen):deed>": Access.HAND_IN,
    _OFFER: Access.FACILITIES,
    f"{_OFFER}/<any(vorschlagen, beenden, zuruecknehmen):deed>": Access.FACILITIES,
    f"{_OFFER}/<any(uebernehmen, ablehnen):deed>": Access.HAND_IN,
    "/intern/szenarien": Access.DESK,
    "/intern/szenarien/vergleich": Access.DESK,
    "/intern/szenarien/vergleich.<any(csv, xlsx):suffix>": Access.DESK,
    "/intern/szenarien/<scenario>": Access.DESK,
    "/intern/massnahmen": Access.DESK,
    "/intern/massnahmen/neu": Access.HAND_IN,
    "/intern/massnahmen/<measure>": Access.DESK,
    "/intern/massnahmen/<measure>/<any(aendern, loeschen):deed>": Access.HAND_IN,
    "/intern/massnahmen/<measure>/<any(veroeffentlichen, zuruecknehmen):deed>": Access.RELEASE,
    _RESULTS: Access.DESK,
    f"{_RESULTS}/protokoll.<any(docx, xlsx, pdf):suffix>": Access.DESK,
    f"{_RESULTS}/<any(antworten, meinungen):what>.<any(csv, xlsx):suffix>": Access.DESK,
    f"{_RESULTS}/loeschen": Access.HAND_IN,
    f"{_RESULTS}/beitraege": Access.DESK,
    f"{_RESULTS}/beitraege/<any(verbergen, zeigen, zusammenfuehren, einordnen):deed>": (
        Access.HAND_IN
    ),
    f"{_RESULTS}/beitraege/vorab": Access.HAND_IN,
    f"{_RESULTS}/beitraege/veroeffentlichen": Access.RELEASE,
    f"{_RESULTS}/schritte": Access.DESK,
    f"{_RESULTS}/schritte/neu": Access.HAND_IN,
    f"{_RESULTS}/schritte/<step>/<any(aendern, loeschen):deed>": Access.HAND_IN,
    "/intern/werkstatt/veroeffentlicht": Access.DESK,
    "/intern/werkstatt/veroeffentlicht/zuruecknehmen": Access.HAND_IN,
    "/intern/werkstatt": Access.DESK,
    "/intern/werkstatt/neu": Access.HAND_IN,
    "/intern/werkstatt/neu/datei": Access.HAND_IN,
    "/intern/werkstatt/aufnehmen": Access.HAND_IN,
    _WORKSHOP: Access.DESK,
    f"{_WORKSHOP}/ablauf": Access.DESK,
    f"{_WORKSHOP}/ablauf.json": Access.DESK,
    f"{_WORKSHOP}/aushang": Access.DESK,
    f"{_WORKSHOP}/<any(kopieren, loeschen):deed>": Access.HAND_IN,
    f"{_WORKSHOP}/<any(einstellen, aktualisieren, oeffnen, schliessen):deed>": Access.HAND_IN,
    f"{_WORKSHOP}/folie": Access.HAND_IN,
    f"{_WORKSHOP}/folie/<slide>": Access.DESK,
    f"{_WORKSHOP}/folie/<slide>/<any(aendern, loeschen, verdoppeln, verschieben):deed>": (
        Access.HAND_IN
    ),
    "/intern/werkstatt/<workshop>/buehne": Access.DESK,
    "/intern/protokoll": Access.AUDIT,
    "/intern/protokoll.<any(csv, xlsx):suffix>": Access.AUDIT,
}

_PUBLIC_ONLY = frozenset(
    {"/bundle/<name>", "/s/<code>", "/embed/atlas", "/healthz", "/readyz", "/werkstatt", "/w"}
    | {"/w/<code>", "/w/<code>/da", "/w/<code>/antwort", "/w/<code>/zustimmung"}
    | {"/live/<code>/state", "/live/<code>/screen", "/rooms/<hashed>/<name>"}
    | {"/werkstatt/<workshop>", "/werkstatt/<workshop>/notizen", "/werkstatt/<workshop>/stand"}
    | {"/werkstatt/<workshop>/schritt"}
)
"""Rules without a counterpart below ``/intern/``: program files, and what is for outsiders."""


def _declared() -> dict[str, Access]:
    table = {**_OWN, **_STAFF}
    for rule in _OWN.keys() - _PUBLIC_ONLY:
        table[INTERNAL_PREFIX.removesuffix("/") + rule] = Access.INTERNAL
    for name, access in _DASH.items():
        table["/" + name] = access
        inside = Access.INTERNAL if access is Access.PUBLIC else access
        table[INTERNAL_PREFIX + name] = inside
    return table


DECLARED: dict[str, Access] = _declared()


def access_of(rule: str) -> Access | None:
    """Return who a Flask rule is for, or None when nobody declared it."""
    return DECLARED.get(rule)


def is_inside(rule: str) -> bool:
    """Return whether a rule lies below ``/intern/``."""
    return rule.startswith(INTERNAL_PREFIX)


def audience() -> Audience:
    """Return whose data the rule of this request answers with: the public ones unless declared."""
    rule = request.url_rule.rule if request.url_rule else ""
    return Audience.INTERNAL if access_of(rule) is Access.INTERNAL else Audience.PUBLIC


def own_url() -> str:
    """Return the address below which the pages of this request lie, with a slash at its end."""
    inside = INTERNAL_PREFIX.removeprefix("/") if audience() is Audience.INTERNAL else ""
    return request.host_url + inside


def audience_hints() -> tuple[Hint, ...]:
    """Return what a file of this request must say of its readers; nothing for the public."""
    return (("hint.internal", {}),) if audience() is Audience.INTERNAL else ()
