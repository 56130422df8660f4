"""The commands that keep, ask, draw and take away: one small graph, every command, every exit code."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx
import pytest
from command_line import Ran
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from samples import SAMPLE
from servers import oxigraph_server
from tellygraph.graph import open_store
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.reviews.records import Reading, Review
from tellygraph.showing import EXPORT_FORMATS


class HandReader:
    """States the hand-made facts of the samples."""

    name = "hand"

    def read(self, reviews: Iterator[Review]) -> Iterator[Reading]:
        for review in reviews:
            yield Reading(review, SAMPLE[review])


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the samples, for reading only."""
    where = tmp_path_factory.mktemp("graphs") / "samples.db"
    with KnowledgeGraph(open_store(str(where)), reader=HandReader()) as graph:
        graph.add(*SAMPLE)
    return where


@pytest.fixture
def ask(run: Callable[..., Ran], samples: Path) -> Callable[..., Ran]:
    return lambda *arguments, **more: run("--graph", samples, *arguments, **more)


# ---- the graph ----------------------------------------------------------------------------------------------------


def review(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_adding_counts_and_adding_again_changes_nothing(run: Callable[..., Ran], tmp_path: Path) -> None:
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    review(reviews, "a.txt", "Nell Harrow (Mara Quill) runs the bakery in Saltmarsh.")
    review(reviews, "b.txt", "Dev Anselm plays Hal Orme in Northgate.")
    ran = run("add", reviews)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 reviews added, 0 replaced, 0 unchanged: ")
    assert ran.out.endswith(" in tellygraph.db\n")
    assert run("add", reviews).out == "0 reviews added, 0 replaced, 2 unchanged, not read again, in tellygraph.db\n"
    assert run("add", reviews, "--force").out.startswith("0 reviews added, 0 replaced, 2 unchanged: ")
    before = run("export", "--format", "nquads").out
    review(reviews, "b.txt", "Dev Anselm plays Hal Orme, and Tess Marlowe plays Bea in Northgate.")
    assert run("add", reviews).out.startswith("0 reviews added, 1 replaced, 1 unchanged, not read again: ")
    assert run("export", "--format", "nquads").out != before
    assert run("remove", "b.txt").out.startswith("1 review removed, ")
    assert run("add", "-", stdin=b"Ines Oakhurst plays Ada.").out.startswith("1 review added")
    assert run("info").out.splitlines()[1].split() == ["reviews", "2"]


def test_service_asks_the_server_that_is_named(run: Callable[..., Ran], samples: Path) -> None:
    with oxigraph_server() as url, open_store(url) as store:
        store.extend([Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("there"), NamedNode("x:g"))])
        ask = ["query", "--graph", samples, "-e", "SELECT ?o { SERVICE <service:far> { ?s <x:p> ?o } }"]
        assert run(*ask, "--service", f"far={url}", "--format", "csv").out.split() == ["o", "there"]
        ran = run(*ask, "--service", f"elsewhere={url}")
        assert (ran.code, "<service:far> is not allowed; these are: " in ran.err) == (2, True)
        ran = run(*ask, "--service", url)
        assert (ran.code, "NAME=URL" in ran.err) == (2, True)


def test_a_refused_input_does_not_keep_the_others_out(run: Callable[..., Ran], tmp_path: Path) -> None:
    good = review(tmp_path, "a.txt", "Nell Harrow (Mara Quill) runs the bakery.")
    ran = run("add", tmp_path / "missing.txt", good, "--show", "Saltmarsh")
    assert ran.code == 2
    assert ran.out.startswith("1 review added")
    assert ran.err.splitlines()[-1] == "1 input refused, 1 review read."


def test_removing_what_is_not_there_names_near_ids(run: Callable[..., Ran], tmp_path: Path) -> None:
    run("add", review(tmp_path, "saltmarsh.txt", "Nell Harrow (Mara Quill) runs the bakery."))
    ran = run("remove", "saltmarsch.txt")
    assert ran.code == 2
    assert "saltmarsh.txt" in ran.err
    assert run("info").out.splitlines()[1].split() == ["reviews", "1"]


READING = [
    ("ask", "shows"), ("query", "-e", "ASK {}"), ("draw", "-o", "x.html"), ("export", "--format", "trig"),
    ("check",), ("info",), ("remove", "x"),
]  # fmt: skip


