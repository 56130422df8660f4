"""The benchmarks run, at a tiny size, and say what they measured. No assertion here is about how long anything took."""

from __future__ import annotations

import doctest
import hashlib
import importlib
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tellygraph.graph import MEMORY, Store, adding, open_store, quads_of
from tellygraph.ontology import Iris, Severity, findings
from tellygraph.queries import catalogue
from tellygraph.visualize import network_of

ROOT = Path(__file__).parents[2]
IRIS = Iris("https://w3id.org/tellygraph/id/")


def _package() -> None:
    """Load `benchmarks` from the checkout without making the rooms beside it importable under their bare names."""
    if "benchmarks" in sys.modules:
        return
    folder = ROOT / "benchmarks"
    spec = importlib.util.spec_from_file_location(
        "benchmarks", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["benchmarks"] = module
    spec.loader.exec_module(module)


def part(name: str) -> Any:
    _package()
    return importlib.import_module(f"benchmarks.{name}")


TINY = {
    "adding": {"reviews": 3, "rounds": 1},
    "loading": {"reviews": 3, "transactions": 2, "rounds": 1},
    "exports": {"reviews": 2, "rounds": 1},
    "questions": {"reviews": 14, "small": 14, "rounds": 1, "limit_s": 20.0, "sizes": (120, 130)},
    "picture": {"nodes": (30,), "rounds": 1, "frames": 0},
    "reading": {"reviews": 2, "rounds": 1, "shared": 3},
    "growth": {"reviews": (4,), "served": 4, "limit_s": 120.0, "scored": 2},
    "measures": {"nodes": (40, 60), "paths": 40, "plain": 60, "rounds": 1},
    "memory": {"short": 2, "long": 3, "workers": 1},
    "serving": {"reviews": 14, "rounds": 1},
    "startup": {"rounds": 1},
}
TABLES = {
    "adding": ["adding-disk", "adding-memory"],
    "loading": ["loading", "loading-transactions"],
    "exports": ["exports"],
    "picture": ["picture"],
    "questions": ["questions", "questions-rdflib", "questions-sizes"],
    "reading": ["reading", "reading-workers"],
    "growth": ["growth", "growth-memory", "growth-questions", "growth-servers"],
    "measures": ["measures"],
    "memory": ["memory"],
    "explorer": ["explorer"],  # measured in a browser only, which is too slow for here
    "identity": ["identity"],
    "serving": ["serving"],
    "spark": ["spark"],  # needs Java, and a minute: tests/e2e/test_spark.py holds that it reads the same
    "startup": ["startup"],
}


@pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("section", sorted(TINY))
def test_a_section_measures_and_its_tables_are_well_formed(section: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = part(section)
    if section == "questions":
        chosen = {name: question for name, question in catalogue().items() if name in ("cast", "reviews", "seasons")}
        monkeypatch.setattr(module, "catalogue", lambda: chosen)
    told: list[str] = []
    tables = module.measure(module.Size(**TINY[section]), told.append)
    assert [table.slug for table in tables] == TABLES[section]
    assert told
    for table in tables:
        assert len({len(row) for row in (table.columns, *table.rows)}) == 1
        assert len(table.rows) >= 3
        assert all(cell for row in table.rows for cell in row)
        assert "Python 3" in table.text()
        lines = table.markdown().splitlines()[: len(table.rows) + 2]
        assert {line.count("|") for line in lines} == {len(table.columns) + 1}


def test_every_section_of_the_command_can_be_measured_whole_and_quickly() -> None:
    for section in part("__main__").SECTIONS:
        module = part(section)
        assert module.FULL != module.QUICK
        assert isinstance(module.FULL, module.Size)


@pytest.fixture(scope="module")
def small_store() -> Store:
    from tellygraph.reviews import RuleReader

    module = part("questions")
    return module._filled(list(RuleReader().read(part("texts").examples())), module.QUICK.small)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_question_can_be_asked_of_the_graph_it_is_measured_on(name: str, small_store: Store) -> None:
    asked = part("questions")._example(small_store, catalogue()[name])
    assert asked.queries, "what is given to bare pyoxigraph is what our store was asked"


@pytest.fixture(scope="module")
def rdflib_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("rdflib") / "graph.nq"
    file.write_text("".join(f"<x:{i}> <x:p> <x:{i + 1}> <x:g> .\n" for i in range(300)), encoding="utf-8")
    return file


def test_rdflib_answers_from_a_process_of_its_own(rdflib_file: Path) -> None:
    apart = part("rdflib_apart")
    with apart.RdflibApart(rdflib_file, limit_s=60) as rdflib:
        assert rdflib.answers("SELECT ?s { ?s ?p ?o }") == 300
        with pytest.raises(apart.CannotError, match="Expected"):
            rdflib.answers("SELECT nonsense")
        assert rdflib.answers("SELECT ?s { ?s <x:p> <x:7> }") == 1


def test_rdflib_is_stopped_when_it_takes_too_long_and_started_again(rdflib_file: Path) -> None:
    apart = part("rdflib_apart")
    with apart.RdflibApart(rdflib_file, limit_s=0.5) as rdflib:
        with pytest.raises(apart.TooSlowError):
            rdflib.answers("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")  # 27 million
        rdflib.limit_s = 60
        assert rdflib.answers("SELECT ?s { ?s <x:p> <x:7> }") == 1


# ---- taking turns -------------------------------------------------------------------------------------------------


class Clock(ModuleType):
    """A `time` in which only what a contender says passes."""

    def __init__(self) -> None:
        super().__init__("time")
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now

    def process_time(self) -> float:
        return self.now / 2


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(part("measure"), "time", clock)
    return clock


def test_contenders_take_turns_and_every_second_round_runs_backwards(clock: Clock) -> None:
    measure, order = part("measure"), []

    def contender(name: str, takes: float) -> Any:
        def run(_: object) -> None:
            order.append(name)
            clock.now += takes

        return measure.Contender(name, run)

    timings = measure.side_by_side([contender("quick", 1.0), contender("slow", 4.0)], rounds=4, patience=3.0)
    assert order == ["quick", "slow", "quick", "quick"], "one that used up our patience is not asked again"
    assert timings["quick"].seconds == (1.0, 1.0, 1.0)
    assert (timings["slow"].rounds, timings["slow"].best, timings["slow"].cpu) == (1, 4.0, 2.0)
    order.clear()
    measure.side_by_side([contender("one", 1.0), contender("two", 2.0)], rounds=2)
    assert order == ["one", "two", "two", "one"]


def test_setting_up_is_not_timed(clock: Clock) -> None:
    from contextlib import contextmanager

    measure = part("measure")

    @contextmanager
    def slow() -> Iterator[int]:
        clock.now += 100.0
        yield 7
        clock.now += 100.0

    def run(given: int) -> None:
        assert given == 7
        clock.now += 1.0

    assert measure.side_by_side([measure.Contender("it", run, slow)], rounds=2)["it"].seconds == (1.0, 1.0)


def test_two_contenders_of_one_name_are_a_mistake() -> None:
    measure = part("measure")
    twin = measure.Contender("twin", lambda _: None)
    with pytest.raises(ValueError, match="same name"):
        measure.side_by_side([twin, twin], rounds=1)


def test_best_and_median_are_of_all_rounds() -> None:
    timing = part("measure").Timing((3.0, 1.0, 2.0, 9.0), 0.5)
    assert (timing.best, timing.median, timing.rounds) == (1.0, 2.5, 4)


# ---- tables -------------------------------------------------------------------------------------------------------


def _table(slug: str = "reading", **more: Any) -> Any:
    rows = (("bare | pipeline", "1.00 s"), ("ours", "12.3 s"))
    return part("tables").Table(slug, "Reading", ("", "best"), rows, ("pytest",), **more)


def test_a_table_for_a_terminal_is_aligned() -> None:
    lines = _table(notes=("Of two rounds.",)).text().splitlines()
    assert lines[:6] == [
        "Reading",
        "",
        "                     best",
        "  ---------------  ------",
        "  bare | pipeline  1.00 s",
        "  ours             12.3 s",
    ]
    assert lines[7] == "  Of two rounds."
    assert lines[8].startswith("  Measured on ")
    assert f"pytest {pytest.__version__}" in lines[8]


def test_a_table_in_markdown_keeps_its_cells_apart() -> None:
    assert _table().markdown().splitlines()[:4] == [
        "|  | best |",
        "| :-- | --: |",
        "| bare \\| pipeline | 1.00 s |",
        "| ours | 12.3 s |",
    ]


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="has not the columns"):
        replace(_table(), rows=(("ours",),))


def test_a_promise_says_whether_it_is_kept() -> None:
    promise = part("tables").Promise
    assert str(promise("it takes as long", 1.25, 1.254)) == (
        "Promise: it takes as long, at most 1.25 times. Here 1.25 times: kept."
    )
    assert str(promise("it answers", 0.3, 0.31, "s")) == "Promise: it answers, at most 0.3 s. Here 310 ms: not kept."


def test_only_the_tables_measured_are_renewed() -> None:
    renewed = part("tables").renewed
    page = "# A\n<!-- results: reading -->\nold\n<!-- end of results -->\nb\n<!-- results: x -->\nkept\n<!-- end of results -->\n"
    new = renewed(page, [_table()])
    assert "old" not in new
    assert "| ours | 12.3 s |" in new
    assert new.endswith("b\n<!-- results: x -->\nkept\n<!-- end of results -->\n")
    assert renewed(new, [_table()]) == new
    with pytest.raises(ValueError, match="0 places for the table 'elsewhere'"):
        renewed(page, [_table("elsewhere")])


def test_the_readme_has_a_place_for_every_table() -> None:
    page = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    slugs = [slug for section in TABLES.values() for slug in section] + ["picture-frame"]
    places = re.findall(r"<!-- results: ([\w-]+) -->", page)
    assert sorted(places) == sorted(slugs)
    assert page.count("<!-- end of results -->") == len(places)


@pytest.mark.parametrize("name", ["growth_tables", "synthetic", "tables"])
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    failed, tried = doctest.testmod(part(name))
    assert tried > 0
    assert failed == 0


# ---- what is measured ---------------------------------------------------------------------------------------------


def test_synthetic_reviews_are_the_same_every_time() -> None:
    readings = part("synthetic").readings
    assert list(readings(40)) == list(readings(40))
    assert list(readings(7, shows=2)) == list(readings(40, shows=2))[:7]


def test_synthetic_facts_have_their_exact_words() -> None:
    for reading in part("synthetic").readings(30, facts=11):
        assert len(reading.facts) == 11
        for fact in reading.facts:
            words, text = fact.evidence, reading.review.text
            assert words.quote
            assert text[words.start : words.end] == words.quote
            assert text[: words.start].endswith(words.prefix)
            assert text[words.end :].startswith(words.suffix)


def test_synthetic_reviews_hang_together() -> None:
    """Shows share actors, reviews agree with each other, and some characters are to be recognised by a first name."""
    found = list(part("synthetic").readings(60))
    shows: dict[str, set[str]] = {}
    for reading in found:
        for fact in reading.facts:
            if fact.relation == "plays" and fact.subject.iri is not None:
                shows.setdefault(fact.subject.iri, set()).add(reading.review.show or "")
    assert any(len(of) > 1 for of in shows.values())
    with open_store(MEMORY) as store:
        assert sum(len(addition.merges) for addition in adding(store, found, IRIS)) > 10
        agreed = store.query(
            "SELECT ?c { ?c <http://www.w3.org/ns/prov#wasQuotedFrom> ?r } GROUP BY ?c HAVING (COUNT(DISTINCT ?r) > 2)"
        )
        assert len(list(agreed)) > 10  # type: ignore[arg-type]


def test_synthetic_reviews_conform_to_the_shapes() -> None:
    quads = [q for r in part("synthetic").readings(6, shows=2) for q in quads_of(r.review, r.facts, IRIS)]
    assert [f.message for f in findings(quads) if f.severity is Severity.VIOLATION] == []


def test_synthetic_reviews_of_no_show_are_refused() -> None:
    readings = part("synthetic").readings
    for wrong in ({"shows": 0}, {"characters": 1}, {"characters": 62}):
        with pytest.raises(ValueError, match="characters in each"):
            list(readings(2, **wrong))


def test_made_up_words_are_all_different() -> None:
    word = part("synthetic").word
    assert len({word(n, 2) for n in range(5000)}) == 5000
    assert all(word(n, 2).isalpha() and word(n, 2).istitle() for n in range(100))


@pytest.mark.parametrize("nodes", [30, 200])
def test_a_synthetic_picture_has_the_nodes_asked_for(nodes: int) -> None:
    assert len(network_of(part("picture").rows_of_size(nodes))) == nodes


def test_the_texts_to_read_are_the_examples_under_other_surnames() -> None:
    texts = part("texts")
    given = texts.examples()
    many = texts.varied(given, 2 * len(given) + 1)
    assert many == texts.varied(given, 2 * len(given) + 1)
    assert many[: len(given)] == given
    assert len({review.iri for review in many}) == len(many)
    assert len({review.text for review in many}) == len(many)
    for first, second in zip(given, many[len(given) :], strict=False):
        assert len(second.text.split()) == len(first.text.split())


def test_the_bare_pipeline_is_given_the_texts_the_reader_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from tellygraph.reviews import RuleReader

    reviews = part("texts").examples()[:3]
    reader = RuleReader()
    tag, given = reader.language.tag, []

    def noted(texts: Any) -> Any:
        texts = list(texts)
        given.extend(texts)
        return tag(texts)

    monkeypatch.setattr(reader.language, "tag", noted)
    list(reader.read(reviews))
    assert part("reading").blocks_of(reviews) == given


# ---- the corpus ---------------------------------------------------------------------------------------------------


def test_the_corpus_is_the_same_byte_for_byte_and_streamed(tmp_path: Path) -> None:
    corpus = part("corpus")
    one, two, gold = tmp_path / "one.jsonl", tmp_path / "two.jsonl", tmp_path / "gold.jsonl"
    corpus.main(["120", "-o", str(one), "--gold", str(gold)])
    corpus.write(120, two)
    assert one.read_bytes() == two.read_bytes()
    digest = hashlib.sha256(one.read_bytes()).hexdigest()
    assert digest == "069ee025fe151c4ee54be72343fdbcd03b0c83de2cb4e41d5b8ce7d1c86f68cf", (
        "what was measured on it is no longer comparable: say so in the README"
    )
    assert len(gold.read_text(encoding="utf-8").splitlines()) == 120
    first = next(iter(corpus.corpus(100_000)))
    assert first.record["id"] == "corpus-1-0", "nothing is made before it is asked for"
    assert list(corpus.corpus(30, seed=2)) != list(corpus.corpus(30))
    assert list(corpus.corpus(12, start=10, shows=3)) == list(corpus.corpus(12, shows=3))[10:]
    with pytest.raises(ValueError, match="a show or more"):
        list(corpus.corpus(1, shows=0))


def test_the_corpus_is_varied_and_its_reviews_agree() -> None:
    found = list(part("corpus").corpus(200))
    assert len({written.text for written in found}) == 200
    assert {"show" in written.record for written in found} == {True, False}
    facts = [(w.show, f.relation, f.subject, f.object, f.kind) for w in found for f in w.facts]
    assert len(set(facts)) < 0.6 * len(facts)
    names = part("corpus_names")
    assert len({names.title(n) for n in range(20_000)}) == 20_000
    assert len({names.person(n).name for n in range(200_000)}) == 200_000
    for written in found:
        assert len({p.given for p in written.characters}) == len(written.characters)


def test_what_is_known_of_the_corpus_goes_into_a_graph(tmp_path: Path) -> None:
    known, corpus = part("corpus_known").known, part("corpus").corpus
    found = list(known(corpus(20), IRIS))
    for reading in found:
        for fact in reading.facts:
            assert reading.review.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    quads = [q for r in found for q in quads_of(r.review, r.facts, IRIS)]
    assert [f.message for f in findings(quads) if f.severity is Severity.VIOLATION] == []


def test_the_reader_does_honest_work_on_the_corpus() -> None:
    score = part("corpus_known").sanity(part("corpus").corpus(20))
    assert score.overall.recall > 0.9
    assert score.overall.precision > 0.9


# ---- growth -------------------------------------------------------------------------------------------------------


def test_what_is_done_of_a_part_is_not_done_again(tmp_path: Path) -> None:
    growth = part("growth")
    done = [{"step": "read", "seconds": 1234.5, "answer": 3}]
    file = tmp_path / "reading-3.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in done), encoding="utf-8")
    told: list[str] = []
    found = growth.Part("reading", 3, tmp_path, 60.0).done(told.append)
    assert found.seconds["read"] == 1234.5
    assert (found.size("peak") or 0) > 1e6
    assert told == []
    assert growth.Part("reading", 3, tmp_path / "elsewhere", 60.0)._lines() == []
    before = file.read_bytes()
    assert growth.Part("reading", 3, tmp_path, 60.0).done(told.append) == found
    assert file.read_bytes() == before


def test_a_step_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    found = part("growth").Part("reading", 200, tmp_path, 0.2).done(lambda _: None)
    assert found.over == {"read"}
    assert found.seconds["read"] == 0.2


def test_a_part_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exporting at 5 reviews failed"):
        part("growth").Part("exporting", 5, tmp_path, 60.0).done(lambda _: None)


def test_what_fails_or_is_given_up_is_no_time() -> None:
    found = part("growth_tables").Found.of(
        [
            {"step": "a", "seconds": 1.0, "answer": 3},
            {"step": "b", "seconds": 2.0, "answer": "fails"},
            {"step": "c", "seconds": 3.0, "answer": "over"},
        ]
    )
    assert (found.over, found.failed) == ({"b", "c"}, {"b"})


def test_exponents_are_least_squares() -> None:
    exponent = part("growth_tables").exponent
    assert exponent([(10, 5.0), (100, 5.0), (1000, 5.0)]) == 0
    assert exponent([(1, 1.0), (10, 100.0)]) == 2
    assert exponent([(1, 1.0)]) is None


# ---- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def tiny_startup(monkeypatch: pytest.MonkeyPatch) -> None:
    startup = part("startup")
    monkeypatch.setattr(startup, "QUICK", startup.Size(rounds=1))


@pytest.mark.usefixtures("tiny_startup")
def test_the_command_prints_a_table_and_writes_it_as_markdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tables.md"
    part("__main__").main(["--quick", "--only", "startup", "--markdown", str(file)])
    out, err = capsys.readouterr()
    assert out.startswith("Start-up\n")
    assert re.search(r"[01] of 1 promises kept\.\n\Z", out)
    assert err == "", "progress is for terminals"
    assert file.read_text(encoding="utf-8").startswith("## Start-up\n\n|  | best |")


def test_a_quick_run_is_not_kept_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        part("__main__").main(["--quick", "--write"])
    assert "leave --quick out" in capsys.readouterr().err
