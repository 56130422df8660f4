"""Each shape accepts what we write, and says its own message, and only that, about what is broken."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, Store

from samples import IRIS, SALTMARSH_1, SALTMARSH_2, SAMPLE, fact
from tellygraph.graph.decisions import DIFFERENT, Decision, Decisions
from tellygraph.graph.identity import Merge, merge_quads
from tellygraph.graph.quads import quads_of
from tellygraph.ontology import KINDS, RELATIONS, STATUSES, TG, findings, triples_of
from tellygraph.reviews.records import Review

SHAPES = "https://w3id.org/tellygraph/shapes#"
SH = "http://www.w3.org/ns/shacl#"
PREFIXES = {
    "": "https://w3id.org/tellygraph/id/",
    "kind": "https://w3id.org/tellygraph/relationships#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "tg": TG.base,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
NORTHGATE, SEASON_2, FENWICK = "<series/northgate>", "<series/saltmarsh/season/2>", "<place/fenwick>"
NELL, TOBY = "<series/saltmarsh/character/nell-harrow>", "<person/toby-farrow>"

# What breaks each shape, as SPARQL updates of the sample graph; IRIs are relative to the base of the samples.
BROKEN: dict[str, list[str]] = {
    "name": [
        "DELETE { ?x schema:name ?n } WHERE { ?x a schema:Person ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a tg:Character ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a tg:Critic ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a schema:TVSeries ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a schema:TVSeason ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a schema:Organization ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a schema:Place ; schema:name ?n }",
        "DELETE { ?x schema:name ?n } WHERE { ?x a schema:CreativeWork ; schema:name ?n }",
        "INSERT DATA { <place/england> a schema:Country }",
        f"INSERT DATA {{ {NORTHGATE} schema:name '' }}",
        f"INSERT DATA {{ {NORTHGATE} schema:name 7 }}",
    ],
    "premiere": [f"INSERT DATA {{ {NORTHGATE} schema:startDate 'soon' }}"],
    "ending": [f"INSERT DATA {{ {NORTHGATE} schema:endDate 'never' }}"],
    "episodeTitle": [f"INSERT DATA {{ {SEASON_2} tg:episodeTitle {TOBY} }}"],
    "episodes": [
        f"INSERT DATA {{ {NORTHGATE} schema:numberOfEpisodes 0 }}",
        f"INSERT DATA {{ {NORTHGATE} schema:numberOfEpisodes 'six' }}",
        f"INSERT DATA {{ {NORTHGATE} schema:numberOfEpisodes 'six'^^xsd:integer }}",
    ],
    "cast": [f"INSERT DATA {{ {NORTHGATE} schema:actor {FENWICK} }}"],
    "crew": [
        f"INSERT DATA {{ {NORTHGATE} schema:director {FENWICK} }}",
        f"INSERT DATA {{ {SEASON_2} tg:showrunner {FENWICK} }}",
        f"INSERT DATA {{ {SEASON_2} tg:writer 'Ivo Tanner' }}",
    ],
    "Review-title": ["DELETE { ?x schema:name ?n } WHERE { ?x a schema:Review ; schema:name ?n }"],
    "Review-hash": [
        "DELETE { ?x tg:textHash ?n } WHERE { ?x a schema:Review ; tg:textHash ?n }",
        "INSERT { ?x tg:textHash 'md5:1' } WHERE { ?x a schema:Review }",
    ],
    "Review-fingerprint": [
        f"INSERT DATA {{ <review/northgate> tg:fingerprint 'sha256:{'0' * 64}', 'sha256:{'1' * 64}' }}",
        "INSERT DATA { <review/northgate> tg:fingerprint 'md5:1' }",
    ],
    "Review-author": ["DELETE WHERE { ?critic a tg:Critic }"],
    "Review-publisher": ["DELETE { ?o a ?t } WHERE { ?r a schema:Review ; schema:publisher ?o . ?o a ?t }"],
    "Review-date": [
        "INSERT DATA { <review/northgate> schema:datePublished '2023'^^xsd:gYear }",
        "DELETE { ?r schema:datePublished ?d } INSERT { ?r schema:datePublished 'today' } WHERE { ?r schema:datePublished ?d }",
    ],
    "Review-url": ["INSERT DATA { <review/northgate> schema:url 'lamp.example' }"],
    "Review-licence": ["INSERT DATA { <review/northgate> schema:license 'CC0', 'CC BY 4.0' }"],
    "Review-about": [f"INSERT DATA {{ <review/northgate> schema:itemReviewed {FENWICK} }}"],
    "Series-season": [f"INSERT DATA {{ {NORTHGATE} schema:containsSeason {FENWICK} }}"],
    "Series-character": [f"INSERT DATA {{ {NORTHGATE} schema:character {TOBY} }}"],
    "Series-company": [
        f"INSERT DATA {{ {NORTHGATE} tg:broadcaster {TOBY} }}",
        f"INSERT DATA {{ {NORTHGATE} schema:productionCompany {TOBY} }}",
    ],
    "Series-country": [f"INSERT DATA {{ {NORTHGATE} schema:countryOfOrigin {FENWICK} }}"],
    "Series-setting": [f"INSERT DATA {{ {NORTHGATE} tg:setting {TOBY} }}"],
    "Series-source": [f"INSERT DATA {{ {NORTHGATE} schema:isBasedOn {TOBY} }}"],
    "Series-predecessor": [
        f"INSERT DATA {{ {NORTHGATE} tg:{p} {TOBY} }}" for p in ("spinOffOf", "remakeOf", "sequelOf", "prequelOf")
    ],
    "Series-words": [
        f"INSERT DATA {{ {NORTHGATE} schema:award {TOBY} }}",
        f"INSERT DATA {{ {NORTHGATE} tg:nomination '' }}",
    ],
    "Series-minutes": [f"INSERT DATA {{ {NORTHGATE} tg:episodeMinutes 'an hour' }}"],
    "Series-genre": [f"INSERT DATA {{ {NORTHGATE} schema:genre {TOBY} }}", f"INSERT DATA {{ {NORTHGATE} schema:genre '' }}"],
    "Season-number": [
        "DELETE { ?s schema:seasonNumber 1 } WHERE { ?s schema:seasonNumber 1 }",
        f"INSERT DATA {{ {SEASON_2} schema:seasonNumber 9 }}",
        "DELETE { ?s schema:seasonNumber 1 } INSERT { ?s schema:seasonNumber -1 } WHERE { ?s schema:seasonNumber 1 }",
    ],
    "Season-series": [
        "INSERT DATA { <series/saltmarsh/season/9> a schema:TVSeason ; schema:name 'Nine' ; schema:seasonNumber 9 }",
        f"INSERT DATA {{ {SEASON_2} schema:partOfSeries {NORTHGATE} }}",
        f"INSERT DATA {{ {SEASON_2} schema:partOfSeries {FENWICK} }}",
    ],
    "Person-born": [f"INSERT DATA {{ {TOBY} schema:birthDate 'long ago' }}"],
    "Person-id": [f"INSERT DATA {{ {TOBY} schema:sameAs 'toby' }}"],
    "Person-plays": [f"INSERT DATA {{ {TOBY} tg:plays {FENWICK} }}"],
    "Character-related": [
        f"INSERT DATA {{ {NELL} tg:friendOf {FENWICK} }}",
        f"INSERT DATA {{ {NELL} schema:sibling {TOBY} }}",
    ],
    "Role-actor": [
        "DELETE { ?r schema:actor ?a } WHERE { ?r a schema:PerformanceRole ; schema:actor ?a }",
        f"INSERT {{ ?r schema:actor {TOBY}, <person/ada-roe> }} WHERE {{ ?r a schema:PerformanceRole }}",
    ],
    "Role-character": ["DELETE { ?r tg:performedCharacter ?c } WHERE { ?r tg:performedCharacter ?c }"],
    "Role-name": ["DELETE { ?r schema:characterName ?n } WHERE { ?r schema:characterName ?n }"],
    "Role-show": ["DELETE { ?s schema:actor ?r } WHERE { ?s schema:actor ?r . ?r a schema:PerformanceRole }"],
    "Work-author": [f"INSERT {{ ?w schema:author {FENWICK} }} WHERE {{ ?w a schema:CreativeWork }}"],
    "Claim-subject": [
        "DELETE { ?c rdf:subject ?s } WHERE { ?c rdf:subject ?s }",
        f"INSERT {{ ?c rdf:subject {NELL}, {TOBY} }} WHERE {{ ?c tg:status 'former' }}",
    ],
    "Claim-predicate": ["DELETE { ?c rdf:predicate ?p } WHERE { ?c rdf:predicate ?p }"],
    "Claim-object": ["DELETE { ?c rdf:object ?o } WHERE { ?c rdf:object ?o }"],
    "Claim-relation": [
        "DELETE { ?c tg:relation ?r } WHERE { ?c tg:relation ?r }",
        "DELETE { ?c tg:relation 'plays' } INSERT { ?c tg:relation 'playz' } WHERE { ?c tg:relation 'plays' }",
    ],
    "Claim-kind": [
        "DELETE { ?c tg:kind ?k } INSERT { ?c tg:kind kind:pen-pal } WHERE { ?c tg:kind ?k }",
        "INSERT { ?c tg:kind kind:boss, kind:friend } WHERE { ?c tg:kind kind:boss }",
    ],
    "Claim-status": [
        "INSERT { ?c tg:status 'fromer' } WHERE { ?c a tg:Claim }",
        "INSERT { ?c tg:status 'denied' } WHERE { ?c tg:status 'former' }",
    ],
    "Claim-series": [
        f"""DELETE {{ ?c tg:series ?s }} INSERT {{ ?c tg:series {FENWICK} }}
        WHERE {{ ?c tg:series ?s FILTER NOT EXISTS {{ ?c tg:season ?x }} }}""",
    ],
    "Claim-season": [
        f"DELETE {{ ?c tg:series ?s }} INSERT {{ ?c tg:season {FENWICK} }} WHERE {{ ?c tg:series ?s }}",
    ],
    "Claim-evidence": ["DELETE { ?c tg:evidence ?e } WHERE { ?c tg:evidence ?e }"],
    "Claim-review": ["DELETE { ?c prov:wasQuotedFrom ?r } WHERE { ?c a tg:Claim ; prov:wasQuotedFrom ?r }"],
    "Evidence-source": [
        "DELETE { ?e oa:hasSource ?r } WHERE { ?e oa:hasSource ?r }",
        f"DELETE {{ ?e oa:hasSource ?r }} INSERT {{ ?e oa:hasSource {FENWICK} }} WHERE {{ ?e oa:hasSource ?r }}",
    ],
    "Evidence-quote": ["DELETE { ?e oa:hasSelector ?q } WHERE { ?e oa:hasSelector ?q . ?q a oa:TextQuoteSelector }"],
    "Evidence-position": ["DELETE { ?e oa:hasSelector ?q } WHERE { ?e oa:hasSelector ?q . ?q a oa:TextPositionSelector }"],
    "Evidence-confidence": [
        "DELETE { ?e tg:confidence ?n } WHERE { ?e tg:confidence ?n }",
        "DELETE { ?e tg:confidence ?n } INSERT { ?e tg:confidence 1.01 } WHERE { ?e tg:confidence ?n }",
        "DELETE { ?e tg:confidence ?n } INSERT { ?e tg:confidence 'high' } WHERE { ?e tg:confidence ?n }",
        "INSERT { ?e tg:confidence 0.1 } WHERE { ?e tg:confidence ?n }",
    ],
    "Evidence-rule": ["DELETE { ?e tg:rule ?n } WHERE { ?e tg:rule ?n }"],
    "Evidence-reader": ["DELETE { ?e tg:reader ?n } WHERE { ?e tg:reader ?n }"],
    "Quote-exact": [
        "INSERT DATA { <q> a oa:TextQuoteSelector }",
        "INSERT DATA { <q> a oa:TextQuoteSelector ; oa:exact '' }",
        "INSERT DATA { <q> a oa:TextQuoteSelector ; oa:exact 'one', 'two' }",
    ],
    "Quote-prefix": ["INSERT DATA { <q> a oa:TextQuoteSelector ; oa:exact 'one' ; oa:prefix 'a', 'b' }"],
    "Quote-suffix": ["INSERT DATA { <q> a oa:TextQuoteSelector ; oa:exact 'one' ; oa:suffix 'a', 'b' }"],
    "Position-start": [
        "INSERT DATA { <p> a oa:TextPositionSelector ; oa:end 5 }",
        "INSERT DATA { <p> a oa:TextPositionSelector ; oa:start -1 ; oa:end 5 }",
    ],
    "Position-end": ["INSERT DATA { <p> a oa:TextPositionSelector ; oa:start 5 }"],
    "Position-order": [
        "INSERT DATA { <p> a oa:TextPositionSelector ; oa:start 5 ; oa:end 5 }",
        "INSERT DATA { <p> a oa:TextPositionSelector ; oa:start 10 ; oa:end 9 }",
    ],
    "Merge-from": ["DELETE { ?m tg:mergedFrom ?x } WHERE { ?m tg:mergedFrom ?x }"],
    "Merge-into": [
        "DELETE { ?m tg:mergedInto ?x } WHERE { ?m tg:mergedInto ?x }",
        f"INSERT {{ ?m tg:mergedInto {FENWICK} }} WHERE {{ ?m a tg:Merge }}",
    ],
    "Merge-different": [
        "DELETE { ?m tg:mergedFrom ?x } INSERT { ?m tg:mergedFrom ?y } WHERE { ?m tg:mergedFrom ?x ; tg:mergedInto ?y }",
    ],
    "Merge-rule": ["DELETE { ?m tg:mergeRule ?x } WHERE { ?m tg:mergeRule ?x }"],
    "Merge-review": ["DELETE { ?m prov:wasQuotedFrom ?x } WHERE { ?m a tg:Merge ; prov:wasQuotedFrom ?x }"],
    "AsRead-review": ["INSERT DATA { <own> a tg:AsRead }"],
    "Decision-choice": ["DELETE { ?d tg:choice ?c } INSERT { ?d tg:choice 'perhaps' } WHERE { ?d tg:choice ?c }"],
    "Decision-thing": ["DELETE { ?d tg:decidedThing ?c } WHERE { ?d tg:decidedThing ?c }"],
    "Decision-with": ["DELETE { ?d tg:decidedWith ?c } WHERE { ?d tg:decidedWith ?c }"],
    "Decision-by": ["DELETE { ?d tg:decidedBy ?c } INSERT { ?d tg:decidedBy '' } WHERE { ?d tg:decidedBy ?c }"],
    "Decision-at": ["DELETE { ?d tg:decidedAt ?c } INSERT { ?d tg:decidedAt 'today' } WHERE { ?d tg:decidedAt ?c }"],
    "quote-length": [
        "DELETE { ?p oa:end ?e } INSERT { ?p oa:end ?f } WHERE { ?p oa:end ?e BIND (?e + 1 AS ?f) }",
        "DELETE { ?p oa:start ?s } INSERT { ?p oa:start ?f } WHERE { ?p oa:start ?s FILTER (?s > 0) BIND (?s - 1 AS ?f) }",
    ],
    "plain-triple": ["DELETE { ?a tg:plays ?c } WHERE { ?a tg:plays ?c }"],
    "described": ["DELETE { ?c rdf:object ?o } INSERT { ?c rdf:object <x> } WHERE { ?c tg:status 'former' ; rdf:object ?o }"],
    "kind-given": [
        "DELETE { ?c tg:kind ?k } WHERE { ?c tg:kind ?k }",
        "INSERT { ?c tg:kind kind:friend } WHERE { ?c tg:relation 'plays' }",
    ],
    "season-of-series": [
        f"DELETE {{ ?c tg:series ?s }} INSERT {{ ?c tg:series {NORTHGATE} }} WHERE {{ ?c tg:season ?x ; tg:series ?s }}",
    ],
    "itself": [
        "DELETE { ?c rdf:object ?o } INSERT { ?c rdf:object ?s } WHERE { ?c tg:status 'former' ; rdf:subject ?s ; rdf:object ?o }",
    ],
    "parent-loop": [
        f"INSERT DATA {{ {NELL} schema:children {NELL} }}",
        "INSERT { ?child schema:children ?parent } WHERE { ?parent schema:children ?child }",
        "INSERT { ?parent schema:parent ?child } WHERE { ?parent schema:children ?child }",
    ],
    "two-actors": [f"INSERT DATA {{ {TOBY} tg:plays {NELL} }}"],
    "two-premieres": [f"INSERT DATA {{ {SEASON_2} schema:startDate '2022-03-05'^^xsd:date }}"],
    "two-births": [
        f"INSERT DATA {{ {TOBY} schema:birthDate '1970-03-01'^^xsd:date , '1990'^^xsd:gYear }}",
    ],
    "two-counts": [f"INSERT DATA {{ {SEASON_2} schema:numberOfEpisodes 8 }}"],
}  # fmt: skip
# A thing without an address: which class each node shape looks at.
CLASS_OF = {
    "Review": "schema:Review", "Critic": "tg:Critic", "Series": "schema:TVSeries", "Season": "schema:TVSeason",
    "Person": "schema:Person", "Character": "tg:Character", "Role": "schema:PerformanceRole",
    "Organization": "schema:Organization", "Place": "schema:Place", "Country": "schema:Country",
    "Work": "schema:CreativeWork", "Claim": "tg:Claim", "Evidence": "tg:Evidence", "Quote": "oa:TextQuoteSelector",
    "Position": "oa:TextPositionSelector", "Merge": "tg:Merge", "Renaming": "tg:Renaming", "AsRead": "tg:AsRead",
    "Decision": "tg:Decision",
}  # fmt: skip


@cache
def samples() -> tuple[Quad, ...]:
    quads = [quad for review, facts in SAMPLE.items() for quad in quads_of(review, facts, IRIS)]
    series = IRIS.series("Saltmarsh")
    known = Merge(
        IRIS.character("Nell", series), "Nell", IRIS.character("Nell Harrow", series), "Nell Harrow", "name-part"
    )
    otto, sam = (IRIS.character(name, series) for name in ("Otto", "Sam"))
    apart = Decision(1, DIFFERENT, otto, (sam,), ("Otto", "Sam"), "ana", "2026-11-22T10:00:00Z", "they were married")
    return (*quads, *merge_quads(SALTMARSH_2.iri, [known], IRIS), *Decisions([apart], iris=IRIS).quads())


def sample_store() -> Store:
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in samples())
    return store


def shape_messages() -> dict[str, str]:
    """Every shape with an address, and its message (a SPARQL constraint carries its own)."""
    store = Store()
    store.extend(Quad(*t) for t in triples_of("shapes.ttl"))
    rows = store.query(
        """SELECT ?shape (GROUP_CONCAT(?message) AS ?all) WHERE {
            ?shape a ?type FILTER (?type IN (sh:NodeShape, sh:PropertyShape) && isIRI(?shape))
            ?shape sh:message|(sh:sparql/sh:message) ?message
        } GROUP BY ?shape""",
        prefixes={"sh": SH},
    )
    return {row["shape"].value.removeprefix(SHAPES): row["all"].value for row in rows}


def test_every_shape_has_a_message_and_something_that_breaks_it() -> None:
    messages = shape_messages()
    assert set(messages) == BROKEN.keys() | CLASS_OF.keys()
    assert len(messages) > 70, "a filter ate the shapes"
    for message in messages.values():
        assert ":" in message, "says what is wrong, then what to do"
        assert message.endswith("."), message


def test_the_samples_conform() -> None:
    assert list(findings(samples())) == []


def everything() -> tuple[Review, list[object]]:
    """One review that states every relation, every kind and every status once."""
    names = {"date": "2024-05", "integer": "3", "country": "Ruritania"}
    texts, facts = [], []
    for name, relation in RELATIONS.items():
        if name != "relationship":
            subject = "Saltmarsh" if relation.subject in ("series", "season") else f"The {name} one"
            texts.append((name, subject, names.get(relation.object, f"The {name} other"), f"<{name}>", None, None))
    texts += [("relationship", f"The {k} one", f"The {k} other", f"<kind {k}>", k, None) for k in KINDS]
    texts += [("relationship", f"The {s} one", f"The {s} other", f"<status {s}>", "enemy", s) for s in STATUSES]
    review = Review(SALTMARSH_1.iri, "all", " 🙂 ".join(t[3] for t in texts), "Saltmarsh", 3, date="2024")
    for relation, subject, object_, quote, kind, status in texts:
        facts.append(fact(review, relation, subject, object_, quote, kind=kind, status=status, season=3))
    return review, facts


def test_every_relation_kind_and_status_we_can_write_conforms() -> None:
    review, facts = everything()
    assert len(facts) == len(RELATIONS) - 1 + len(KINDS) + len(STATUSES)
    assert list(findings(quads_of(review, facts, IRIS))) == []


@pytest.mark.parametrize(("shape", "update"), [(s, u) for s, updates in BROKEN.items() for u in updates])
def test_what_is_broken_is_said_in_the_words_of_its_shape_alone(shape: str, update: str) -> None:
    store = sample_store()
    before = set(store)
    store.update(update, base_iri=IRIS.base, prefixes=PREFIXES)
    assert set(store) != before, "the update broke nothing"
    found = list(findings(store))
    assert {f.shape for f in found} == {SHAPES + shape}
    assert {f.message for f in found} == {shape_messages()[shape]}


@pytest.mark.parametrize(("shape", "class_"), CLASS_OF.items())
def test_a_thing_without_an_address_is_found(shape: str, class_: str) -> None:
    store = sample_store()
    store.update(
        """INSERT DATA {
            <place/england> a schema:Country ; schema:name 'England' .
            <r> a tg:Renaming ; schema:name 'Nelly' ; tg:mergedFrom <a> ; tg:mergedInto <b> ; tg:mergeRule 'decision 1' ;
                prov:wasQuotedFrom <review/northgate> .
            <own> a tg:AsRead ; prov:wasQuotedFrom <review/northgate> .
        }""",
        base_iri=IRIS.base,
        prefixes=PREFIXES,
    )
    prefix, _, name = class_.partition(":")
    class_iri, blank = NamedNode(PREFIXES[prefix] + name), BlankNode("b")
    original = min((q.subject for q in store.quads_for_pattern(None, None, class_iri)), key=str)
    for q in list(store.quads_for_pattern(original, None, None)):
        store.add(Quad(blank, q.predicate, q.object))
    if shape == "Role":
        store.add(Quad(NamedNode(IRIS.series("Northgate")), NamedNode("https://schema.org/actor"), blank))
    found = list(findings(store))
    assert [(f.shape, f.focus, f.message) for f in found] == [(SHAPES + shape, "_:b", shape_messages()[shape])]


def roles(*seasons: int | None) -> str:
    """Toby Farrow also plays Nell, in these seasons."""
    lines = [f"{TOBY} tg:plays {NELL} ."]
    for season in seasons:
        scope = "series/saltmarsh" if season is None else f"series/saltmarsh/season/{season}"
        lines.append(f"<{scope}> schema:actor <{scope}/role/t> . <{scope}/role/t> a schema:PerformanceRole ;")
        lines.append(f"schema:actor {TOBY} ; schema:characterName 'Nell' ; tg:performedCharacter {NELL} .")
    return "INSERT DATA { " + " ".join(lines) + " }"


MARA_IN_SEASON_1 = """
    DELETE { <series/saltmarsh> schema:actor ?r } INSERT { <series/saltmarsh/season/1> schema:actor ?r }
    WHERE { <series/saltmarsh> schema:actor ?r . ?r tg:performedCharacter <series/saltmarsh/character/nell-harrow> }"""


@pytest.mark.parametrize(
    ("updates", "conflict"),
    [
        ([MARA_IN_SEASON_1, roles(2)], False),
        ([MARA_IN_SEASON_1, roles(1, 2)], True),
        ([MARA_IN_SEASON_1, roles(None)], True),
        ([roles(2)], True),
    ],
    ids=["recast", "both in season 1", "one in no season", "the first in no season"],
)
def test_a_recast_told_apart_by_season_is_no_conflict(updates: list[str], conflict: bool) -> None:
    store = sample_store()
    for update in updates:
        store.update(update, base_iri=IRIS.base, prefixes=PREFIXES)
    values = {(f.shape.removeprefix(SHAPES), f.severity.name, f.value) for f in findings(store)}
    both = {("two-actors", "WARNING", IRIS.person(n)) for n in ("Mara Quill", "Toby Farrow")}
    assert values == (both if conflict else set())


def test_a_year_and_a_day_of_that_year_are_one_premiere() -> None:
    store = sample_store()
    store.update(
        f"INSERT DATA {{ {SEASON_2} schema:startDate '2022'^^xsd:gYear, '2022-03'^^xsd:gYearMonth }}",
        base_iri=IRIS.base,
        prefixes=PREFIXES,
    )
    assert list(findings(store)) == []
