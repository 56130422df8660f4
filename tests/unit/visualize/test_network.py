"""Rows become a network in which every edge keeps the words it came from."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from picture_rows import row, sample_rows, sample_solutions
from samples import IRIS
from tellygraph.errors import AmbiguousNameError, InputError, ParameterError
from tellygraph.ontology.terms import KINDS, RELATIONS, SCHEMA
from tellygraph.queries.rows import Rows
from tellygraph.visualize import GROUPS, around, network_of, of_kinds, of_shows
from tellygraph.visualize.words import group_of, label_of, phrase_of

SALTMARSH = IRIS.series("Saltmarsh")
NELL, SAM, JONAH = (IRIS.character(n, SALTMARSH) for n in ("Nell Harrow", "Sam", "Jonah Pike"))


def _labels(network: nx.MultiDiGraph) -> set[str]:
    return {data["label"] for _, data in network.nodes(data=True)}


def test_the_sample_reviews_become_people_characters_and_shows() -> None:
    network = network_of(sample_rows())
    types = nx.get_node_attributes(network, "type")
    assert types[NELL] == "character"
    assert types[IRIS.person("Mara Quill")] == "person"
    assert types[SALTMARSH] == "series"
    assert set(types.values()) == {"character", "person", "series"}
    assert network.nodes[IRIS.person("Mara Quill")]["series"] == (IRIS.series("Northgate"), SALTMARSH)
    assert network.graph["series"] == {IRIS.series("Northgate"): "Northgate", SALTMARSH: "Saltmarsh"}


def test_reviews_that_agree_share_an_edge_and_each_keeps_its_words() -> None:
    network = network_of(sample_rows())
    (edge,) = network.get_edge_data(IRIS.person("Mara Quill"), NELL).values()
    assert edge["label"] == "plays"
    assert edge["group"] == "cast"
    assert edge["directed"]
    assert [(q.quote, q.review) for q in edge["evidence"]] == [
        ("Nell Harrow (Mara Quill)", IRIS.review("saltmarsh-1")),
        ("Nell Harrow (Mara Quill)", IRIS.review("saltmarsh-2")),
    ]
    assert edge["evidence"][0].title == "Saltmarsh: the new drama reviewed"
    assert edge["confidence"] == 0.9


def test_seasons_and_statuses_stay_apart() -> None:
    edges = network_of(sample_rows()).get_edge_data(JONAH, NELL)
    assert {(e["kind"], e["season"], e["status"]) for e in edges.values()} == {
        ("dating", 1, None),
        ("dating", 1, "former"),
        ("spouse", 2, None),
    }


def test_a_season_is_drawn_as_its_show_and_crew_point_at_it() -> None:
    network = network_of(sample_rows())
    assert not [n for n in network if "/season/" in n]
    (edge,) = network.get_edge_data(IRIS.person("Ada Roe"), SALTMARSH).values()
    assert (edge["label"], edge["phrase"], edge["group"], edge["season"]) == ("director", "directed", "crew", 2)


def test_what_holds_both_ways_is_one_edge_whichever_way_it_is_said() -> None:
    network = network_of([row("Nell", "sibling", "Sam"), row("Sam", "sibling", "Nell", quote="her brother Sam")])
    ((_, _, edge),) = network.edges(data=True)
    assert not edge["directed"]
    assert len(edge["evidence"]) == 2


def test_a_child_is_a_parent_the_other_way_round() -> None:
    network = network_of([row("Sam", "child", "Ines"), row("Ines", "parent", "Sam")])
    ((source, target, edge),) = network.edges(data=True)
    assert (network.nodes[source]["label"], edge["phrase"], network.nodes[target]["label"]) == (
        "Ines", "is a parent of", "Sam",
    )  # fmt: skip
    assert edge["directed"]


def test_what_one_feels_for_another_keeps_its_direction() -> None:
    network = network_of([row("Jonah", "crush", "Sam"), row("Sam", "crush", "Jonah")])
    assert network.number_of_edges() == 2


def test_order_and_repetition_of_rows_change_nothing() -> None:
    rows = sample_rows()
    shuffled = rows + rows[:5]
    random.Random(3).shuffle(shuffled)
    one, other = network_of(rows), network_of(shuffled)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_the_fullest_name_wins_and_a_nameless_thing_is_called_by_its_address() -> None:
    network = network_of(
        [
            row("Nell", "friend", "Bea", sourceName="Nell"),
            row("Nell", "rival", "Bea", sourceName="Nell Harrow", targetName=None),
            row("Nell", "rival", "Zoë/Ann", targetName=""),
        ]
    )
    assert _labels(network) == {"Nell Harrow", "Bea", "zoe-ann"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"source": None}, "row 2 of the network has no 'source'"),
        ({"relation": "likes"}, "relation 'likes'"),
        ({"kind": "nemesis"}, "of kind 'nemesis'"),
        ({"kind": None}, "of kind None"),
        ({"relation": "plays"}, "a 'plays' of kind 'friend'"),
        ({"season": "two"}, "season 'two'"),
        ({"confidence": "high"}, "confidence 'high'"),
    ],
)
def test_a_row_that_cannot_be_drawn_is_named(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        network_of([row("Nell", "friend", "Bea"), row("Nell", "friend", "Bea") | wrong])


def test_a_table_is_as_good_as_mappings() -> None:
    mappings = network_of(sample_rows())
    for table in (sample_solutions(), Rows.of(sample_solutions())):
        assert nx.utils.graphs_equal(network_of(table), mappings)


def test_no_rows_are_an_empty_network() -> None:
    assert len(network_of([])) == 0


def test_every_relation_and_kind_has_a_group_a_label_and_a_phrase() -> None:
    said = [(r, None) for r in RELATIONS if r != "relationship"] + [("relationship", k) for k in KINDS]
    for relation, kind in said:
        assert group_of(relation, kind) in GROUPS
        assert label_of(relation, kind)
        assert phrase_of(relation, kind)
    labels = [label_of(*s) for s in said]
    assert len(set(labels)) == len(labels), "two facts of the same words would share a key"


def test_a_view_by_kind_takes_kinds_groups_and_relations() -> None:
    network = network_of(sample_rows())
    assert _labels(of_kinds(network, ["sibling"])) == {"Sam", "Nell Harrow"}
    assert {d["group"] for *_, d in of_kinds(network, ["romance", "plays"]).edges(data=True)} == {"romance", "cast"}
    assert of_kinds(network, ["child"]).number_of_edges() == of_kinds(network, ["parent"]).number_of_edges() == 1
    with pytest.raises(InputError, match="no kind 'sibbling'; near it are sibling"):
        of_kinds(network, ["sibbling"])


def test_a_view_by_show_goes_by_name_or_address() -> None:
    network = network_of(sample_rows())
    view = of_shows(network, ["northgate"])
    assert {d["series"] for *_, d in view.edges(data=True)} == {IRIS.series("Northgate")}
    assert list(of_shows(network, [IRIS.series("Northgate")]).edges) == list(view.edges)
    with pytest.raises(AmbiguousNameError, match="no show 'Nortgate'; near it are Northgate"):
        of_shows(network, ["Nortgate"])


def test_a_view_around_someone_reaches_as_far_as_asked() -> None:
    network = network_of(sample_rows())
    assert _labels(around(network, "bea")) == {"Bea", "Nell Harrow", "Tess Marlowe"}
    assert "Jonah Pike" in _labels(around(network, "Bea", radius=2))
    assert _labels(around(network, NELL, radius=0)) == {"Nell Harrow"}
    with pytest.raises(ParameterError, match="-1"):
        around(network, NELL, radius=-1)
    with pytest.raises(AmbiguousNameError, match="near it are Nell Harrow"):
        around(network, "Nel Harrow")


def test_a_name_that_means_two_things_lists_both() -> None:
    rows = [
        row("Nell", "friend", "Bea"),
        row("Nell", "friend", "Bea") | {"source": IRIS.person("Nell"), "sourceType": SCHEMA.Person.value},
    ]
    with pytest.raises(AmbiguousNameError, match=r"person/nell, .*character/nell"):
        around(network_of(rows), "Nell")


def test_views_leave_the_network_as_it_was() -> None:
    network = network_of(sample_rows())
    before = network.copy()
    around(of_kinds(network, ["cast"]), "Mara Quill").clear()
    assert nx.utils.graphs_equal(network, before)
