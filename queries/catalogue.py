"""The catalogue: every question there is, and asking one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from ..errors import ParameterError, UnknownQuestionError
from ..ontology.terms import XSD
from .bind import bind
from .header import KIND, Parameter, Question, parse_question
from .names import find, find_kind
from .paths import shortest_path
from .rows import Queryable, Rows, select
from .values import visible

Term = NamedNode | Literal
Value = str | int | NamedNode | Literal

Search = Callable[[Queryable, Question, Mapping[str, Term]], Rows]

_SEARCHES: Mapping[str, Search] = {"shortest-path": shortest_path}


@cache
def catalogue() -> Mapping[str, Question]:
    """Return every question by name, sorted. Raises ValueError if a question's file is not as it should be."""
    found = {}
    for file in sorted(files(__package__).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".rq"):
            name = file.name.removesuffix(".rq")
            found[name] = parse_question(name, file.read_text(encoding="utf-8"))
    return MappingProxyType(found)


def question(name: str) -> Question:
    """Return one question. Raises UnknownQuestionError, listing near names, if there is none of that name."""
    known = catalogue()
    if name not in known:
        near = get_close_matches(name.casefold(), known, n=3, cutoff=0.5)
        near = near or [n for n in known if name.casefold() in n][:3]
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known)}"
        raise UnknownQuestionError(f"there is no question {visible(name)!r}; {hint}")
    return known[name]


def ask(store: Queryable, name: str, params: Mapping[str, Value] | None = None) -> Rows:
    """Answer a question of the catalogue.

    A parameter that is a thing takes its name or its IRI, whole or as answers print it ("id:person/..."); names are
    looked up as `names.find` says. A blank value is as good as none. Answers are in the question's own order,
    the same each time.

    Raises UnknownQuestionError; ParameterError for a parameter that is missing, unknown or of the wrong type;
    AmbiguousNameError for a name that means several things of the graph, or none.
    """
    asked = question(name)
    terms = bound(store, asked, params or {})
    if asked.search is not None:
        return _SEARCHES[asked.search](store, asked, terms)
    return select(store, bind(asked.sparql, terms), named=True)


def bound(store: Queryable, asked: Question, params: Mapping[str, Value]) -> dict[str, Term]:
    """Return a question's parameters as RDF terms, names looked up; raises as `ask` does."""
    given = {key: value for key, value in params.items() if not (isinstance(value, str) and not value.strip())}
    known = {p.name: p for p in asked.parameters}
    for key in params:
        if key not in known:
            listed = ", ".join(f"{p.name}{'' if p.required else ' (optional)'}" for p in asked.parameters)
            takes = f"it takes: {listed}" if listed else "it takes none"
            raise ParameterError(f"the question {asked.name!r} has no parameter {visible(key)!r}; {takes}")
    missing = [known[key] for key in asked.required if key not in given]
    if missing:
        listed = " and ".join(f"{p.name!r} ({p.meaning})" for p in missing)
        raise ParameterError(f"the question {asked.name!r} needs {listed}: add {missing[0].name}=...")
    return {key: _term(store, asked, known[key], value) for key, value in given.items()}


def _term(store: Queryable, asked: Question, parameter: Parameter, value: Value) -> Term:
    if isinstance(value, NamedNode | Literal):
        return value
    if parameter.type == "integer":
        return _integer(asked, parameter, value)
    text = str(value)
    if parameter.type == "text":
        return Literal(text)
    if parameter.classes == (KIND,):
        return find_kind(text)
    return find(store, text, parameter.classes)


def _integer(asked: Question, parameter: Parameter, value: str | int) -> Literal:
    try:
        number = int(value)
    except ValueError:
        number = -1
    if number < 0:
        raise ParameterError(
            f"{parameter.name!r} of the question {asked.name!r} must be a whole number, not {visible(str(value))!r}"
        )
    return Literal(str(number), datatype=XSD.integer)
