"""The second reader's manners: order, streams, ends, what it counts, and what it tells nobody."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from llm_server import CAST, Asked, Reply, model_server, read, reader_of, reviews, says, states
from tellygraph.ontology.terms import KINDS, RELATIONS, STATUSES
from tellygraph.reviews.llm.prompt import instructions

KEY = "sk-not-for-your-eyes-1234"


def test_many_run_at_a_time_and_come_in_order() -> None:
    def script(asked: Asked) -> Reply:
        return replace(states(CAST), wait_s=0.2 if asked.number % 2 else 0.01)

    with model_server(script) as server:
        (found, heard) = read(reader_of(server, concurrency=3), 9)
    assert [reading.review.id for reading in found] == [f"review-{i}" for i in range(9)]
    assert 2 <= server.most_at_once <= 3
    assert heard == []


def test_reading_is_streamed_and_may_end_early() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield reviews()[0]

    with model_server(states(CAST)) as server:
        reading = reader_of(server).read(endless())  # type: ignore[arg-type]
        assert len(next(reading).facts) == 1
        reading.close()  # type: ignore[attr-defined]
    assert taken <= 8


def test_an_interrupt_gives_up_what_runs() -> None:
    def interrupted() -> object:
        yield reviews()[0]
        raise KeyboardInterrupt

    with model_server(Reply(wait_s=30)) as server:
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            list(reader_of(server).read(interrupted()))  # type: ignore[arg-type]
    assert time.monotonic() - began < 20


USAGES = {
    "none": (False, (0, 0, 1)),
    "text": ("many", (0, 0, 1)),
    "negative": ({"prompt_tokens": -5, "completion_tokens": 3}, (0, 3, 1)),
    "true": ({"prompt_tokens": True, "completion_tokens": 3}, (0, 3, 1)),
    "whole": ({"prompt_tokens": 7, "completion_tokens": 3}, (7, 3, 0)),
}


@pytest.mark.parametrize(("usage", "counted"), USAGES.values(), ids=USAGES.keys())
def test_tokens_are_counted_where_they_are_told(usage: object, counted: tuple[int, int, int]) -> None:
    with model_server(states(CAST, usage=usage)) as server:
        reader = reader_of(server)
        read(reader)
    assert (reader.usage.tokens_in, reader.usage.tokens_out, reader.usage.uncounted) == counted


def test_what_fails_has_cost_too() -> None:
    with model_server(says("Certainly!")) as server:
        reader = reader_of(server, price_in=2.0, price_out=10.0)
        read(reader)
    assert reader.usage.cost == pytest.approx((2000 * 2 + 100 * 10) / 1_000_000)
    assert reader.usage.sentences() == ["llm: 2 requests, 0 cached, 1 retry, 2,000 tokens in, 100 out, cost 0.0050."]


@pytest.mark.parametrize("status", [200, 400, 401, 418, 500])
def test_the_key_is_told_to_nobody(status: int) -> None:
    body = json.dumps({"error": {"message": f"wrong key: {KEY}"}, "response": KEY}).encode()
    with model_server(Reply(body, status)) as server:
        reader = reader_of(server, key=KEY)
        (_, (heard,)) = read(reader)
    assert KEY not in heard
    assert KEY not in repr(reader.server)


@pytest.mark.parametrize("key", ["x", "ollama", "Nell"])
def test_a_key_that_is_none_changes_no_answer(key: str) -> None:
    with model_server(states(CAST)) as server:
        ((reading,), heard) = read(reader_of(server, key=key))
    assert len(reading.facts) == 1
    assert heard == []


def test_the_instructions_hold_the_whole_vocabulary() -> None:
    said = instructions()
    assert [name for name in RELATIONS if f"\n- {name} (" not in said] == []
    assert [name for name in STATUSES if f"\n- {name}: " not in said] == []
    kinds = said.split("Kinds of relationship:\n", 1)[1].split("\n", 1)[0].split(", ")
    assert kinds == [kind.name for kind in KINDS.values() if kind.stated_as is None]
    assert "$" not in said
