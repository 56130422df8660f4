"""Reading on a cluster without a cluster: what its machines do, step by step, in this process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import tellygraph
from samples import IRIS
from tellygraph.cluster import work
from tellygraph.cluster.alone import LOCK, alone
from tellygraph.cluster.code import code_digest
from tellygraph.cluster.lines import reading_line, reading_of
from tellygraph.cluster.plan import PLAN, WORK, Plan, difference, keep_plan, kept_plan
from tellygraph.cluster.records import Drafts
from tellygraph.cluster.whole import End, received, sent
from tellygraph.errors import InputError, WorkerError
from tellygraph.graph.manifest import InputFile, opened_part
from tellygraph.reading import default_reader
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import read_paths
from tellygraph.reviews.sources.inputs import Limits
from tellygraph.reviews.sources.run import Given

EXAMPLES = Path(__file__).parents[3] / "examples" / "reviews"
LIMITS = Limits(1_000_000, 64_000_000)
LINES = (
    b'{"id": "marsh-1", "text": "Nell Harrow (Mara Quill) runs the bakery in Saltmarsh.", "show": "Saltmarsh"}',
    b'{"id": "marsh-2", "text": "Saltmarsh is back. Nell is Sam\'s sister.", "show": "Saltmarsh"}',
    b"",
    b'{"id": "marsh-1", "text": "Saltmarsh again. Jonah is Nell\'s husband.", "show": "Saltmarsh"}',
    b'{"id": "marsh-3", "show": "Saltmarsh"}',
)


@pytest.fixture
def job(tmp_path: Path) -> work.Job:
    (tmp_path / WORK).mkdir()
    (tmp_path / PLAN).write_bytes(b"{}")
    given = Given(LIMITS, IRIS)
    return work.Job(
        str(tmp_path), 3, default_reader, Drafts(LIMITS).of, given, IRIS, 0.0,
        hashlib.sha256(b"{}").hexdigest(), code_digest(),
    )  # fmt: skip


def records() -> Iterator[work.Record]:
    for number, line in enumerate(LINES, start=1):
        yield (0, number), f"marsh.jsonl, line {number}", line


def all_read(job: work.Job) -> list[work.PartRead]:
    everything = frozenset(range(job.partitions))
    placed = list(work.placed(job, everything, records()))
    return [work.read_part(job, n, reversed([item for part, item in placed if part == n])) for n in sorted(everything)]


def test_the_steps_together_give_what_adding_gives(job: work.Job, tmp_path: Path) -> None:
    read = all_read(job)
    assert (sum(part.reviews for part in read), sum(part.refused for part in read)) == (2, 2)
    named = [entry for n in range(job.partitions) for entry in work.named(job, n)]
    merges = list(work.recognised(named))
    quads: list[Quad] = []
    for n in range(job.partitions):
        part = work.write_part(job, n, [found for number, found in merges if number == n])
        with opened_part(tmp_path, part) as stream:
            quads += parse(stream, RdfFormat.N_QUADS)
        assert work.part_written(job.folder, n) == part
    file = tmp_path / "marsh.jsonl"
    file.write_bytes(b"\n".join(LINES))
    with tellygraph.open_graph(":memory:") as graph:
        added = graph.add(file)
        graph.export("nquads", tmp_path / "whole.nq")
        assert [row["name"] for row in graph.ask("merged").python()] == ["Nell"]
    assert len(quads) == len(set(quads))
    index = NamedNode(IRIS.cast_graph)  # which a graph makes anew from its reviews
    whole = set(parse((tmp_path / "whole.nq").read_bytes(), RdfFormat.N_QUADS))
    assert set(quads) == {quad for quad in whole if quad.graph_name != index}
    refused = sorted(entry for n in range(job.partitions) for entry in work.refusals(job.folder, n))
    assert [refusal.reason for _, refusal in refused] == [
        refusal.reason.replace(f"{tmp_path}/", "") for refusal in added.refused
    ]
    assert [order for order, _ in refused] == [(0, 4), (0, 5)]


def test_the_same_part_has_the_same_bytes(job: work.Job) -> None:
    all_read(job)
    first = work.write_part(job, 0, [])
    assert work.write_part(job, 0, []) == first


def test_a_part_that_has_gone_is_not_written(job: work.Job, tmp_path: Path) -> None:
    all_read(job)
    part = work.write_part(job, 1, [])
    (tmp_path / part.file).unlink()
    assert work.part_written(job.folder, 1) is None
    assert work.part_read(job.folder, 1) is not None


def test_only_parts_to_do_are_placed(job: work.Job) -> None:
    every = {n: [item for part, item in work.placed(job, frozenset({n}), records())] for n in range(3)}
    assert sum(map(len, every.values())) == 4
    found = [found for items in every.values() for _, _, found in items]
    assert sum(isinstance(item, Review) for item in found) == 3
    assert sum(isinstance(item, Refusal) for item in found) == 1


def test_readings_come_back_from_their_lines() -> None:
    reviews = [found for found in read_paths([str(EXAMPLES)]) if isinstance(found, Review)]
    readings = list(default_reader().read(reviews))
    assert sum(len(reading.facts) for reading in readings) > 100
    assert [reading_of(reading_line(reading)) for reading in readings] == readings


def test_a_machine_with_other_code_or_another_folder_takes_no_part(job: work.Job) -> None:
    assert work.unfit(job) is None
    other = work.unfit(replace(job, code="0"))
    assert other is not None
    assert "another version of Tellygraph" in other.reason
    elsewhere = work.unfit(replace(job, folder="/nowhere"))
    assert elsewhere is not None
    assert "does not see /nowhere as it is here" in elsewhere.reason


def test_half_of_what_was_sent_is_an_error() -> None:
    streams = [list(sent(sender, [(n % 2, n) for n in range(sender + 3)], range(2))) for sender in range(2)]
    mine = [thing for stream in streams for receiver, thing in stream if receiver == 0]
    assert received(mine, 2) == [0, 2, 0, 2]
    for cut in range(len(mine)):
        with pytest.raises(WorkerError, match="the connection to the executor has ended"):
            received(mine[:cut], 2)
    with pytest.raises(WorkerError):
        received([End(0, 0), 1], 1)


def test_a_plan_is_kept_and_compared(tmp_path: Path) -> None:
    plan = Plan("1.0", "rules 5f", "()", 4, (InputFile("/a.jsonl", 3, "0a"), InputFile("/b.jsonl", 3, "0b")))
    assert kept_plan(tmp_path) is None
    keep_plan(tmp_path, plan)
    assert kept_plan(tmp_path) == plan
    assert difference(plan, plan) is None
    a, b = plan.inputs
    for other, said in (
        (replace(plan, inputs=(replace(a, digest="0c"), b)), "/a.jsonl has changed since"),
        (replace(plan, inputs=(a,)), "/b.jsonl was read then and is not given now"),
        (replace(plan, inputs=(a, b, InputFile("/c.jsonl", 1, "0c"))), "/c.jsonl was not given then"),
        (replace(plan, inputs=(b, a)), "the files come in another order"),
        (replace(plan, reader="rules 60"), "the reader was another"),
        (replace(plan, given="1"), "the set of options and settings was another"),
        (replace(plan, partitions=5), "the number of partitions was another"),
    ):
        assert difference(plan, other) == said
    (tmp_path / PLAN).write_text("[]")
    with pytest.raises(InputError, match=r"plan\.json is damaged"):
        kept_plan(tmp_path)


def test_one_program_at_a_time_writes_the_parts_of_a_folder(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(InputError, match="another program is writing parts into"), alone(tmp_path):
        pass
    with alone(tmp_path):
        assert (tmp_path / LOCK).exists()
