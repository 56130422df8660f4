"""The Python vocabulary and the Turtle say the same, term by term, in both directions."""

from __future__ import annotations

import itertools
import re

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL as ROWL
from rdflib import RDF as RRDF
from rdflib import RDFS as RRDFS
from rdflib import SKOS, XSD, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, SH

import tellygraph.ontology.terms as vocabulary
from tellygraph.ontology import (
    KIND_BASE,
    KIND_GROUPS,
    KINDS,
    RELATIONS,
    STATUSES,
    TG,
    TURTLE_FILES,
    jsonld_context,
    predicate_of,
    text_of,
)
from tellygraph.ontology.terms import Terms
from tellygraph.reviews.records import EntityType

SHAPES = "https://w3id.org/tellygraph/shapes#"
SCHEMA = rdflib.Namespace("https://schema.org/")
T = rdflib.Namespace(TG.base)


def read(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for name in names:
        graph.parse(data=text_of(name), format="turtle")
    return graph


ONTOLOGY, SCHEME, ALIGNMENTS, SHAPE_GRAPH = (
    read(f"{name}.ttl") for name in ("tellygraph", "relationships", "alignments", "shapes")
)
WHOLE = read(*TURTLE_FILES)


def ours(names: type[Terms]) -> set[URIRef]:
    return {URIRef(getattr(names, name).value) for name in names.__annotations__ if name != "base"}


KIND_PROPERTIES = {URIRef(k.predicate.value) for k in KINDS.values()}
MINTED = ours(TG) | {p for p in KIND_PROPERTIES if p.startswith(TG.base)}
DEFINED = {s for s in ONTOLOGY.subjects() if isinstance(s, URIRef) and s.startswith(TG.base)} - {URIRef(TG.base)}


def test_every_term_in_python_is_defined_in_turtle_and_the_other_way_round() -> None:
    assert MINTED == DEFINED
    assert len(MINTED) > 60


def test_no_file_uses_a_term_of_ours_that_is_not_defined() -> None:
    used = {t for triple in WHOLE for t in triple if isinstance(t, URIRef) and t.startswith(TG.base)}
    in_shapes = re.findall(r"\btg:(\w+)", " ".join(SHAPE_GRAPH.objects(None, SH.select)))
    in_context = re.findall(r"\btg:(\w+)", text_of("context.jsonld"))
    assert used - {URIRef(TG.base)} == DEFINED
    assert {T[name] for name in [*in_shapes, *in_context]} <= DEFINED
    assert in_shapes
    assert in_context


@pytest.mark.parametrize("term", sorted(DEFINED), ids=lambda t: t.removeprefix(TG.base))
def test_a_term_explains_itself(term: URIRef) -> None:
    for predicate in (RRDFS.label, RRDFS.comment, SKOS.example, RRDFS.isDefinedBy):
        assert len(list(ONTOLOGY.objects(term, predicate))) == 1, f"{term} has no single {predicate}"
    assert str(ONTOLOGY.value(term, RRDFS.comment)).endswith(".")
    types = set(ONTOLOGY.objects(term, RRDF.type))
    if ROWL.Class in types:
        assert term.removeprefix(TG.base)[0].isupper()
        assert list(ONTOLOGY.objects(term, RRDFS.subClassOf))
    else:
        assert {ROWL.ObjectProperty, ROWL.DatatypeProperty} & types
        assert term.removeprefix(TG.base)[0].islower()
        assert len(list(ONTOLOGY.objects(term, RRDFS.domain))) == len(list(ONTOLOGY.objects(term, RRDFS.range))) == 1


def test_the_ontology_names_its_version_and_licence_and_fetches_nothing() -> None:
    for graph in (ONTOLOGY, ALIGNMENTS, SHAPE_GRAPH):
        (ontology,) = graph.subjects(RRDF.type, ROWL.Ontology)
        assert str(graph.value(ontology, ROWL.versionIRI)).startswith(str(ontology).rstrip("#") + "/")
        assert graph.value(ontology, DCTERMS.license)
        assert graph.value(ontology, DCTERMS.title)
    assert list(WHOLE.objects(None, ROWL.imports)) == []


@pytest.mark.parametrize(
    ("sub", "super_"),
    [
        ("Character", SCHEMA.Person),
        ("Critic", SCHEMA.Person),
        ("Claim", RRDF.Statement),
        ("Claim", rdflib.PROV.Entity),
        ("Evidence", URIRef("http://www.w3.org/ns/oa#SpecificResource")),
    ],
)
def test_classes_rest_on_shared_ones(sub: str, super_: URIRef) -> None:
    assert super_ in ONTOLOGY.objects(T[sub], RRDFS.subClassOf)


@pytest.mark.parametrize("name", ["spinOffOf", "remakeOf", "sequelOf", "prequelOf"])
def test_what_follows_a_show_is_based_on_it(name: str) -> None:
    assert list(ONTOLOGY.objects(T[name], RRDFS.subPropertyOf)) == [SCHEMA.isBasedOn]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.slug)
