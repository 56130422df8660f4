"""The facade: what goes in comes out again, in every form it promises."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx
import pytest
from pyoxigraph import RdfFormat, parse

import tellygraph
from samples import NORTHGATE, SALTMARSH_1, SALTMARSH_2, SAMPLE
from tellygraph.added import Added, ReviewAdded
from tellygraph.errors import (
    AmbiguousNameError,
    ExportError,
    InputError,
    QueryError,
    ReviewError,
    StoreError,
    UnknownQuestionError,
)
from tellygraph.graph import open_store
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.ontology.iris import is_bookkeeping
from tellygraph.reading import read
from tellygraph.reviews.records import Reading, Refusal, Review
from tellygraph.reviews.sources import Notice
from tellygraph.showing import EXPORT_FORMATS


class HandReader:
    """States the hand-made facts of the samples, and nothing of any other review."""

    name = "hand"

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for review in reviews:
            yield Reading(review, SAMPLE.get(review, ()))


@pytest.fixture
def graph() -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph(open_store(":memory:"), reader=HandReader()) as graph:
        yield graph


@pytest.fixture
def filled(graph: KnowledgeGraph) -> KnowledgeGraph:
    graph.add(*SAMPLE)
    return graph


def test_adding_says_what_became_of_each_review(graph: KnowledgeGraph) -> None:
    facts = sum(map(len, SAMPLE.values()))
    assert graph.add(*SAMPLE) == Added(added=3, facts=facts)
    assert graph.add(*SAMPLE) == Added(unchanged=3, facts=facts)
    changed = tellygraph.new_review("Nell is gone.", id="northgate")
    assert graph.add(changed) == Added(replaced=1)
    assert graph.info().reviews == 3


def test_refusals_are_in_the_report_and_heard_in_order(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nell is back.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.png").write_bytes(b"")
    heard: list[object] = []
    done = graph.add(tmp_path, NORTHGATE, tmp_path / "missing.txt", hear=heard.append)
    assert (done.added, done.reviews, done.passed_over) == (2, 2, 1)
    assert [refused.source for refused in done.refused] == [str(tmp_path / "b.txt"), str(tmp_path / "missing.txt")]
    assert {type(step) for step in heard} == {ReviewAdded, Refusal, Notice}
    assert len(heard) == 5


def test_removing_is_exact_and_all_or_nothing(filled: KnowledgeGraph) -> None:
    before = filled.info()
    with pytest.raises(InputError, match=r"'northgat'.*northgate"):
        filled.remove("saltmarsh-1", "northgat")
    assert filled.info() == before
    gone = filled.remove("northgate", NORTHGATE.iri, SALTMARSH_2.iri)
    assert filled.info().quads == before.quads - gone
    assert filled.info().reviews == 1
    with KnowledgeGraph(open_store(":memory:"), reader=HandReader()) as alone:
        alone.add(SALTMARSH_1)
        assert as_nquads(alone) == as_nquads(filled)


def as_nquads(graph: KnowledgeGraph) -> bytes:
    out = io.BytesIO()
    graph.export("nquads", out)
    return out.getvalue()


def test_questions_take_names_and_give_rows(filled: KnowledgeGraph) -> None:
    rows = filled.ask("roles-of", actor="Mara Quill")
    assert [row["characterName"] for row in rows.python()] == ["Ruth Calder", "Nell Harrow"]
    with pytest.raises(UnknownQuestionError, match="roles-of"):
        filled.ask("role-of", actor="Mara Quill")


def test_any_sparql_is_answered_over_the_union_of_the_reviews(filled: KnowledgeGraph) -> None:
    assert filled.query("ASK { ?actor <https://w3id.org/tellygraph/ontology#plays> ?character }") is True
    triples = filled.query("CONSTRUCT WHERE { ?actor <https://w3id.org/tellygraph/ontology#plays> ?character }")
    assert isinstance(triples, tuple)
    assert len(triples) == 8
    with pytest.raises(QueryError):
        filled.query("DROP ALL")


def test_the_network_and_its_parts(filled: KnowledgeGraph) -> None:
    whole = filled.network()
    assert whole.number_of_nodes() > 15
    names = {data["label"] for _, data in filled.network(about="Sam", kind="family").nodes(data=True)}
    assert names == {"Sam", "Nell Harrow", "Sam's mother"}
    assert set(filled.network(show="Northgate").nodes) < set(whole.nodes)
    with pytest.raises(AmbiguousNameError, match="Nobody"):
        filled.network(about="Nobody")


def test_the_picture_is_a_page_that_can_be_saved(filled: KnowledgeGraph, tmp_path: Path) -> None:
    picture = filled.draw(show="Saltmarsh")
    assert picture.title == "Saltmarsh"
    path = picture.save(tmp_path / "a.html")
    assert path.read_text(encoding="utf-8") == picture.html
    assert filled.draw().html == filled.draw().html


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_format_is_written_to_a_file_as_to_a_stream(filled: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    out = io.BytesIO()
    filled.export(name, out)
    assert out.getvalue()
    filled.export(name, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == out.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_exports_are_what_they_are_called(filled: KnowledgeGraph, tmp_path: Path) -> None:
    for name, opened in [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]:
        filled.export(name, tmp_path / name)
        assert opened(tmp_path / name).number_of_nodes() == filled.network().number_of_nodes()
    out = io.BytesIO()
    filled.export("trig", out)
    assert len(set(parse(out.getvalue(), RdfFormat.TRIG))) == filled.info().quads
    out = io.BytesIO()
    filled.export("jsonld", out)
    assert json.loads(out.getvalue())
    with pytest.raises(ExportError, match=r"'yaml'.*turtle.*gexf"):
        filled.export("yaml", out)
    with pytest.raises(ExportError, match=r"no/file.ttl"):
        filled.export("turtle", tmp_path / "no" / "file.ttl")


def test_a_sound_graph_has_no_violations(filled: KnowledgeGraph) -> None:
    assert filled.check().violations == ()


def test_rdflib_sees_the_same(filled: KnowledgeGraph) -> None:
    graphs = [str(graph) for *_, graph in filled.rdflib().quads()]
    assert sum(not is_bookkeeping(graph) for graph in graphs) == filled.info().quads


def test_information_counts(filled: KnowledgeGraph) -> None:
    info = filled.info()
    assert (info.reviews, info.shows, info.where) == (3, 2, ":memory:")
    assert info.facts == sum(map(len, SAMPLE.values()))
    assert info.claims < info.facts  # two reviews agree on who plays Nell
    assert info.versions["tellygraph"] == tellygraph.__version__


def test_a_graph_on_disk_is_there_again_and_none_is_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph at"):
        tellygraph.open_graph(tmp_path / "g", read_only=True)
    assert not (tmp_path / "g").exists()
    with KnowledgeGraph(open_store(str(tmp_path / "g")), reader=HandReader()) as graph:
        graph.add(*SAMPLE)
        written = as_nquads(graph)
    with tellygraph.open_graph(tmp_path / "g", read_only=True) as graph:
        assert as_nquads(graph) == written
        with pytest.raises(StoreError):
            graph.remove("northgate")


def test_the_setting_names_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_GRAPH", str(tmp_path / "set"))
    with tellygraph.open_graph() as graph:
        assert graph.where == str(tmp_path / "set")


def test_reading_takes_sources_or_one_text() -> None:
    (reading,) = read(NORTHGATE, reader=HandReader())
    assert reading.facts == SAMPLE[NORTHGATE]
    (reading,) = read(text="Nell is back.", show="Saltmarsh", season=2, reader=HandReader())
    assert (reading.review.id, reading.review.show, reading.review.season) == ("text", "Saltmarsh", 2)
    for wrong in ({}, {"text": "Nell is back."}):
        with pytest.raises(TypeError, match="either sources or text="):
            read(*(["a.txt"] if wrong else []), **wrong, reader=HandReader())


def test_reading_raises_for_what_it_cannot_read_unless_it_is_heard(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    with pytest.raises(ReviewError, match=r"missing.txt: there is no such file"):
        list(read(missing, reader=HandReader()))
    heard: list[object] = []
    assert list(read(missing, reader=HandReader(), hear=heard.append)) == []
    assert heard == [Refusal(str(missing), "there is no such file or folder; check the name")]


def test_a_review_made_in_python_is_checked_as_a_file_is() -> None:
    with pytest.raises(ReviewError, match=r"'x'.*its 'date' is 'yesterday'"):
        tellygraph.new_review("Nell is back.", id="x", date="yesterday")
    with pytest.raises(ReviewError, match="it is empty"):
        tellygraph.new_review(" ", id="x")
