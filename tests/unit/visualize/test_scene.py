"""The scene says where everything is drawn and how, as plain data, always the same."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import FrozenInstanceError

import pytest

from picture_rows import crowd, row, sample_rows
from samples import IRIS
from tellygraph.errors import InputError
from tellygraph.visualize import GROUPS, Scene, network_of, of_shows, scene_of
from tellygraph.visualize.engine import communities
from tellygraph.visualize.layout import Box, place
from tellygraph.visualize.scene import LINE_STYLES, NODE_COLOURS, SHAPES


def _node(scene: Scene, label: str) -> int:
    return next(i for i, n in enumerate(scene.nodes) if n.label == label)


def test_the_same_rows_and_seed_give_the_same_scene_in_any_order() -> None:
    rows = crowd(300, 900)
    shuffled = list(rows)
    random.Random(5).shuffle(shuffled)
    scene = scene_of(network_of(rows))
    random.random()  # what others draw must not matter
    assert scene_of(network_of(shuffled)) == scene
    assert scene_of(network_of(rows), seed=8) != scene


def test_a_view_is_drawn_the_same_each_time() -> None:
    rows = sample_rows()
    assert scene_of(of_shows(network_of(rows), ["Saltmarsh"])) == scene_of(
        of_shows(network_of(rows[::-1]), ["Saltmarsh"])
    )


def test_laying_out_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(4)
    expected = random.random()
    random.seed(4)
    scene_of(network_of(sample_rows()))
    assert random.random() == expected


def test_a_scene_cannot_be_edited() -> None:
    scene = scene_of(network_of(sample_rows()))
    with pytest.raises(FrozenInstanceError):
        scene.nodes[0].x = 0.0  # type: ignore[misc]


def test_shape_says_the_type_and_size_the_number_of_facts() -> None:
    scene = scene_of(network_of(sample_rows()))
    assert all(n.shape == SHAPES[n.type] for n in scene.nodes)
    characters = sorted((n for n in scene.nodes if n.type == "character"), key=lambda n: n.degree)
    assert characters[-1].label == "Nell Harrow"
    assert [n.size for n in characters] == sorted(n.size for n in characters)
    assert characters[0].size < characters[-1].size


def test_facts_of_one_group_share_a_line_and_groups_bend_apart() -> None:
    rows = [row("Nell", "dating", "Sam"), row("Nell", "spouse", "Sam"), row("Nell", "friend", "Sam")]
    scene = scene_of(network_of(rows))
    assert [(x.group, x.label, len(x.facts)) for x in scene.lines] == [
        ("romance", "dating · spouse", 2),
        ("social", "friend", 1),
    ]
    assert scene.lines[0].bend == -scene.lines[1].bend != 0
    alone = scene_of(network_of(rows[:2]))
    assert [x.bend for x in alone.lines] == [0.0]
    assert sorted(f for x in scene.lines for f in x.facts) == [0, 1, 2]


def test_arrows_follow_the_facts() -> None:
    def arrow(*rows: dict[str, object]) -> str:
        (line,) = scene_of(network_of(rows)).lines
        return line.arrow

    assert arrow(row("A", "boss", "B")) == "to"
    assert arrow(row("B", "boss", "A")) == "from"
    assert arrow(row("A", "boss", "B"), row("B", "boss", "A")) == "both"
    assert arrow(row("A", "colleague", "B")) == ""
    plays = row("A", "boss", "B") | {"relation": "plays", "kind": None}
    assert arrow(plays) == ""


def test_every_group_has_its_own_colours_and_its_own_dash_or_width() -> None:
    assert tuple(LINE_STYLES) == GROUPS
    styles = list(LINE_STYLES.values())
    for channel in ("light", "dark"):
        assert len({getattr(s, channel) for s in styles}) == len(styles)
    assert len({(s.dash, s.width) for s in styles}) == len(styles)


def test_those_who_belong_together_share_a_colour_and_neighbours_differ() -> None:
    scene = scene_of(network_of(crowd(1000, 4000)))
    colour = {n.community: n.colour for n in scene.nodes}
    assert all(n.colour == colour[n.community] for n in scene.nodes)
    assert len(colour) > len(NODE_COLOURS)
    assert set(colour.values()) == set(range(len(NODE_COLOURS)))


@pytest.mark.parametrize(("nodes", "facts"), [(30, 70), (110, 300), (1000, 4000)])
def test_nodes_do_not_lie_on_each_other(nodes: int, facts: int) -> None:
    scene = scene_of(network_of(crowd(nodes, facts)))
    hidden = [
        (a.label, b.label)
        for a, b in itertools.combinations(scene.nodes, 2)
        if math.dist((a.x, a.y), (b.x, b.y)) < (a.size + b.size) * 0.9
    ]
    assert len(hidden) <= len(scene.nodes) // 100


def test_parts_that_nothing_joins_are_packed_apart() -> None:
    rows = [row(f"A{i}", "friend", f"B{i}", series=None, seriesName=None) for i in range(40)]
    scene = scene_of(network_of(rows))
    boxes = []
    for i in range(40):
        a, b = scene.nodes[_node(scene, f"A{i}")], scene.nodes[_node(scene, f"B{i}")]
        boxes.append((min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)))
    for p, q in itertools.combinations(boxes, 2):
        assert p[2] < q[0] or q[2] < p[0] or p[3] < q[1] or q[3] < p[1]
    wide = max(b[2] for b in boxes) - min(b[0] for b in boxes)
    high = max(b[3] for b in boxes) - min(b[1] for b in boxes)
    assert 0.6 < wide / high < 2.6


def test_one_node_that_is_its_own_enemy_is_drawn() -> None:
    scene = scene_of(network_of([row("Sam", "enemy", "Sam")]))
    assert [(n.label, n.x, n.y) for n in scene.nodes] == [("Sam", 0.0, 0.0)]
    assert [(x.source, x.target) for x in scene.lines] == [(0, 0)]


def test_nothing_is_drawn_as_nothing() -> None:
    assert scene_of(network_of([])) == Scene((), (), (), {})
    assert place([], [], [], [], seed=1) == []
    assert communities(0, [], seed=1) == []


def test_a_place_is_never_a_negative_zero() -> None:
    assert all(str(c) != "-0.0" for p in place([Box(5, 5)] * 2, [(0, 1)], [], [0, 0], seed=1) for c in p)


def test_too_large_a_network_says_how_to_narrow_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_PICTURE_NODES", "3")
    with pytest.raises(InputError, match="at most 3 are drawn: narrow it with --show, --about or --kind"):
        scene_of(network_of(sample_rows()))


def test_lines_name_the_ends_by_number() -> None:
    scene = scene_of(network_of(sample_rows()))
    sam, jonah = _node(scene, "Sam"), _node(scene, "Jonah Pike")
    (line,) = [x for x in scene.lines if {x.source, x.target} == {sam, jonah}]
    (fact,) = [scene.facts[f] for f in line.facts]
    assert (fact.source, fact.target, fact.status) == (jonah, sam, "unrequited")
    assert fact.evidence[0].review == IRIS.review("saltmarsh-2")
