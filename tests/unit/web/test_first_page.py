"""The first page: the shows that are listed, names as they are found, and which of them are secrets still."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from samples import IRIS, SAMPLE, fact
from tellygraph.graph.quads import quads_of
from tellygraph.knowledge_graph import KnowledgeGraph, open_graph
from tellygraph.reviews.records import Review
from tellygraph.web import explorer_first
from tellygraph.web.explorer_first import FIRST, find, shows
from tellygraph.web.finding import find_names, write_names
from tellygraph.web.worker import Produced

Found = Callable[..., list[Any]]


@pytest.fixture
def graph() -> Iterator[KnowledgeGraph]:
    with open_graph(":memory:") as opened:
        for review, facts in SAMPLE.items():
            opened.store.extend(quads_of(review, facts, IRIS))
        yield opened


@pytest.fixture
def found(graph: KnowledgeGraph, tmp_path: Path) -> Found:
    write_names(graph.store, tmp_path / "names.db")

    def asked(text: str, until: int | str | None = None, limit: int = 20) -> list[Any]:
        answer = find(graph, text=text, limit=limit, until=until, names=str(tmp_path / "names.db"))
        matches: list[Any] = told(answer)["matches"]
        return matches

    return asked


def told(answer: Produced) -> dict[str, Any]:
    out = io.BytesIO()
    answer.write(out)
    whole: dict[str, Any] = json.loads(out.getvalue())
    return whole


def labels(matches: list[Any]) -> list[str]:
    return [match["label"] for match in matches]


def test_the_shows_with_most_reviews_are_listed_and_all_are_counted(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(shows(graph))
    assert [show["name"] for show in whole["shows"]] == ["Saltmarsh", "Northgate"]
    assert whole["shows"][0] == {
        "iri": IRIS.series("Saltmarsh"), "name": "Saltmarsh", "seasons": [1, 2], "reviews": 2, "things": 6,
        "facts": 22,
    }  # fmt: skip
    monkeypatch.setattr(explorer_first, "_MOST_LISTED", 1)
    fewer = told(shows(graph))
    assert ([show["name"] for show in fewer["shows"]], fewer["total"]) == (["Saltmarsh"], 2)


def test_a_graph_of_nothing_lists_no_shows(tmp_path: Path) -> None:
    with open_graph(":memory:") as empty:
        assert told(shows(empty)) == {"total": 0, "shows": []}
        write_names(empty.store, tmp_path / "names.db")
        assert find_names(tmp_path / "names.db", "a", 5) == []


def test_a_match_tells_its_show(found: Found) -> None:
    [match] = found("harr")
    assert (match["label"], match["type"], match["show"]["label"], match["matched"]) == (
        "Nell Harrow", "character", "Saltmarsh", None,
    )  # fmt: skip
    assert found("saltm")[0]["show"] is None


@pytest.mark.parametrize("until", [1, FIRST])
def test_who_comes_later_is_not_found_yet(found: Found, until: int | str) -> None:
    assert labels(found("tess", until)) == []
    assert labels(found("tess", 2)) == labels(found("tess")) == ["Tess Marlowe"]
    assert labels(found("mara", until)) == ["Mara Quill"]


def test_secrets_take_no_place_from_what_may_be_known(graph: KnowledgeGraph, tmp_path: Path) -> None:
    for number, season in ((1, 2), (2, 2), (3, 1)):
        words = f"Zoe{number} Venn appears"
        review = Review(IRIS.review(f"venn-{number}"), "r", words + ".", "Saltmarsh", season, "On Saltmarsh")
        stated = fact(review, "character", "Saltmarsh", f"Zoe{number} Venn", words)
        graph.store.extend(quads_of(review, [stated], IRIS))
    write_names(graph.store, tmp_path / "names.db")
    for until, expected in ((1, ["Zoe3 Venn"]), (2, ["Zoe1 Venn"])):
        answer = find(graph, text="zoe", limit=1, until=until, names=str(tmp_path / "names.db"))
        assert labels(told(answer)["matches"]) == expected


def test_who_is_gone_since_the_names_were_written_is_not_found(found: Found, graph: KnowledgeGraph) -> None:
    assert found("mara")
    for review in graph.store.graphs():
        graph.store.remove(review)
    assert found("mara") == []


def test_names_as_long_as_a_book_are_found_by_their_beginnings(graph: KnowledgeGraph, tmp_path: Path) -> None:
    long = "Word " * 50_000
    review = Review(IRIS.review("long"), "r", f"{long}is here.", "Saltmarsh", 1, "On Saltmarsh")
    stated = fact(review, "character", "Saltmarsh", long.strip(), f"{long}is here")
    graph.store.extend(quads_of(review, [stated], IRIS))
    path = tmp_path / "names.db"
    write_names(graph.store, path)
    [one] = find_names(path, "word word word", 5)
    assert one.name == long.strip()
    assert path.stat().st_size < 2_000_000
