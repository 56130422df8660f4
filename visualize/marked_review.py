"""One review as HTML: its text with every fact's words marked, and the facts listed beside it, linked both ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from ..errors import InputError
from ..ontology.terms import RELATIONS
from ..reviews.records import Fact, Reading, Review
from .segments import Segment, lanes, segments
from .words import GROUPS, group_of, phrase_of

GROUP_SIGNS: Mapping[str, str] = MappingProxyType(
    dict(zip(GROUPS, ("▲", "♥\ufe0e", "●", "■", "✖\ufe0e", "★", "◆", "○"), strict=True))
)
"""The sign of each group, which says beside its colour what a fact is about; plain shapes, never drawn as emoji."""

_MOST_LANES = 5  # lines under one text; what would be deeper lies on the last
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class MarkedReview:
    """A review and its facts in the order of their words, each with its group and a line of its own under the text.

    `own` begins every id in the HTML; `rules` says in a few words what a rule looks for, by the rule's id.
    """

    own: str
    review: Review
    facts: tuple[Fact, ...]
    groups: tuple[str, ...]
    lanes: tuple[int, ...]
    rules: Mapping[str, str]

    @classmethod
    def of(cls, reading: Reading, own: str, rules: Mapping[str, str]) -> MarkedReview:
        """Prepare a reading; of facts that begin together, the longer comes first.

        Raises InputError if a fact's words are not where it says.
        """
        for fact in reading.facts:
            _check(reading.review, fact)
        facts = tuple(sorted(reading.facts, key=lambda fact: (fact.evidence.start, -fact.evidence.end)))
        groups = tuple(group_of(fact.relation, fact.kind) for fact in facts)
        return cls(own, reading.review, facts, groups, tuple(lanes([_span(fact) for fact in facts])), rules)

    def html(self, level: str) -> str:
        """Return the review as an `article` whose heading is the element `level` ("h2")."""
        own, parts = self.own, segments(len(self.review.text), [_span(fact) for fact in self.facts])
        return "\n".join(
            (
                f'<article class="tg-review" id="{own}" aria-labelledby="{own}t">',
                f'<header><{level} id="{own}t"><bdi>{plain(heading(self.review))}</bdi></{level}>',
                f"{self._about()}{self._legend()}</header>",
                f'<div class="tg-columns"><div class="tg-text">{"".join(map(self._segment, parts))}</div>',
                f'<aside class="tg-facts" aria-label="Facts">{self._list()}</aside></div>',
                "</article>",
            )
        )

    def _about(self) -> str:
        review, show = self.review, self.review.show
        if show is not None and review.season is not None:
            show += f", season {review.season}"
        said = (show, review.author, review.publisher, review.date, review.url, count(len(self.facts), "fact"))
        return '<p class="tg-meta">' + " · ".join(f"<bdi>{plain(part)}</bdi>" for part in said if part) + "</p>"

    def _legend(self) -> str:
        found = Counter(self.groups)
        entries = (
            f'<li><mark class="tg-{group} tg-ground">{GROUP_SIGNS[group]} {group}</mark> {found[group]}</li>'
            for group in GROUPS
            if found[group]
        )
        return f'<ul class="tg-legend" aria-label="Key">{"".join(entries)}</ul>' if found else ""

    def _segment(self, part: Segment) -> str:
        html = exactly(self.review.text[part.start : part.end])
        if not part.over:
            return html
        innermost, *others = sorted(part.over, key=self._inwards)
        html = self._mark(innermost, part, html, " tg-ground")
        for n in others:
            html = self._mark(n, part, html)
        described = " ".join(f"{self.own}f{n + 1}" for n in part.over)
        tip = plain("\n".join(line for n in part.over for line in self._tip(n)))
        skip = "" if part.first_of else ' tabindex="-1"'  # the Tab key stops once a quote, where it begins
        return f'<a href="#{self.own}f{innermost + 1}" aria-describedby="{described}" data-tip="{tip}"{skip}>{html}</a>'

    def _inwards(self, n: int) -> tuple[int, int]:
        """The shortest quote is innermost, and its colour the ground; the others are lines beneath."""
        words = self.facts[n].evidence
        return words.end - words.start, -n

    def _mark(self, n: int, part: Segment, html: str, ground: str = "") -> str:
        begins = f' id="{self.own}q{n + 1}" data-n="{GROUP_SIGNS[self.groups[n]]}{n + 1}"' if n in part.first_of else ""
        lane = min(self.lanes[n], _MOST_LANES - 1)
        return f'<mark class="tg-{self.groups[n]} tg-l{lane}{ground}"{begins}>{html}</mark>'

    def _tip(self, n: int) -> Iterator[str]:
        fact = self.facts[n]
        said = f"{fact.subject.name} {_verb(fact)} {fact.object.name}{_details(fact)}"
        yield f"{GROUP_SIGNS[self.groups[n]]} {n + 1} {said}"
        yield self._rule(fact)

    def _rule(self, fact: Fact) -> str:
        about = self.rules.get(fact.rule)
        return f"Rule {fact.rule}: {about}" if about else f"Rule {fact.rule}"

    def _list(self) -> str:
        if not self.facts:
            return '<p class="tg-none">No facts were read in this review.</p>'
        shows = {fact.show.name for fact in self.facts if fact.show is not None}
        named = len(shows) > 1 or bool(shows - {self.review.show})
        return "<ol>\n" + "\n".join(self._entry(n, named=named) for n in range(len(self.facts))) + "\n</ol>"

    def _entry(self, n: int, *, named: bool) -> str:
        fact, group, own = self.facts[n], self.groups[n], self.own
        show = f' <span class="tg-show"><bdi>{plain(fact.show.name)}</bdi></span>' if named and fact.show else ""
        return (
            f'<li id="{own}f{n + 1}" class="tg-{group}"><a href="#{own}q{n + 1}">{GROUP_SIGNS[group]} {n + 1}'
            '<span class="tg-unseen"> in the text</span></a>'
            f"<p><bdi>{plain(fact.subject.name)}</bdi> <b>{plain(_verb(fact))}</b> <bdi>{plain(fact.object.name)}</bdi>"
            f"{plain(_details(fact))}{show}</p><p><q><bdi>{plain(fact.evidence.quote)}</bdi></q></p>"
            f"<p><small>{group} · confidence {fact.confidence:.2f} · {plain(self._rule(fact))}</small></p></li>"
        )


def _check(review: Review, fact: Fact) -> None:
    words = fact.evidence
    if not words.quote or review.text[words.start : words.end] != words.quote:
        raise InputError(
            f"the words {words.quote!r} are not at {words.start} to {words.end} of review {review.id!r};"
            " facts are shown only in the text they were read from"
        )


def _span(fact: Fact) -> tuple[int, int]:
    return fact.evidence.start, fact.evidence.end


def _verb(fact: Fact) -> str:
    return phrase_of(fact.relation, fact.kind) if fact.kind else RELATIONS[fact.relation].label


def _details(fact: Fact) -> str:
    season = None if fact.season is None else f"season {fact.season}"
    details = ", ".join(filter(None, (season, fact.status)))
    return f" ({details})" if details else ""


def heading(review: Review) -> str:
    """Return what a review is headed by: its title, else its id."""
    return review.title or review.id


def count(number: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def exactly(text: str) -> str:
    """Return text as HTML that a browser reads back as it was, which makes line feeds of bare carriage returns.

    HTML has no way to write NUL and lone surrogates: U+FFFD stands for each.

    >>> exactly('<b>"Nell" & Sam\\r')
    '&lt;b&gt;&quot;Nell&quot; &amp; Sam&#13;'
    """
    return escape(_UNWRITABLE.sub("\ufffd", text)).replace("\r", "&#13;")


def plain(text: str) -> str:
    """Return text as HTML, where it is not the review's own text: marks that turn the order of others become U+FFFD."""
    return exactly(_TURNING.sub("\ufffd", text))
