"""Whose: what pronouns stand for, in sentences of our own. Each pair is what is read of a text about "Saltmarsh"."""

from __future__ import annotations

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews import RuleReader
from tellygraph.reviews.records import Review

IRIS = Iris("https://w3id.org/tellygraph/id/")


@pytest.fixture(scope="module")
def reader() -> RuleReader:
    return RuleReader(iris=IRIS)


def relationships(reader: RuleReader, text: str) -> set[tuple[str, str | None, str]]:
    review = Review(IRIS.review("r"), "r", text, show="Saltmarsh")
    facts = next(reader.read([review])).facts
    return {(f.subject.name, f.kind, f.object.name) for f in facts if f.relation == "relationship"}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Owen has two families. He pays for Callum, a plumber, and his sister Shona, who never calls.",
            ("Shona", "sibling", "Callum"),
        ),
        (
            "It sends Tansel after the man on her trail, retired bailiff Duncan Pryce, who blames her for the death of his brother Neil.",
            ("Neil", "sibling", "Duncan Pryce"),
        ),
        (
            "Crispin shares a desk with a stranger. Her name is Emberly, and she knows his flatmate, Barney, too well.",
            ("Barney", "roommate", "Crispin"),
        ),
        (
            "Otto mends clocks. His best friend, a baker called Gus, brings cake, and his adoptive mother, Ida, eats it.",
            ("Ida", "adoptive parent", "Otto"),
        ),
        ("Mum Dora fixes boats. Dad Gus (Hal Prior) sinks them. Their daughter Lark swims.", ("Gus", "parent", "Lark")),
        ("Mum Dora fixes boats. Dad Gus (Hal Prior) sinks them. Their daughter Lark swims.", ("Dora", "parent", "Lark")),
        ("Nell is tired. It gives a fine turn to Kwan, a ticket inspector who pines for Nell.", ("Nell", "crush", "Kwan")),
        ("Ada lies. She is also the one who has been sleeping with Otto.", ("Ada", "dating", "Otto")),
        ("Nell and Otto fight. The eldest, Assa, has a husband, Ultan.", ("Ultan", "spouse", "Assa")),
        ("Otto (Hal Prior) bakes. (Mary Lou deserves better.) Otto's sister Mary Lou sings.", ("Mary Lou", "sibling", "Otto")),
        ("Ada's cousin hides in the attic, where her twin Rose brings bread.", ("Rose", "twin", "Ada")),
    ],
)  # fmt: skip
def test_pronouns_stand_for(reader: RuleReader, text: str, fact: tuple[str, str, str]) -> None:
    assert fact in relationships(reader, text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Corran is a smith. Solveig (Danish Holm) buys his plough. Her sister Runa pays.",
            ("Runa", "sibling", "Holm"),
        ),
        (
            "Owen has two families. He pays for Callum, a plumber, and his sister Shona, who never calls.",
            ("Shona", "sibling", "Owen"),
        ),
        ("Mum Dora fixes boats. Dad Gus (Hal Prior) sinks them.", ("Gus", "parent", "Dora")),
        ("The songs are by Macsen's wife, Heulwen, and nobody minds them.", ("Heulwen", "spouse", "Macsen")),
        ("It was dreamt up by Macsen's wife, Heulwen, in a shed.", ("Heulwen", "spouse", "Macsen")),
    ],
)  # fmt: skip
def test_pronouns_do_not_stand_for(reader: RuleReader, text: str, fact: tuple[str, str, str]) -> None:
    assert fact not in relationships(reader, text)
