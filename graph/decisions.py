"""What a person decided about who is whom: the decisions, in order, and what they together make of a name.

Reviews go by what all reviews say in their own words and by these: a function of both, never of the order in which
reviews came. A decision is about addresses, so it holds whether or not a review names them just now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from ..errors import InputError
from ..ontology.iris import Iris
from ..ontology.terms import OWL, RDF, SCHEMA, TG, XSD
from .identity import Decided
from .restating import above
from .store.protocol import Store

MERGE, SAME_AS, DIFFERENT, SPLIT = "merge", "same as", "different", "split"
CHOICES = (MERGE, SAME_AS, DIFFERENT, SPLIT)
"""What can be decided: a thing is another of the graph; a thing is another out on the web; two things are never one;
what was taken for a thing stands apart from it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `choice` of CHOICES about `thing` and `others` (one; for a split, all that stand apart).

    A merged `thing` becomes the other one. `names` are those of the thing and (but for splits and things outside the
    graph) of the other at that time. `when` is UTC in ISO 8601, to the second. Numbers start at 1.
    """

    number: int
    choice: str
    thing: str
    others: tuple[str, ...]
    names: tuple[str, ...]
    who: str
    when: str
    why: str | None = None

    @property
    def sentence(self) -> str:
        """What was decided, in words."""
        name, *rest = self.names
        if self.choice == SPLIT:
            count = len(self.others)
            return f"{name} stands apart from {count} thing{'' if count == 1 else 's'} taken for it"
        if self.choice == SAME_AS:
            return f"{name} is <{self.others[0]}>"
        return f"{name} is {rest[0]}" if self.choice == MERGE else f"{name} is not {rest[0]}"

    @property
    def called(self) -> str:
        """How a message names it."""
        return f"decision {self.number} ({self.sentence})"


class Decisions:
    """All decisions of a graph, in order; frozen. Raises InputError if they contradict one another."""

    def __init__(self, made: Iterable[Decision] = (), *, iris: Iris) -> None:
        self.made = tuple(sorted(made, key=_number))
        self._iris = iris
        self._into: dict[str, Decision] = {}
        self._apart: dict[frozenset[str], Decision] = {}
        for decision in self.made:
            self._take(decision)
        self._check()

    def __bool__(self) -> bool:
        return bool(self.made)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.made)

    @property
    def next_number(self) -> int:
        """The number of the decision to come."""
        return self.made[-1].number + 1 if self.made else 1

    def with_(self, decision: Decision) -> Decisions:
        """Return these and one more. Raises InputError if that contradicts one of these."""
        return Decisions([*self.made, decision], iris=self._iris)

    def without(self, number: int) -> Decisions:
        """Return these but one. Raises InputError if there is no such decision, or the later ones need it."""
        rest = [decision for decision in self.made if decision.number != number]
        if len(rest) == len(self.made):
            if not rest:
                raise InputError("no decision has been made: there is nothing to take back")
            raise InputError(f"there is no decision {number}: `tellygraph decisions` lists them")
        return Decisions(rest, iris=self._iris)

    def _take(self, decision: Decision) -> None:
        thing, others = decision.thing, decision.others
        if thing in others:
            raise InputError(f"{decision.called} is about one thing only: name two")
        if decision.choice == SPLIT:
            for other in others:
                if other in self._into and self._into[other].others == (thing,):
                    del self._into[other]
                self._apart[frozenset((thing, other))] = decision
        elif decision.choice == DIFFERENT:
            self._apart[frozenset((thing, *others))] = decision
        elif decision.choice == MERGE:
            if self._final(others[0]) == thing:
                raise InputError(f"{decision.called} goes round in a circle with {self._why(others[0])}: {_WAY_OUT}")
            if thing in self._into:
                raise InputError(f"{decision.called} is in the way of {self._into[thing].called}: {_WAY_OUT}")
            self._into[thing] = decision

    def _check(self) -> None:
        for iri in self._moves:
            self._moves_of(iri)
        for pair, apart in self._apart.items():
            if len({self.final(iri) for iri in pair}) < len(pair):
                before, after = sorted((apart, self._merging(pair)), key=_number)
                raise InputError(f"{after.called} contradicts {before.called}: {_WAY_OUT}")

    def _final(self, iri: str) -> str:
        while iri in self._into:
            iri = self._into[iri].others[0]
        return iri

    def _why(self, iri: str) -> str:
        return self._into[iri].called

    def _merging(self, pair: Iterable[str]) -> Decision:
        """The last of the decisions that make these things one."""
        steps = [self._moves_of(iri) for iri in pair]
        return max((d for found in steps for d in found), key=_number)

    def _moves_of(self, iri: str) -> list[Decision]:
        found, seen = [], {iri}
        while (step := self._step(iri)) is not None:
            iri, decision = step
            found.append(decision)
            if iri in seen:  # through two series that were merged
                raise InputError(f"{max(found, key=_number).called} goes round in a circle with others: {_WAY_OUT}")
            seen.add(iri)
        return found

    @cached_property
    def _moves(self) -> dict[str, tuple[str, Decision]]:
        """Each merged thing, also under the address that it has where its series is merged itself."""
        moves = {iri: (decision.others[0], decision) for iri, decision in self._into.items()}
        for iri, (into, decision) in sorted(moves.items()):
            whole = above(iri, self._iris)
            if whole is not None and (series := self._final(whole)) != whole:
                moved = series + iri[len(whole) :]
                if moved != into:
                    moves.setdefault(moved, (into, decision))
        return moves

    def _step(self, iri: str) -> tuple[str, Decision] | None:
        if iri in self._moves:
            return self._moves[iri]
        whole = above(iri, self._iris)
        if whole is None or whole not in self._into:
            return None
        return self._into[whole].others[0] + iri[len(whole) :], self._into[whole]

    def final(self, iri: str) -> str:
        """Return what a thing is by these decisions: itself, or what it was merged into; series take along theirs."""
        steps = self._moves_of(iri) if self._into else ()
        for _ in steps:
            step = self._step(iri)
            assert step is not None  # noqa: S101 - as many steps as were found
            iri = step[0]
        return iri

    def rule(self, iri: str) -> str:
        """Return which decision gives a merged thing its final address."""
        return f"decision {self._moves_of(iri)[-1].number}"

    def known_name(self, iri: str) -> str | None:
        """Return the name that decisions know a thing by that others were merged into."""
        return self._known_names.get(iri)

    @cached_property
    def _known_names(self) -> dict[str, str]:
        last = sorted((d for d in self._into.values() if d.others[0] not in self._into), key=_number)
        return {self.final(d.others[0]): d.names[1] for d in last}

    def other_names(self, iri: str) -> frozenset[str]:
        """Return the names of the things that were merged into this one."""
        return self._other_names.get(iri, frozenset())

    @cached_property
    def _other_names(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for iri, decision in self._into.items():
            found[self.final(iri)] = found.get(self.final(iri), frozenset()) | {decision.names[0]}
        return found

    @cached_property
    def decided(self) -> Decided:
        """What the rules for characters have to know of these: who is never one, and who has whose names."""
        pairs = (sorted(map(self.final, pair)) for pair in self._apart)
        return Decided(different=frozenset((one, other) for one, other in pairs), names=self._other_names)

    @property
    def named(self) -> frozenset[str]:
        """The addresses that decisions are about, those out on the web left out, and what moves with its series."""
        about = (iri for d in self.made for iri in (d.thing, *(() if d.choice == SAME_AS else d.others)))
        return frozenset(about) | self._moves.keys()

    def quads(self) -> set[Quad]:
        """Return the record of the decisions, in the identity graph, with the owl:sameAs links they make."""
        graph = NamedNode(self._iris.identity_graph)
        quads = set[Quad]()
        for d in self.made:
            node = NamedNode(self._iris.decision(d.number))
            said: list[tuple[NamedNode, NamedNode | Literal]] = [
                (RDF.type, TG.Decision),
                (TG.choice, Literal(d.choice)),
                (TG.decidedThing, NamedNode(d.thing)),
                *((TG.decidedWith, NamedNode(other)) for other in d.others),
                (SCHEMA.name, Literal(d.names[0])),
                *((TG.otherName, Literal(name)) for name in d.names[1:]),
                (TG.decidedBy, Literal(d.who)),
                (TG.decidedAt, Literal(d.when, datatype=XSD.dateTime)),
                *((TG.because, Literal(why)) for why in (d.why,) if why),
            ]
            quads.update(Quad(node, predicate, value, graph) for predicate, value in said)
            if d.choice == SAME_AS:
                quads.add(Quad(NamedNode(self.final(d.thing)), OWL.sameAs, NamedNode(d.others[0]), graph))
        return quads


def _number(decision: Decision) -> int:
    return decision.number


_WAY_OUT = "take one of them back first (`tellygraph undo NUMBER`)"

_DECISIONS = """
SELECT ?d ?p ?value WHERE {{ GRAPH {identity} {{ ?d {type} {decision} ; ?p ?value }} }}"""


def decisions_in(store: Store, iris: Iris) -> Decisions:
    """Return the decisions kept in a store: one query. Raises InputError if somebody made them contradict by hand."""
    rows = store.query(_DECISIONS.format(identity=NamedNode(iris.identity_graph), type=RDF.type, decision=TG.Decision))
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - it is a SELECT query
    told: dict[str, dict[NamedNode, list[str]]] = {}
    for node, predicate, value in rows:
        told.setdefault(node.value, {}).setdefault(predicate, []).append(value.value)
    return Decisions((_decision(node, said) for node, said in told.items()), iris=iris)


def _decision(node: str, said: dict[NamedNode, list[str]]) -> Decision:
    return Decision(
        int(node.rpartition("/")[2]),
        said[TG.choice][0],
        said[TG.decidedThing][0],
        tuple(sorted(said[TG.decidedWith])),
        (said[SCHEMA.name][0], *said.get(TG.otherName, ())),
        said[TG.decidedBy][0],
        said[TG.decidedAt][0],
        said[TG.because][0] if TG.because in said else None,
    )
