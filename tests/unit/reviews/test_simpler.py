"""Rich prose is read a second time without what describes its names."""

from __future__ import annotations

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.reader import RuleReader
from tellygraph.reviews.records import Review

IRIS = Iris("https://w3id.org/tellygraph/id/")


@pytest.fixture(scope="module")
def reader() -> RuleReader:
    return RuleReader(iris=IRIS)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Franca has been seeing Otto’s younger brother, Gus.", ("Gus", "dating", "Franca")),
        ("Franca is married to the harbour master, Otto.", ("Otto", "spouse", "Franca")),
        ("Franca, a plumber from the wrong side of the canal, is married to Otto.", ("Otto", "spouse", "Franca")),
        ("Franca’s boss at the county, Otto, wants the file closed.", ("Otto", "boss", "Franca")),
    ],
)
def test_what_describes_a_name_does_not_hide_what_is_said_of_it(
    reader: RuleReader, text: str, fact: tuple[str, str, str]
) -> None:
    facts = next(reader.read([Review(IRIS.review("x"), "x", text, show="Saltmarsh")])).facts
    said = {(f.subject.name, f.kind, f.object.name) for f in facts} | {
        (f.object.name, f.kind, f.subject.name) for f in facts
    }
    assert fact in said
    assert all(text[f.evidence.start : f.evidence.end] == f.evidence.quote for f in facts)


def test_more_than_description_is_not_left_out(reader: RuleReader) -> None:
    text = "The real Franca was married to Otto. His fake sister, Bea, is engaged to Sam."
    facts = next(reader.read([Review(IRIS.review("x"), "x", text, show="Saltmarsh")])).facts
    assert not any(f.kind == "spouse" and f.confidence > 0.9 for f in facts)