@pytest.mark.parametrize("command", READING[:-1], ids=lambda command: command[0])
def test_a_graph_that_is_not_there_is_not_made(run: Callable[..., Ran], tmp_path: Path, command: tuple[str]) -> None:
    ran = run(*command)
    assert ran.code == 3
    assert (
        ran.err == "Error: there is no graph at tellygraph.db: add a review to make one, or name another with --graph\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_every_command_says_the_graph_cannot_be_reached_with_3(run: Callable[..., Ran], command: tuple[str]) -> None:
    ran = run(*command, "--graph", "ftp://nowhere.example/")
    assert ran.code == 3
    assert ran.err.startswith("Error: 'ftp://nowhere.example/' is neither a folder nor")


def test_an_endpoint_that_is_not_there_is_said_with_3(run: Callable[..., Ran]) -> None:
    ran = run("info", "--graph", "http://127.0.0.1:9/query")
    assert ran.code == 3
    assert ran.err.startswith("Error: ")
    assert "127.0.0.1:9" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_graph_is_named_before_or_after_the_command_or_by_the_setting(
    run: Callable[..., Ran], samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = f"graph       {samples}\nreviews     3\n"
    assert run("--graph", samples, "info").out.startswith(expected)
    assert run("info", "--graph", samples).out.startswith(expected)
    assert run("--graph", "elsewhere", "info", "--graph", samples).out.startswith(expected)
    monkeypatch.setenv("TELLYGRAPH_GRAPH", str(samples))
    assert run("info").out.startswith(expected)
    assert run("--graph", "elsewhere", "info").code == 3


# ---- questions ----------------------------------------------------------------------------------------------------


def test_the_catalogue_is_listed(ask: Callable[..., Ran]) -> None:
    ran = ask("ask")
    names = [line.split()[0] for line in ran.out.splitlines()]
    assert ran.code == 0
    assert names == sorted(names)
    assert {"cast", "who-plays", "connection", "corroborated"} <= set(names)
    assert all(line.endswith("?") for line in ran.out.splitlines())


def test_a_question_is_answered(ask: Callable[..., Ran]) -> None:
    ran = ask("ask", "who-plays", "character=Nell Harrow")
    assert (ran.code, ran.err) == (0, "")
    assert "Mara Quill" in ran.out
    ran = ask("ask", "who-plays", "character=Nell Harrow", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["actorName"] == "Mara Quill"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["who-play", "character=Sam"], "who-plays"),
        (["who-plays"], "needs 'character'"),
        (["who-plays", "show=Saltmarsh"], "has no parameter 'show'"),
        (["who-plays", "Sam"], "'Sam' is not a parameter: write it as name=value"),
        (["who-plays", "character=Nobody"], "Nobody"),
        (["cast", "show=Saltmarsh", "season=two"], "must be a whole number"),
        (["shows", "--format", "xls"], "'xls' is not one of"),
    ],
)
def test_a_question_asked_wrongly_is_explained(ask: Callable[..., Ran], arguments: list[str], says: str) -> None:
    ran = ask("ask", *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert ran.out == ""


def test_a_question_without_its_parameters_shows_how_to_ask_it(ask: Callable[..., Ran]) -> None:
    ran = ask("ask", "who-plays")
    assert ran.err.startswith("Who plays a character?\n")
    assert "For example: tellygraph ask who-plays character=" in ran.err


# ---- any query ----------------------------------------------------------------------------------------------------

PLAYS = "?a <https://w3id.org/tellygraph/ontology#plays> ?c"


def test_a_query_comes_from_a_file_standard_input_or_the_line(ask: Callable[..., Ran], tmp_path: Path) -> None:
    select = f"SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ {PLAYS} }}"
    (tmp_path / "q.rq").write_text(select)
    answers = {
        ask("query", tmp_path / "q.rq", "--format", "csv").out,
        ask("query", "-", "--format", "csv", stdin=select.encode()).out,
        ask("query", "-e", select, "--format", "csv").out,
    }
    assert [answer.split() for answer in answers] == [["n", "8"]]


def test_every_form_of_query_is_answered(ask: Callable[..., Ran]) -> None:
    assert ask("query", "-e", f"ASK {{ {PLAYS} }}").out.strip() in ("yes", "true")
    ran = ask("query", "-e", f"CONSTRUCT WHERE {{ {PLAYS} }}")
    assert len(list(parse(ran.out.encode(), RdfFormat.TURTLE))) == 8
    ran = ask("query", "-e", "DESCRIBE <https://w3id.org/tellygraph/id/person/mara-quill>")
    assert "Mara Quill" in ran.out
    ran = ask("query", "-e", f"SELECT DISTINCT * WHERE {{ {PLAYS} }}", "--format", "json")
    assert len(json.loads(ran.out)["results"]["bindings"]) == 8


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-e", "SELEKT"], "Error: "),
        (["-e", "DELETE WHERE { ?s ?p ?o }"], "Error: "),
        (["-e", "SELECT * { SERVICE <http://nowhere.example/> { ?s ?p ?o } }"], "SERVICE is switched off"),
        (["missing.rq"], "the query missing.rq cannot be read: No such file or directory"),
        ([], "give either a FILE (or -) or -e SPARQL"),
        (["a.rq", "-e", "ASK {}"], "give either a FILE (or -) or -e SPARQL"),
    ],
)
def test_a_query_that_is_none_is_refused(ask: Callable[..., Ran], arguments: list[str], says: str) -> None:
    ran = ask("query", *arguments)
    assert ran.code == 2
    assert says in ran.err


