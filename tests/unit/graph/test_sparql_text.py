"""Updates are written so that every engine reads the same text."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyoxigraph import Store as Oxigraph

from tellygraph.errors import QueryError
from tellygraph.graph.store.sparql import outline, syntax_error, unambiguous, update_text
from tellygraph.remote import one_line

S, P, G = NamedNode("x:s"), NamedNode("x:p"), NamedNode("x:g")


def read_early(sparql: str) -> str:
    """An engine that replaces code point escapes before it parses (SPARQL 1.1, section 19.2, to the letter)."""
    escape = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
    return escape.sub(lambda m: chr(int(m[1] or m[2], 16)), sparql)


escapes = st.lists(st.sampled_from(["\\", "u", "U", "0022", "00000022", '"', "n", "\n", "é", "\x01"]), max_size=12)


@given(escapes.map("".join))
def test_early_and_late_readers_of_escapes_see_the_same_literal(value: str) -> None:
    text = update_text(add=[Quad(S, P, Literal(value), G)])
    for reading in (text, read_early(text) if "\x01" not in value and '"' not in value and "\n" not in value else text):
        store = Oxigraph()
        store.update(reading)
        assert [q.object.value for q in store] == [value]


def test_an_escaped_backslash_before_u_is_rewritten_and_nothing_else() -> None:
    assert unambiguous(r'"\\u0022"') == r'"\\\u00750022"'
    assert unambiguous(r'"\\\\Uabc \n \\n \u0001"') == r'"\\\\\u0055abc \n \\n \u0001"'
    assert unambiguous(r'"\\\u0001"') == r'"\\\u0001"'


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(ValueError, match="blank node"):
        update_text(add=[Quad(BlankNode("b"), P, Literal("x"), G)])


def test_an_update_says_what_goes_before_what_comes() -> None:
    text = update_text(
        clear=[G], remove=[Quad(S, P, Literal("1"), G)], add=[Quad(S, P, Literal("2"), NamedNode("x:h"))]
    )
    assert text.index("DROP SILENT GRAPH <x:g>") < text.index("DELETE DATA") < text.index("INSERT DATA")
    assert update_text() == ""


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("base <x:> prefix select: <x:ask> ask{}", "ASK"),
        ("#DESCRIBE\nconstruct {} where {}", "CONSTRUCT"),
        ("describe <x:select>", "DESCRIBE"),
        ("SELECT?s{}", "SELECT"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_form_is_the_first_keyword(query: str, form: str) -> None:
    assert outline(query).form == form


@given(st.text())
def test_any_text_has_an_outline_or_is_an_update(text: str) -> None:
    with suppress(QueryError):
        assert outline(text).form in ("", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@given(st.text(), st.integers(2, 300))
def test_one_line_is_one_line(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


def test_a_syntax_error_without_a_place_is_still_told() -> None:
    assert str(syntax_error("who knows")) == "the query was refused: who knows"
    assert (
        str(syntax_error("error at 3:7: expected [_]"))
        == "the query does not parse at line 3, column 7: unexpected text"
    )
