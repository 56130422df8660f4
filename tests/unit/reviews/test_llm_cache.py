"""Answers are kept by text, prompt and model, and asked for once."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from llm_server import Asked, Reply, fact, fails, model_server, says, states
from tellygraph import Review, new_review
from tellygraph.errors import SettingError
from tellygraph.reviews.llm import LlmReader, Server, prompt
from tellygraph.reviews.llm.cache import Cache

KEY = "sk-not-for-your-eyes-1234"
CAST = fact("plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)")


def review(text: str = "Nell Harrow (Mara Quill) runs the bakery.", name: str = "one") -> Review:
    return new_review(text, id=name, show="Saltmarsh")


def reader_of(url: str, folder: Path, model: str = "small", key: str | None = None) -> LlmReader:
    return LlmReader(server=Server(url, model, key), cache=Cache(folder), pause_s=0.01)


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    with model_server(states(CAST)) as server:
        first = reader_of(server.url, tmp_path)
        before = list(first.read([review()]))
        url = server.url
    second = reader_of(url, tmp_path)  # nobody is there any more
    assert list(second.read([review()])) == before
    assert (second.usage.requests, second.usage.cached, second.usage.tokens_in) == (0, 1, 0)


def test_another_text_model_or_prompt_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(states(CAST)) as server:
        asked = []
        for text, model in (
            ("Nell Harrow (Mara Quill) sings.", "small"),
            ("Nell Harrow (Mara Quill) sings.", "large"),
            ("Nell Harrow (Mara Quill) sings!", "small"),
        ):
            list(reader_of(server.url, tmp_path, model).read([review(text)]))
            asked.append(len(server.asked))
        monkeypatch.setattr(prompt, "instructions", lambda: "State what you see.")
        list(reader_of(server.url, tmp_path).read([review("Nell Harrow (Mara Quill) sings.")]))
        asked.append(len(server.asked))
        list(reader_of(server.url, tmp_path).read([review("Nell Harrow (Mara Quill) sings.", "other")]))
        asked.append(len(server.asked))
    assert asked == [1, 2, 3, 4, 4]


@pytest.mark.parametrize("reply", [says("Certainly!"), says("", refusal="No."), fails(401), says({"facts": 3})])
def test_what_is_of_no_use_is_not_kept(reply: Reply, tmp_path: Path) -> None:
    with model_server(reply) as server:
        list(reader_of(server.url, tmp_path).read_heard([review()], lambda _: None))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "garbage", [b"", b"\xff\xfe", b"[]", b'{"content": 3}', b'{"content": "no JSON"}', b"[" * 100_000]
)
def test_what_cannot_be_read_is_asked_again_and_replaced(garbage: bytes, tmp_path: Path) -> None:
    with model_server(states(CAST)) as server:
        list(reader_of(server.url, tmp_path).read([review()]))
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        right = kept.read_bytes()
        kept.write_bytes(garbage)
        reader = reader_of(server.url, tmp_path)
        ((reading,)) = reader.read([review()])
    assert len(reading.facts) == 1
    assert reader.usage.requests == 1
    assert kept.read_bytes() == right


def test_what_is_kept_is_checked_like_any_answer(tmp_path: Path) -> None:
    with model_server(states(CAST)) as server:
        list(reader_of(server.url, tmp_path).read([review()]))
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        kept.write_text(json.dumps({"content": json.dumps({"facts": [{**CAST, "subject": "Bob Dole"}]})}))
        (reading,) = reader_of(server.url, tmp_path).read([review()])
    assert reading.facts == ()


def test_the_key_is_in_no_file(tmp_path: Path) -> None:
    def echo(asked: Asked) -> Reply:
        return states({**CAST, "quote": asked.headers["Authorization"]}, CAST)

    with model_server(echo) as server:
        (reading,) = reader_of(server.url, tmp_path, key=KEY).read([review()])
    assert len(reading.facts) == 1
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert KEY not in files[0].read_text(encoding="utf-8")


def test_a_finished_part_is_kept_when_another_fails(tmp_path: Path) -> None:
    answers = iter([states(CAST), says("", refusal="No."), states()])
    with model_server(lambda _: next(answers)) as server:
        given = Server(server.url, "small", concurrency=1)
        long = review("Nell Harrow (Mara Quill) runs the bakery. " * 20)
        reader = LlmReader(server=given, cache=Cache(tmp_path), window_chars=600, overlap_chars=100)
        heard: list[object] = []
        assert list(reader.read_heard([long], heard.append)) == []
        again = LlmReader(server=given, cache=Cache(tmp_path), window_chars=600, overlap_chars=100)
        (reading,) = again.read([long])
    assert len(heard) == 1
    assert (again.usage.cached, again.usage.requests) == (1, 1)
    assert len(reading.facts) == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingError, match="TELLYGRAPH_LLM_CACHE"):
        Cache(tmp_path / "file")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with model_server(states(CAST)) as server:
        reader = reader_of(server.url, tmp_path / "answers")
        (tmp_path / "answers").rmdir()
        with pytest.raises(SettingError, match="TELLYGRAPH_LLM_CACHE"):
            list(reader.read([review()]))


def test_files_are_as_readable_as_others(tmp_path: Path) -> None:
    with model_server(states(CAST)) as server:
        list(reader_of(server.url, tmp_path).read([review()]))
    (tmp_path / "other").write_text("")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_file()}
    assert len(modes) == 1
