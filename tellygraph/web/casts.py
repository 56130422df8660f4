"""Who plays whom, as the pages of shows, seasons and people list it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..queries.statements import Statement, Thing
from .sentences import Json, PathOf, facts_of, link_of, quotes_of, tail_of

_MOST = 300


def cast_of(statements: Sequence[Statement], path_of: PathOf) -> Json | None:
    """Return the characters of a show with who plays them, those of most facts first; None where there is nobody.

    {roles: [{character, actors, tail, quotes, more}], others, unnamed, left_out}: `others` are characters without an
    actor, `unnamed` actors whose part no review names.
    """
    characters: dict[str, Thing] = {}
    counts: Counter[str] = Counter()
    plays: dict[str, list[Statement]] = {}
    actors: dict[str, Thing] = {}
    for statement in statements:
        ends = [e for e in (statement.subject, statement.object) if isinstance(e, Thing)]
        for end in ends:
            if end.type == "character":
                characters[end.iri] = end
                counts[end.iri] += 1
        target = statement.object
        if isinstance(target, Thing) and statement.relation == "plays":
            plays.setdefault(target.iri, []).append(statement)
        if isinstance(target, Thing) and statement.relation == "actor":
            actors[target.iri] = target
    if not characters and not actors:
        return None
    ordered = sorted(characters.values(), key=lambda c: (-counts[c.iri], c.label, c.iri))
    played = [c for c in ordered if c.iri in plays]
    named = {s.subject.iri for own in plays.values() for s in own}
    return {
        "roles": [_role(c, plays[c.iri], path_of) for c in played[:_MOST]],
        "others": [link_of(c, path_of) for c in ordered if c.iri not in plays][:_MOST],
        "unnamed": [link_of(a, path_of) for iri, a in sorted(actors.items()) if iri not in named][:_MOST],
        "left_out": max(0, len(played) - _MOST),
    }


def parts_of(statements: Sequence[Statement], path_of: PathOf) -> list[Json]:
    """Return the parts a person plays, show by show: [{show, facts}]."""
    by_show: dict[str, tuple[Thing | None, list[Statement]]] = {}
    for statement in statements:
        if statement.relation == "plays":
            show = statement.show
            by_show.setdefault("" if show is None else show.iri, (show, []))[1].append(statement)
    return [
        {"show": None if show is None else link_of(show, path_of), "facts": facts_of(own, own[0].subject.iri, path_of)}
        for _, (show, own) in sorted(by_show.items())
    ]


def _role(character: Thing, own: Sequence[Statement], path_of: PathOf) -> Json:
    by_actor = {s.subject.iri: s.subject for s in own}
    return {
        "character": link_of(character, path_of),
        "actors": [link_of(actor, path_of) for _, actor in sorted(by_actor.items())],
        "tail": tail_of(own, seasons=True),
        **quotes_of(own, path_of),
    }
