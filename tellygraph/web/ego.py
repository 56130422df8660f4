"""A thing and what it is joined to as a picture: SVG whose names are links, with a legend of what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..queries.statements import Statement, Thing
from ..queries.values import visible
from ..visualize.words import CAST, GROUPS, OTHER, group_of
from .sentences import GROUP_NAMES, PathOf

_MOST = 24
_WIDTH, _ROW, _MARGIN = 600, 30, 32
_LONGEST = 22  # characters of a name that fit beside its mark, on a phone too
_LINES = {**GROUP_NAMES, CAST: "Cast", OTHER: "Other facts"}
_KINDS = {"character": "character", "person": "person", "series": "show"}
_SHAPES = {  # the outlines that the explorer draws
    "character": '<circle r="7"/>',
    "person": '<rect x="-6.5" y="-6.5" width="13" height="13"/>',
    "series": '<path d="M0-9.5 2.6-3.5 9-2.9 4.1 1.3 5.6 7.7 0 4.4-5.6 7.7-4.1 1.3-9-2.9-2.6-3.5Z"/>',
    "thing": '<path d="M0-9 9 0 0 9-9 0Z"/>',
}


@dataclass(frozen=True, slots=True)
class _Joined:
    thing: Thing
    group: str


def ego_picture(thing: Thing, statements: Iterable[Statement], path_of: PathOf) -> Markup:
    """Return the picture: the thing in the middle, the others in two columns beside it, those of most facts first.

    A show stands for its seasons, too, and is joined to its characters. Where it is joined to nothing, nothing.
    """
    counts: dict[str, int] = {}
    joined: dict[str, _Joined] = {}
    for statement in statements:
        other = _other(statement, thing)
        if other is not None and other.iri != thing.iri:
            counts[other.iri] = counts.get(other.iri, 0) + 1
            group = group_of(statement.relation, statement.kind)
            before = joined.get(other.iri)
            if before is None or GROUPS.index(group) < GROUPS.index(before.group):
                joined[other.iri] = _Joined(other, group)
    most = sorted(joined.values(), key=lambda one: (-counts[one.thing.iri], one.thing.iri))[:_MOST]
    shown = sorted(most, key=lambda one: (GROUPS.index(one.group), one.thing.label, one.thing.iri))
    if not shown:
        return Markup()
    left_out = len(joined) - len(shown)
    return _figure(thing, shown, left_out, path_of)


def _other(statement: Statement, thing: Thing) -> Thing | None:
    """The other end of what is stated; of who plays whom in a show, the character. None for what joins others."""
    subject, object_ = statement.subject, statement.object
    if not isinstance(object_, Thing):
        return None
    if thing.type in ("series", "season") and statement.relation == "plays":
        return object_
    if thing.iri == object_.iri:
        return statement.show if subject.type == "season" and statement.show is not None else subject
    return object_ if thing.iri == subject.iri or subject.type == "season" else None


def _figure(thing: Thing, shown: Sequence[_Joined], left_out: int, path_of: PathOf) -> Markup:
    right, left = shown[: (len(shown) + 1) // 2], shown[(len(shown) + 1) // 2 :]
    height = max(4, len(right)) * _ROW + 2 * _MARGIN
    middle = _WIDTH // 2, height // 2
    lines: list[str] = []
    marks: list[str] = []
    for side, own in ((1, right), (-1, left)):
        for at, one in enumerate(own):
            y = height / 2 + (at - (len(own) - 1) / 2) * (height - 2 * _MARGIN) / max(4, len(right))
            bend = 1 - ((2 * y - height) / height) ** 2  # farther out half-way down, as on a circle
            x = middle[0] + side * (42 + 34 * bend)
            lines.append(
                f'<line x1="{middle[0]}" y1="{middle[1]}" x2="{x:.1f}" y2="{y:.1f}" class="line-{escape(one.group)}"/>'
            )
            marks.append(_mark(one.thing, x, y, side, path_of))
    own_mark = f'<g class="self" transform="translate({middle[0]} {middle[1]}) scale(1.5)">{_shape(thing)}</g>'
    title = f"{visible(thing.label)} and what it is joined to"
    note = f"<li>and {left_out:,} more below</li>" if left_out else ""
    return Markup(  # noqa: S704 - what is not ours is escaped
        f'<figure class="ego"><svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{escape(title)}">'
        + "".join([*lines, *marks, own_mark])
        + f'</svg><figcaption><ul class="legend">{_legend(thing, shown)}{note}</ul></figcaption></figure>'
    )


def _mark(thing: Thing, x: float, y: float, side: int, path_of: PathOf) -> str:
    name = visible(thing.label)
    short = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    title = "" if short == name else f"<title>{escape(name[:200])}</title>"
    anchor = "start" if side > 0 else "end"
    text = f'<text x="{x + side * 14:.1f}" y="{y + 5:.1f}" text-anchor="{anchor}">{escape(short)}</text>'
    return (
        f'<a href="{escape(path_of(thing.iri))}">{title}<g class="node" transform="translate({x:.1f} {y:.1f})">'
        f"{_shape(thing)}</g>{text}</a>"
    )


def _legend(thing: Thing, shown: Sequence[_Joined]) -> str:
    kinds = sorted({_kind(one.thing) for one in shown} | {_kind(thing)}, key=list(_SHAPES).index)
    groups = sorted({one.group for one in shown}, key=GROUPS.index)
    return "".join(
        f'<li><svg viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true"><g class="node">'
        f"{_SHAPES[kind]}</g></svg> {_KINDS.get(kind, 'other')}</li>"
        for kind in kinds
    ) + "".join(
        f'<li><svg viewBox="0 0 34 10" width="34" height="10" aria-hidden="true"><line x1="0" y1="5" x2="34" y2="5" '
        f'class="line-{group}"/></svg> {_LINES[group].lower()}</li>'
        for group in groups
    )


def _shape(thing: Thing) -> str:
    return _SHAPES[_kind(thing)]


def _kind(thing: Thing) -> str:
    return thing.type if thing.type in _SHAPES else "series" if thing.type == "season" else "thing"
