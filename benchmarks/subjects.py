"""Whom and what of the synthetic reviews the questions of the catalogue are asked about: the same in every size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tellygraph.queries import Question

from .synthetic import CHARACTERS_PER_SHOW, actor, character, show

_SHOW = 3
_ACTORS_PER_SHOW = CHARACTERS_PER_SHOW * 2 // 3

SHOWS_NEEDED = 12
"""So many shows a graph must have, or what is around the subjects is cut short."""

_NAMES = {
    "actor": actor(_SHOW * _ACTORS_PER_SHOW + 3),
    "character": character(_SHOW * CHARACTERS_PER_SHOW + 2),
    "first": show(_SHOW),
    "from": actor(_SHOW * _ACTORS_PER_SHOW + 3),
    "review": f"synthetic-{_SHOW}",
    "second": show(_SHOW + 1),
    "show": show(_SHOW),
    "thing": actor(_SHOW * _ACTORS_PER_SHOW + 3),
    "to": actor((_SHOW + 4) * _ACTORS_PER_SHOW + 3),
}
_MORE: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "about": ({"thing": show(_SHOW)},),
    "network": (
        {"about": _NAMES["character"]},
        {"about": _NAMES["actor"]},
        {"about": _NAMES["show"]},
        {"show": _NAMES["show"], "kind": "sibling"},
    ),
}
_OTHER = {"evidence": {"first": _NAMES["show"], "second": _NAMES["character"]}}


def asked_about(question: Question) -> Iterator[Mapping[str, str]]:
    """Yield the parameters, as names, that a question is asked with: none for one that takes no subject."""
    names = {p.name: _NAMES[p.name] for p in question.parameters if p.name in _NAMES}
    if names:
        yield _OTHER.get(question.name, names)
    yield from _MORE.get(question.name, ())
