"""Frames, articles and shared views hold no hidden number, on screen and on paper."""

from __future__ import annotations

from itertools import product

import pypdfium2
import pytest

import app
from domain.links import EMBEDDED
from domain.model import Audience
from services.container import build_services
from tests.canary_town import canary_town, markers
from tests.integration.callback_calls import body_of, post
from tests.integration.canary_crawl import SECRET, callbacks_of, readable, told
from tests.town_fixture import PERIODS, publish, settings_for


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    settings = settings_for(tmp_path_factory.mktemp("canary") / "instance")
    publish(canary_town(), settings)
    services = build_services(settings)
    release = services.releases.current()
    hidden = markers(
        services.releases.reader(release, Audience.INTERNAL),
        services.releases.reader(release, Audience.PUBLIC),
    )
    assert len(hidden) > 20
    return services, app.create_app(settings, services=services), hidden


def test_no_frame_article_or_shared_view_shows_a_hidden_number(served):
    """Every panel and an article are laid out; what they fetch is asked by the other tests."""
    services, server, hidden = served
    client = server.test_client()
    folder = services.articles.begin("mit-ansichten")
    views = [
        f"```view\n/atlas?indicator={i}&level=quartiere&period={p}&panel={panel}\n```\n"
        for i, p, panel in product(SECRET, PERIODS[:1], EMBEDDED)
    ]
    (folder / "article.de.md").write_text("\n".join(views), encoding="utf-8")
    sheet = folder / "article.toml"
    sheet.write_text(sheet.read_text("utf-8").replace('"draft"', '"public"'), encoding="utf-8")
    paths = [("/artikel", ""), ("/artikel/mit-ansichten", ""), *(
        ("/embed/atlas", f"?indicator={i}&level=quartiere&period={p}&panel={panel}")
        for i, p, panel in product(SECRET, PERIODS[:1], EMBEDDED)
    )]  # fmt: skip
    output, callback = next((k, v) for k, v in callbacks_of(server).items() if "page" in k)
    for path, search in paths:
        values = {"url.pathname": path, "url.search": search}
        answer = post(client, body_of(output, callback, values))
        assert answer.status_code == 200, (path, search)
        assert "message-page" not in readable(answer), (path, search)
        assert not told(hidden, readable(answer)), (path, search)
    release = services.releases.current()
    printed = client.get(f"/export/kleinstadt/{release}/artikel.pdf?id=mit-ansichten")
    paper = pypdfium2.PdfDocument(printed.data)
    words = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert "geheim" in words
    assert not told(hidden, words)
    output, callback = next((k, v) for k, v in callbacks_of(server).items() if "share" in k)
    for path, search in paths:
        wanted = {"href": f"http://localhost{path}{search}", "title": "Titel"}
        answer = post(client, body_of(output, callback, {"share-wanted.data": wanted}))
        assert answer.status_code == 200, (path, search)
        assert not told(hidden, readable(answer)), (path, search)
