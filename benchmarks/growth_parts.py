"""The parts of the growth section, each in a process of its own, so that its memory is its own and it can be ended.

    python -m benchmarks.growth_parts PART REVIEWS FOLDER [STEP...]

prints a line of JSON before every step and one after it, with what it took; steps that are named are done already.
"""

from __future__ import annotations

import json
import resource
import shutil
import signal
import statistics
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from io import BufferedWriter, RawIOBase
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from tellygraph.errors import TellygraphError
from tellygraph.graph import Store, add_reading, add_readings, export_graph, open_store, remove_review
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.ontology import Iris
from tellygraph.queries import Question, ask, catalogue
from tellygraph.queries.catalogue import Value, bound
from tellygraph.reviews import Reading, RuleReader
from tellygraph.visualize import graphml, measures_of

from .corpus import REVIEWS_PER_SHOW, corpus
from .corpus_known import known, review_of
from .corpus_names import title
from .questions import Recorder, all_answers
from .rdflib_apart import RdflibApart, TooSlowError
from .texts import examples

ROUNDS, PATIENCE_S = 5, 0.5
RDFLIB_S, RDFLIB_FROM = 5.0, 100  # it takes long: patience, and the graph from which on it is asked
MORE = 10  # reviews that are added one by one
ALL_UP_TO = 10_000  # reviews up to which questions about everything are asked, and everything is exported and drawn


@dataclass(frozen=True, slots=True)
class Step:
    """Something timed. `run` may say the seconds itself, by returning a float; `rounds` is how often it is run."""

    name: str
    run: Callable[[], object]
    rounds: int = 1


def reading(reviews: int, _: Path, __: Collection[str]) -> Iterator[Step]:
    """Read the corpus."""
    reader, iris = RuleReader(), Iris.default()
    list(reader.read([review_of(written, iris) for written in corpus(3)]))
    stream = (review_of(written, iris) for written in corpus(reviews))
    yield Step("read", lambda: sum(1 for _ in reader.read(stream)))


def adding(reviews: int, folder: Path, done: Collection[str]) -> Iterator[Step]:
    """Fill a graph on disk, beside pyoxigraph's bulk loader on the same quads; then add a few reviews one by one."""
    graph, bare, iris = folder / f"graph-{reviews}", folder / f"bare-{reviews}", Iris.default()
    if "add" not in done:
        shutil.rmtree(graph, ignore_errors=True)
        found = list(RuleReader().read(examples()))

        def add() -> None:
            with open_store(str(graph)) as store:
                add_readings(store, chain(found, known(corpus(reviews), iris)), iris)

        yield Step("add", add)
    yield Step("disk", lambda: _size(graph))

    def extend() -> None:
        with open_store(str(graph), read_only=True) as store:
            pyoxigraph.Store(str(bare)).bulk_extend(store.quads())

    yield Step("bare bulk_extend", extend)
    yield Step("bare disk", lambda: _size(bare))
    shutil.rmtree(bare, ignore_errors=True)
    shows = max(1, reviews // REVIEWS_PER_SHOW)
    more = list(known(corpus(reviews + MORE, start=reviews, shows=shows), iris))
    with open_store(str(graph)) as store:
        yield Step("add one more", lambda: _each(more, lambda reading: add_reading(store, reading, iris)))
        yield Step("remove one", lambda: _each(more, lambda reading: remove_review(store, reading.review.iri, iris)))


def _each(found: Collection[Reading], do: Callable[[Reading], object]) -> float:
    """The median processor seconds of doing it to each."""
    took = []
    for one in found:
        start = time.process_time()
        do(one)
        took.append(time.process_time() - start)
    return statistics.median(took)


def _size(folder: Path) -> str:
    """The bytes of a folder."""
    return str(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()))


