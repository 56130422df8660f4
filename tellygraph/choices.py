"""A person's decisions about who is whom, from names to the graph: looked up, checked, put in and taken back."""

from __future__ import annotations

import getpass
import os
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from .errors import AmbiguousNameError, InputError, SettingError
from .graph import Store
from .graph.deciding import redecide
from .graph.decisions import DIFFERENT, MERGE, SAME_AS, SPLIT, Decision, Decisions, decisions_in
from .graph.restating import above
from .ontology import Iris
from .ontology.terms import RDF, SCHEMA, TG
from .queries.header import CLASSES
from .queries.names import find
from .queries.rows import select
from .queries.values import text_of, visible
from .settings import text_setting

_KINDS = tuple(name for name in CLASSES if name != "review")
_ON_THE_WEB = re.compile(r"https?://[^\s/]+\S*\Z")


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision made or (`undone`) taken back: the reviews (IRIs) that say something else now, and statements.

    Of a dry run, what would be.
    """

    decision: Decision
    reviews: tuple[str, ...]
    added: int
    removed: int
    undone: bool = False


@dataclass(frozen=True, slots=True)
class _Thing:
    iri: str
    name: str
    kind: str

    def __str__(self) -> str:
        return f"{visible(self.name)} <{self.iri}>"


class Choices:
    """The decisions of one graph: the front desk's half of them. Things are given by name or IRI, as everywhere."""

    def __init__(self, store: Store, iris: Iris) -> None:
        self._store, self._iris = store, iris

    def made(self) -> tuple[Decision, ...]:
        """Return the decisions, in order."""
        return decisions_in(self._store, self._iris).made

    def merge(self, one: str, other: str, who: str | None, why: str | None, *, dry_run: bool) -> Decided:
        """Decide that `one` is `other`, which keeps its address and name."""
        return self._decide(MERGE, *self._pair(one, other), who, why, dry_run)

    def same(self, one: str, other: str, who: str | None, why: str | None, *, dry_run: bool) -> Decided:
        """Decide that two are one: the one with the fuller name stays; or that one is a thing out on the web."""
        given = other.strip()
        if _ON_THE_WEB.match(given) and not given.startswith(self._iris.base) and not self._is_known(given):
            return self._same_as(self._find(one), given, who, why, dry_run)
        a, b = self._pair(one, other)
        a, b = sorted((a, b), key=lambda thing: (len(thing.name.split()), len(thing.name)))
        return self._decide(MERGE, a, b, who, why, dry_run)

    def different(self, one: str, other: str, who: str | None, why: str | None, *, dry_run: bool) -> Decided:
        """Decide that two are never one; where a rule took the one for the other, they part."""
        a, b = self._find(one), self._find(other)
        if a.iri == b.iri:
            taken = [thing for thing in self._taken_for(a) if {one.strip(), other.strip()} & {thing.iri, thing.name}]
            if len(taken) != 1:
                raise InputError(f"both are {a}: `tellygraph split` parts it from what was taken for it")
            b = taken[0]
        elif a.kind != b.kind:
            raise _of_two_kinds(a, b)
        return self._decide(DIFFERENT, a, b, who, why, dry_run)

    def split(self, thing: str, who: str | None, why: str | None, *, dry_run: bool) -> Decided:
        """Decide that what was taken for a thing, by a rule or a decision, stands apart from it."""
        found, made = self._find(thing), self._decisions()
        taken = {other.iri for other in self._taken_for(found)}
        taken |= {
            d.thing for d in made if d.choice == MERGE and d.others == (found.iri,) and made.final(d.thing) == found.iri
        }
        if not taken:
            raise InputError(f"nothing was taken for {found}: there is nothing to part")
        return self._put(made, SPLIT, found, tuple(sorted(taken)), (found.name,), who, why, dry_run)

    def undo(self, number: int | None, *, dry_run: bool) -> Decided:
        """Take a decision back, the last one where no number is given."""
        made = self._decisions()
        if number is None:
            number = made.next_number - 1
        less = made.without(number)
        (decision,) = set(made.made) - set(less.made)
        done = redecide(self._store, made, less, self._iris, dry_run=dry_run)
        return Decided(decision, done.reviews, done.change.added, done.change.removed, undone=True)

    # ---- one decision ---------------------------------------------------------------------------------------------

    def _decisions(self) -> Decisions:
        return decisions_in(self._store, self._iris)

    def _decide(
        self, choice: str, a: _Thing, b: _Thing, who: str | None, why: str | None, dry_run: bool
    ) -> Decided:  # fmt: skip
        return self._put(self._decisions(), choice, a, (b.iri,), (a.name, b.name), who, why, dry_run)

    def _same_as(self, thing: _Thing, address: str, who: str | None, why: str | None, dry_run: bool) -> Decided:
        try:
            NamedNode(address)
        except ValueError as error:
            raise InputError(f"{visible(address)!r} is not an IRI: {error}") from error
        return self._put(self._decisions(), SAME_AS, thing, (address,), (thing.name,), who, why, dry_run)

    def _put(
        self, made: Decisions, choice: str, thing: _Thing, others: tuple[str, ...], names: tuple[str, ...],
        who: str | None, why: str | None, dry_run: bool,
    ) -> Decided:  # fmt: skip
        same = [d for d in made if (d.choice, {d.thing, *d.others}) == (choice, {thing.iri, *others})]
        if same:
            raise InputError(f"{same[-1].called} says so already")
        decision = Decision(made.next_number, choice, thing.iri, others, names, _who(who), _now(), why or None)
        done = redecide(self._store, made, made.with_(decision), self._iris, dry_run=dry_run)
        return Decided(decision, done.reviews, done.change.added, done.change.removed)

    # ---- names ----------------------------------------------------------------------------------------------------

    def _pair(self, one: str, other: str) -> tuple[_Thing, _Thing]:
        """Return two things that can be one."""
        a = self._find(one)
        try:
            b = self._thing(find(self._store, other, [a.kind]).value)
        except AmbiguousNameError as error:
            try:
                b = self._find(other)
            except AmbiguousNameError:
                raise error from None
        if a.iri == b.iri:
            raise InputError(f"{visible(one)!r} and {visible(other)!r} are one already: {a}")
        if a.kind != b.kind:
            raise _of_two_kinds(a, b)
        if a.kind == "character" and above(a.iri, self._iris) != above(b.iri, self._iris):
            raise InputError(f"{a} and {b} are characters of two shows: if the shows are one, merge them first")
        return a, b

    def _find(self, text: str) -> _Thing:
        return self._thing(find(self._store, text, _KINDS).value)

    def _thing(self, iri: str) -> _Thing:
        rows = select(self._store, _DESCRIBED.format(thing=NamedNode(iri), type=RDF.type, name=SCHEMA.name))
        said = sorted((text_of(name), text_of(kind)) for kind, name in rows)
        kinds = [kind for kind in _KINDS if any(CLASSES[kind].value == of for _, of in said)]
        return _Thing(iri, said[0][0], kinds[0])

    def _is_known(self, iri: str) -> bool:
        return bool(select(self._store, f"SELECT ?p WHERE {{ <{iri}> ?p ?o }} LIMIT 1")) if NamedNode(iri) else False

    def _taken_for(self, thing: _Thing) -> list[_Thing]:
        """What reviews name that a rule took for this thing."""
        rows = select(
            self._store,
            _TAKEN.format(
                graph=NamedNode(self._iris.identity_graph), type=RDF.type, merge=TG.Merge, into=TG.mergedInto,
                thing=NamedNode(thing.iri), of=TG.mergedFrom, name=SCHEMA.name,
            ),
        )  # fmt: skip
        names = {text_of(iri): text_of(name) for iri, name in sorted(rows, key=str, reverse=True)}
        return [_Thing(iri, name, thing.kind) for iri, name in sorted(names.items())]


_DESCRIBED = "SELECT DISTINCT ?kind ?name WHERE {{ GRAPH ?g {{ {thing} {type} ?kind ; {name} ?name }} }}"
_TAKEN = """
SELECT DISTINCT ?from ?name WHERE {{
  GRAPH {graph} {{ ?m {type} {merge} ; {into} {thing} ; {of} ?from ; {name} ?name }}
}}"""


def _of_two_kinds(a: _Thing, b: _Thing) -> InputError:
    words = {"series": "show", "organization": "company"}
    return InputError(f"{a} is a {words.get(a.kind, a.kind)} and {b} a {words.get(b.kind, b.kind)}: they are never one")


def _who(given: str | None) -> str:
    """Who decides: as given, else the setting, else who is logged in."""
    named = (given if given is not None else text_setting("who")).strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:  # a container may know nobody
        raise SettingError("nobody is logged in by name: say who decides with --who or TELLYGRAPH_WHO") from error


def _now() -> str:
    """Return the time in UTC, to the second; SOURCE_DATE_EPOCH stands in for the clock, as in reproducible builds."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = int(given) if given else int(time.time())
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise SettingError(f"SOURCE_DATE_EPOCH is {given!r}: it must be a number of seconds") from error
