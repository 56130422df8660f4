"""Round-ups are cut at the headings that name their shows; other reviews are left whole."""

from __future__ import annotations

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.reader import RuleReader
from tellygraph.reviews.records import Reading, Review

IRIS = Iris("https://w3id.org/tellygraph/id/")

LISTING = """Tonight's pick

Cold Harbour (Meridian One, Tuesday, 9pm)
Sam Petrie (Idris Vaughan) comes home to a village that has not forgiven him. His sister Ruth (Ola Brand) runs the pub and says little.

The Long Table (Beacon+, all episodes now)
A quite different Sam (Lotte Weir) cooks for people she cannot stand. Her boss, Hugo (Gil Renner), shouts. It is very funny.
"""
RUN_IN = """Cold Harbour (Meridian One, 9pm): Sam Petrie (Idris Vaughan) comes home to a village that has not forgiven him, and it rains.

The Long Table (Beacon+, from Friday): A quite different Sam (Lotte Weir) cooks for people she cannot stand, and the steam hides her tears.
"""


@pytest.fixture(scope="module")
def reader() -> RuleReader:
    return RuleReader(iris=IRIS)


def read(reader: RuleReader, text: str, show: str | None = None) -> Reading:
    return next(reader.read([Review(IRIS.review("x"), "x", text, show=show)]))


@pytest.mark.parametrize("text", [LISTING, RUN_IN], ids=["headings", "run-in headings"])
def test_a_round_up_keeps_its_shows_apart(reader: RuleReader, text: str) -> None:
    reading = read(reader, text)
    plays = {
        (f.show.name if f.show else None, f.subject.name, f.object.name) for f in reading.facts if f.relation == "plays"
    }
    assert {("Cold Harbour", "Idris Vaughan", "Sam Petrie"), ("The Long Table", "Lotte Weir", "Sam")} <= plays
    assert reading.review.show is None
    assert all(text[f.evidence.start : f.evidence.end] == f.evidence.quote for f in reading.facts)


def test_a_round_up_is_read_for_the_show_asked_about(reader: RuleReader) -> None:
    shows = {f.show.name for f in read(reader, LISTING, show="Cold Harbour").facts if f.show}
    assert shows == {"Cold Harbour", "The Long Table"}


def test_a_show_no_heading_names_is_taken_at_its_word(reader: RuleReader) -> None:
    assert {f.show.name for f in read(reader, LISTING, show="Supper Club").facts if f.show} == {"Supper Club"}


def test_subheadings_cut_nothing(reader: RuleReader) -> None:
    text = "# Cold Harbour review\n\n## The good\n\nSam Petrie (Idris Vaughan) comes home to *Cold Harbour* and it rains on everybody, for ever.\n\n## The bad\n\nHis sister Ruth (Ola Brand) has far too little to do in a story that is really hers, frankly."
    reading = read(reader, text)
    assert reading.review.show == "Cold Harbour"
    assert len([f for f in reading.facts if f.relation == "plays"]) == 2
