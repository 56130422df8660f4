"""What one library writes the other reads back, and nothing is lost or added."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE, fact, statements
from tellygraph.errors import ExportError
from tellygraph.graph import EXPORTERS, PREFIXES, Store, add_readings, export_graph, exporter, open_store
from tellygraph.graph.export.csv_table import COLUMNS
from tellygraph.graph.store.rdflib_view import from_ox
from tellygraph.reviews.records import Reading, Review

# rdflib's own parsers use what rdflib itself deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

AWKWARD = Review(
    IRIS.review("awkward"), "awkward",
    "Saltmarsh: =1+1, said “Otto”,\r\n\tthen\nthe \"back\\slash\" & <b>🙂</b> -- @home. Nell is Bea's friend.",
    "Saltmarsh", 3, "A title, with commas & <tags>", "=Ana", None, "2021", None, "CC BY 4.0",
)  # fmt: skip
AWKWARD_FACTS = (
    fact(AWKWARD, "genre", "Saltmarsh", "=1+1", '=1+1, said “Otto”,\r\n\tthen\nthe "back\\slash" & <b>🙂</b> -- @home'),
    fact(AWKWARD, "premiereDate", "Saltmarsh", "2021-05", "Saltmarsh", season=3),
    fact(AWKWARD, "relationship", "Nell", "Bea", "Nell is Bea's friend", kind="friend", status="former"),
)
RDF_FORMATS = [e.name for e in EXPORTERS if e.name != "csv"]
RDFLIB_NAME = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        sample = [Reading(review, facts) for review, facts in SAMPLE.items()]
        add_readings(opened, [*sample, Reading(AWKWARD, AWKWARD_FACTS)], IRIS)
        yield opened


def exported(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    written = export_graph(store, name, out)
    assert written > 0
    return out.getvalue()


def union(store: Store) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in statements(store):
        graph.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    return graph


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_rdflib_reads_what_we_write(store: Store, name: str) -> None:
    data = exported(store, name)
    if exporter(name).named_graphs:
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=RDFLIB_NAME[name])
        assert {tuple(map(str, q)) for q in dataset.quads()} == {
            (q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in statements(store)
        }
    else:
        assert isomorphic(rdflib.Graph().parse(data=data, format=RDFLIB_NAME[name]), union(store))


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_pyoxigraph_reads_what_we_write(store: Store, name: str) -> None:
    format_ = ox.RdfFormat.from_media_type(exporter(name).media_type)
    assert format_ is not None
    read = list(ox.parse(exported(store, name), format_))
    if exporter(name).named_graphs:
        assert set(read) == set(statements(store))
    else:
        assert {q.triple for q in read} == {q.triple for q in statements(store)}
        assert all(isinstance(q.graph_name, ox.DefaultGraph) for q in read)


@pytest.mark.parametrize("name", [e.name for e in EXPORTERS])
def test_the_same_graph_gives_the_same_bytes_each_time(store: Store, name: str) -> None:
    assert len({exported(store, name) for _ in range(4)}) == 1


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_the_count_is_that_of_the_statements(store: Store, name: str) -> None:
    quads = sorted(statements(store), key=str)
    expected = len(quads) if exporter(name).named_graphs else len({q.triple for q in quads})
    assert export_graph(store, name, io.BytesIO()) == expected


@pytest.mark.parametrize("name", [e.name for e in EXPORTERS])
def test_an_empty_graph_is_a_file_that_can_be_read(name: str) -> None:
    out = io.BytesIO()
    with open_store(":memory:") as empty:
        assert export_graph(empty, name, out) == 0
    if name == "csv":
        assert out.getvalue().decode().strip() == ",".join(COLUMNS)
    else:
        assert len(rdflib.Dataset().parse(data=out.getvalue(), format=RDFLIB_NAME[name])) == 0


def test_formats_are_told_apart_by_name_and_type() -> None:
    assert [e.name for e in EXPORTERS] == ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "csv"]
    assert len({e.media_type for e in EXPORTERS}) == len({e.suffix for e in EXPORTERS}) == len(EXPORTERS)
    with pytest.raises(ExportError, match="did you mean 'turtle'"):
        exporter("turtel")
    with pytest.raises(ExportError, match="the formats are turtle, trig"):
        exporter("xlsx")


def test_prefixes_come_sorted_and_are_used(store: Store) -> None:
    lines = exported(store, "turtle").decode().splitlines()
    assert lines[: len(PREFIXES)] == [f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items())]
    assert any(line.strip().startswith("tg:plays ") for line in lines)


def test_jsonld_reads_as_schema_org(store: Store) -> None:
    document = json.loads(exported(store, "jsonld"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert list(nodes) == sorted(nodes)
    review = nodes[NORTHGATE.iri]
    assert review["@type"] == "Review"
    assert review["name"] == NORTHGATE.title
    assert nodes[review["itemReviewed"]] | {"@type": "TVSeries", "name": "Northgate"} == nodes[review["itemReviewed"]]
    series = nodes[IRIS.series("Saltmarsh")]
    assert IRIS.season(series["@id"], 2) in series["containsSeason"]
    assert "https://schema.org/" not in json.dumps(document["@graph"])
    assert document["@context"]["name"] == "schema:name"


def rows(store: Store) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(store, "csv").decode(), newline="")))


def test_csv_has_a_row_for_each_fact_with_its_words(store: Store) -> None:
    table = rows(store)
    assert len(table) == sum(map(len, SAMPLE.values())) + len(AWKWARD_FACTS)
    texts = {review.iri: review.text for review in SAMPLE}
    for row in table:
        if row["review"] in texts:
            assert texts[row["review"]][int(row["start"]) : int(row["end"])] == row["quote"]
    (nell,) = [r for r in table if r["kind"] == "dating" and r["review"] == SALTMARSH_1.iri]
    assert nell == {
        "review": SALTMARSH_1.iri, "relation": "relationship", "subject": "Nell Harrow",
        "subject_iri": IRIS.character("Nell Harrow", IRIS.series("Saltmarsh")), "object": "Jonah Pike",
        "object_iri": IRIS.character("Jonah Pike", IRIS.series("Saltmarsh")), "kind": "dating", "status": "",
        "show": "Saltmarsh", "season": "1", "quote": "Nell is seeing Jonah Pike",
        "start": nell["start"], "end": nell["end"], "confidence": "0.9", "rule": "sample", "reader": "hand",
    }  # fmt: skip
    (date,) = [r for r in table if r["object"] == "2021-05"]
    assert (date["subject"], date["object_iri"], date["season"]) == ("Saltmarsh, season 3", "", "3")


def test_csv_runs_in_no_spreadsheet(store: Store) -> None:
    (row,) = [r for r in rows(store) if r["relation"] == "genre" and r["review"] == AWKWARD.iri]
    assert row["object"] == "'=1+1"
    assert row["quote"] == "'" + AWKWARD_FACTS[0].evidence.quote
    for line in csv.reader(io.StringIO(exported(store, "csv").decode(), newline="")):
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_claim_stated_twice_has_two_rows_each_with_its_own_words() -> None:
    review = Review(IRIS.review("twice"), "twice", "Bea is Nell's friend. Yes, Nell's friend Bea.", "Saltmarsh")
    facts = (
        fact(review, "relationship", "Bea", "Nell", "Bea is Nell's friend", kind="friend"),
        fact(review, "relationship", "Bea", "Nell", "Nell's friend Bea", kind="friend"),
        replace(fact(review, "relationship", "Bea", "Nell", "Nell's friend Bea", kind="friend"), reader="other"),
    )
    with open_store(":memory:") as store:
        add_readings(store, [Reading(review, facts)], IRIS)
        table = rows(store)
    assert sorted((r["quote"], review.text[int(r["start"]) : int(r["end"])], r["reader"]) for r in table) == [
        ("Bea is Nell's friend", "Bea is Nell's friend", "hand"),
        ("Nell's friend Bea", "Nell's friend Bea", "hand"),
        ("Nell's friend Bea", "Nell's friend Bea", "other"),
    ]


def test_rdfxml_refuses_what_xml_cannot_hold_before_it_writes() -> None:
    for text, code in (("a\x01b", "U+0001"), ("a\ufffeb", "U+FFFE")):
        review = Review(IRIS.review("x"), "x", f"{text} is a crime drama.", "Saltmarsh")
        facts = (fact(review, "genre", "Saltmarsh", "crime drama", f"{text} is a crime drama"),)
        out = io.BytesIO()
        with open_store(":memory:") as store:
            add_readings(store, [Reading(review, facts)], IRIS)
            with pytest.raises(
                ExportError, match=f"rdfxml cannot hold this graph: .*{code.replace('+', '.')}.*turtle has"
            ):
                export_graph(store, "rdfxml", out)
            assert out.getvalue() == b""
            assert set(ox.parse(exported(store, "trig"), ox.RdfFormat.TRIG)) == set(statements(store))


def test_rdfxml_refuses_a_property_without_a_local_name() -> None:
    quad = ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("https://example.org/1/"), ox.Literal("x"), ox.NamedNode("x:g"))
    with open_store(":memory:") as store:
        store.extend([quad])
        with pytest.raises(ExportError, match="no way to write the property"):
            export_graph(store, "rdfxml", io.BytesIO())


class Full(io.RawIOBase):
    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", [e.name for e in EXPORTERS])
def test_a_full_disk_is_an_export_error(store: Store, name: str) -> None:
    with pytest.raises(ExportError, match="cannot be written: No space left"):
        export_graph(store, name, Full())  # type: ignore[arg-type]