def test_a_kind_and_its_concept_agree(kind: vocabulary.Kind) -> None:
    concept = URIRef(kind.concept.value)
    assert kind.concept.value == KIND_BASE + kind.slug
    assert (concept, RRDF.type, SKOS.Concept) in SCHEME
    assert (concept, SKOS.inScheme, URIRef(KIND_BASE)) in SCHEME
    assert str(SCHEME.value(concept, SKOS.prefLabel)) == kind.name
    assert list(SCHEME.objects(concept, T.kindProperty)) == [URIRef(kind.predicate.value)]
    assert [bool(v.toPython()) for v in SCHEME.objects(concept, T.symmetric)] == [kind.symmetric]
    for predicate, other in ((T.inverseKind, kind.inverse), (T.statedAs, kind.stated_as)):
        expected = [] if other is None else [URIRef(KINDS[other].concept.value)]
        assert list(SCHEME.objects(concept, predicate)) == expected
    assert str(SCHEME.value(concept, SKOS.definition)).endswith(".")
    assert f"is {kind.name} of " in str(SCHEME.value(concept, SKOS.example))
    groups = {str(g).removeprefix(KIND_BASE) for g in SCHEME.transitive_objects(concept, SKOS.broader)} & set(
        KIND_GROUPS
    )
    assert groups == {kind.group}