# ---- pictures and files -------------------------------------------------------------------------------------------


def test_the_picture_is_one_file(ask: Callable[..., Ran], tmp_path: Path) -> None:
    ran = ask("draw", "--show", "Saltmarsh", "--about", "Sam", "--kind", "family", "-o", "sam.html")
    assert (ran.code, ran.out) == (0, "sam.html: 3 things, 2 facts\n")
    assert "<title>Sam, Saltmarsh, family" in (tmp_path / "sam.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--about", "Nobody", "-o", "x.html"], "Nobody"),
        (["--show", "Saltmarch", "-o", "x.html"], "Saltmarsh"),
        (["--kind", "siblings", "-o", "x.html"], "sibling"),
        (["-o", "no/such/x.html"], "no/such/x.html"),
        ([], "Missing option '-o'"),
    ],
)
def test_a_picture_that_cannot_be_drawn_says_why(
    ask: Callable[..., Ran], tmp_path: Path, arguments: list[str], says: str
) -> None:
    ran = ask("draw", *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_format_goes_to_standard_output_or_a_file(ask: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    printed = ask("export", "--format", name)
    assert printed.code == 0
    written = ask("export", "--format", name, "-o", "file")
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / "file").read_bytes().decode() == printed.out
    assert printed.out


def test_network_files_open_again_with_labels_kinds_and_words(ask: Callable[..., Ran], tmp_path: Path) -> None:
    ask("export", "--format", "graphml", "-o", "a.graphml")
    network = networkx.read_graphml(tmp_path / "a.graphml")
    edge = next(data for *_, data in network.edges(data=True) if data.get("kind") == "sibling")
    assert edge["quote"] == "her feckless brother Sam"


def test_a_format_that_is_none_is_refused_with_the_list(ask: Callable[..., Ran]) -> None:
    ran = ask("export", "--format", "yaml")
    assert ran.code == 2
    assert all(name in ran.err for name in EXPORT_FORMATS)


# ---- the graph itself ---------------------------------------------------------------------------------------------


def test_a_sound_graph_passes_the_check(ask: Callable[..., Ran]) -> None:
    ran = ask("check")
    assert ran.code == 0
    assert "violation" not in ran.out


def test_a_graph_with_violations_ends_with_1(run: Callable[..., Ran], tmp_path: Path) -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    from tellygraph.ontology.terms import RDF, SCHEMA

    with open_store(str(tmp_path / "broken.db")) as store:
        node = NamedNode("https://w3id.org/tellygraph/id/person/nobody")
        store.extend([Quad(node, RDF.type, SCHEMA.Person, node), Quad(node, SCHEMA.name, Literal(""), node)])
    ran = run("check", "--graph", "broken.db")
    assert ran.code == 1
    assert "violation" in ran.out
    assert "person/nobody" in ran.out


def test_information_and_settings_are_tables(ask: Callable[..., Ran], samples: Path) -> None:
    told = dict(line.split(maxsplit=1) for line in ask("info").out.splitlines() if line)
    assert told["graph"] == str(samples)
    assert (told["reviews"], told["shows"]) == ("3", "2")
    assert {"tellygraph", "spacy", "pyoxigraph", "python"} <= set(told)
    assert told["TELLYGRAPH_MAX_REVIEW_CHARS"] == "1000000"
    lines = [line.split(maxsplit=2) for line in ask("settings").out.splitlines()]
    assert ["TELLYGRAPH_MAX_REVIEW_CHARS", "1000000", "The longest review that is read, in characters"] in lines


def test_a_wrong_setting_is_named(ask: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_BASE", "nonsense")
    ran = ask("info")
    assert ran.code == 2
    assert ran.err.startswith("Error: setting 'base' from TELLYGRAPH_BASE is 'nonsense'")
