"""What the explorer draws, from the hand-made facts of the sample reviews."""

from __future__ import annotations

from typing import Any

import pytest

from samples import IRIS, SAMPLE
from tellygraph.graph import open_store
from tellygraph.graph.quads import quads_of
from tellygraph.queries.statements import Statement, about, of_show
from tellygraph.visualize import explorer_view
from tellygraph.visualize.explorer_facts import fact_lines, quote_of
from tellygraph.visualize.explorer_view import compared, edges_of, view_of

SHOW = IRIS.series("Saltmarsh")


def character(name: str) -> str:
    return IRIS.character(name, SHOW)


@pytest.fixture(scope="module")
def stated() -> list[Statement]:
    with open_store(":memory:") as store:
        for review, facts in SAMPLE.items():
            store.extend(quads_of(review, facts, IRIS))
        return of_show(store, SHOW)


@pytest.fixture(scope="module")
def of_nell() -> list[Statement]:
    with open_store(":memory:") as store:
        for review, facts in SAMPLE.items():
            store.extend(quads_of(review, facts, IRIS))
        return about(store, [character("Nell Harrow")])


def labels(nodes: object) -> set[str]:
    assert isinstance(nodes, list)
    return {node["label"] for node in nodes}


def edge_between(view: dict[str, Any], one: str, other: str, relation: str) -> dict[str, Any]:
    names = {node["id"]: node["label"] for node in view["nodes"]}
    return next(
        e
        for e in view["edges"]
        if {names[e["source"]], names[e["target"]]} == {one, other} and e["relation"] == relation
    )


def test_one_meaning_of_two_reviews_is_one_edge(stated: list[Statement]) -> None:
    edge = edge_between(view_of(stated, title="x"), "Mara Quill", "Nell Harrow", "plays")
    assert (edge["reviews"], len(edge["claims"]), edge["season"], edge["directed"]) == (2, 1, 1, True)


def test_a_view_knows_nothing_of_seasons_ahead_and_counts_what_it_holds_back(stated: list[Statement]) -> None:
    whole, first = view_of(stated, title="x"), view_of(stated, title="x", until=1)
    assert labels(whole["nodes"]) - labels(first["nodes"]) == {"Bea", "Tess Marlowe", "Ada Roe"}
    assert isinstance(whole["edges"], list)
    assert isinstance(first["edges"], list)
    assert first["heldBack"] == len(whole["edges"]) - len(first["edges"]) > 0
    assert whole["heldBack"] == 0
    assert first["seasons"] == whole["seasons"] == [1, 2]


def test_what_is_symmetric_has_no_direction(stated: list[Statement]) -> None:
    view = view_of(stated, title="x")
    assert edge_between(view, "Bea", "Nell Harrow", "relationship")["directed"] is False
    assert edge_between(view, "Jonah Pike", "Sam", "relationship")["directed"] is True


def test_words_around_are_left_out_where_the_review_is_of_a_season_ahead(stated: list[Statement]) -> None:
    ahead = next(s for s in stated if s.season == 1 and s.source.season == 2)
    assert quote_of(ahead)["suffix"] != ""
    held = quote_of(ahead, until=1)
    assert (held["prefix"], held["suffix"], held["quote"]) == ("", "", "are married")


def test_a_fact_is_worded_from_either_side(stated: list[Statement]) -> None:
    def said(name: str) -> set[tuple[object, str]]:
        iri = character(name)
        own = [s for s in stated if iri in (s.subject.iri, getattr(s.object, "iri", None))]
        return {
            (line["phrase"], line["other"]["label"]) for line in fact_lines(own, iri) if isinstance(line["other"], dict)
        }

    assert ("is played by", "Gil Renner") in said("Otto")
    assert ("is a parent of", "Sam") in said("Sam's mother")
    assert ("is a child of", "Sam's mother") in said("Sam")
    assert {phrase for phrase, other in said("Sam") if other == "Jonah Pike"} == {"is an admirer of"}


def test_a_fact_of_two_reviews_is_one_line_with_both_quotes(of_nell: list[Statement]) -> None:
    [line] = [line for line in fact_lines(of_nell, character("Nell Harrow")) if line["relation"] == "plays"]
    assert line["reviews"] == 2
    assert isinstance(line["quotes"], list)
    assert len(line["quotes"]) == 2


def test_seasons_are_compared(stated: list[Statement]) -> None:
    found = compared(stated, 1, 2)
    assert {"Bea", "Ada Roe", "Tess Marlowe"} == labels(found["came"])
    assert {"Otto", "Gil Renner"} <= labels(found["left"])
    assert {"Nell Harrow", "Jonah Pike", "Sam"} <= labels(found["stayed"])
    assert isinstance(found["fresh"], list)
    assert {"spouse", "crush"} == {e["kind"] for e in found["fresh"]}


def test_a_denial_stands_against_what_it_denies(stated: list[Statement]) -> None:
    from dataclasses import replace

    spouse = next(s for s in stated if s.kind == "spouse")
    edges = edges_of([spouse, replace(spouse, claim="urn:other", status="denied")])
    assert [edge.contradicts(other) for edge, other in (edges, edges[::-1])] == [True, True]
    view = view_of([spouse, replace(spouse, claim="urn:other", status="denied")], title="x")
    assert isinstance(view["edges"], list)
    assert [edge["against"] for edge in view["edges"]] == [1, 1]


def test_a_view_that_is_too_big_keeps_the_most_joined(stated: list[Statement], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer_view, "MOST_NODES", 5)
    view = view_of(stated, title="x")
    assert isinstance(view["nodes"], list)
    assert len(view["nodes"]) <= 5
    assert "Nell Harrow" in labels(view["nodes"])
    assert isinstance(view["leftOut"], int)
    assert view["leftOut"] > 0
    assert view["heldBack"] == 0