def asking(reviews: int, folder: Path, _: Collection[str]) -> Iterator[Step]:
    """Ask every question of the catalogue, and the SPARQL it comes to of bare pyoxigraph."""
    graph = str(folder / f"graph-{reviews}")
    with open_store(graph, read_only=True) as store:
        bare = pyoxigraph.Store.read_only(graph)
        for question, names, name in ways(everything=reviews <= ALL_UP_TO):
            terms = bound(store, question, names)
            yield Step(name, partial(_answers, store, question.name, names), ROUNDS)
            yield Step(f"{name}, bare", partial(_bare, bare, Recorder(store), question.name, terms), ROUNDS)


def _answers(store: Store, name: str, names: Mapping[str, Value]) -> int:
    return len(ask(store, name, names))


def _bare(bare: pyoxigraph.Store, recorder: Recorder, name: str, terms: Mapping[str, Value]) -> float:
    """The processor seconds of the SPARQL a question comes to; it is found out by asking it once."""
    if not recorder.queries:
        ask(recorder, name, terms)
    start = time.process_time()
    all_answers(bare, recorder.queries, None)
    return time.process_time() - start


def ways(*, everything: bool) -> Iterator[tuple[Question, Mapping[str, Value], str]]:
    """Every question as its example asks it; with `everything` also without what only narrows it."""
    for question in catalogue().values():
        example: dict[str, Value] = dict(question.example.params)
        if example:
            yield question, example, question.name
        if everything and not question.required:
            yield question, {}, f"{question.name}, all"


def exporting(reviews: int, folder: Path, _: Collection[str]) -> Iterator[Step]:
    """Write the graph to nowhere: what is written a review at a time at any size, the rest up to `ALL_UP_TO`."""
    with open_store(str(folder / f"graph-{reviews}"), read_only=True) as store:
        for name in ("nquads", "csv", "turtle", "jsonld")[: 4 if reviews <= ALL_UP_TO else 2]:
            yield Step(f"export {name}", partial(export_graph, store, name, BufferedWriter(_Nowhere())))
        if reviews <= ALL_UP_TO:
            yield Step("export graphml", lambda: len(graphml(KnowledgeGraph(store).network())))
    bare = pyoxigraph.Store.read_only(str(folder / f"graph-{reviews}"))
    yield Step("pyoxigraph dump nquads", lambda: bare.dump(BufferedWriter(_Nowhere()), pyoxigraph.RdfFormat.N_QUADS))


