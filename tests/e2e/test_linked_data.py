"""Linked data over HTTP: `tellygraph serve` on a small graph, asked as browsers, programs and robots do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from served import served, when_counted

from samples import IRIS, SAMPLE
from tellygraph.graph import open_store
from tellygraph.graph.quads import quads_of
from tellygraph.ontology import KINDS, RDF, TG

# rdflib's own parser of JSON-LD uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SERIES = "/id/series/saltmarsh"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TYPES = {
    "html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}  # fmt: skip
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    where = str(tmp_path_factory.mktemp("linked") / "graph.db")
    with open_store(where) as store:
        for review, facts in SAMPLE.items():
            store.extend(quads_of(review, facts, IRIS))
    with served(where) as running, httpx.Client(base_url=running.url, timeout=60) as client:
        yield client


@pytest.mark.parametrize(("extension", "media_type"), TYPES.items())
def test_a_thing_sends_to_the_document_that_is_liked(site, extension, media_type):
    answer = site.get(SERIES, headers={"Accept": media_type})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SERIES}.{extension}")
    assert answer.headers["vary"] == "Accept"
    document = site.get(f"{SERIES}.{extension}")
    assert document.status_code == 200
    assert document.headers["content-type"].partition(";")[0] == media_type
    links = document.headers["link"]
    assert f'<{IRIS.base}series/saltmarsh>; rel="describes"' in links
    assert {t for t in TYPES.values() if f'type="{t}"' in links} == {*TYPES.values()} - {media_type}


@pytest.mark.parametrize("extension", PARSERS)
def test_documents_hold_the_thing_its_claims_and_their_words(site, extension):
    told = rdflib.Graph().parse(data=site.get(f"{SERIES}.{extension}").content, format=PARSERS[extension])
    thing = rdflib.URIRef(f"{IRIS.base}series/saltmarsh")
    assert (thing, rdflib.RDF.type, rdflib.URIRef("https://schema.org/TVSeries")) in told
    claims = list(told.subjects(rdflib.RDF.type, rdflib.URIRef(TG.Claim.value)))
    assert claims
    for claim in claims:
        evidence = list(told.objects(claim, rdflib.URIRef(TG.evidence.value)))
        assert evidence
        assert all((e, rdflib.URIRef(TG.confidence.value), None) in told for e in evidence)


def test_what_is_known_already_is_not_sent_again(site):
    first = site.get(f"{SERIES}.ttl")
    again = site.get(f"{SERIES}.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["last-modified"]
    other = site.get(f"{SERIES}.ttl", headers={"If-None-Match": '"another"'})
    assert other.content == first.content


def test_head_tells_what_get_does_without_a_body(site):
    got, headed = site.get(f"{SERIES}.html"), site.head(f"{SERIES}.html")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("path", ["/id/series/nobody", "/id/series/nobody.ttl", "/about?iri=http%3A%2F%2Fx.example%2F"])
def test_what_is_not_there_is_said_in_the_form_that_is_liked(site, path):
    page, text = site.get(path, headers=HTML), site.get(path)
    assert (page.status_code, text.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert "/browse" in page.text
    assert text.headers["content-type"].startswith("text/plain")
    assert "nothing with the address" in text.text


def test_406_says_what_there_is(site):
    answer = site.get(SERIES, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert all(media_type in answer.text for media_type in TYPES.values())


def test_things_outside_the_base_answer_too(site):
    iri = "https://w3id.org/tellygraph/relationships#sibling"
    where = f"/about?iri={quote(iri, safe='')}"
    answer = site.get(where, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{where}&as=ttl")
    told = rdflib.Graph().parse(data=site.get(answer.headers["location"]).content, format="turtle")
    assert (rdflib.URIRef(iri), None, None) in told


def test_embedded_data_is_schema_org_and_ends_no_script(site):
    embedded = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.get(f"{SERIES}.html").text)
    assert len(embedded) == 1
    told = rdflib.Graph().parse(data=json.dumps(json.loads(embedded[0])), format="json-ld")
    assert (rdflib.URIRef(f"{IRIS.base}series/saltmarsh"), None, None) in told
    assert "<" not in embedded[0]


@pytest.mark.parametrize("name", ["ontology", "relationships"])
@pytest.mark.parametrize(("extension", "media_type"), TYPES.items())
def test_the_vocabularies_answer_in_every_format(site, name, extension, media_type):
    for place in ("", "/tellygraph"):
        sent = site.get(f"{place}/{name}", headers={"Accept": media_type})
        assert (sent.status_code, sent.headers["location"]) == (303, f"/{name}.{extension}")
    document = site.get(f"/{name}.{extension}")
    assert document.headers["content-type"].partition(";")[0] == media_type
    if extension != "html":
        told = rdflib.Graph().parse(data=document.content, format=PARSERS[extension])
        source = rdflib.Graph().parse(data=site.get(f"/{name}.ttl").content, format="turtle")
        assert len(told) == len(source)


def test_the_ontology_page_has_every_term_at_its_anchor(site):
    ontology, kinds = site.get("/ontology.html").text, site.get("/relationships.html").text
    assert all(f'id="{name}"' in ontology for name in ("Claim", "Character", "plays", "evidence", "friendOf"))
    assert all(f'id="{kind.slug}"' in kinds for kind in KINDS.values())


def test_the_dataset_is_described_with_its_counts(site):
    sent = site.get("/.well-known/void")
    assert sent.status_code == 303
    told = rdflib.Graph().parse(data=when_counted(site, sent.headers["location"]).content, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    counted = {
        str(told.value(part, void["class"])): int(told.value(part, void.entities))
        for part in told.objects(None, void.classPartition)
    }
    dump = list(pyoxigraph.parse(site.get("/download/tellygraph.nq").content, format=RdfFormat.N_QUADS))
    typed = {(q.subject, q.object.value) for q in dump if q.predicate == RDF.type}
    for class_, entities in counted.items():
        assert entities == sum(of == class_ for _, of in typed), class_
    assert counted[TG.Claim.value] > 5
    this = told.value(predicate=rdflib.RDF.type, object=void.Dataset)
    assert int(told.value(this, void.triples)) == len(dump)


@pytest.mark.parametrize("suffix", ["nq", "trig", "ttl", "nt", "jsonld", "rdf", "csv"])
def test_dumps_are_what_export_writes(site, suffix):
    answer = when_counted(site, f"/download/tellygraph.{suffix}")
    assert answer.status_code == 200
    assert answer.content
    assert site.head(f"/download/tellygraph.{suffix}").headers["etag"] == answer.headers["etag"]
    known = site.get(f"/download/tellygraph.{suffix}", headers={"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_robots_find_the_site_map(site):
    told = site.get("/robots.txt").text
    assert "Disallow: /sparql" in told
    where = re.findall(r"Sitemap: (\S+)", told)[0]
    parts = re.findall(r"<loc>([^<]*)</loc>", when_counted(site, where).text)
    assert parts == [f"{str(site.base_url).rstrip('/')}/sitemap/1.xml"]
    assert when_counted(site, "/sitemap/2.xml").status_code == 404
