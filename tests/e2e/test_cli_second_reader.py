"""`--reader llm` and `--reader rules,llm`, as a user runs them, and the same from Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import Ran, runner

import tellygraph
from llm_server import Asked, ModelServer, Reply, fact, fails, model_server, says, states
from tellygraph.errors import ReviewError, SettingError
from tellygraph.reading import read, reader_named
from tellygraph.reviews.reader import ModelReader

Run = Callable[..., Ran]
KEY = "sk-not-for-your-eyes-1234"
TEXT = "Saltmarsh\n\nNell Harrow (Mara Quill) runs the bakery by the sea. Her brother Tom (Bo Adair) owns the boat.\n"
CAST = fact("plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)")
FOE = fact("relationship", "Tom", "Nell Harrow", "Her brother Tom", kind="enemy")
INVENTED = fact("plays", "Bob Dole", "Tom", "Bob Dole as Tom")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    return runner(monkeypatch, capsysbinary)


def script(asked: Asked) -> Reply:
    if "refuse me" in asked.text:
        return says("", refusal="I cannot read this.")
    return states(CAST, FOE, INVENTED)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with model_server(script) as server:
        monkeypatch.setenv("TELLYGRAPH_LLM_URL", server.url)
        monkeypatch.setenv("TELLYGRAPH_LLM_MODEL", "small")
        monkeypatch.setenv("TELLYGRAPH_LLM_KEY", KEY)
        yield server


def test_facts_of_a_model(run: Run, server: ModelServer) -> None:
    ran = run("facts", "--reader", "llm", "--format", "jsonl", "--show", "Saltmarsh", "one.txt")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [(line["subject"]["name"], line["reader"], line["rule"], line["confidence"]) for line in lines] == [
        ("Mara Quill", "llm", "small", 0.7),
        ("Tom", "llm", "small", 0.7),
    ]
    assert all(TEXT[line["start"] : line["end"]] == line["quote"] for line in lines)
    assert ran.err.splitlines() == [
        "llm: 1 request, 0 cached, 0 retries, 1,000 tokens in, 50 out.",
        "llm: 1 of 3 facts not believed: 1 whose quote is not in the text.",
    ]
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"


def test_facts_again_ask_nothing(run: Run, server: ModelServer, tmp_path: Path) -> None:
    once = run("facts", "--reader", "llm", "--show", "Saltmarsh", "one.txt")
    again = run("facts", "--reader", "llm", "--show", "Saltmarsh", "one.txt")
    assert again.out == once.out
    assert "llm: 0 requests, 1 cached, 0 retries, 0 tokens in, 0 out." in again.err
    assert len(server.asked) == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["tellygraph-answers"]


def test_the_cache_may_be_off(run: Run, server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TELLYGRAPH_LLM_CACHE", "off")
    for _ in range(2):
        assert run("facts", "--reader", "llm", "one.txt").code == 0
    assert len(server.asked) == 2
    assert not (tmp_path / "off").exists()


def test_prices_give_a_cost(run: Run, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_LLM_PRICE_IN", "3")
    monkeypatch.setenv("TELLYGRAPH_LLM_PRICE_OUT", "15")
    assert "50 out, cost 0.0037." in run("facts", "--reader", "llm", "one.txt").err


def test_both_readers_and_their_disagreement(run: Run, server: ModelServer) -> None:
    ran = run("facts", "--reader", "rules,llm", "--format", "jsonl", "--show", "Saltmarsh", "one.txt")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    readers = {(line["subject"]["name"], line["kind"] or line["relation"]): line["reader"] for line in lines}
    assert readers["Mara Quill", "plays"] == "rules,llm"
    assert readers["Bo Adair", "plays"] == "rules"
    assert readers["Tom", "enemy"] == "llm"
    (note,) = [line for line in ran.err.splitlines() if line.startswith("Note: ")]
    assert note.startswith(
        "Note: one.txt: the readers disagree, other kind or direction: rules reads Tom sibling Nell Harrow (“"
    )
    assert note.endswith("llm reads Tom enemy Nell Harrow (“Her brother Tom”)")


@pytest.mark.parametrize("reader", ["llm", "rules,llm"])
def test_a_review_the_model_refuses_is_named_and_the_others_are_read(
    run: Run, server: ModelServer, reader: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "\nPlease refuse me.\n", encoding="utf-8")
    ran = run("facts", "--reader", reader, "--show", "Saltmarsh", "a.txt", "one.txt")
    assert ran.code == 2
    assert (
        "Error: a.txt: the model did not read its characters 0 to 124: the model refused (“I cannot read this.”)"
        in ran.err
    )
    assert "1 input refused, 1 review read." in ran.err
    assert ran.out.startswith("one.txt: ")
    assert "Traceback" not in ran.err


def test_add_keeps_the_reader_and_is_repeatable(run: Run, server: ModelServer) -> None:
    first = run("add", "--reader", "rules,llm", "--show", "Saltmarsh", "one.txt")
    again = run("add", "--reader", "rules,llm", "--show", "Saltmarsh", "--force", "one.txt")
    assert first.code == again.code == 0
    assert first.out.startswith("1 review added, 0 replaced, 0 unchanged: ")
    assert again.out.startswith("0 reviews added, 0 replaced, 1 unchanged: ")
    exported = run("export", "--format", "csv").out
    assert "plays,Mara Quill" in exported
    assert "rules,llm" in exported
    assert KEY not in exported
    assert run("check").code == 0


def test_add_leaves_a_refused_review_as_it_is_in_the_graph(run: Run, server: ModelServer) -> None:
    assert run("add", "--show", "Saltmarsh", "one.txt").code == 0
    before = run("export", "--format", "nquads").out
    server.script = lambda _: fails(401)
    ran = run("add", "--reader", "rules,llm", "--show", "Saltmarsh", "one.txt")
    assert ran.code == 2
    assert "does not let you in (HTTP 401); set TELLYGRAPH_LLM_KEY to a key it takes" in ran.err
    assert run("export", "--format", "nquads").out == before


def test_score_measures_a_model(run: Run, server: ModelServer, tmp_path: Path) -> None:
    gold = {
        "show": "Saltmarsh", "season": None, "characters": ["Nell Harrow", "Tom"], "cast": ["Mara Quill", "Bo Adair"], "aliases": {},
        "facts": [{"relation": "plays", "subject": "Mara Quill", "object": "Nell Harrow", "kind": None, "season": None,
                   "status": None, "evidence": "Nell Harrow (Mara Quill)"}],
        "traps": [],
    }  # fmt: skip
    (tmp_path / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    ran = run("score", "--reader", "llm", "--format", "json", ".")
    assert ran.code == 0
    overall = json.loads(ran.out)["overall"]
    assert (overall["hits"], overall["misses"], overall["false"]) == (1, 0, 1)
    assert "llm: 1 request" in ran.err
    server.script = lambda _: fails(401)
    (tmp_path / "one.txt").write_text(TEXT + "More.", encoding="utf-8")
    ran = run("score", "--reader", "llm", ".")
    assert ran.code == 2
    assert ran.err.startswith("Error: one: the model did not read its characters")


WRONG = {
    "no URL": ({}, "needs TELLYGRAPH_LLM_URL and TELLYGRAPH_LLM_MODEL: set them"),
    "no model": ({"LLM_URL": "http://127.0.0.1:9/v1"}, "needs TELLYGRAPH_LLM_MODEL: set them"),
    "another scheme": ({"LLM_URL": "file:///etc/passwd"}, "must be an http:// or https:// URL"),
    "no scheme": ({"LLM_URL": "localhost:8080/v1"}, "must be an http:// or https:// URL"),
    "a password": ({"LLM_URL": f"http://me:{KEY}@127.0.0.1/v1"}, "a key goes into TELLYGRAPH_LLM_KEY"),
    "a query": ({"LLM_URL": f"http://127.0.0.1/v1?key={KEY}"}, "a key goes into TELLYGRAPH_LLM_KEY"),
    "time": ({"LLM_TIMEOUT_S": "0"}, "TELLYGRAPH_LLM_TIMEOUT_S"),
    "concurrency": ({"LLM_CONCURRENCY": "0"}, "TELLYGRAPH_LLM_CONCURRENCY"),
    "price": ({"LLM_PRICE_OUT": "-1"}, "TELLYGRAPH_LLM_PRICE_OUT"),
    "a key on two lines": ({"LLM_KEY": f"{KEY}\nX-Evil: 1"}, "TELLYGRAPH_LLM_KEY holds something that is no key"),
    "a key with an umlaut": ({"LLM_KEY": f"{KEY}ö"}, "TELLYGRAPH_LLM_KEY holds something that is no key"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_setting_that_is_wrong_is_one_sentence(
    given: dict[str, str], message: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {} if "needs" in message else {"LLM_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "small"}
    for name, value in {**right, **given}.items():
        monkeypatch.setenv(f"TELLYGRAPH_{name}", value)
    for command in ("facts", "add"):
        ran = run(command, "--reader", "llm", "one.txt")
        assert ran.code == 2
        assert ran.out == ""
        assert ran.err.startswith("Error: ")
        assert message in ran.err
        assert ran.err.count("\n") == 1
        assert KEY not in ran.err


def test_a_reader_that_is_not_there(run: Run) -> None:
    ran = run("facts", "--reader", "crystal", "one.txt")
    assert ran.code == 2
    assert "'rules', 'llm', 'rules,llm'" in ran.err


def test_the_key_is_in_no_output_and_no_file(run: Run, server: ModelServer, tmp_path: Path) -> None:
    said = [run(*words) for words in (
        ("facts", "--reader", "llm", "one.txt"), ("add", "--reader", "rules,llm", "one.txt"), ("settings",), ("info",),
    )]  # fmt: skip
    assert [ran.code for ran in said] == [0, 0, 0, 0]
    assert not any(KEY in ran.out + ran.err for ran in said)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not any(KEY.encode() in path.read_bytes() for path in files)


def test_readers_by_name_from_python(run: Run, server: ModelServer) -> None:
    reader = reader_named("rules,llm")
    assert isinstance(reader, ModelReader)
    (reading,) = read("one.txt", show="Saltmarsh", reader=reader)
    assert {f.reader for f in reading.facts} == {"rules", "llm", "rules,llm"}
    assert (reader.usage.requests, reader.usage.dropped.total()) == (1, 1)
    (by_name,) = read("one.txt", show="Saltmarsh", reader="llm")
    assert {f.reader for f in by_name.facts} == {"llm"}
    with tellygraph.open_graph(":memory:", reader="llm") as graph:
        assert graph.add("one.txt", show="Saltmarsh").facts == 2
    with pytest.raises(SettingError, match="there is no reader 'crystal'"):
        read("one.txt", reader="crystal")


def test_failures_from_python(run: Run, server: ModelServer) -> None:
    server.script = lambda _: fails(401)
    with pytest.raises(ReviewError, match="does not let you in"):
        list(read("one.txt", show="Saltmarsh", reader="llm"))
    with tellygraph.open_graph(":memory:", reader="llm") as graph:
        added = graph.add("one.txt", show="Saltmarsh")
    assert (added.reviews, [refusal.source for refusal in added.refused]) == (0, ["one.txt"])