class _Nowhere(RawIOBase):
    """A file that keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(data)  # type: ignore[arg-type]


def drawing(reviews: int, folder: Path, _: Collection[str]) -> Iterator[Step]:
    """Draw one show, and measure the network of everything."""
    with open_store(str(folder / f"graph-{reviews}"), read_only=True) as store:
        graph = KnowledgeGraph(store)
        graph.draw(show=title(0))  # what is imported and compiled once is not timed
        yield Step("draw a show", lambda: len(graph.draw(show=title(0)).html), ROUNDS)
        if reviews <= ALL_UP_TO:
            kept: list[object] = []
            yield Step("network of everything", lambda: kept.append(graph.network()))
            network = kept[0] if kept else graph.network()
            yield Step("measure everything", lambda: measures_of(network))  # type: ignore[arg-type]


def servers(reviews: int, _: Path, done: Collection[str]) -> Iterator[Step]:
    """Add to and ask, one after the other, our own store, pyoxigraph, rdflib and real servers, started here."""
    found, iris = list(RuleReader().read(examples())), Iris.default()

    def fill(store: Store) -> None:
        add_readings(store, chain(found, known(corpus(reviews), iris)), iris)

    def filled(name: str, store: Store) -> Iterator[Step]:
        if f"{name}: add" in done:
            fill(store)
        else:
            yield Step(f"{name}: add", partial(fill, store))

    with TemporaryDirectory() as scratch:
        graph, file = str(Path(scratch, "graph")), Path(scratch, "graph.nq")
        with open_store(graph) as store:
            yield from filled("embedded", store)
            with file.open("wb") as out:
                export_graph(store, "nquads", out)
            yield from _asked("embedded", store)
            yield from _bare_asked(reviews, store, Path(scratch, "bare"), file, done)
    for name, started in _servers().items():
        with TemporaryDirectory() as folder, started(Path(folder)) as url, open_store(url) as store:
            yield from filled(name, store)
            yield from _asked(name, store)


def _asked(name: str, store: Store) -> Iterator[Step]:
    for question, names, way in ways(everything=False):
        yield Step(f"{name}: {way}", partial(_answers, store, question.name, names), 3)


def _bare_asked(reviews: int, store: Store, folder: Path, file: Path, done: Collection[str]) -> Iterator[Step]:
    """Give the same N-Quads and SPARQL to pyoxigraph and to rdflib."""
    bare = pyoxigraph.Store(str(folder))
    if "pyoxigraph: add" in done:
        bare.bulk_load(path=file, format=pyoxigraph.RdfFormat.N_QUADS)
    else:
        yield Step("pyoxigraph: add", lambda: bare.bulk_load(path=file, format=pyoxigraph.RdfFormat.N_QUADS))
    with RdflibApart(file, limit_s=RDFLIB_S, loading_s=1200.0) as rdflib:
        if reviews >= RDFLIB_FROM:
            yield Step("rdflib: add", lambda: rdflib.answers("ASK {}"))
        for question, names, way in ways(everything=False):
            recorder = Recorder(store)
            ask(recorder, question.name, bound(store, question, names))
            yield Step(f"pyoxigraph: {way}", partial(all_answers, bare, recorder.queries, None), 3)
            if f"rdflib: {way}" not in done and reviews >= RDFLIB_FROM:
                rdflib.answers("ASK {}")  # after a question that took too long it is started anew, untimed
                yield Step(f"rdflib: {way}", partial(_rdflib_answers, rdflib, recorder.queries))


def _rdflib_answers(rdflib: RdflibApart, queries: Sequence[str]) -> None:
    try:
        for query in queries:
            rdflib.answers(query)
    except TooSlowError as error:
        raise TimeoutError from error


def _servers() -> dict[str, Callable[[Path], AbstractContextManager[str]]]:
    support = str(Path(__file__).parent.parent / "tests" / "support")
    if support not in sys.path:
        sys.path.append(support)
    from servers import oxigraph_server, virtuoso_server

    return {"Oxigraph server": lambda folder: oxigraph_server(folder=folder), "Virtuoso": virtuoso_server}


PARTS: Mapping[str, Callable[[int, Path, Collection[str]], Iterator[Step]]] = {
    "reading": reading, "adding": adding, "asking": asking, "exporting": exporting, "drawing": drawing,
    "servers": servers,
}  # fmt: skip


def main(part: str, reviews: int, folder: Path, done: Collection[str]) -> None:
    """Do the steps of a part that are not done, saying each."""
    clock = time.perf_counter if part == "servers" else time.process_time  # a server's work is not this process's
    for step in PARTS[part](reviews, folder, done):
        if step.name in done:
            continue
        _tell({"start": step.name})
        took: list[float] = []
        answer: object = None
        begun = clock()
        try:
            while len(took) < step.rounds and (not took or sum(took) < PATIENCE_S):
                start = clock()
                answer = step.run()
                took.append(answer if isinstance(answer, float) else clock() - start)
        except TimeoutError:
            _tell({"step": step.name, "seconds": RDFLIB_S, "answer": "over"})
            continue
        except TellygraphError as error:  # a server's limit, say: the next step may do
            print(f"{part} at {reviews:,}, {step.name}: {error}", file=sys.stderr)
            _tell({"step": step.name, "seconds": clock() - begun, "answer": "fails"})
            continue
        _tell({"step": step.name, "seconds": min(took), "answer": answer if isinstance(answer, int | str) else None})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    _tell({"step": "peak", "seconds": 0.0, "answer": str(peak)})
    _tell({"end": part})


def _tell(line: Mapping[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a server it started is stopped, too
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
