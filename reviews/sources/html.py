"""HTML: the article's text by trafilatura, its schema.org `Review` and meta tags. Nothing is fetched.

The text is the article's blocks (paragraphs, headings, quotes, list items, table rows) with a blank line between
them; inside a block, white space is one space and `<br>` a line end. Offsets count in this text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from typing import BinaryIO, Protocol
from urllib.parse import urljoin

from ...errors import ReviewError
from .decode import check_text, read_whole
from .fields import check_field
from .inputs import Draft, FieldValue, Format, Found, Input, Limits, Notice
from .jsonld import review_fields
from .jsonld_people import review_people

_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "code", "div", "fw", "ab"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_META = {
    "title": ("og:title", "twitter:title"),
    "author": ("author", "article:author"),
    "publisher": ("og:site_name",),
    "date": ("article:published_time", "datepublished", "date"),
    "url": ("og:url",),
}


class Element(Protocol):
    """What is used of an lxml element, which has no types of its own."""

    tag: object  # a function where the node is a comment

    @property
    def text(self) -> str | None: ...  # noqa: D102
    @property
    def tail(self) -> str | None: ...  # noqa: D102
    def __iter__(self) -> Iterator[Element]: ...
    def iter(self, tag: str) -> Iterator[Element]: ...  # noqa: D102
    def itertext(self) -> Iterator[str]: ...  # noqa: D102
    def get(self, key: str) -> str | None: ...  # noqa: D102
    def getnext(self) -> Element | None: ...  # noqa: D102
    def addprevious(self, element: Element) -> None: ...  # noqa: D102


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    # Imported here: trafilatura and lxml take 0.2 s, and only pages need them.
    from trafilatura import load_html

    page = read_whole(stream, limits)
    if not page.strip():
        raise ReviewError("it is empty: there is not one letter in it")
    tree: Element | None = load_html(page, limits.file_bytes)
    if tree is None:  # a fragment is no page to trafilatura until it stands in one
        tree = load_html(f"<html><body>{page}</body></html>", limits.file_bytes + 100)
    text = "" if tree is None else article_text(tree, limits)
    if tree is None or not any(character.isalpha() for character in text):
        raise ReviewError("no article was found in this page; save the review's text as .txt")
    check_text(text, limits)
    scripts = _json_ld(tree)
    fields, said = review_fields(scripts)
    for key, value in _page_fields(tree, source.url).items():
        fields.setdefault(key, value)
    for message in said:
        yield Notice(source.shown, message)
    yield Draft(source.shown, source.id, text, fields, people=review_people(scripts))


def article_text(tree: Element, limits: Limits) -> str:
    """Return the text of a page's article, "" if it has none; `tree` is an lxml element and is not changed.

    A picture's caption is a paragraph where the picture stands: "A as B. Photo: C" states who plays whom.
    """
    from trafilatura import baseline
    from trafilatura.core import bare_extraction
    from trafilatura.settings import Document, Extractor

    options = Extractor(output_format="python", comments=False, formatting=False)
    options.max_file_size = limits.file_bytes
    tree = deepcopy(tree)
    for figure in list(tree.iter("figure")):
        for caption in figure.iter("figcaption"):
            caption.tag = "p"
            figure.addprevious(caption)
    found = bare_extraction(tree, options=options)
    body: Element = baseline(tree)[0] if not isinstance(found, Document) else found.body
    return "\n\n".join(block for block in blocks_of(body, _BLOCKS, "lb") if block)


def blocks_of(body: Element, blocks: Collection[str], line_end: str) -> Iterator[str]:
    """Yield the text of each block, in order; text between blocks is a block too. `blocks` and `line_end` are tags."""
    parts: list[str] = []

    def flush() -> Iterator[str]:
        lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(parts).split("\v"))
        parts.clear()
        yield "\n".join(line for line in lines if line)

    def walk(element: Element) -> Iterator[str]:
        tag = str(element.tag)
        if tag == line_end:
            parts.append("\v")  # a line end that white space collapsing leaves alone
        if tag in blocks:
            yield from flush()
        parts.append(element.text or "")
        for child in element:
            yield from walk(child)
            if tag == "row" and child.tag == "cell" and child.getnext() is not None:
                parts.append(" | ")
            parts.append(child.tail or "")
        if tag in blocks:
            yield from flush()

    yield from walk(body)
    yield from flush()


def _json_ld(tree: Element) -> list[str]:
    scripts = []
    for element in tree.iter("script"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and element.text:
            scripts.append(element.text)
    return scripts


def _page_fields(tree: Element, base: str | None) -> dict[str, FieldValue]:
    """Return what the page's meta tags, canonical link, heading and title say, without values that fail a check."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        metas.setdefault(name, element.get("content") or "")
    given = {key: next((metas[name] for name in names if metas.get(name)), "") for key, names in _META.items()}
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            given["url"] = _absolute(base, element.get("href") or "")
            break
    for tag in ("h1", "title"):
        heading = next(tree.iter(tag), None)
        if not given["title"] and heading is not None:
            given["title"] = "".join(heading.itertext())
    if given["author"].startswith("http"):
        given["author"] = ""  # a profile's address, not a name
    fields: dict[str, FieldValue] = {}
    for key, value in given.items():
        try:
            kept = check_field(key, _SPACE.sub(" ", value).strip())
        except ValueError:
            continue
        if kept is not None:
            fields[key] = kept
    return fields


def _absolute(base: str | None, address: str) -> str:
    try:
        return address if base is None else urljoin(base, address)
    except ValueError:
        return ""


HTML = Format("HTML", (".html", ".htm"), _read)
