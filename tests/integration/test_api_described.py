"""The API keeps the promises of its description, whatever schemathesis thinks of to ask."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import flask
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

ADDRESS = "/api/v1/openapi.json"
NAMES = ("catalogue", "levels", "areas", "values")
REAL = {
    "indicator": ("kinder", "kinderarmut", "geheim", "amtlich", "miete"),
    "period": ("2021", "2022", "2023"),
    "level": ("stadt", "bezirke", "quartiere", "schulbezirke", "kitas"),
    "category": ("total",),
}
"""Ids of the small town; a word made up by chance is never one of them."""


@dataclass
class Asked:
    """What came of a run: broken promises in words, answers by status, operations."""

    broken: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)

    def take(self, event):
        if isinstance(event, NonFatalError):
            self.broken.append(str(event.info))
        if not isinstance(event, ScenarioFinished):
            return
        self.operations.add(event.label)
        for found in event.recorder.interactions.values():
            self.statuses[found.response.status_code if found.response else 0] += 1
        for checks in event.recorder.checks.values():
            self.broken += [
                f"{event.label}: {c.name}: {c.failure_info.failure.message}"
                for c in checks
                if c.status is Status.FAILURE
            ]


def ask(server, *, examples, seed=1):
    """Let schemathesis ask with all its checks: examples, border cases, words made up."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "generation": {"max-examples": examples},
            "checks": {"enabled": True},
            # called without a network, its client does not unpack
            "headers": {"Accept-Encoding": "identity"},
        }
    )
    schema = schemathesis.openapi.from_wsgi(ADDRESS, server, config=config)
    chance = random.Random(seed)

    @schema.hook
    def map_query(context, query):
        """Put real ids where words were made up, in three of four questions."""
        if query and chance.random() < 0.75:
            return query | {n: chance.choice(ids) for n, ids in REAL.items() if n in query}
        return query

    asked = Asked()
    for event in from_schema(schema).execute():
        asked.take(event)
    return asked


def assert_kept(asked):
    assert asked.broken == []
    assert asked.statuses.keys() <= {200, 304, 400, 404, 405}
    assert asked.statuses[200] > 50
    assert asked.operations >= {
        f"GET /api/v1/{name}{suffix}" for name in NAMES for suffix in ("", ".csv", ".xlsx")
    }


def test_every_answer_is_one_that_was_described(town_server):
    assert_kept(ask(town_server, examples=3))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 4))
def test_every_answer_is_one_that_was_described_in_a_long_run(town_server, seed):
    assert_kept(ask(town_server, examples=60, seed=seed))


def test_a_broken_promise_would_be_noticed(client):
    """The same questions to a server that answers every one with a page in words."""
    liar = flask.Flask("liar")
    described = client.get(ADDRESS).get_data()
    liar.get(ADDRESS)(lambda: flask.Response(described, mimetype="application/json"))
    liar.get("/api/v1/<path:rest>", endpoint="rest")(lambda rest: f"You asked for {rest}")
    noticed = {line.split(": ")[1] for line in ask(liar, examples=1).broken}
    assert noticed >= {"content_type_conformance", "response_headers_conformance"}
