"""The explorer as one file: page, program and the data of one show, asking nobody for anything."""

from __future__ import annotations

import html as markup
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TellygraphError
from .explorer_facts import Json, fact_lines, quote_of
from .explorer_view import view_of
from .self_contained import frame, save_page, script_json, source_hash

if TYPE_CHECKING:
    from ..queries.statements import Statement

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="explorer"><noscript>The explorer needs JavaScript.</noscript></div>
<script type="application/json" id="explorer-data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


@dataclass(frozen=True, slots=True, repr=False)
class ExplorerPage:
    """The explorer of one show: `html` is one self-contained page. A notebook shows it in a frame."""

    title: str
    html: str

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to `path`, in UTF-8, whole or not at all. Raises ExportError if it cannot be written."""
        return save_page(path, self.html)

    def __repr__(self) -> str:
        return f"<ExplorerPage {self.title!r}>"

    def _repr_html_(self) -> str:
        return frame(self.title, self.html, height=720, allow="allow-scripts allow-downloads")


def built() -> Traversable:
    """Return the folder of the explorer's built files; it is not there in a checkout that has not built them."""
    return files("tellygraph.visualize") / "explorer" / "dist"


def explorer_page(statements: Sequence[Statement], *, title: str, data_files: Mapping[str, str]) -> ExplorerPage:
    """Return the explorer with what is stated of one show inside; the same statements give the same bytes.

    `data_files` are what "Take away" hands out, by format ("turtle", "jsonld", "csv", "gexf"). Raises TellygraphError
    if the explorer is not built.
    """
    view = view_of(statements, title=title)
    quotes: dict[str, list[Json]] = defaultdict(list)
    for statement in statements:
        quotes[statement.claim].append(quote_of(statement))
    data: Json = {"view": view, "quotes": quotes, "values": _values(view, statements), "files": dict(data_files)}
    return page_of(data, title=title)


def page_of(data: Json, *, title: str) -> ExplorerPage:
    """Return the explorer with data inside that is as `Embedded` in `embedded.ts` says; see `explorer_page`."""
    style, script = _part("explorer.css"), _part("explorer.js")
    policy = (
        f"default-src 'none'; script-src {source_hash(script)}; style-src {source_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _PAGE.format(policy=policy, title=markup.escape(title), style=style, script=script, data=script_json(data))
    return ExplorerPage(title, page)


def _values(view: Json, statements: Sequence[Statement]) -> dict[str, list[Json]]:
    """Facts that are no edge of the view, by what they are about: dates, genres, networks, places."""
    nodes = view["nodes"]
    assert isinstance(nodes, list)  # noqa: S101 - view_of makes it
    shown = {node["id"] for node in nodes}
    about: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        subject = statement.subject
        if subject.type == "season" and statement.show is not None:
            subject = statement.show
        if getattr(statement.object, "iri", None) not in shown:
            about[subject.iri].append(statement)
    return {iri: fact_lines(own, iri) for iri, own in sorted(about.items()) if iri in shown}


def _part(name: str) -> str:
    try:
        text = (built() / name).read_text(encoding="utf-8")
    except OSError as error:
        raise TellygraphError("the explorer is not built here: run `make explorer` (it needs npm)") from error
    if "</script" in text or "</style" in text:  # would end the element it stands in
        raise TellygraphError(f"{name} cannot stand in a page: build the explorer again")
    return text
