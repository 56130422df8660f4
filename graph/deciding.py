"""A person's decision put into a store, or taken back: with it, all reviews that it makes say something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import PROV, RDF, SCHEMA, TG
from .changes import open_cast, rewritten
from .decisions import Decisions
from .namesakes import Namesakes
from .restating import above
from .retelling import Retelling
from .store.protocol import Change, Store


@dataclass(frozen=True, slots=True)
class Redecided:
    """What other decisions change in a store: statements, and the reviews (IRIs, sorted) that say something else."""

    change: Change
    reviews: tuple[str, ...]


def redecide(store: Store, old: Decisions, new: Decisions, iris: Iris, *, dry_run: bool = False) -> Redecided:
    """Make a store that goes by the decisions `old` go by `new`: one transaction, or (`dry_run`) nothing but the count.

    The graph is then what it would be had its reviews been added after these decisions. Reads the reviews that name
    what is decided otherwise, and the characters of their series; those reviews are in memory together.
    Raises StoreError if somebody has changed them by hand.
    """
    plan = _Plan(store, old, new, iris)
    removed, added = plan.quads()
    gone, come = plan.index
    reviews = {str(quad.graph_name)[1:-1] for quad in removed | added} - {iris.identity_graph}
    if not dry_run:
        store.apply(remove=removed | gone, add=added | come)
    return Redecided(Change(len(added), len(removed)), tuple(sorted(reviews)))


class _Plan:
    """What one change of decisions does to a store; `index` are quads of the index of characters, out and in."""

    def __init__(self, store: Store, old: Decisions, new: Decisions, iris: Iris) -> None:
        self._store, self._old, self._new, self._iris = store, old, new, iris

    def quads(self) -> tuple[set[Quad], set[Quad]]:
        """Return what goes out and what comes in."""
        cast, namesakes = open_cast(self._store, self._iris, self._new), Namesakes(self._store, self._iris, self._new)
        namesakes.shows.look_at(self._titles())
        namesakes.people.look_at(self._people())
        retelling = Retelling(self._store, cast, self._iris)
        retelling.put({*self._touched(), *namesakes.outdated()}, namesakes, self._new)
        cast.reconsider(self._reconsidered())
        removed, added = rewritten(self._store, cast.rewriting(), self._iris)
        told_out, told_in = retelling.quads()
        removed, added = removed | told_out, added | told_in
        (gone, come), (names_gone, names_come) = cast.index(), namesakes.index()
        self.index = gone | names_gone, come | names_come
        record, recorded_now = self._old.quads(), self._new.quads()
        return removed | (record - recorded_now), added | (recorded_now - record)

    def _titles(self) -> list[str]:
        """The titles of the series that decisions differ about, which may stand for other shows now."""
        differing = set(self._old.made) ^ set(self._new.made)
        about = {iri for decision in differing for iri in (decision.thing, *decision.others)}
        series = {decisions.final(iri) for decisions in (self._old, self._new) for iri in about} | about
        return sorted({title for iri in series for title in _titles_of(iri, self._iris)})

    def _people(self) -> set[str]:
        """The names (their addresses) of the people that decisions differ about, without what is in brackets."""
        head = self._iris.person("x")[:-1]
        differing = set(self._old.made) ^ set(self._new.made)
        names = {name for made in differing if made.thing.startswith(head) for name in made.names}
        return {self._iris.person(name.rpartition(" (")[0] or name) for name in names}

    def _moved(self) -> list[str]:
        """The addresses that mean something else now."""
        old, new = self._old, self._new

        def meaning(decisions: Decisions, iri: str) -> tuple[str, str | None, str | None]:
            final = decisions.final(iri)
            rule = None if final == iri else decisions.rule(iri)
            return final, None if final == iri else decisions.known_name(final), rule

        return sorted(iri for iri in old.named | new.named if meaning(old, iri) != meaning(new, iri))

    def _touched(self) -> list[str]:
        """The reviews that name something that means something else now, or (a series) something below it."""
        moved = self._moved()
        if not moved:
            return []
        head = f"{self._iris.base}series/"
        series = [iri for iri in moved if iri.startswith(head) and above(iri, self._iris) is None]
        below = " || ".join(f'STRSTARTS(STR(?thing), "{iri}/")' for iri in series)
        finals = sorted({decisions.final(iri) for decisions in (self._old, self._new) for iri in moved})
        terms = {
            "finals": " ".join(str(NamedNode(iri)) for iri in finals), "into": TG.mergedInto,
            "things": " ".join(str(NamedNode(iri)) for iri in moved), "type": RDF.type, "review": SCHEMA.Review,
            "character": TG.Character, "below": below or "false", "from": TG.mergedFrom, "quoted": PROV.wasQuotedFrom,
            "identity": NamedNode(self._iris.identity_graph),
        }  # fmt: skip
        queries = [_NAMING, _RECORDED, _RECORDED_AS, *((_NAMING_BELOW, _RECORDED_BELOW) if series else ())]
        return sorted({review for query in queries for review in _reviews(self._store, query.format(**terms))})

    def _reconsidered(self) -> dict[str, frozenset[str]]:
        """The characters who may be others by decisions that are not about an address, with their names by decision."""
        differing = set(self._old.made) ^ set(self._new.made)
        about = {iri for decision in differing for iri in (decision.thing, *decision.others)}
        finals = {decisions.final(iri) for decisions in (self._old, self._new) for iri in about}
        return {
            iri: self._old.other_names(iri) | self._new.other_names(iri)
            for iri in about | finals
            if "/character/" in iri and above(iri, self._iris) is not None
        }


def _titles_of(iri: str, iris: Iris) -> list[str]:
    """The titles that a series may be one of several of: its own, and those that are left without a mark at the end."""
    head = f"{iris.base}series/"
    name = iri.removeprefix(head)
    if not iri.startswith(head) or "/" in name:
        return []
    words = name.split("-")
    return [head + "-".join(words[:length]) for length in range(1, len(words) + 1)]


_NAMING = """
SELECT DISTINCT ?g WHERE {{ VALUES ?thing {{ {things} }} GRAPH ?g {{ ?thing {type} ?class . ?g {type} {review} }} }}"""
_NAMING_BELOW = """
SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?thing {type} {character} . FILTER({below}) ?g {type} {review} }} }}"""
_RECORDED = """
SELECT DISTINCT ?g WHERE {{ VALUES ?thing {{ {things} }} GRAPH {identity} {{ ?m {from} ?thing ; {quoted} ?g }} }}"""
_RECORDED_AS = """
SELECT DISTINCT ?g WHERE {{ VALUES ?thing {{ {finals} }} GRAPH {identity} {{ ?m {into} ?thing ; {quoted} ?g }} }}"""
_RECORDED_BELOW = """
SELECT DISTINCT ?g WHERE {{ GRAPH {identity} {{ ?m {from} ?thing ; {quoted} ?g . FILTER({below}) }} }}"""


def _reviews(store: Store, sparql: str) -> Iterable[str]:
    rows = store.query(sparql)
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - they are SELECT queries
    return [row["g"].value for row in rows]
