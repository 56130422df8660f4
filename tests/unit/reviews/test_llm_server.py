"""The second reader against a server that misbehaves, over real HTTP on loopback."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from llm_server import (
    CAST,
    Asked,
    Reply,
    fails,
    model_server,
    read,
    reader_of,
    reviews,
    says,
    states,
)
from tellygraph.errors import ReviewError
from tellygraph.reviews.llm import LlmReader, Server
from tellygraph.reviews.llm.cache import Cache

KEY = "sk-not-for-your-eyes-1234"


def at_first(reply: Reply, times: int = 1) -> Callable[[Asked], Reply]:
    return lambda asked: reply if asked.number <= times else states(CAST)


def test_a_model_that_behaves_is_believed() -> None:
    with model_server(states(CAST)) as server:
        reader = reader_of(server)
        ((reading,), heard) = read(reader)
    (stated,) = reading.facts
    assert (stated.subject.name, stated.relation, stated.object.name) == ("Mara Quill", "plays", "Nell Harrow")
    assert stated.object.iri == "https://w3id.org/tellygraph/id/series/saltmarsh/character/nell-harrow"
    assert (stated.evidence.start, stated.evidence.end, stated.confidence) == (0, 24, 0.7)
    assert (stated.rule, stated.reader, heard) == ("small", "llm", [])
    assert (reader.usage.requests, reader.usage.tokens_in, reader.usage.tokens_out) == (1, 1000, 50)


def test_the_request_is_the_protocols() -> None:
    with model_server(states()) as server:
        read(reader_of(server, key=KEY))
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert (asked.body["model"], asked.body["temperature"], asked.body["stream"]) == ("small", 0, False)
    form = asked.body["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    item = form["json_schema"]["schema"]["properties"]["facts"]["items"]
    assert item["required"] == list(item["properties"])
    assert item["additionalProperties"] is False
    assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
    assert asked.text == reviews()[0].text


def test_a_url_with_the_whole_path_is_as_good() -> None:
    with model_server(states()) as server:
        read(LlmReader(server=Server(f"{server.url}/chat/completions/", "small"), cache=Cache(None)))
    assert server.asked[0].path == "/v1/chat/completions"


HEALED = {
    "429": fails(429),
    "500": fails(500),
    "503 with a page": Reply(b"<html>busy</html>", 503),
    "408": fails(408),
    "hangs up": Reply(status=0),
    "body breaks off": Reply(b'{"choices"', length=5000),
    "not JSON": Reply(b"<html>hello</html>"),
    "no completion": Reply(b"[]"),
    "no choices": Reply(b'{"choices": []}'),
    "no message": Reply(b'{"choices": [{}]}'),
    "content is not JSON": says("Here are the facts you asked for!"),
    "content is cut JSON": says('{"facts": [{"relation": "pl'),
    "content is no object": says([1, 2]),
    "content without facts": says({"answer": []}),
    "content nested deeply": says("[" * 200_000),
    "content with a number too long": says('{"facts": [' + "9" * 5000 + "]}"),
    "content with NaN": says('{"facts": [NaN]}'),
    "too much at once": Reply(b'{"x": "' + b"y" * 5_000_000 + b'"}'),
}


@pytest.mark.parametrize("reply", HEALED.values(), ids=HEALED.keys())
def test_what_may_pass_is_tried_again(reply: Reply) -> None:
    with model_server(at_first(reply)) as server:
        reader = reader_of(server)
        (found, heard) = read(reader)
    assert [len(reading.facts) for reading in found] == [1]
    assert heard == []
    assert (reader.usage.requests, reader.usage.retries) == (2, 1)


LASTING = {
    "429": (fails(429, "slow down"), 4, "is busy or failing (HTTP 429: slow down); try again later"),
    "500": (fails(500), 4, "is busy or failing (HTTP 500: no); try again later"),
    "401": (fails(401), 1, "does not let you in (HTTP 401); set TELLYGRAPH_LLM_KEY"),
    "403": (fails(403), 1, "does not let you in (HTTP 403)"),
    "404": (fails(404, "model 'small' not found"), 1, "(HTTP 404: model 'small' not found); check TELLYGRAPH_LLM_URL"),
    "400": (fails(400, "context is too long"), 2, "does not take the request (HTTP 400: context is too long)"),
    "418": (fails(418), 1, "failed (HTTP 418: no)"),
    "an error that is text": (Reply(b'{"error": "out of\\n tea"}', 418), 1, "failed (HTTP 418: out of tea)"),
    "redirect": (Reply(status=307, headers={"Location": "http://192.0.2.1/v1"}), 1, "sends elsewhere (HTTP 307)"),
    "refusal": (says("", refusal="I cannot help\nwith that."), 1, "the model refused (“I cannot help with that.”)"),
    "filter": (says("", finish="content_filter"), 1, "filter held the answer back"),
    "cut at the limit": (says('{"facts": [', finish="length"), 1, "the model's answer was cut off; raise"),
    "nothing": (says(" "), 1, "the model answered nothing"),
    "not JSON": (says("Certainly!"), 2, "the model's answer cannot be read: it is not JSON (Expecting value"),
    "cut": (says('{"facts": [{"rel'), 2, "the model's answer cannot be read: it is not JSON (Unterminated string"),
    "no facts": (says({"facts": None}), 2, "no list of facts"),
    "another protocol": (Reply(b'{"response": "hello"}'), 2, "name the base URL of an OpenAI-compatible server"),
    "packed": (
        Reply(gzip.compress(b"x" * 10_000), headers={"Content-Encoding": "gzip"}), 1, "sent a packed answer"),
    "too large": (Reply(b"y" * 4_000_001), 2, "sent more than 4,000,000 bytes"),
    "too large an error": (Reply(b"y" * 1_000_000, 418), 1, "failed (HTTP 418: yyy"),
    "asks for an hour": (fails(429, Retry_After="3600"), 1, "try again later, in 3600 s"),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "requests", "message"), LASTING.values(), ids=LASTING.keys())
def test_what_lasts_is_a_refusal_that_says_what_and_what_to_do(reply: Reply, requests: int, message: str) -> None:
    with model_server(reply) as server:
        reader = reader_of(server)
        (found, (heard,)) = read(reader)
    assert found == []
    assert heard.startswith("Refusal review-0: the model did not read its characters 0 to 56: ")
    assert message in heard
    assert "\n" not in heard
    assert len(heard) < 600
    assert len(server.asked) == requests == reader.usage.requests


SLOW = {
    "slow": Reply(wait_s=30),
    "endless in small bites": Reply(b'{"choices": ', endless=b" "),
    "endless headers": Reply(endless_headers=True),
}


@pytest.mark.parametrize("reply", SLOW.values(), ids=SLOW.keys())
def test_a_request_ends_after_its_time_whatever_is_still_sent(reply: Reply) -> None:
    with model_server(reply) as server:
        reader = LlmReader(server=replace(Server(server.url, "small"), timeout_s=0.3), cache=Cache(None), pause_s=0.01)
        began = time.monotonic()
        (found, (heard,)) = read(reader)
    assert time.monotonic() - began < 20
    assert found == []
    assert "did not answer within 0.3 s; raise TELLYGRAPH_LLM_TIMEOUT_S" in heard
    assert reader.usage.requests == 2


def test_an_endless_flood_ends_at_the_limit() -> None:
    with model_server(Reply(b"{", endless=b" " * 100_000)) as server:
        (found, (heard,)) = read(reader_of(server))
    assert found == []
    assert "sent more than 4,000,000 bytes" in heard


def test_nobody_at_home() -> None:
    with model_server(states()) as server:
        url = server.url
    reader = LlmReader(server=Server(url, "small"), cache=Cache(None), pause_s=0.01)
    (_, (heard,)) = read(reader)
    assert "cannot be reached; is the server running?" in heard
    assert reader.usage.retries == 3


def test_a_server_that_is_away_is_waited_for_once() -> None:
    with model_server(states()) as server:
        url = server.url
    reader = LlmReader(server=Server(url, "small", concurrency=1), cache=Cache(None), pause_s=0.01)
    (found, heard) = read(reader, 20)
    assert (found, len(heard)) == ([], 20)
    assert reader.usage.retries == 3


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(status: int) -> None:
    with model_server(at_first(fails(status, Retry_After="1"))) as server:
        began = time.monotonic()
        (found, heard) = read(reader_of(server))
    assert time.monotonic() - began >= 1
    assert (len(found), heard, len(server.asked)) == (1, [], 2)


def test_retry_after_may_be_a_date() -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    with model_server(at_first(fails(429, Retry_After=when))) as server:
        began = time.monotonic()
        (found, _) = read(reader_of(server))
    assert time.monotonic() - began > 0.5
    assert len(found) == 1


def test_a_server_without_schemas_is_asked_for_any_json_from_then_on() -> None:
    def script(asked: Asked) -> Reply:
        plain = asked.body["response_format"] == {"type": "json_object"}
        return states(CAST) if plain else fails(400, "response_format is not supported")

    with model_server(script) as server:
        reader = reader_of(server, concurrency=1)
        (found, heard) = read(reader, 3)
    assert ([len(reading.facts) for reading in found], heard) == ([1, 1, 1], [])
    assert [asked.body["response_format"]["type"] for asked in server.asked] == ["json_schema"] + ["json_object"] * 3


def test_one_review_that_fails_stops_no_other() -> None:
    def script(asked: Asked) -> Reply:
        return says("", refusal="No.") if "night 1." in asked.text else states(CAST)

    with model_server(script) as server:
        (found, heard) = read(reader_of(server), 4)
    assert [reading.review.id for reading in found] == ["review-0", "review-2", "review-3"]
    assert len(heard) == 1
    assert heard[0].startswith("Refusal review-1: ")


def test_without_an_ear_the_first_failure_raises() -> None:
    with model_server(fails(401)) as server, pytest.raises(ReviewError, match="review-0: the model did not read"):
        list(reader_of(server).read(reviews()))
