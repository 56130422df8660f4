"""Reviews with the words of their facts marked in place: a page that fetches nothing, or a part of a notebook.

There is no script in it: what is under the mouse or has the focus shows its facts by style alone, and the list of facts
beside the text is links there and back. Numbers and marks in the text are made by the style sheet: what a browser
holds as the text, and copies from it, is the review's text and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from ..errors import InputError
from ..ontology.terms import RELATIONS
from ..reviews.records import Fact, Reading, Review
from .scene import LINE_STYLES
from .segments import Segment, lanes, segments
from .words import GROUPS, group_of, phrase_of

GROUP_MARKS: Mapping[str, str] = MappingProxyType(
    dict(zip(GROUPS, ("▲", "♥\ufe0e", "●", "■", "✖\ufe0e", "★", "◆", "○"), strict=True))
)
"""The sign of each group, which says beside its colour what a fact is about; plain shapes, never drawn as emoji."""

_NO_RULES: Mapping[str, str] = MappingProxyType({})
_MOST_LANES = 5  # lines under one text; what would be deeper lies on the last
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def marked_page(readings: Iterable[Reading], *, rules: Mapping[str, str] = _NO_RULES) -> str:
    """Return one self-contained HTML document with each review, its facts marked and listed; always the same.

    `rules` says in a few words what a rule looks for, by the rule's id. The text is there to the code point, but for
    NUL and lone surrogates, which no HTML can hold: U+FFFD stands for each. Raises InputError if a fact's words are
    not where it says.
    """
    readings = list(readings)
    facts = sum(len(reading.facts) for reading in readings)
    if len(readings) == 1:
        title, body = _heading(readings[0].review), _review(readings[0], "r1", "h1", rules)
    else:
        title = f"{_count(len(readings), 'review')}, {_count(facts, 'fact')}"
        body = f"<h1>{title}</h1>\n{_contents(readings)}\n" + "\n".join(
            _review(reading, f"r{number}", "h2", rules) for number, reading in enumerate(readings, 1)
        )
    return _PAGE.format(policy=_policy(), title=_plain(title), style=_style(), body=body)


def marked_part(reading: Reading, *, rules: Mapping[str, str] = _NO_RULES) -> str:
    """Return a review as `marked_page` shows it, as a piece of HTML for a notebook.

    Its style touches nothing else there. Ids in it are made from the review, so that several can stand on one page.
    """
    review = reading.review
    own = hashlib.sha256(f"{review.iri}\n{review.text}".encode(errors="replace")).hexdigest()[:12]
    inner = _review(reading, f"tg{own}", "h3", rules)
    return f'<div class="tg-marked tg-part tex2jax_ignore mathjax_ignore">\n<style>{_style()}</style>\n{inner}\n</div>'


def _review(reading: Reading, own: str, level: str, rules: Mapping[str, str]) -> str:
    review, facts = reading.review, _in_place(reading)
    said = [_said(fact) for fact in facts]
    return "\n".join(
        (
            f'<article class="tg-review" id="{own}" aria-labelledby="{own}t">',
            f'<header><{level} id="{own}t"><bdi>{_plain(_heading(review))}</bdi></{level}>',
            _meta(review, len(facts)),
            _legend(facts),
            "</header>",
            f'<div class="tg-columns"><div class="tg-text">{_text(review.text, facts, said, own)}</div>',
            f'<aside class="tg-facts" aria-label="Facts">{_list(review, facts, own, rules)}</aside></div>',
            "</article>",
        )
    )


def _in_place(reading: Reading) -> list[Fact]:
    """The facts in the order of their words, the longer first where two begin together."""
    for fact in reading.facts:
        words = fact.evidence
        if not words.quote or reading.review.text[words.start : words.end] != words.quote:
            raise InputError(
                f"the words {words.quote!r} are not at {words.start} to {words.end} of review {reading.review.id!r};"
                " facts are shown only with the text they were read from"
            )
    return sorted(reading.facts, key=lambda fact: (fact.evidence.start, -fact.evidence.end))


def _text(text: str, facts: Sequence[Fact], said: Sequence[str], own: str) -> str:
    spans = [(fact.evidence.start, fact.evidence.end) for fact in facts]
    lane = lanes(spans)
    return "".join(_segment(text, part, facts, said, lane, own) for part in segments(len(text), spans))


def _segment(
    text: str, part: Segment, facts: Sequence[Fact], said: Sequence[str], lane: Sequence[int], own: str
) -> str:
    html = _exactly(text[part.start : part.end])
    if not part.over:
        return html
    # The shortest quote is innermost: its colour is the ground, the others are lines beneath.
    inward = sorted(part.over, key=lambda n: (facts[n].evidence.start - facts[n].evidence.end, n))
    for n in reversed(inward):
        group = _group(facts[n])
        begins = f' id="{own}q{n + 1}" data-n="{_mark(group)}{n + 1}"' if n in part.first_of else ""
        ground = " tg-ground" if n == inward[-1] else ""
        html = f'<mark class="tg-{group} tg-l{min(lane[n], _MOST_LANES - 1)}{ground}"{begins}>{html}</mark>'
    tip = _plain("\n".join(f"{_mark(_group(facts[n]))} {n + 1} {said[n]} [{facts[n].rule}]" for n in part.over))
    described = " ".join(f"{own}f{n + 1}" for n in part.over)
    skip = "" if part.first_of else ' tabindex="-1"'  # the Tab key stops once a quote, where it begins
    return f'<a href="#{own}f{inward[-1] + 1}" aria-describedby="{described}" data-tip="{tip}"{skip}>{html}</a>'


def _list(review: Review, facts: Sequence[Fact], own: str, rules: Mapping[str, str]) -> str:
    if not facts:
        return '<p class="tg-none">No facts were read in this review.</p>'
    shows = {fact.show.name for fact in facts if fact.show is not None}
    named = len(shows) > 1 or bool(shows - {review.show})
    items = (_item(n, fact, own, rules, named=named) for n, fact in enumerate(facts, 1))
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def _item(n: int, fact: Fact, own: str, rules: Mapping[str, str], *, named: bool) -> str:
    group = _group(fact)
    show = f' <span class="tg-show"><bdi>{_plain(fact.show.name)}</bdi></span>' if named and fact.show else ""
    about = f": {_plain(rules[fact.rule])}" if fact.rule in rules else ""
    return (
        f'<li id="{own}f{n}" class="tg-{group}"><a href="#{own}q{n}">{_mark(group)} {n}'
        '<span class="tg-unseen"> in the text</span></a>'
        f"<p><bdi>{_plain(fact.subject.name)}</bdi> <b>{_plain(_verb(fact))}</b> <bdi>{_plain(fact.object.name)}</bdi>"
        f"{_plain(_details(fact))}{show}</p><p><q><bdi>{_plain(fact.evidence.quote)}</bdi></q></p>"
        f"<p><small>{group}, rule {_plain(fact.rule)}{about} Confidence {fact.confidence:.2f}</small></p></li>"
    )


def _said(fact: Fact) -> str:
    return f"{fact.subject.name} {_verb(fact)} {fact.object.name}{_details(fact)}"


def _verb(fact: Fact) -> str:
    return phrase_of(fact.relation, fact.kind) if fact.kind else RELATIONS[fact.relation].label


def _details(fact: Fact) -> str:
    details = [f"season {fact.season}"] if fact.season is not None else []
    if fact.status:
        details.append(fact.status)
    return f" ({', '.join(details)})" if details else ""


def _group(fact: Fact) -> str:
    return group_of(fact.relation, fact.kind)


def _mark(group: str) -> str:
    return GROUP_MARKS[group]


def _heading(review: Review) -> str:
    return review.title or review.id


def _meta(review: Review, facts: int) -> str:
    show = review.show
    if show is not None and review.season is not None:
        show += f", season {review.season}"
    said = (show, review.author, review.publisher, review.date, review.url, _count(facts, "fact"))
    return '<p class="tg-meta">' + " · ".join(f"<bdi>{_plain(part)}</bdi>" for part in said if part) + "</p>"


def _legend(facts: Sequence[Fact]) -> str:
    counts = Counter(map(_group, facts))
    entries = (
        f'<li><mark class="tg-{group} tg-l0 tg-ground">{_mark(group)} {group}</mark> {counts[group]}</li>'
        for group in GROUPS
        if counts[group]
    )
    return f'<ul class="tg-legend" aria-label="Key">{"".join(entries)}</ul>' if facts else ""


def _contents(readings: Sequence[Reading]) -> str:
    if not readings:
        return '<p class="tg-none">No review was read.</p>'
    entries = (
        f'<li><a href="#r{n}"><bdi>{_plain(_heading(r.review))}</bdi></a> {_count(len(r.facts), "fact")}</li>'
        for n, r in enumerate(readings, 1)
    )
    return f'<nav class="tg-contents" aria-label="Reviews"><ol>{"".join(entries)}</ol></nav>'


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _exactly(text: str) -> str:
    """Text as HTML that a browser reads back as it was: a bare carriage return would become a line feed."""
    return escape(_UNWRITABLE.sub("\ufffd", text)).replace("\r", "&#13;")


def _plain(text: str) -> str:
    """Text as HTML, outside the review's own text: marks that turn the order of others are made harmless."""
    return _exactly(_TURNING.sub("\ufffd", text))


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    path = Path(__file__).parent / "templates" / "marked.css"
    return path.read_text(encoding="utf-8").replace("\r\n", "\n") + "\n".join(_colours())


def _colours() -> Iterator[str]:
    """The colour of each group as the picture has it: `--line` for lines, `--ground` behind words."""
    for group, style in LINE_STYLES.items():
        yield f".tg-marked .tg-{group} {{ --line: {style.light}; --ground: {style.light}38; }}"
    yield "@media (prefers-color-scheme: dark) {"
    for group, style in LINE_STYLES.items():
        yield f".tg-marked .tg-{group} {{ --line: {style.dark}; --ground: {style.dark}48; }}"
    yield "}\n"


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
