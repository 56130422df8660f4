"""Rows: terms as they were, read as often as one likes, in the forms notebooks want."""

from __future__ import annotations

import datetime
import pickle
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tellygraph.errors import QueryError, StoreError, TellygraphError
from tellygraph.graph import Store
from tellygraph.ontology.terms import XSD
from tellygraph.queries import Rows, ask, python_value, query
from tellygraph.queries.values import expand, shorten, visible

A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")


def xsd(name: str) -> NamedNode:
    return NamedNode(XSD.base + name)


def test_select_gives_rows_ask_a_bool_and_construct_triples(sample_graph: Store) -> None:
    rows = query(sample_graph, "SELECT ?s WHERE { ?s a <https://schema.org/Review> } ORDER BY ?s")
    assert isinstance(rows, Rows)
    assert rows.variables == ("s",)
    assert len(rows) == 3
    assert query(sample_graph, "ASK { ?s ?p ?o }") is True
    assert query(sample_graph, "ASK { ?s ?s ?s }") is False
    triples = query(sample_graph, "CONSTRUCT WHERE { ?s a <https://schema.org/Person> }")
    assert isinstance(triples, tuple)
    assert triples == tuple(sorted(set(triples), key=str)), "distinct though reviews repeat them"
    assert all(isinstance(t, Triple) for t in triples)
    assert query(sample_graph, f"DESCRIBE {triples[0].subject}")


def test_text_that_is_no_query_is_a_query_error(sample_graph: Store) -> None:
    class Bare:
        def query(self, sparql: str) -> object:
            import pyoxigraph

            return pyoxigraph.Store().query(sparql)

    for store in (sample_graph, Bare()):
        with pytest.raises(QueryError, match="does not parse"):
            query(store, "SELECT * WHERE {")


def test_a_store_that_breaks_off_is_a_store_error() -> None:
    class Broken:
        def query(self, _: str) -> object:
            raise OSError("disk gone")

    with pytest.raises(StoreError, match="disk gone"):
        query(Broken(), "ASK {}")


def test_rows_are_read_again_and_again_and_never_change() -> None:
    rows = Rows(["a", "b"], [(A, None), (B, Literal("x"))])
    assert list(rows) == list(rows) == [(A, None), (B, Literal("x"))]
    assert rows[1] == rows[-1] == (B, Literal("x"))
    assert rows[:1] == Rows(["a", "b"], [(A, None)])
    assert bool(rows)
    assert not Rows(["a"])
    assert rows.column("b") == (None, Literal("x"))
    assert (A, None) in rows
    for change in ("note", "variables", "other"):
        with pytest.raises(AttributeError, match="Rows do not change"):
            setattr(rows, change, None)
    with pytest.raises(AttributeError, match="Rows do not change"):
        del rows.note
    assert hash(rows) == hash(Rows(["a", "b"], list(rows)))
    assert rows != Rows(["a", "c"], list(rows))
    assert repr(rows) == "<Rows: 2 of a, b>"


def test_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(KeyError, match="no column 'c'; there are: a, b"):
        Rows(["a", "b"]).column("c")


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="every row must have 2 terms: a, b"):
        Rows(["a", "b"], [(A,)])


def test_counting_and_testing_need_no_terms(sample_graph: Store) -> None:
    rows = query(sample_graph, "SELECT * WHERE { ?s ?p ?o } LIMIT 5")
    assert isinstance(rows, Rows)
    assert len(rows) == 5
    assert rows._rows is None, "nothing has been converted yet"
    assert len(list(rows)) == 5
    assert rows._solutions is None, "and nothing is kept twice"


def test_an_answer_survives_pickling(sample_graph: Store) -> None:
    rows = ask(sample_graph, "cast", {"show": "Saltmarsh"})
    again = pickle.loads(pickle.dumps(rows))
    assert again == rows
    assert again.labels == rows.labels


@pytest.mark.parametrize(("term", "value"), [
    (Literal("2", datatype=xsd("integer")), 2),
    (Literal("2", datatype=xsd("unsignedByte")), 2),
    (Literal("0.90", datatype=xsd("decimal")), Decimal("0.90")),
    (Literal("1e3", datatype=xsd("double")), 1000.0),
    (Literal("true", datatype=xsd("boolean")), True),
    (Literal("0", datatype=xsd("boolean")), False),
    (Literal("2022-03-04", datatype=xsd("date")), datetime.date(2022, 3, 4)),
    (Literal("2022-03-04T05:06:07Z", datatype=xsd("dateTime")), datetime.datetime(2022, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)),
    (Literal("2022-03", datatype=xsd("gYearMonth")), "2022-03"),
    (Literal("2022", datatype=xsd("gYear")), "2022"),
    (Literal("two", datatype=xsd("integer")), "two"),
    (Literal("-44-03-15", datatype=xsd("date")), "-44-03-15"),
    (Literal("yes", datatype=xsd("boolean")), "yes"),
    (Literal("x", datatype=xsd("decimal")), "x"),
    (Literal("chat", language="fr"), "chat"),
    (Literal("?", datatype=NamedNode("https://example.org/type")), "?"),
    (A, "https://example.org/a"),
    (BlankNode("b"), "_:b"),
    (None, None),
])  # fmt: skip
def test_python_values_are_what_the_datatype_says_or_text(term: object, value: object) -> None:
    given_back = python_value(term)  # type: ignore[arg-type]
    assert given_back == value
    assert type(given_back) is type(value)


