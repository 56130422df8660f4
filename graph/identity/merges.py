"""Who in one review is whom: decided, recorded, and put into its facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from ...ontology.iris import Iris
from ...ontology.terms import PROV, RDF, SCHEMA, TG
from ...reviews.records import Entity, Fact
from .characters import Character, agree, conflict
from .series import MOST_CANDIDATES, Candidate, Series


@dataclass(frozen=True, slots=True)
class Merge:
    """A character one review names in part, and the known one it is: `rule` is one of `series.RULES`.

    `merged_from`, `name` and `aliases` (sorted) are all that the review itself calls it, enough to undo the merge.
    """

    merged_from: str
    name: str
    merged_into: str
    known_name: str
    rule: str
    aliases: tuple[str, ...] = ()


def merges(own: Mapping[str, Character], series: Series) -> tuple[Merge, ...]:
    """Return the merges of a review's characters of one series into those the series knows, sorted.

    A character is kept apart where the review itself tells the two apart (it names both, or gives two of its own
    characters the same one), where other actors play them in one season, or where the review spells its name in two
    ways. Where the series knows several, one that the same actor plays is the one.
    """
    found: list[Merge] = []
    for iri in sorted(own):
        mine = own[iri]
        candidate = _one(mine, series) if len(mine.names) == 1 else None
        if candidate is None or candidate.iri in own:
            continue
        whole = series.get(candidate.iri)
        assert whole is not None  # noqa: S101 - the rules end at characters that are known
        if not conflict(mine, whole):
            aliases = tuple(sorted(mine.aliases))
            found.append(Merge(iri, mine.name, whole.iri, whole.name, candidate.rule, aliases))
    targets = [merge.merged_into for merge in found]
    return tuple(merge for merge in found if targets.count(merge.merged_into) == 1)


def _one(mine: Character, series: Series) -> Candidate | None:
    candidates = series.find(mine.iri)
    if 1 < len(candidates) <= MOST_CANDIDATES:
        known = ((candidate, series.get(candidate.iri)) for candidate in candidates)
        candidates = tuple(candidate for candidate, other in known if other is not None and agree(mine, other))
    return candidates[0] if len(candidates) == 1 else None


def resolved(facts: Iterable[Fact], found: Iterable[Merge]) -> tuple[Fact, ...]:
    """Return the facts with merged characters in place of the partly named ones, whose names become aliases."""
    by_iri = {merge.merged_from: merge for merge in found}
    if not by_iri:
        return tuple(facts)

    def whole(entity: Entity) -> Entity:
        merge = by_iri.get(entity.iri or "")
        if merge is None:
            return entity
        return replace(entity, name=merge.known_name, iri=merge.merged_into, aliases=called(merge, entity.aliases))

    return tuple(replace(fact, subject=whole(fact.subject), object=whole(fact.object)) for fact in facts)


def called(merge: Merge, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases of the known character where it stands for one with `aliases`: the review's words for it."""
    return tuple(sorted({*aliases, merge.name} - {merge.known_name}))


def merge_quads(review: str, found: Iterable[Merge], iris: Iris) -> list[Quad]:
    """Return the record of a review's merges, in the identity graph: sorted, one `tg:Merge` each."""
    graph = NamedNode(iris.identity_graph)
    quads = []
    for merge in found:
        node = NamedNode(iris.part(review, f"merge-{hashlib.sha256(merge.merged_from.encode()).hexdigest()[:32]}"))
        quads += [
            Quad(node, RDF.type, TG.Merge, graph),
            Quad(node, SCHEMA.name, Literal(merge.name), graph),
            Quad(node, TG.mergedFrom, NamedNode(merge.merged_from), graph),
            Quad(node, TG.mergedInto, NamedNode(merge.merged_into), graph),
            Quad(node, TG.mergeRule, Literal(merge.rule), graph),
            Quad(node, PROV.wasQuotedFrom, NamedNode(review), graph),
            *(Quad(node, SCHEMA.alternateName, Literal(alias), graph) for alias in merge.aliases),
        ]
    return sorted(quads, key=str)
