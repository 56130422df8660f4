"""What every store does: the same tests on embedded memory, embedded disk and a real SPARQL server."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from samples import IRIS, NORTHGATE, SALTMARSH_1, SALTMARSH_2, SAMPLE
from tellygraph.errors import QueryError, StoreError
from tellygraph.graph import Change, Store, quads_of
from tellygraph.ontology.terms import SCHEMA, TG, XSD

EX = "https://example.org/"
G1, G2 = NamedNode(EX + "g1"), NamedNode(EX + "g2")
NAME = SCHEMA.name


def quad(subject: str, value: str, graph: NamedNode = G1) -> Quad:
    return Quad(NamedNode(EX + subject), NAME, Literal(value), graph)


def values(store: Store, sparql: str) -> list[str]:
    answer = store.query(sparql)
    assert isinstance(answer, QuerySolutions)
    return sorted(row[0].value for row in answer)


ALL_NAMES = f"SELECT ?o WHERE {{ ?s {NAME} ?o }}"


def test_each_store_keeps_the_protocol(store: Store) -> None:
    assert isinstance(store, Store)
    assert not store.read_only
    assert store.where


def test_an_empty_store_answers(store: Store) -> None:
    assert len(store) == 0
    assert store.graphs() == []
    assert list(store.quads()) == []
    assert values(store, ALL_NAMES) == []
    assert store.remove(G1) == 0


def test_replace_leaves_exactly_the_quads_given(store: Store) -> None:
    assert store.replace(G1, [quad("a", "1"), quad("b", "2")]) == Change(2, 0)
    assert store.replace(G2, [quad("a", "1", G2)]) == Change(1, 0)
    assert store.replace(G1, [quad("b", "2"), quad("c", "3")]) == Change(1, 1)
    assert set(store.quads(G1)) == {quad("b", "2"), quad("c", "3")}
    assert set(store.quads(G2)) == {quad("a", "1", G2)}


def test_replacing_with_the_same_adds_nothing(store: Store) -> None:
    for review, facts in SAMPLE.items():
        quads = quads_of(review, facts, IRIS)
        graph = NamedNode(review.iri)
        assert store.replace(graph, quads) == Change(len(quads), 0)
        assert store.replace(graph, reversed(quads)) == Change(0, 0)
        assert sorted(store.quads(graph), key=str) == quads


def test_replacing_with_nothing_removes_the_graph(store: Store) -> None:
    store.replace(G1, [quad("a", "1")])
    assert store.replace(G1, []) == Change(0, 1)
    assert store.graphs() == []


def test_replace_refuses_quads_of_another_graph(store: Store) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        store.replace(G1, [quad("a", "1"), quad("b", "2", G2)])
    assert len(store) == 0


def test_remove_takes_one_graph_and_says_how_much_that_was(store: Store) -> None:
    store.extend([quad("a", "1"), quad("b", "2"), quad("a", "1", G2)])
    assert store.remove(G1) == 2
    assert list(store.quads()) == [quad("a", "1", G2)]
    assert store.remove(G1) == 0


def test_apply_empties_deletes_and_inserts_at_once(store: Store) -> None:
    store.extend([quad("a", "1"), quad("b", "2", G2), quad("c", "3", G2)])
    store.apply(clear=[G1], remove=[quad("b", "2", G2)], add=[quad("d", "4"), quad("e", "5", G2)])
    assert set(store.quads()) == {quad("d", "4"), quad("c", "3", G2), quad("e", "5", G2)}
    store.apply()
    assert len(store) == 3


def test_extend_takes_more_quads_than_one_batch(store: Store) -> None:
    quads = [quad(f"s{i}", str(i), NamedNode(f"{EX}g{i % 7}")) for i in range(7_000)]
    store.extend(iter(quads))
    assert len(store) == 7_000
    assert [g.value for g in store.graphs()] == [f"{EX}g{i}" for i in range(7)]
    assert set(store.quads(NamedNode(EX + "g3"))) == {q for q in quads if q.graph_name.value == EX + "g3"}


def test_queries_see_the_union_of_all_graphs(store: Store) -> None:
    store.extend([quad("a", "1"), quad("a", "2", G2)])
    assert values(store, ALL_NAMES) == ["1", "2"]
    assert values(store, f"SELECT ?o WHERE {{ GRAPH {G2} {{ ?s {NAME} ?o }} }}") == ["2"]
    assert values(store, f"SELECT ?g WHERE {{ GRAPH ?g {{ ?s {NAME} ?o }} }}") == [G1.value, G2.value]


def test_the_four_forms_answer_with_the_same_types(store: Store) -> None:
    store.extend([quad("a", "1")])
    rows = store.query(f"SELECT ?o ?none WHERE {{ ?s {NAME} ?o OPTIONAL {{ ?s {TG.plays} ?none }} }}")
    assert isinstance(rows, QuerySolutions)
    assert [v.value for v in rows.variables] == ["o", "none"]
    assert [tuple(row) for row in rows] == [(Literal("1"), None)]
    yes, no = store.query("ASK { ?s ?p ?o }"), store.query(f"ASK {{ ?s {TG.plays} ?o }}")
    assert isinstance(yes, QueryBoolean)
    assert isinstance(no, QueryBoolean)
    assert yes
    assert not no
    triple = Triple(NamedNode(EX + "a"), NAME, Literal("1"))
    assert list(store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")) == [triple]
    assert list(store.query(f"DESCRIBE <{EX}a>")) == [triple]


@pytest.mark.parametrize("text", ["PREFIX a: <x:b>\n# DROP ALL\nselect * where { ?s ?p ?o }", "BASE <http://a/> ASK{}"])
def test_the_form_is_told_whatever_is_in_front_of_it(store: Store, text: str) -> None:
    assert isinstance(store.query(text), QuerySolutions | QueryBoolean)


def test_a_query_that_does_not_parse_says_where(store: Store) -> None:
    with pytest.raises(QueryError, match="does not parse at line 2, column"):
        store.query("SELECT *\nWHERE { ?s ?p")
    with pytest.raises(QueryError):
        store.query("what is the meaning of this")
    with pytest.raises(QueryError):
        store.query("")


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX x: <http://x/> # SELECT *\nDROP ALL",
        "CLEAR ALL",
        "LOAD <https://example.org/>",
        "SELECT * WHERE {} ; CLEAR ALL",
    ],
)
def test_updates_are_refused(store: Store, update: str) -> None:
    store.extend([quad("a", "1")])
    with pytest.raises(QueryError):
        store.query(update)
    assert len(store) == 1


AWKWARD = [
    "",
    "“curly” and 'straight' \" quotes",
    "line\nfeed, carriage\rreturn, tab\t, back\\slash",
    '" } } ; CLEAR ALL ; INSERT DATA { GRAPH <x:y> { <x:y> <x:y> "',
    r"\u0022 } ; CLEAR ALL #",
    r"\\u0041 \U00000041 \n \" \',",
    "🙂 é e\u0301 \u202e right to left \u2028 separator",
    "\x01\x7f\x85\ufffe",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_text_comes_back_as_it_went_in(store: Store, text: str) -> None:
    put = quad("a", text)
    store.extend([quad("b", "stays")])
    assert store.replace(G1, [put, quad("b", "stays")]) == Change(1, 0)
    assert put in set(store.quads(G1))
    assert values(store, f"SELECT ?o WHERE {{ <{EX}a> {NAME} ?o }}") == [text]
    store.apply(remove=[put])
    assert list(store.quads()) == [quad("b", "stays")]


def test_a_store_is_a_context_manager_and_says_when_it_is_closed(store: Store) -> None:
    store.close()
    store.close()
    for use in (lambda: len(store), store.graphs, lambda: list(store.quads()), lambda: store.query("ASK {}")):
        with pytest.raises(StoreError, match="closed"):
            use()
    with pytest.raises(StoreError, match="closed"):
        store.extend([quad("a", "1")])


def test_a_triple_two_reviews_state_is_one_triple_of_two_graphs(store: Store) -> None:
    for review in (SALTMARSH_1, SALTMARSH_2, NORTHGATE):
        store.replace(NamedNode(review.iri), quads_of(review, SAMPLE[review], IRIS))
    pattern = f"<{IRIS.person('Mara Quill')}> {TG.plays} <{IRIS.character('Nell Harrow', IRIS.series('Saltmarsh'))}>"
    assert values(store, f"SELECT ?g WHERE {{ GRAPH ?g {{ {pattern} }} }}") == [SALTMARSH_1.iri, SALTMARSH_2.iri]
    assert len(values(store, f"SELECT DISTINCT ?c WHERE {{ <{IRIS.person('Mara Quill')}> {TG.plays} ?c }}")) == 2


def test_large_and_small_graphs_go_in_together(store: Store) -> None:
    values = [Literal("a"), Literal('“é” \\u0041 "b" \n\t 🙂'), Literal("c", language="en-gb"), Literal(7)]
    values += [Literal("2021-03", datatype=XSD.gYearMonth), Literal("2021-03-04", datatype=XSD.date)]
    quads = {
        Quad(NamedNode(f"https://x.example/{n}"), SCHEMA.name, values[n % len(values)], NamedNode(f"https://x.example/g{graph}"))
        for graph, size in enumerate((2, 150, 3, 400))
        for n in range(size)
    }  # fmt: skip
    ordered = sorted(quads, key=lambda quad: (quad.graph_name.value, str(quad)))
    store.extend(ordered)
    store.extend(ordered)
    assert set(store.quads()) == quads
