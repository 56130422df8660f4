"""How a fact is said in a picture: its group, its short label and the verb between its two names."""

from __future__ import annotations

from ..ontology.terms import KIND_GROUPS, KINDS, RELATIONS

CAST, CREW, OTHER = "cast", "crew", "other"

GROUPS: tuple[str, ...] = (*KIND_GROUPS, CAST, CREW, OTHER)
"""Every group an edge can belong to, in the order the legend lists them."""

_CAST_RELATIONS = frozenset({"plays", "actor", "character"})
_CREW_RELATIONS = frozenset(
    {"director", "creator", "writer", "showrunner", "producer", "composer", "cinematographer", "author"}
)

REVERSED: frozenset[str] = (_CAST_RELATIONS | _CREW_RELATIONS) - {"plays"}
"""Relations stated of a show that the network turns round, so that people and characters point at shows."""

_RELATION_LABELS = {
    "actor": "in the cast",
    "character": "character",
    "director": "director",
    "creator": "creator",
    "writer": "writer",
    "showrunner": "showrunner",
    "producer": "producer",
    "composer": "composer",
    "cinematographer": "cinematographer",
    "author": "source author",
    "filmingLocation": "filmed in",
    "spinOffOf": "spin-off",
    "remakeOf": "remake",
    "sequelOf": "sequel",
    "prequelOf": "prequel",
}
_RELATION_PHRASES = {
    "plays": "plays",
    "actor": "is in the cast of",
    "character": "is a character of",
    "director": "directed",
    "creator": "created",
    "writer": "wrote",
    "showrunner": "runs",
    "producer": "produced",
    "composer": "composed the music of",
    "cinematographer": "shot",
    "author": "wrote the work behind",
}
_KIND_PHRASES = {
    "aunt/uncle": "is an aunt or uncle of",
    "niece/nephew": "is a niece or nephew of",
    "spouse": "is the spouse of",
    "engaged": "is engaged to",
    "dating": "is dating",
    "crush": "is the crush of",
    "affair": "has an affair with",
    "other": "is connected to",
    "partner": "is a work partner of",
    "killer": "is the killer of",
}


def group_of(relation: str, kind: str | None) -> str:
    """Return the group of a fact: its kind's where it has one, else cast, crew or other."""
    if kind is not None:
        return KINDS[kind].group
    if relation in _CAST_RELATIONS:
        return CAST
    return CREW if relation in _CREW_RELATIONS else OTHER


def label_of(relation: str, kind: str | None) -> str:
    """Return the short words for an edge: "love interest", "plays", "director"."""
    return kind or _RELATION_LABELS.get(relation, relation)


def phrase_of(relation: str, kind: str | None) -> str:
    """Return the words between the two names, in the network's direction.

    >>> phrase_of("relationship", "enemy"), phrase_of("director", None)
    ('is an enemy of', 'directed')
    """
    if kind is None:
        return _RELATION_PHRASES.get(relation) or RELATIONS[relation].label
    article = "an" if kind[0] in "aeiou" else "a"
    return _KIND_PHRASES.get(kind, f"is {article} {kind} of")
