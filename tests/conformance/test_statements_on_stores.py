"""Everything stated, as pages and the explorer ask for it: the same of every store."""

from __future__ import annotations

from samples import IRIS, SAMPLE
from tellygraph.graph import Store
from tellygraph.graph.quads import quads_of
from tellygraph.queries.statements import Thing, about, of_claims, of_reviews, of_show, things

SHOW = IRIS.series("Saltmarsh")
SAM = IRIS.character("Sam", SHOW)


def test_what_is_stated_is_the_same_on_every_store(store: Store) -> None:
    for review, facts in SAMPLE.items():
        store.extend(quads_of(review, facts, IRIS))
    stated = of_show(store, SHOW)
    [dating] = [s for s in stated if s.kind == "dating" and s.status is None]
    assert (dating.subject.label, dating.quote, dating.season) == ("Nell Harrow", "Nell is seeing Jonah Pike", 1)
    assert dating.source.author == "Ana Brook"
    assert dating.show is not None
    assert dating.show.iri == SHOW
    assert dating.suffix.startswith(" (Dev Anselm), and Sam")
    assert of_claims(store, [dating.claim, "urn:nothing", "no IRI"]) == [dating]
    assert {s.kind for s in about(store, [SAM]) if s.kind} == {"sibling", "parent", "ex-spouse", "crush"}
    assert set(of_reviews(store, [dating.source.iri])) < set(stated)
    assert things(store, [SAM, "urn:nothing"]) == {SAM: Thing(SAM, "Sam", "character", ("Sam",))}
