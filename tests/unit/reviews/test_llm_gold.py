"""The checks against marked reviews: what is true passes, what people marked as traps does too only with words for it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from llm_server import fact
from tellygraph.reviews.gold import GoldDocument, gold_documents
from tellygraph.reviews.llm.checking import Checker, Dropped, NotBelieved, claimed
from tellygraph.reviews.llm.grounding import seasons_said
from tellygraph.reviews.llm.prompt import LONGEST_QUOTE
from tellygraph.reviews.llm.windows import Window
from tellygraph.reviews.parts import prepare

GOLD = Path(__file__).parents[2] / "gold" / "dev"
# Gold has these as values; a model gives the words, which gold does not hold apart.
AS_VALUES = ("premiereDate", "endDate", "episodeCount", "episodeMinutes", "seasonNumber", "countryOfOrigin")


def sentence_around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) + len(mark) for mark in (". ", "\n", "? ", "! ", "” "))
    last = re.compile(r"[.!?\n]").search(text, end)
    found = text[first : last.start() if last else len(text)].strip()
    return found if len(found) <= LONGEST_QUOTE else text[start:end]


@pytest.fixture(scope="module")
def documents() -> list[GoldDocument]:
    return [document for document in gold_documents(GOLD) if document.show is not None]


def verdicts(document: GoldDocument, *, shows_own: bool = True) -> Counter[str]:
    prepared = prepare(document.review)
    (part, *others) = prepared.parts
    found: Counter[str] = Counter()
    if others:
        return found
    text = document.review.text
    checker = Checker(document.review, part, part.show, "small", prepared.plain, seasons_said(prepared.plain))
    for marked in document.facts:
        start = text.find(marked.evidence)
        if marked.relation in AS_VALUES or start < 0:
            continue
        quote = sentence_around(text, start, start + len(marked.evidence))
        subject = marked.subject if shows_own else f"{marked.subject}z"
        said = fact(
            marked.relation, subject, marked.object, quote,
            kind=marked.kinds[0], status=marked.statuses[0], season=marked.seasons[0],
        )  # fmt: skip
        try:
            checker.draft(claimed(said), Window(0, len(text)))
        except NotBelieved as dropped:
            found[dropped.reason.value] += 1
        else:
            found["kept"] += 1
    return found


def test_most_of_what_people_marked_passes(documents: list[GoldDocument]) -> None:
    found = sum((verdicts(document) for document in documents), Counter[str]())
    assert found.total() > 500
    assert found["kept"] / found.total() > 0.85
    # Never for these: what people wrote is of the vocabulary, and its words are there.
    assert not {
        Dropped.RELATION.value,
        Dropped.TYPES.value,
        Dropped.KIND.value,
        Dropped.STATUS.value,
        Dropped.QUOTE.value,
    } & set(found)


def test_none_of_it_passes_with_a_name_that_is_not_there(documents: list[GoldDocument]) -> None:
    found = sum((verdicts(document, shows_own=False) for document in documents), Counter[str]())
    assert found.total() > 500
    assert found["kept"] == 0
