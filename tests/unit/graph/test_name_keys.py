"""What names are found by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import IRIS, SAMPLE
from tellygraph.graph.name_keys import name_keys, word_keys
from tellygraph.graph.quads import quads_of
from tellygraph.ontology.terms import SCHEMA, TG


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_name_has_a_key_and_all_of_them_are_different_words(name: str) -> None:
    keys = name_keys(name)
    assert keys
    assert len(set(keys)) == len(keys)
    assert all(key and " " not in key for key in keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë Ångström", "ZOE ANGSTROM"), ("Nick Nelson’s mom", "nick nelson's mom"), ("Jean-Luc", "jean luc")],
)
def test_case_accents_and_apostrophes_make_no_difference(one: str, other: str) -> None:
    assert name_keys(one) == name_keys(other)


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        ("Heartstopper", "Heartstoper"), ("Heartstopper", "Haertstopper"), ("Saltmarsh", "Saltmarch"), ("Bea", "Beea"),
        ("Nell Harrow", "Nel Harow"), ("Olivia Colman", "Olivia Coleman"), ("The Crown", "Crowm"), ("Fleabag", "Gleabag"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_leaves_a_key(meant: str, written: str) -> None:
    assert set(name_keys(meant)) & set(name_keys(written))


def test_words_of_very_many_names_are_no_keys_but_a_name_of_such_is() -> None:
    assert word_keys("The Man in the Hat") == ("man", "hat")
    assert name_keys("The The")[0] == "the-the"


def test_all_that_is_looked_up_by_name_has_its_keys_in_the_graph_that_names_it() -> None:
    for review, facts in SAMPLE.items():
        quads = quads_of(review, facts, IRIS)
        keyed = {q.subject for q in quads if q.predicate == TG.nameKey}
        for quad in quads:
            if quad.predicate == SCHEMA.name and quad.subject in keyed:
                assert set(name_keys(quad.object.value)) <= {
                    q.object.value for q in quads if q.subject == quad.subject and q.predicate == TG.nameKey
                }
        assert {q.subject.value for q in quads if q.predicate == TG.plays} <= {node.value for node in keyed}