def test_the_scheme_has_our_kinds_groups_and_statuses_and_no_others() -> None:
    concepts = {str(c).removeprefix(KIND_BASE) for c in SCHEME.subjects(RRDF.type, SKOS.Concept)}
    assert concepts == {k.slug for k in KINDS.values()} | set(KIND_GROUPS) | {f"status-{s}" for s in STATUSES}
    tops = {str(c).removeprefix(KIND_BASE) for c in SCHEME.objects(URIRef(KIND_BASE), SKOS.hasTopConcept)}
    assert tops == set(KIND_GROUPS)
    assert len({k.slug for k in KINDS.values()}) == len(KINDS)
    assert len({k.predicate for k in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.slug)
def test_a_kind_and_its_property_agree(kind: vocabulary.Kind) -> None:
    term = URIRef(kind.predicate.value)
    both = ONTOLOGY + ALIGNMENTS  # of the schema.org properties, alignments.ttl says it
    assert ((term, RRDF.type, ROWL.SymmetricProperty) in both) is kind.symmetric
    if kind.inverse and not kind.symmetric:
        assert list(both.objects(term, ROWL.inverseOf)) == [URIRef(KINDS[kind.inverse].predicate.value)]
    else:
        assert list(both.objects(term, ROWL.inverseOf)) == []
    if term in DEFINED:
        definition = SCHEME.value(URIRef(kind.concept.value), SKOS.definition)
        assert str(ONTOLOGY.value(term, RRDFS.comment)) == str(definition)
        assert (term, RRDFS.domain, T.Character) in ONTOLOGY
        assert (term, RRDFS.range, T.Character) in ONTOLOGY


def test_kinds_are_written_one_way_round() -> None:
    for kind in KINDS.values():
        assert kind.inverse is None or KINDS[kind.inverse].inverse == kind.name
        if kind.stated_as:
            assert kind.stated_as == kind.inverse
            assert KINDS[kind.stated_as].stated_as is None
            assert KINDS[kind.stated_as].predicate != kind.predicate
    assert KINDS["parent"].predicate.value == str(SCHEMA.children), "schema:children runs from the parent to the child"


@pytest.mark.parametrize("status", STATUSES.values(), ids=lambda s: s.name)
def test_a_status_and_its_concept_agree(status: vocabulary.Status) -> None:
    concept = URIRef(f"{KIND_BASE}status-{status.name}")
    assert [str(n) for n in SCHEME.objects(concept, SKOS.notation)] == [status.name]
    assert str(SCHEME.value(concept, SKOS.definition)) == status.meaning
    assert [v.toPython() for v in SCHEME.objects(concept, T.asserted)] == [status.asserted]
    assert (concept, SKOS.inScheme, URIRef(KIND_BASE + "statuses")) in SCHEME


def closed_list(shape: str) -> list[str]:
    return [str(v) for v in Collection(SHAPE_GRAPH, SHAPE_GRAPH.value(URIRef(SHAPES + shape), SH["in"]))]


def test_the_closed_lists_of_the_shapes_are_those_of_the_vocabulary() -> None:
    assert closed_list("Claim-relation") == list(RELATIONS)
    assert closed_list("Claim-status") == list(STATUSES)
    assert closed_list("Claim-kind") == [k.concept.value for k in KINDS.values()]
    path = SHAPE_GRAPH.value(URIRef(SHAPES + "Character-related"), SH.path)
    related = Collection(SHAPE_GRAPH, SHAPE_GRAPH.value(path, SH.alternativePath))
    assert [str(p) for p in related] == [k.predicate.value for k in KINDS.values()]
    constraint = SHAPE_GRAPH.value(URIRef(SHAPES + "plain-triple"), SH.sparql)
    (words,) = re.findall(r"\?status IN \(([^)]*)\)", str(SHAPE_GRAPH.value(constraint, SH.select)))
    assert re.findall(r'"(\w+)"', words) == [s.name for s in STATUSES.values() if not s.asserted]


def test_relations_are_between_types_we_know_and_have_a_predicate() -> None:
    types = {t.value for t in EntityType}
    for name, relation in RELATIONS.items():
        assert name == relation.name
        assert {relation.subject, relation.object} <= types
        if relation.predicate is None:
            assert name == "relationship"
            assert predicate_of(name, "sibling") == KINDS["sibling"].predicate
        else:
            assert predicate_of(name, None) == relation.predicate
    with pytest.raises(KeyError):
        predicate_of("playz", None)
    with pytest.raises(KeyError):
        predicate_of("relationship", "pen pal")
    with pytest.raises(KeyError):
        predicate_of("relationship", None)


def test_the_domain_and_range_of_a_predicate_of_ours_are_what_its_relation_joins() -> None:
    classes = {
        "person": SCHEMA.Person, "character": T.Character, "series": SCHEMA.TVSeries, "season": SCHEMA.TVSeason,
        "organization": SCHEMA.Organization, "place": SCHEMA.Place, "integer": XSD.integer, "text": XSD.string,
    }  # fmt: skip
    for relation in RELATIONS.values():
        if relation.predicate is None or not relation.predicate.value.startswith(TG.base):
            continue
        term = URIRef(relation.predicate.value)
        assert ONTOLOGY.value(term, RRDFS.range) == classes[relation.object]
        domain = ONTOLOGY.value(term, RRDFS.domain)
        union = ONTOLOGY.value(domain, ROWL.unionOf)
        domains = [domain] if union is None else list(Collection(ONTOLOGY, union))
        assert domains[0] == classes[relation.subject]
        if relation.subject == "series":
            assert (SCHEMA.TVSeason in domains) is relation.of_season


@pytest.mark.parametrize("name", TURTLE_FILES)
def test_both_libraries_read_the_same_triples(name: str) -> None:
    quads = parse(text_of(name), RdfFormat.TURTLE)
    other = rdflib.Graph().parse(data="\n".join(f"{q.triple} ." for q in quads), format="nt")
    assert isomorphic(read(name), other)
    assert len(other) > 50


def test_matches_do_not_contradict_each_other() -> None:
    """SKOS, section 10: nothing is both an exact match and a broad, narrow or related one."""
    strengths = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    pairs = [{(s, o) for s, o in WHOLE.subject_objects(p)} for p in strengths]
    for one, other in itertools.combinations(pairs, 2):
        assert one & other == set()
    exact = list(WHOLE.subject_objects(SKOS.exactMatch))
    assert len({o for _, o in exact} | {s for s, _ in exact}) > 25


def test_wikidata_is_named_in_the_way_wikidata_names_itself() -> None:
    wikidata = {str(t) for triple in WHOLE for t in triple if "wikidata" in str(t) and isinstance(t, URIRef)}
    assert len(wikidata) > 40
    for iri in wikidata:
        assert re.fullmatch(r"http://www\.wikidata\.org/(entity/[PQ]|prop/direct/P)[1-9]\d*", iri)


def test_every_relation_lines_up_with_wikidata() -> None:
    """A relationship has the matches of its kinds instead; a showrunner has only a related one."""
    for relation in RELATIONS.values():
        if relation.predicate is None:
            continue
        matches = [
            str(o)
            for p, o in ALIGNMENTS.predicate_objects(URIRef(relation.predicate.value))
            if str(p).startswith(str(SKOS)) and "wikidata.org/entity/P" in str(o)
        ]
        assert matches, f"{relation.name} has no match"


def test_alignments_speak_only_of_terms_that_we_use_or_wikidatas_predicates() -> None:
    used = {str(getattr(c, n)).strip("<>") for c in Terms.__subclasses__() for n in c.__annotations__ if n != "base"}
    used |= {str(k) for k in KIND_PROPERTIES} | {str(SCHEMA.knows)}
    for subject in set(ALIGNMENTS.subjects()):
        assert str(subject) in used or "wikidata.org/prop/direct/" in str(subject) or "alignments" in str(subject)


def test_a_misspelt_term_is_an_error_and_not_a_new_iri() -> None:
    with pytest.raises(AttributeError):
        TG.playz  # type: ignore[attr-defined]  # noqa: B018
    assert TG.plays == NamedNode("https://w3id.org/tellygraph/ontology#plays")


def test_the_context_knows_every_term_we_write() -> None:
    context = jsonld_context()
    for term in ours(vocabulary.SCHEMA):
        assert term.removeprefix(str(SCHEMA)) in context
    for term in ONTOLOGY.subjects(RRDF.type, ROWL.ObjectProperty):
        name = f"tg:{term.removeprefix(TG.base)}"
        if term in DEFINED and term not in {T.kindProperty, T.inverseKind, T.statedAs}:
            assert context[name] == {"@id": name, "@type": "@id"}
