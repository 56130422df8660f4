"""RSS and Atom: one review an entry, its full text or its summary. Entities are not expanded, nothing is fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from ...errors import ReviewError
from ..records import Refusal
from .decode import read_bytes
from .fields import check_field
from .fragment import element_text, fragment_text
from .inputs import Draft, FieldValue, Format, Found, Input, Limits, Notice

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_RSS1 = "{http://purl.org/rss/1.0/}"
_FULL = "{http://purl.org/rss/1.0/modules/content/}encoded"


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    root = _parsed(read_bytes(stream, limits))
    channel = next((node for node in (root, *root) if _first(node, "title")[1] is not None), root)
    publisher = _words(channel, "title")
    entries = [node for node in root.iter() if node.tag in ("item", f"{_RSS1}item", f"{_ATOM}entry")]
    if not entries:
        raise ReviewError("it is no feed with entries; what is read of XML is RSS and Atom")
    summaries = 0
    for number, entry in enumerate(entries, start=1):
        name = f"{source.shown}, entry {number}"
        fields = _fields(entry, publisher)
        review_id = str(fields.get("url") or _words(entry, "guid", "id") or "")
        text, full = _text(entry)
        follow = str(fields.get("url", "")) if source.follow and not full else None
        if follow is None and not any(map(str.isalpha, text)):
            yield Refusal(name, "it has no text; --follow reads the page it links to")
            continue
        if not review_id:
            yield Refusal(name, "it has neither a link nor an id")
            continue
        summaries += not full and follow is None
        yield Draft(name, review_id, text, fields, record=True, summary_of=follow or None)
    if summaries:
        entries_have = "entry has" if summaries == 1 else "entries have"
        yield Notice(
            source.shown, f"{summaries} {entries_have} only a summary, which was read; --follow reads the page"
        )


def _parsed(data: bytes) -> _Element:
    # Imported here: only feeds need it.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.parse(io.BytesIO(data), parser)
    except etree.XMLSyntaxError as error:
        raise ReviewError(f"it is not XML that can be read ({error.msg})") from error
    if tree.docinfo.internalDTD is not None and any(True for _ in tree.docinfo.internalDTD.iterentities()):
        raise ReviewError("it defines entities, which no feed needs")
    return tree.getroot()


def _first(node: _Element, *names: str) -> tuple[str, Any]:
    """Return the first child that has one of the names in any of the vocabularies, the names in order."""
    for name in names:
        for space in ("", _ATOM, _RSS1, _DC):
            found = node.find(f"{space}{name}")
            if found is not None:
                return str(found.tag), found
    return "", None


def _words(node: _Element, *names: str) -> str | None:
    _, found = _first(node, *names)
    text = None if found is None else " ".join("".join(found.itertext()).split())
    return text or None


def _fields(entry: _Element, publisher: str | None) -> Mapping[str, FieldValue]:
    _, author = _first(entry, "author")
    name = None if author is None else _words(author, "name")
    given = {
        "title": _words(entry, "title"),
        "author": name or _words(entry, "creator", "author"),
        "publisher": publisher,
        "date": _day(_words(entry, "pubDate", "published", "date", "issued", "updated")),
        "url": _link(entry),
    }
    fields: dict[str, FieldValue] = {}
    for key, value in given.items():
        try:
            kept = check_field(key, value)
        except ValueError:
            continue
        if kept is not None:
            fields[key] = kept
    return fields


def _link(entry: _Element) -> str | None:
    for link in entry.findall(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link.get("href"))
    _, guid = _first(entry, "guid")
    permanent = _words(entry, "guid") if guid is not None and guid.get("isPermaLink", "true") == "true" else None
    return _words(entry, "link") or permanent


def _day(said: str | None) -> str | None:
    """Return a day as ISO has it, as written: of "Fri, 11 Mar 2022 23:30:00 +0100" the 11th."""
    if said is None or said[:4].isdecimal():
        return said
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except ValueError:
        return None


def _text(entry: _Element) -> tuple[str, bool]:
    """Return an entry's text, and whether it is the whole of it."""
    full = entry.find(_FULL)
    if full is not None and (full.text or "").strip():
        return fragment_text(full.text or ""), True
    content = entry.find(f"{_ATOM}content")
    if content is not None and content.get("src") is None:
        return _construct(content), True
    _, summary = _first(entry, "summary", "description")
    if summary is None:
        return "", False
    return (_construct(summary) if summary.tag.startswith(_ATOM) else fragment_text(summary.text or "")), False


def _construct(node: _Element) -> str:
    """Return the text of an Atom text construct (RFC 4287, section 3.1)."""
    kind = node.get("type", "text")
    if kind == "xhtml":
        return element_text(node)
    return fragment_text(node.text or "") if kind in ("html", "text/html") else (node.text or "").strip()


FEED = Format("feed", (".rss", ".atom"), _read)
