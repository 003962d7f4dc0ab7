"""The pages the law asks for; their texts are the town's own."""

from __future__ import annotations

from dash.development.base_component import Component

from callbacks.atlas_page import language_of
from domain.model import About, Audience
from i18n import translator
from layouts import legal
from services.container import Services


def legal_page(services: Services, audience: Audience, name: str, search: str) -> Component:
    """Return the imprint, the privacy notice or the statement on accessibility."""
    release = services.monitoring.current()
    about = services.monitoring.catalogue(audience, release).about if release else About()
    language = language_of(search)
    tr = translator(language)
    contact = about.contact.in_language(language)
    if name == "accessibility":
        return legal.accessibility(tr, about.accessibility.in_language(language) or contact)
    texts = {"imprint": about.imprint, "privacy": about.privacy}
    return legal.layout(tr, name, texts[name].in_language(language), contact)
