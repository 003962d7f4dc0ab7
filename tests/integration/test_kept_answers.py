"""The same question gets the same bytes, and nothing but the view callback is kept."""

import json

import brotli
import pytest

from tests.integration.callback_calls import CALLBACK, ORIGIN, body_of, post
from tests.integration.test_atlas_callbacks import _callbacks
from web.answers import KeptAnswers

VALUES = {"atlas-indicator.value": "kinderarmut", "atlas-period.value": "2022"}


@pytest.fixture
def question(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if "atlas-view.data" in k)
    return json.dumps(body_of(output, callbacks[output], VALUES))


def ask(client, question, **headers):
    return post(client, question, headers={**ORIGIN, "Accept-Encoding": "br", **headers})


def test_the_same_question_gets_the_same_bytes_without_computing_again(
    client, question, town_services, monkeypatch
):
    first = ask(client, question)
    assert first.status_code == 200
    monkeypatch.setattr(
        type(town_services.monitoring), "selection", lambda *_: pytest.fail("asked again")
    )
    second = ask(client, question)
    assert second.data == first.data
    assert second.headers["Content-Encoding"] == "br"
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert second.headers["Content-Security-Policy"]
    assert "atlas-view" in json.loads(brotli.decompress(second.data))["response"]


def test_who_takes_no_brotli_gets_none(client, question):
    ask(client, question)
    plain = ask(client, question, **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert "atlas-view" in plain.json["response"]


def test_a_kept_answer_does_not_open_the_gate(client, question):
    ask(client, question)
    assert ask(client, question, Origin="http://evil.test").status_code == 403
    assert client.post(CALLBACK, data=question, headers=ORIGIN).status_code == 400


def test_a_release_that_is_taken_back_makes_another_question(
    client, question, town_services, monkeypatch
):
    before = ask(client, question)
    monkeypatch.setattr(type(town_services.releases), "withdrawn", lambda _: 1)
    monkeypatch.setattr(
        type(town_services.monitoring), "selection", lambda *_: pytest.fail("asked again")
    )
    with pytest.raises(BaseException, match="asked again"):
        ask(client, question)
    assert before.status_code == 200


def test_a_new_release_is_another_question(client, question, town_services, monkeypatch):
    before = ask(client, question)
    seen = []
    monkeypatch.setattr(
        type(town_services.releases), "current", lambda _: seen.append(1) or "another"
    )
    ask(client, question)
    assert seen
    monkeypatch.undo()
    assert ask(client, question).data == before.data


def test_the_least_used_answer_leaves_first():
    kept = KeptAnswers(2)
    kept.keep("a", b"1", "")
    kept.keep("b", b"2", "br")
    assert kept.get("a") == (b"1", "")
    kept.keep("c", b"3", "")
    assert kept.get("b") is None
    assert kept.get("a") == (b"1", "")
