from __future__ import annotations

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.callback_calls import CALLBACK, ORIGIN, body_of, post, python_callbacks

ALLOWED = {200, 204, 400, 401, 403, 413, 429}
PAGE = "page.children"


@pytest.fixture(scope="module")
def callbacks(town_server):
    town_server.test_client().get("/healthz")
    rule = next(r for r in town_server.url_map.iter_rules() if r.rule == CALLBACK)
    dispatch = town_server.view_functions[rule.endpoint]
    dash_app = next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    )
    return python_callbacks(dash_app.callback_map)


@pytest.fixture
def page_body(callbacks):
    return body_of(PAGE, callbacks[PAGE], {"url.pathname": "/nirgends", "url.search": ""})


def test_a_body_of_the_page_is_answered(client, page_body):
    answer = post(client, page_body)
    assert answer.status_code == 200
    assert "page" in answer.json["response"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"3",
        b'"x"',
        b"{}",
        b"[" * 100_000,
        b'{"output": NaN}',
        b'{"output": "page.children", "inputs": [{"id": "url"}]}',
        b'{"output": "unknown.children", "inputs": [], "changedPropIds": []}',
        b'{"output": ["page.children"], "inputs": [], "changedPropIds": []}',
        b"\xff\xfe",
        b'{"output": "\\ud800"}',
        b'{"output": 1e999}',
        b'{"output": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_malformed_body_is_refused_with_one_log_line(client, caplog, raw):
    with caplog.at_level(logging.WARNING):
        answer = post(client, raw)
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "callback_body"
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None


def test_a_body_above_the_limit_is_too_large(client):
    assert post(client, b'"' + b"x" * 1024 * 1024 + b'"').status_code == 413


def test_a_body_that_hides_its_length_is_too_large(client):
    answer = client.post(
        CALLBACK,
        content_type="application/json",
        headers=ORIGIN,
        environ_overrides={
            "wsgi.input": _Endless(),
            "wsgi.input_terminated": True,
            "CONTENT_LENGTH": "",
        },
    )
    assert answer.status_code == 413


class _Endless:
    def read(self, size=-1):
        return b"[" * (size if size > 0 else 65536)

    def readline(self, size=-1):
        return self.read(size)

    def close(self):
        pass


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://localhost.evil.example",
        "https://localhost",
        "http://localhost:1234",
        "http://localhost/path",
        "localhost",
        "http://user@localhost@evil.example",
        "http://[::1",
    ],
)
def test_a_foreign_origin_may_not_write(client, page_body, origin):
    assert post(client, page_body, headers={"Origin": origin}).status_code == 403


def test_a_write_without_origin_is_refused(client, page_body):
    assert post(client, page_body, headers={"X-Nothing": "1"}).status_code == 403


def test_reading_needs_no_origin(client):
    assert client.get("/api/v1/levels").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "localhost:x", ""]
)
def test_a_forged_host_is_refused_and_never_echoed(client, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.data


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(client, page_body, content_type):
    answer = client.post(
        CALLBACK, data=json.dumps(page_body), content_type=content_type, headers=ORIGIN
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_other_methods_do_nothing(client, method):
    answer = client.open(CALLBACK, method=method, headers=ORIGIN)
    assert answer.status_code in {404, 405}


def test_forwarded_headers_are_ignored_without_a_proxy(client):
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "10.0.0.1",
        "Remote-User": "admin",
    }
    answer = client.get("/api/v1/levels", headers=headers)
    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer.headers


def _changed(body, part, value):
    return {**body, part: value}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("inputs", []),
        ("inputs", None),
        ("inputs", [[{"id": "url", "property": "pathname", "value": "/"}]]),
        ("inputs", [{"id": "other", "property": "pathname", "value": "/"}]),
        ("inputs", [{"id": {"a": 1}, "property": "pathname", "value": "/"}]),
        ("inputs", [{"id": "url", "property": "href", "value": "/"}]),
        ("inputs", [{"id": "url", "property": "pathname", "value": {"$gt": 1}}]),
        ("inputs", [{"id": "url", "property": "pathname", "value": ["/"] * 10_000}]),
        ("state", []),
        ("state", "x"),
        ("outputs", []),
        ("outputs", {"id": "atlas-map", "property": "figure"}),
        ("changedPropIds", None),
        ("changedPropIds", ["other.value"]),
        ("changedPropIds", [3]),
        ("changedPropIds", ["{broken.value"]),
        ("more", 1),
    ],
)
def test_a_forged_part_is_refused(client, page_body, part, value):
    assert post(client, _changed(page_body, part, value)).status_code == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FUZZ
@given(body=JSON)
def test_no_json_at_all_makes_the_server_stumble(client, body):
    assert post(client, json.dumps(body)).status_code in ALLOWED


@FUZZ
@given(raw=st.binary(max_size=200))
def test_no_bytes_at_all_make_the_server_stumble(client, raw):
    assert post(client, raw).status_code in ALLOWED


@FUZZ
@given(data=st.data())
def test_no_forged_value_makes_a_callback_stumble(client, callbacks, data):
    output = data.draw(st.sampled_from(sorted(callbacks)))
    callback = callbacks[output]
    texts = st.sampled_from(
        ["", "kinderarmut", "2023", "quartiere", "?indicator=geheim", "?areas=01,99", "/atlas"]
    )
    values = {
        f"{x['id']}.{x['property']}": data.draw(texts | JSON)
        for x in [*callback["inputs"], *callback["state"]]
    }
    body = body_of(output, callback, values)
    if data.draw(st.booleans()):
        part = data.draw(st.sampled_from(sorted(body)))
        body[part] = data.draw(JSON)
    assert post(client, json.dumps(body)).status_code in ALLOWED
