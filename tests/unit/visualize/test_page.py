"""The page is one file that fetches nothing, and text in it is only ever text."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picture_rows import crowd, row, sample_rows
from tellygraph.errors import ExportError
from tellygraph.visualize import draw, network_of, scene_of
from tellygraph.visualize import page as page_module
from tellygraph.visualize.page import island, page_of

HOSTILE = "<img src=x onerror=alert(1)>"
CLOSING = "</script><script>alert(2)</script><!-- \u2028 \u2029 ]]> {{ 7*7 }} & \" '"


class _Parts(HTMLParser):
    """What a page holds: (tag, attributes) in order, and the text of each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.blocks.append((tag if dict(attrs).get("type") is None else "data", ""))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style"):
            kind, text = self.blocks[-1]
            self.blocks[-1] = (kind, text + data)


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = sample_rows()
    assert draw(rows, title="Saltmarsh").html == draw(rows[::-1], title="Saltmarsh").html


def test_nothing_in_the_page_points_outside_it() -> None:
    parts = _Parts(draw(sample_rows(), title="Saltmarsh").html)
    for tag, attributes in parts.tags:
        for name in ("src", "href", "action", "srcset", "data", "poster"):
            assert attributes.get(name) in (None, "data:,"), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
    css = "".join(text for kind, text in parts.blocks if kind == "style")
    assert "@import" not in css
    assert "url(" not in css


def test_the_policy_allows_the_two_scripts_and_the_style_of_the_page_and_nothing_else() -> None:
    parts = _Parts(draw(sample_rows(), title="Saltmarsh").html)
    (policy,) = [a["content"] or "" for t, a in parts.tags if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    def hashes(kind: str) -> set[str]:
        texts = [text for k, text in parts.blocks if k == kind]
        return {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts}

    assert rules["default-src"] == "'none'"
    assert set(rules["script-src"].split()) == hashes("script")
    assert len(hashes("script")) == 2
    assert set(rules["style-src"].split()) == hashes("style")
    assert rules["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in policy


def test_our_scripts_never_read_a_string_as_html() -> None:
    program = page_module._program()
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
    ):
        assert sink not in program
    assert "</script" not in program.lower()
    assert "<!--" not in program


def test_the_bundled_library_is_the_one_the_page_was_written_for() -> None:
    """The page redraws single nodes through vis-network's inner parts; another version needs another look."""
    assert hashlib.sha256(page_module._library().encode()).hexdigest() == (
        "5ae42dfb3ea3fc7bcc4a71817d77c23fd3b52ed86382f0c887fbedda214a9585"
    )


@pytest.mark.parametrize("text", [HOSTILE, CLOSING, "\x00\x1b\ud800", "", " ", "ÅÄÖ 日本語 🙂"])
def test_text_in_the_page_stays_text(text: str) -> None:
    rows = [row("Nell", "friend", "Bea", sourceName=text or None, quote=text, reviewTitle=text)]
    picture = draw(rows, title=text or "x")
    harmless = draw([row("Nell", "friend", "Bea")], title="x")
    assert [t for t, _ in _Parts(picture.html).tags] == [t for t, _ in _Parts(harmless.html).tags]
    labels = {n["label"] for n in island(picture.html, "nodes")}
    assert labels == {text or "nell", "Bea"}
    assert picture.html.encode()


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1), quote=st.text(min_size=1), title=st.text(min_size=1))
def test_any_text_comes_back_from_the_page_unchanged(name: str, quote: str, title: str) -> None:
    html = draw([row("Nell", "friend", "Bea", sourceName=name, quote=quote, reviewTitle=title)], title=title).html
    assert name in {n["label"] for n in island(html, "nodes")}
    picture = island(html, "picture")
    ((text, review, confidence),) = picture["facts"][0]["quotes"]
    assert (text, confidence, picture["reviews"][review]["title"]) == (quote, 0.9, title)
    assert len(_Parts(html).blocks) == 7


def test_the_heading_is_escaped() -> None:
    html = draw([], title=HOSTILE).html
    assert f"<h1>{markup.escape(HOSTILE, quote=False)}</h1>" in html
    assert HOSTILE not in html


def test_readers_without_scripts_get_the_facts_as_a_list() -> None:
    html = draw(sample_rows(), title="Saltmarsh").html
    plain = markup.unescape(html[html.index("<noscript>") : html.index("</noscript>")])
    assert "Nell Harrow is a sibling of Sam: “her feckless brother Sam” (Saltmarsh: the new drama reviewed)" in plain
    assert "Jonah Pike is the crush of Sam (unrequited): “Sam pines for Jonah”" in plain
    assert "more facts are in the picture" not in plain


def test_a_long_list_says_what_it_leaves_out() -> None:
    html = draw(crowd(200, 500), title="Crowd").html
    assert html.count("  <li>") == 300
    assert "200 more facts are in the picture." in html


def test_the_heading_counts_what_is_drawn() -> None:
    html = draw(sample_rows(), title="Saltmarsh").html
    facts = len(island(html, "picture")["facts"])
    assert f"8 characters, 10 people, 2 shows, {facts} facts from 3 reviews" in html


def test_pyvis_is_given_the_places_and_no_physics() -> None:
    scene = scene_of(network_of(sample_rows()))
    html = page_of(scene, title="Saltmarsh")
    drawn = island(html, "nodes")
    assert [(n["x"], n["y"], n["shape"]) for n in drawn] == [(n.x, n.y, n.shape) for n in scene.nodes]
    assert len(island(html, "lines")) == len(scene.lines)
    assert island(html, "options")["physics"]["enabled"] is False
    assert island(html, "picture")["physics"] is False
    assert island(page_of(scene, title="Saltmarsh", physics=True), "picture")["physics"] is True
    with pytest.raises(KeyError):
        island(html, "nonsense")


def test_many_lines_are_left_out_while_the_picture_is_dragged() -> None:
    for rows, many in ((sample_rows(), False), (crowd(1000, 4000), True)):
        interaction = island(draw(rows, title="x").html, "options")["interaction"]
        assert interaction["hideEdgesOnDrag"] is interaction["hideEdgesOnZoom"] is many


def test_a_picture_is_saved_whole(tmp_path: Path) -> None:
    picture = draw(sample_rows(), title="Saltmarsh")
    path = picture.save(tmp_path / "picture.html")
    assert path.read_bytes() == picture.html.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["picture.html"]
    assert path.stat().st_mode & 0o044 == 0o044
    with pytest.raises(ExportError, match=r"missing/picture\.html cannot be written: No such file"):
        picture.save(tmp_path / "missing" / "picture.html")


def test_a_notebook_shows_the_picture_in_a_frame_of_its_own() -> None:
    picture = draw(sample_rows(), title='A "quoted" <title>')
    (tag, attributes), _ = _Parts(picture._repr_html_()).tags
    assert tag == "iframe"
    assert attributes["srcdoc"] == picture.html
    assert attributes["sandbox"] == "allow-scripts"
    assert attributes["title"] == picture.title
    assert repr(picture) == f"<Picture {picture.title!r}: 20 nodes, {len(picture.scene.facts)} facts>"


def test_the_page_of_a_thousand_names_is_made_quickly_and_small() -> None:
    picture = draw(crowd(1000, 4000), title="Crowd")
    assert len(picture.html) < 3_500_000
    assert re.search(r"facts from 40 reviews", picture.html)
