"""A review becomes the same quads each time, all in its own graph."""

from __future__ import annotations

import pytest

from samples import IRIS, NORTHGATE, SALTMARSH_1, SALTMARSH_2, SAMPLE
from tellygraph.graph.quads import claim_iri, quads_of
from tellygraph.ontology.terms import KINDS, OA, RDF, SCHEMA, TG
from tellygraph.reviews.records import Fact, Review


@pytest.mark.parametrize(("review", "facts"), SAMPLE.items(), ids=[r.id for r in SAMPLE])
def test_a_review_is_one_graph_without_blank_nodes(review: Review, facts: tuple[Fact, ...]) -> None:
    quads = quads_of(review, facts, IRIS)
    assert {q.graph_name.value for q in quads} == {review.iri}
    assert quads == quads_of(review, reversed(facts), IRIS)
    assert "_:" not in "".join(map(str, quads))


def test_reviews_that_agree_share_the_claim() -> None:
    claims = [
        {claim_iri(f, IRIS) for f in SAMPLE[r] if f.relation == "plays"} for r in (SALTMARSH_1, SALTMARSH_2, NORTHGATE)
    ]
    assert len(claims[0] & claims[1]) == 2
    assert not claims[0] & claims[2]


def test_a_former_relationship_is_claimed_but_not_asserted() -> None:
    quads = quads_of(SALTMARSH_2, SAMPLE[SALTMARSH_2], IRIS)
    assert not [q for q in quads if q.predicate == KINDS["dating"].predicate]
    assert [q for q in quads if q.predicate == TG.status and q.object.value == "former"]


def test_a_season_fact_is_about_the_season() -> None:
    quads = quads_of(SALTMARSH_2, SAMPLE[SALTMARSH_2], IRIS)
    (director,) = [q for q in quads if q.predicate == SCHEMA.director]
    assert director.subject.value == IRIS.season(IRIS.series("Saltmarsh"), 2)


def test_positions_are_code_points_and_quotes_exact() -> None:
    quads = quads_of(SALTMARSH_2, SAMPLE[SALTMARSH_2], IRIS)
    value = {(q.subject.value, q.predicate.value): q.object.value for q in quads}
    evidences = [q.subject.value for q in quads if q.predicate == RDF.type and q.object == TG.Evidence]
    assert evidences
    for node in evidences:
        start, end = (int(value[node + "-position", p.value]) for p in (OA.start, OA.end))
        assert SALTMARSH_2.text[start:end] == value[node + "-quote", OA.exact.value]
