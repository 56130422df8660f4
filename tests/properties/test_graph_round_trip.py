"""Whatever a review says, in whatever characters, comes back from every store as it went in, and goes out whole."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from samples import IRIS, statements
from servers import oxigraph_server
from tellygraph.graph import Change, Store, add_reading, export_graph, open_store, quads_of, remove_review
from tellygraph.ontology.terms import KINDS, RELATIONS, STATUSES
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Reading, Review


@pytest.fixture(scope="module", params=["embedded-memory", "embedded-disk", "endpoint"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "endpoint":
        with oxigraph_server() as url, open_store(url) as opened:
            yield opened
    else:
        disk = str(tmp_path_factory.mktemp("store") / "graph.db")
        with open_store(":memory:" if request.param == "embedded-memory" else disk) as opened:
            yield opened


ANY = st.characters(exclude_categories=["Cs"])  # lone surrogates are no text
NAMES = st.text(ANY, min_size=1, max_size=20) | st.sampled_from(
    ["Nell", "Nell Harrow", "Sam's mother", '"\\u0022 }', "é\r\n"]
)
DATES = st.sampled_from(["2023", "2023-08", "2023-08-03"])


def entity(name: str, type_: EntityType, series: str, season: int | None) -> Entity:
    iri = {
        EntityType.PERSON: IRIS.person(name),
        EntityType.CHARACTER: IRIS.character(name, series),
        EntityType.SERIES: series if season is None else IRIS.season(series, season),
        EntityType.SEASON: IRIS.season(series, season or 1),
        EntityType.WORK: IRIS.work(name),
        EntityType.ORGANIZATION: IRIS.organization(name),
        EntityType.PLACE: IRIS.place(name),
        EntityType.COUNTRY: IRIS.place(name),
    }.get(type_)
    if type_ is EntityType.SERIES and season is not None:
        type_ = EntityType.SEASON
    return Entity(name, type_, iri)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(st.text(ANY, min_size=1, max_size=200))
    iri = IRIS.review("any")
    title = draw(NAMES)
    show = Entity(title, EntityType.SERIES, IRIS.series(title))
    facts = []
    for _ in range(draw(st.integers(0, 6))):
        relation = RELATIONS[draw(st.sampled_from(sorted(RELATIONS)))]
        season = draw(st.none() | st.integers(1, 40))
        kind = draw(st.sampled_from(sorted(KINDS))) if relation.name == "relationship" else None
        object_type = EntityType(relation.object)
        value = {
            EntityType.DATE: DATES,
            EntityType.INTEGER: st.integers(0, 10**6).map(lambda n: f"{n:04}"),
        }.get(object_type, NAMES)
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        words = Evidence(iri, start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32])
        facts.append(
            Fact(
                relation.name,
                entity(draw(NAMES), EntityType(relation.subject), show.iri or "", season if relation.of_season else None),
                entity(draw(value), object_type, show.iri or "", None),
                words,
                draw(st.floats(0, 1)),
                draw(st.sampled_from(["P1", "R2"])),
                draw(st.sampled_from(["rules", "llm"])),
                kind,
                draw(st.none() | st.sampled_from(sorted(STATUSES))),
                show,
                season,
            )
        )  # fmt: skip
    review = Review(
        iri, "any", text, title, draw(st.none() | st.integers(1, 9)), draw(st.none() | NAMES), draw(st.none() | NAMES),
        draw(st.none() | NAMES), draw(st.none() | DATES), draw(st.none() | NAMES), draw(st.none() | NAMES),
    )  # fmt: skip
    return Reading(review, tuple(facts))


few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@few
@given(reading=readings())
def test_in_and_out_of_every_store(store: Store, reading: Reading) -> None:
    review = reading.review
    quads = quads_of(review, reading.facts, IRIS)
    assert add_reading(store, reading, IRIS) == Change(len(quads), 0)
    assert sorted(store.quads(NamedNode(review.iri)), key=str) == quads
    assert add_reading(store, reading, IRIS) == Change()
    assert remove_review(store, review.id, IRIS) == Change(removed=len(quads))
    assert not statements(store)


@few
@given(one=readings(), other=readings())
def test_replacing_leaves_the_last_word(store: Store, one: Reading, other: Reading) -> None:
    add_reading(store, one, IRIS)
    add_reading(store, other, IRIS)
    assert sorted(statements(store), key=str) == quads_of(other.review, other.facts, IRIS)
    store.remove(NamedNode(other.review.iri))


@few
@given(reading=readings())
@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_exports_of_quads_read_back(name: str, reading: Reading) -> None:
    out = io.BytesIO()
    with open_store(":memory:") as store:
        add_reading(store, reading, IRIS)
        export_graph(store, name, out)
        format_ = ox.RdfFormat.TRIG if name == "trig" else ox.RdfFormat.N_QUADS
        assert set(ox.parse(out.getvalue(), format_)) == statements(store)


@few
@given(reading=readings())
@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld"])
def test_exports_of_triples_read_back(name: str, reading: Reading) -> None:
    out = io.BytesIO()
    with open_store(":memory:") as store:
        add_reading(store, reading, IRIS)
        export_graph(store, name, out)
        format_ = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}.get(name, ox.RdfFormat.JSON_LD)
        assert {q.triple for q in ox.parse(out.getvalue(), format_)} == {q.triple for q in statements(store)}
