"""Every question gives the same answer from both stores, and from rdflib's own engine over the same graph."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize

from samples import IRIS, SAMPLE
from tellygraph.graph import Store, open_store, quads_of
from tellygraph.queries import Question, Rows, ask, catalogue, query
from tellygraph.queries.bind import bind
from tellygraph.queries.catalogue import bound
from tellygraph.queries.values import text_of

every_question = pytest.mark.parametrize("question", catalogue().values(), ids=lambda q: q.name)


@pytest.fixture(scope="module")
def reference() -> Store:
    """The sample reviews in memory."""
    store = open_store(":memory:")
    for review, facts in SAMPLE.items():
        store.extend(quads_of(review, facts, IRIS))
    return store


@pytest.fixture(scope="module")
def rdflib_graph(reference: Store) -> rdflib.Dataset:
    """The same in rdflib's own store."""
    dataset = rdflib.Dataset(default_union=True)
    for name in reference.graphs():
        triples = serialize((quad.triple for quad in reference.quads(name)), format=RdfFormat.N_TRIPLES)
        assert triples is not None
        dataset.graph(rdflib.URIRef(name.value)).parse(data=triples, format="nt")
    return dataset


def test_every_store_answers_every_question_the_same(store: Store, reference: Store) -> None:
    store.extend(reference.quads())
    for question in catalogue().values():
        given = dict(question.sample.params)
        rows = ask(store, question.name, given)
        assert rows == ask(reference, question.name, given), question.name
        assert question.sample.unmet(rows) == [], question.name


@every_question
def test_it_needs_no_union_of_graphs(question: Question, reference: Store) -> None:
    """A question names the graph it reads, so that a server's default graph does not matter, empty or a union."""
    bare = pyoxigraph.Store()
    bare.extend(reference.quads())
    text = bind(question.text, bound(reference, question, dict(question.sample.params)))
    assert query(bare, text) == query(reference, text)


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # rdflib warns of itself
@every_question
def test_another_engine_answers_it_the_same(question: Question, reference: Store, rdflib_graph: rdflib.Dataset) -> None:
    text = bind(question.text, bound(reference, question, dict(question.sample.params)))
    ours = query(reference, text)
    assert isinstance(ours, Rows)
    theirs = [tuple("" if term is None else str(term) for term in row) for row in rdflib_graph.query(text)]  # type: ignore[union-attr]
    assert theirs == [tuple(map(text_of, row)) for row in ours]