def test_rows_as_dicts_keep_unbound_values() -> None:
    assert Rows(["a", "n"], [(A, Literal(1)), (None, None)]).python() == [
        {"a": "https://example.org/a", "n": 1},
        {"a": None, "n": None},
    ]


MIXED = Rows(["n", "x", "mixed", "none"], [
    (Literal(1), Literal("0.5", datatype=xsd("decimal")), Literal("a"), None),
    (Literal(2), None, Literal(3), None),
    (None, Literal(2.5), A, None),
])  # fmt: skip


def test_pandas_gets_columns_of_values() -> None:
    frame = MIXED.to_pandas()
    assert list(frame.columns) == ["n", "x", "mixed", "none"]
    assert frame["x"].tolist()[::2] == [0.5, 2.5]
    assert frame["mixed"].tolist() == ["a", 3, "https://example.org/a"]
    assert frame["none"].isna().all()
    assert list(Rows(["a", "b"]).to_pandas().columns) == ["a", "b"]


def test_polars_gets_columns_of_one_type() -> None:
    frame = MIXED.to_polars()
    assert frame.columns == ["n", "x", "mixed", "none"]
    assert frame["n"].to_list() == [1, 2, None]
    assert frame["x"].to_list() == [0.5, None, 2.5]
    assert frame["mixed"].to_list() == ["a", "3", "https://example.org/a"]
    assert frame["none"].to_list() == [None, None, None]
    assert Rows(["a", "b"]).to_polars().columns == ["a", "b"]
    mixed_numbers = Rows(["n"], [(Literal(1),), (Literal(2.5),)])
    assert mixed_numbers.to_polars()["n"].to_list() == [1.0, 2.5]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_installed_is_named_with_its_remedy(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(TellygraphError, match=rf"needs {library}, which is not installed: .*'tellygraph\[{library}\]'"):
        getattr(MIXED, f"to_{library}")()


def test_a_notebook_shows_names_as_links_and_escapes_everything() -> None:
    evil = Literal('<img src=x onerror=alert(1)> & "quotes" \'')
    rows = Rows(["show", "showName", "x"], [
        (NamedNode("https://example.org/?a=1&b='\"".replace('"', "%22")), evil, NamedNode("javascript:alert(1)")),
    ], labels={"show": "showName"}, note="<b>note</b>")  # fmt: skip
    html = rows._repr_html_()
    assert "<img" not in html
    assert "<b>" not in html
    assert '<a href="https://example.org/?a=1&amp;b=&#x27;%22">&lt;img src=x onerror=alert(1)&gt; &amp;' in html
    assert 'href="javascript' not in html
    assert "<th>show</th>" not in html
    assert "<th>showName</th>" in html


def test_a_notebook_shows_the_first_rows_of_many() -> None:
    html = Rows(["n"], [(Literal(n),) for n in range(250)])._repr_html_()
    assert html.count("<tr>") == 201
    assert "50 more rows" in html
    assert "No rows." in Rows(["n"])._repr_html_()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_reaches_html_or_a_terminal_unescaped(text: str) -> None:
    html = Rows(["a"], [(Literal(text),)])._repr_html_()
    body = html.removeprefix("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>").removesuffix(
        "</td></tr></tbody></table>"
    )
    assert not set(body) & set("<>\"'")
    line = visible(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in line)
    assert not set(line) & set("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def test_emoji_and_joined_letters_stay_as_they_are() -> None:
    for text in ("🙂", "👩\u200d🚀", "Zoë", "नमस्ते", "中文"):
        assert visible(text) == text


def test_iris_are_shortened_and_understood_again() -> None:
    for iri, short in (
        ("https://w3id.org/tellygraph/id/person/kit-connor", "id:person/kit-connor"),
        ("https://w3id.org/tellygraph/ontology#plays", "tg:plays"),
        ("https://schema.org/Person", "schema:Person"),
    ):
        assert shorten(iri) == short
        assert expand(short) == expand(iri) == expand(f"<{iri}>") == iri
    assert shorten("https://example.org/x") == "https://example.org/x"
    assert shorten("https://schema.org/") == "https://schema.org/"
    for name in ("Nick", "CSI: Miami", "id: x", "a:b", "tg:", "http://", "https://a b"):
        assert expand(name) is None
