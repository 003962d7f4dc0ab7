"""Articles: the list, and one of them with its live views."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output
from dash.development.base_component import Component

from callbacks.atlas_page import choose, language_of
from domain.articles import View
from domain.links import embedded, in_language, pinned
from domain.model import Audience
from domain.selection import parse_query
from figures.captions import period_texts
from i18n import DEFAULT_LANGUAGE, Translate, translator
from layouts import articles
from layouts.articles import Shown, ShownView
from layouts.ids import Articles
from services.container import Services


def articles_page(
    services: Services, audience: Audience, rest: str, search: str
) -> Component | None:
    """Return the list of articles or one of them; None for one that is not there."""
    language = language_of(search)
    tr = translator(language)
    query = _query(search, language)
    if not rest:
        return articles.listing(tr, services.articles.listed(language), language, query)
    article = services.articles.article(rest, language)
    release = services.monitoring.current()
    if article is None or release is None:
        return None
    town = services.monitoring.catalogue(audience, release).town.id
    named, _ = services.releases.wanted(parse_query(search).get("release"), audience)
    at = "" if named == release else named
    shown = Shown(
        article,
        language,
        query=query,
        pictures=f"/pictures/{town}",
        views={
            view: _shown(services, audience, view, at, article.language) for view in article.views
        },
    )
    file = f"/export/{town}/{named}/artikel.pdf?id={article.id}&lang={language}"
    return articles.layout(tr, shown, (("share.report_article", file),))


def _query(search: str, language: str) -> str:
    """Return what links within the articles carry on: language and release."""
    release = parse_query(search).get("release", "")
    pairs = {"lang": "" if language == DEFAULT_LANGUAGE else language, "release": release}
    kept = {key: value for key, value in pairs.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _shown(
    services: Services, audience: Audience, view: View, release: str, language: str
) -> ShownView:
    """Return what a view says in the language of its article, of its own release or the page's."""
    target = in_language(view.target, language)
    target = pinned(target, release) if release else target
    selection, _ = choose(services, audience, target.partition("?")[2], {})
    content = services.monitoring.atlas_content(audience, selection)
    tr = translator(language)
    relation = content.associations.get(content.period)
    texts = period_texts(content, content.period, relation, tr, language)
    return ShownView(
        finding=texts["title"],
        frame=embedded(target, view.panel),
        link=target,
        source=_source(tr, content.office, content.licence, selection.release),
    )


def _source(tr: Translate, office: str, licence: str, release: str) -> str:
    return tr("articles.source", office=office, licence=licence, release=release)


def register(app: Dash) -> None:
    """Attach the script that loads a view when its place is near."""
    app.clientside_callback(
        ClientsideFunction("articles", "watch"),
        Output(Articles.WATCHED, "data"),
        Input(Articles.FRAMES, "data"),
    )
