"""Parameters go into a query as terms: whatever a user types stays one value."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions

from tellygraph.errors import ParameterError
from tellygraph.queries.bind import bind, slots

ONE = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
TWO = "SELECT ?x ?y WHERE { VALUES ?x { UNDEF } VALUES ?y { UNDEF } }"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def answer(sparql: str) -> list[tuple[object, ...]]:
    solutions = pyoxigraph.Store().query(sparql)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(solution) for solution in solutions]


@given(ANY_TEXT)
@example('" } } #')
@example("' } UNION { ?s ?p ?o")
@example('"""')
@example("\\u0022 } #")
@example("\\\\u0022 } #")
@example("\\U00000022")
@example("\\")
@example("\r\n\t\x00\x1b\u2028")
@example("VALUES ?x { UNDEF }")
@example("?x $y <http://example.org/> \N{FULLWIDTH QUOTATION MARK}")
def test_any_text_comes_back_as_the_one_value_it_was(text: str) -> None:
    assert answer(bind(ONE, {"x": Literal(text)})) == [(Literal(text),)]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
@example("\\u0022 } #")
@example("\\u00750022")
@example("\\\\\\u005c")
@example("\\U0000005Cu0022")
def test_an_engine_that_replaces_escapes_before_it_parses_reads_the_same_text(text: str) -> None:
    (row,) = rdflib.Graph().query(bind(ONE, {"x": Literal(text)}))
    assert str(row[0]) == text  # type: ignore[index]


@given(ANY_TEXT, ANY_TEXT)
@example("VALUES ?y { UNDEF }", "VALUES ?x { UNDEF }")
def test_a_value_that_looks_like_a_place_for_another_stays_text(one: str, other: str) -> None:
    assert answer(bind(TWO, {"x": Literal(one), "y": Literal(other)})) == [(Literal(one), Literal(other))]


@pytest.mark.parametrize(
    "term",
    [
        NamedNode("https://example.org/a?b=c&d=(e)#f'"),
        NamedNode("https://example.org/é/\N{CJK UNIFIED IDEOGRAPH-4E2D}"),
        Literal("chat", language="fr"),
        Literal("2", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ],
)
def test_iris_languages_and_types_are_kept(term: NamedNode | Literal) -> None:
    assert answer(bind(ONE, {"x": term})) == [(term,)]


def test_a_parameter_that_is_not_given_stays_free() -> None:
    assert answer(bind(TWO, {"y": Literal("b")})) == [(None, Literal("b"))]


def test_a_parameter_may_have_several_values() -> None:
    assert answer(bind(ONE, {"x": [Literal("a"), Literal("b")]})) == [(Literal("a"),), (Literal("b"),)]


def test_comments_have_no_places() -> None:
    assert slots("# VALUES ?x { UNDEF }\n" + ONE) == ("x",)
    assert bind("# VALUES ?x { UNDEF }\n" + ONE, {"x": Literal("a")}).startswith("# VALUES ?x { UNDEF }\n")


def test_a_name_without_a_place_is_refused() -> None:
    with pytest.raises(ParameterError, match="no place for 'x'"):
        bind("SELECT * { }", {"x": Literal("a")})


def test_every_place_of_a_name_is_filled() -> None:
    both = "SELECT ?x WHERE { { VALUES ?x { UNDEF } } UNION { VALUES ?x { UNDEF } } }"
    assert slots(both) == ("x",)
    assert answer(bind(both, {"x": Literal("a")})) == [(Literal("a"),), (Literal("a"),)]


def test_a_line_for_a_parameter_stands_only_where_that_is_given() -> None:
    text = "SELECT ?x ?y WHERE {\n VALUES ?x { UNDEF }\n VALUES ?y { 1 2 }   # given: x\n}"
    assert len(answer(text)) == 2
    assert answer(bind(text, {})) == [(None, None)]
    assert len(answer(bind(text, {"x": Literal("a")}))) == 2


@given(ANY_TEXT)
@example("# given: y")
def test_a_value_that_looks_like_a_line_for_another_stays_text(text: str) -> None:
    assert answer(bind(ONE, {"x": Literal(text)})) == [(Literal(text),)]


def test_no_value_at_all_is_refused_rather_than_matching_nothing() -> None:
    with pytest.raises(ParameterError, match="no value was given for 'x'"):
        bind(ONE, {"x": []})
