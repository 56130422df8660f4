"""A server's answer, taken apart. What it says is data of unknown shape: everything is looked at before it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from ...remote import one_line

TRIES = 4
"""How often a request that may do better the next time is sent in all."""

MOST_FACTS = 1_000
"""How many facts of one answer are looked at; a window of prose does not state more."""


class Failed(Exception):  # noqa: N818 - never leaves this folder
    """A request did not give facts. The message says why, and what to do.

    `tries` is how often such a request is worth sending in all, `after` how many seconds the server asks to wait.
    """

    def __init__(self, message: str, *, tries: int = 1, after: float | None = None) -> None:
        self.tries, self.after = tries, after
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said: its text, and the tokens it took (None where the server does not say)."""

    content: str
    tokens_in: int | None = None
    tokens_out: int | None = None


def answer_of(body: bytes) -> Answer:
    """Return the answer that a chat completion's body holds, whatever its finish. Raises Failed if it holds none."""
    reply = _json(body.decode("utf-8", "replace"))
    usage = reply.get("usage") if isinstance(reply, dict) else None
    tokens = usage if isinstance(usage, dict) else {}
    choices = reply.get("choices") if isinstance(reply, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise Failed("its answer is no chat completion: name the base URL of an OpenAI-compatible server", tries=2)
    message = choices[0].get("message")
    if not isinstance(message, dict):
        raise Failed("its answer has no message", tries=2)
    content = message.get("content")
    answer = Answer(
        content if isinstance(content, str) else "",
        _tokens(tokens.get("prompt_tokens")),
        _tokens(tokens.get("completion_tokens")),
    )
    trouble = _trouble(message, choices[0].get("finish_reason"), answer.content)
    if trouble is not None:
        raise BadAnswer(trouble, answer)
    return answer


class BadAnswer(Failed):
    """A whole answer, paid for, that is of no use."""

    def __init__(self, message: str, answer: Answer, *, tries: int = 1) -> None:
        self.answer = answer
        super().__init__(message, tries=tries)


def facts_of(answer: Answer) -> Sequence[object]:
    """Return the facts an answer states, each still to be checked. Raises BadAnswer if it is not what was asked for."""
    try:
        said = _json(answer.content)
    except Failed as failed:
        raise BadAnswer(f"the model's answer cannot be read: {failed}", answer, tries=2) from failed
    facts = said.get("facts") if isinstance(said, Mapping) else None
    if not isinstance(facts, list):
        raise BadAnswer("the model's answer has no list of facts; try a model that keeps to a schema", answer, tries=2)
    return facts


def _trouble(message: Mapping[str, object], finish: object, content: str) -> str | None:
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal.strip():
        return f"the model refused (“{one_line(refusal, 120)}”); leave this review to the rules, or try another model"
    if finish == "length":
        return "the model's answer was cut off; raise the number of tokens the server lets it write"
    if finish == "content_filter":
        return "the server's filter held the answer back; leave this review to the rules"
    if not content.strip():
        return "the model answered nothing; leave this review to the rules, or try another model"
    return None


def _tokens(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else None


def _json(text: str) -> object:
    try:
        value: object = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Failed(f"it is not JSON ({error.msg} at character {error.pos})", tries=2) from error
    except (ValueError, RecursionError) as error:
        raise Failed("it is not JSON that can be read", tries=2) from error
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
