"""Where the reports of a page are, as links of its bar of actions."""

from __future__ import annotations

from dataclasses import replace

from dash.development.base_component import Component

from domain.comparison_query import serialise_comparison
from domain.profile import ProfileView
from domain.profile_query import LENGTHS, ProfileQuery, area_query, serialise_profile
from domain.side_by_side import ComparisonView
from i18n import Translate
from layouts.report_links import PAPER, TALK, report_links


def report_addresses(town: str, release: str, page: str, query: str) -> dict[str, str]:
    """Return suffix → address of the reports of a page, ``query`` being that of the page."""
    place = f"/export/{town}/{release}/bericht"
    rest = f"&{query}" if query else ""
    return {suffix: f"{place}.{suffix}?page={page}{rest}" for suffix in (PAPER, TALK)}


def comparison_reports(view: ComparisonView, tr: Translate) -> Component | None:
    """Return the links to a comparison on paper and as slides; None where it shows nothing."""
    if not view.indicators:
        return None
    query = serialise_comparison(replace(view.query, release=""))
    town, release = view.catalogue.town.id, view.query.release
    return report_links(tr, report_addresses(town, release, "vergleich", query))


def profile_reports(view: ProfileView, query: ProfileQuery, tr: Translate) -> Component:
    """Return the links to a profile on paper and as slides."""
    text = serialise_profile(replace(query, length=LENGTHS[0], release=""))
    asked = area_query(view.area) + (f"&{text}" if text else "")
    return report_links(tr, report_addresses(view.town.id, view.release, "profil", asked))
