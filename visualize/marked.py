"""Reviews with the words of their facts marked in place: a page that fetches nothing, or a part of a notebook.

There is no script in it: what is under the mouse or has the focus shows its facts by style alone, and the list of facts
beside the text is links there and back. Numbers and marks in the text are made by the style sheet: what a browser
holds as the text, and copies from it, is the review's text and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ..reviews.records import Reading
from .marked_review import MarkedReview, count, heading, plain
from .scene import LINE_STYLES, LineStyle
from .words import CAST, GROUPS, OTHER

# The picture's colours but for the cast: grey there, where it is most of the lines, and no highlighter here.
_COLOURS: Mapping[str, LineStyle] = MappingProxyType(
    {**LINE_STYLES, CAST: replace(LINE_STYLES[CAST], light="#9A8400", dark="#F0E442")}
)
_LIGHT_GROUNDS: Mapping[str, str] = MappingProxyType({CAST: "#F0E44280", OTHER: "#2222221C"})

_NO_RULES: Mapping[str, str] = MappingProxyType({})


def marked_page(readings: Iterable[Reading], *, rules: Mapping[str, str] = _NO_RULES) -> str:
    """Return one self-contained HTML document with each review, its facts marked and listed; always the same.

    `rules` says in a few words what a rule looks for, by the rule's id. The text is there to the code point, but for
    NUL and lone surrogates, which no HTML can hold: U+FFFD stands for each. Raises InputError if a fact's words are
    not where it says.
    """
    readings = list(readings)
    if len(readings) == 1:
        (reading,) = readings
        title, body = heading(reading.review), MarkedReview.of(reading, "r1", rules).html("h1")
    else:
        title = f"{count(len(readings), 'review')}, {count(sum(len(r.facts) for r in readings), 'fact')}"
        reviews = (MarkedReview.of(reading, f"r{n}", rules).html("h2") for n, reading in enumerate(readings, 1))
        body = "\n".join((f"<h1>{title}</h1>", _contents(readings), *reviews))
    return _PAGE.format(policy=_policy(), title=plain(title), style=_style(), body=body)


def marked_part(reading: Reading, *, rules: Mapping[str, str] = _NO_RULES) -> str:
    """Return a review as `marked_page` shows it, as a piece of HTML for a notebook.

    Its style touches nothing else there. Ids in it are made from the review, so that several can stand on one page.
    """
    review = reading.review
    own = hashlib.sha256(f"{review.iri}\n{review.text}".encode(errors="replace")).hexdigest()[:12]
    inner = MarkedReview.of(reading, f"tg{own}", rules).html("h3")
    # The classes after ours keep a notebook from reading sums of dollars as formulas.
    return f'<div class="tg-marked tg-part tex2jax_ignore mathjax_ignore">\n<style>{_style()}</style>\n{inner}\n</div>'


def _contents(readings: Sequence[Reading]) -> str:
    if not readings:
        return '<p class="tg-none">No review was read.</p>'
    entries = (
        f'<li><a href="#r{n}"><bdi>{plain(heading(r.review))}</bdi></a> {count(len(r.facts), "fact")}</li>'
        for n, r in enumerate(readings, 1)
    )
    return f'<nav class="tg-contents" aria-label="Reviews"><ol>{"".join(entries)}</ol></nav>'


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    path = Path(__file__).parent / "templates" / "marked.css"
    return path.read_text(encoding="utf-8").replace("\r\n", "\n") + "\n".join(_colours())


def _colours() -> Iterator[str]:
    """The colour of each group: `--line` for lines, `--ground` behind words."""
    yield ".tg-marked:not(#tg) {"
    for group in GROUPS:
        line = _COLOURS[group].light
        yield f".tg-{group} {{ --line: {line}; --ground: {_LIGHT_GROUNDS.get(group, line + '38')}; }}"
    yield "@media (prefers-color-scheme: dark) {"
    for group in GROUPS:
        line = _COLOURS[group].dark
        yield f".tg-{group} {{ --line: {line}; --ground: {line}48; }}"
    yield "}\n}\n"


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Tellygraph">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body class="tg-body">
<main class="tg-marked">
{body}
</main>
</body>
</html>
"""
