"""Two readers as one: what both found, what one found, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from llm_server import Asked, Reply, fact, model_server, says, states
from tellygraph import Fact, Reading, Review, new_review
from tellygraph.errors import ReviewError
from tellygraph.reading import default_reader
from tellygraph.reviews import Refusal
from tellygraph.reviews.llm import BothReaders, LlmReader, Server
from tellygraph.reviews.llm.both import combined
from tellygraph.reviews.llm.cache import Cache
from tellygraph.reviews.sources import Notice

TEXT = (
    "Nell Harrow (Mara Quill) runs the bakery, and her brother Tom Harrow (Bo Adair) owns the boat. Saltmarsh is set in Kettle Bay. "
    "Nell’s friend Ada Finch (Orla Penn) sells fish. Ida Venn directed the second season."
)
CAST = fact("plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)")


def read(*facts: object, text: str = TEXT, rules: Any = None) -> tuple[list[Fact], BothReaders, list[str]]:
    heard: list[str] = []
    with model_server(states(*facts)) as server:
        reader = BothReaders(
            rules or default_reader(), LlmReader(server=Server(server.url, "small"), cache=Cache(None))
        )
        (reading,) = reader.read_heard([new_review(text, id="one", show="Saltmarsh")], lambda r: heard.append(str(r)))
    return list(reading.facts), reader, heard


def told(facts: Iterable[Fact]) -> dict[tuple[str, str, str], tuple[str, float]]:
    return {(f.subject.name, f.kind or f.relation, f.object.name): (f.reader, f.confidence) for f in facts}


def by_rules(text: str = TEXT) -> list[Fact]:
    (reading,) = default_reader().read([new_review(text, id="one", show="Saltmarsh")])
    return list(reading.facts)


def test_what_both_found_says_so_and_is_surer() -> None:
    alone = {(f.subject.name, f.relation, f.object.name): f for f in by_rules()}
    one = alone["Mara Quill", "plays", "Nell Harrow"]
    facts, reader, heard = read(CAST)
    (found,) = [f for f in facts if f.reader == "rules,llm"]
    assert found.evidence == one.evidence
    assert found.rule == one.rule
    assert found.confidence == pytest.approx(min(0.99, 1 - (1 - one.confidence) * 0.3), abs=0.006)
    assert found.confidence > one.confidence
    assert len(facts) == len(alone)
    assert (heard, reader.disagreements) == ([], [])


def test_what_one_found_is_its_own() -> None:
    facts, _, heard = read(
        fact(
            "relationship",
            "Ada Finch",
            "Tom Harrow",
            "Tom Harrow (Bo Adair) owns the boat. Saltmarsh is set in Kettle Bay. Nell’s friend Ada Finch",
            kind="ally",
        )
    )
    found = told(facts)
    assert found["Ada Finch", "ally", "Tom Harrow"] == ("llm", 0.7)
    assert found["Mara Quill", "plays", "Nell Harrow"][0] == "rules"
    assert heard == []
    assert [f.evidence.start for f in facts] == sorted(f.evidence.start for f in facts)


def test_a_symmetric_kind_is_the_same_either_way_round() -> None:
    rules = {k: v for k, v in told(by_rules()).items() if k[1] == "sibling"}
    ((one, _, other),) = rules
    facts, _, heard = read(fact("relationship", other, one, "her brother Tom Harrow", kind="sibling"))
    siblings = {k: v for k, v in told(facts).items() if k[1] == "sibling"}
    assert list(siblings) == list(rules)
    assert {reader for reader, _ in siblings.values()} == {"rules,llm"}
    assert heard == []


def test_a_short_name_is_whom_the_rules_know_by_it() -> None:
    facts, _, _ = read(fact("relationship", "Ada Finch", "Nell", "Nell’s friend Ada Finch", kind="friend"))
    assert {f.object.name for f in facts if "llm" in f.reader} | {
        f.subject.name for f in facts if "llm" in f.reader
    } == {"Nell Harrow", "Ada Finch"}


DISAGREED = {
    "kind": (fact("relationship", "Tom Harrow", "Nell Harrow", "her brother Tom Harrow", kind="enemy"), "other kind or direction"),
    "actor": (fact("plays", "Orla Penn", "Nell Harrow", "Nell’s friend Ada Finch (Orla Penn)"), "other actor"),
    "status": (fact("relationship", "Ada Finch", "Nell Harrow", "Nell’s friend Ada Finch", kind="friend", status="former"), "other status"),
    "season": (fact("plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)", season=2), "other season"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "about"), DISAGREED.values(), ids=DISAGREED.keys())
def test_a_disagreement_is_a_finding_and_both_stay(said: dict[str, Any], about: str) -> None:
    facts, reader, heard = read(said)
    (found,) = reader.disagreements
    assert found.about == about
    assert (found.one.reader, found.other.reader, found.review) == ("rules", "llm", "one")
    assert {found.one, found.other} <= set(facts)
    assert len(heard) == 1
    assert f"the readers disagree, {about}: rules reads " in heard[0]
    assert said["quote"] in heard[0]


def test_a_direction_that_is_other_is_a_finding() -> None:
    text = "Nell Harrow (Mara Quill) is the mother of Tom Harrow (Bo Adair)."
    assert ("Nell Harrow", "parent", "Tom Harrow") in told(by_rules(text))
    _, reader, _ = read(
        fact(
            "relationship",
            "Tom Harrow",
            "Nell Harrow",
            "Nell Harrow (Mara Quill) is the mother of Tom Harrow",
            kind="parent",
        ),
        text=text,
    )
    assert [d.about for d in reader.disagreements] == ["other kind or direction"]


def test_a_date_that_is_other_is_a_finding() -> None:
    text = "Saltmarsh premieres on August 3, 2023. Nell Harrow (Mara Quill) has waited since May 2022 for it."
    assert "premiereDate" in {f.relation for f in by_rules(text)}
    facts, reader, _ = read(fact("premiereDate", "Saltmarsh", "May 2022", "since May 2022"), text=text)
    assert [d.about for d in reader.disagreements] == ["other value"]
    assert {f.object.name for f in facts if f.relation == "premiereDate"} == {"2023-08-03", "2022-05"}


def test_two_who_agree_may_each_say_more() -> None:
    facts, reader, _ = read(
        fact("relationship", "Tom Harrow", "Nell Harrow", "her brother Tom Harrow", kind="sibling"),
        fact("relationship", "Tom Harrow", "Nell Harrow", "her brother Tom Harrow", kind="ally"),
    )
    assert reader.disagreements == []
    assert told(facts)["Tom Harrow", "ally", "Nell Harrow"] == ("llm", 0.7)


def test_no_two_readers_are_certain() -> None:
    (one, *_) = by_rules()
    from dataclasses import replace

    (both,) = combined([replace(one, confidence=0.98)], [replace(one, confidence=0.9, reader="llm")])
    (sure,) = combined([replace(one, confidence=1.0)], [replace(one, confidence=0.9, reader="llm")])
    assert both.confidence == 0.99
    assert sure.confidence == 1.0


def test_what_the_model_does_not_read_is_refused_and_the_rest_read_in_order() -> None:
    def script(asked: Asked) -> Reply:
        return says("", refusal="No.") if "Night 1." in asked.text else states(CAST)

    given = [new_review(f"{TEXT} Night {i}.", id=f"review-{i}", show="Saltmarsh") for i in range(20)]
    heard: list[object] = []
    with model_server(script) as server:
        reader = BothReaders(default_reader(), LlmReader(server=Server(server.url, "small"), cache=Cache(None)))
        found = list(reader.read_heard(given, heard.append))
        with pytest.raises(ReviewError, match="review-1"):
            list(reader.read(given[:2]))
    assert [r.review.id for r in found] == [f"review-{i}" for i in range(20) if i != 1]
    assert all(told(r.facts)["Mara Quill", "plays", "Nell Harrow"][0] == "rules,llm" for r in found)
    assert [type(remark) for remark in heard] == [Refusal]


class Quiet:
    """A reader that finds nothing, not even a show."""

    name = "rules"

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for review in reviews:
            yield Reading(review, ())


def test_where_the_rules_find_nothing_the_model_is_heard() -> None:
    facts, _, _ = read(CAST, rules=Quiet())
    assert told(facts) == {("Mara Quill", "plays", "Nell Harrow"): ("llm", 0.7)}


def test_a_notice_names_the_review() -> None:
    heard: list[object] = []
    with model_server(states(DISAGREED["kind"][0])) as server:
        reader = BothReaders(default_reader(), LlmReader(server=Server(server.url, "small"), cache=Cache(None)))
        list(reader.read_heard([new_review(TEXT, id="one", show="Saltmarsh")], heard.append))
    assert [(type(remark), remark.source) for remark in heard] == [(Notice, "one")]  # type: ignore[attr-defined]
