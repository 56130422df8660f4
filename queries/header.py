"""The header of a question: what its comment lines say, as a frozen record.

The lines of a header, in this order, each starting with `# `:

    title: a question, ending with ?
    description: what the answer is, in sentences
    topic: one of TOPICS
    param: NAME TYPE [CLASS|CLASS...] required|optional: what it means
    search: shortest-path                (only where one query cannot answer; see `catalogue.ask`)
    sample: NAME=VALUE                   asked of the sample graph of the tests, one parameter a line
    expect-sample: COLUMN=VALUE | ...    a row of the answer holds these values, one row a line
    expect-sample: N rows                the answer has that many
    example: and expect:                 the same on the example graph, made from examples/reviews

TYPE is `iri` (followed by the classes whose things may be meant; names may be given instead), `text` or `integer`.
A line that goes on starts with `#   `.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..ontology.terms import SCHEMA, TG
from .bind import narrowings, slots
from .rows import Rows
from .values import text_of

TOPICS: tuple[str, ...] = ("who plays whom", "relationships", "shows", "sources")
TYPES: tuple[str, ...] = ("iri", "text", "integer")
SEARCHES: tuple[str, ...] = ("shortest-path",)
CLASSES = {
    "character": TG.Character,
    "organization": SCHEMA.Organization,
    "person": SCHEMA.Person,
    "place": SCHEMA.Place,
    "review": SCHEMA.Review,
    "series": SCHEMA.TVSeries,
    "work": SCHEMA.CreativeWork,
}
"""What a parameter's name may be looked up among; besides these `kind`, a relationship kind."""

KIND = "kind"

_FIELD = re.compile(r"# (title|description|topic|param|search|sample|expect-sample|example|expect): ?(.*)\Z")
_PARAM = re.compile(r"(\w+) (iri|text|integer)(?: ([\w|]+))?? (required|optional): (.+)\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be told: `classes` are names of `CLASSES`, or `kind`, where `type` is "iri"."""

    name: str
    type: str
    classes: tuple[str, ...]
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must hold: a row with these `values` by column, or exactly so many `rows`."""

    values: tuple[tuple[str, str], ...] = ()
    rows: int | None = None

    def __str__(self) -> str:
        if self.rows is not None:
            return f"{self.rows} row{'s' if self.rows != 1 else ''}"
        return " | ".join(f"{column}={value}" for column, value in self.values)

    def met_by(self, rows: Rows) -> bool:
        """Whether the answer is as expected."""
        if self.rows is not None:
            return len(rows) == self.rows
        if not all(column in rows.variables for column, _ in self.values):
            return False
        at = [(rows.variables.index(column), value) for column, value in self.values]
        return any(all(text_of(row[i]) == value for i, value in at) for row in rows)


@dataclass(frozen=True, slots=True)
class Example:
    """A question asked of a known graph: parameters as the command line takes them, and what the answer must hold."""

    params: tuple[tuple[str, str], ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether nothing is expected: the example has not been filled in."""
        return not self.expected

    def unmet(self, rows: Rows) -> list[str]:
        """Return what the answer should hold and does not, as text."""
        return [str(e) for e in self.expected if not e.met_by(rows)]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the catalogue; `text` is its SPARQL, header and all, valid as it lies.

    `example` is asked of the example graph (examples/reviews), `sample` of the small graph of the tests. `search`
    is None, or how the answer is searched for where one query cannot give it.
    """

    name: str
    title: str
    description: str
    topic: str
    parameters: tuple[Parameter, ...]
    example: Example
    sample: Example
    text: str
    search: str | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the parameters that must be given."""
        return tuple(p.name for p in self.parameters if p.required)

    @property
    def sparql(self) -> str:
        """The SPARQL without the header."""
        return "\n".join(line for line in self.text.split("\n") if not line.startswith("#")).strip() + "\n"


def parse_question(name: str, text: str) -> Question:
    """Read a question's file. Raises ValueError naming the question and what is wrong with its header."""
    fields = _fields(name, text)

    def one(field: str, *, default: str | None = None) -> str:
        values = fields.get(field, [] if default is None else [default])
        if len(values) != 1 or (not values[0] and default is None):
            raise ValueError(f"question {name!r} must have one {field!r} line, it has {len(values)}")
        return values[0]

    question = Question(
        name=name,
        title=one("title"),
        description=one("description"),
        topic=one("topic"),
        parameters=tuple(_parameter(name, line) for line in fields.get("param", [])),
        example=_example(name, fields.get("example", []), fields.get("expect", [])),
        sample=_example(name, fields.get("sample", []), fields.get("expect-sample", [])),
        text=text,
        search=one("search", default="") or None,
    )
    _check(question)
    return question


def _fields(name: str, text: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in text.split("\n"):
        if not line.startswith("#"):
            break
        found = _FIELD.match(line)
        if found:
            last = fields.setdefault(found[1], [])
            last.append(found[2].strip())
        elif line.startswith("#   ") and last:
            last[-1] += " " + line[4:].strip()
        else:
            raise ValueError(f"question {name!r} has a header line that says nothing known: {line!r}")
    return fields


def _parameter(name: str, line: str) -> Parameter:
    found = _PARAM.match(line)
    if not found:
        raise ValueError(f"question {name!r} has a param line that cannot be read: {line!r}")
    classes = tuple(found[3].split("|")) if found[3] else ()
    unknown = [c for c in classes if c not in CLASSES and c != KIND]
    if unknown or bool(classes) != (found[2] == "iri"):
        raise ValueError(f"question {name!r}: {found[1]!r} must name classes if, and only if, it is an iri: {line!r}")
    return Parameter(found[1], found[2], classes, found[4] == "required", found[5].strip())


def _example(name: str, params: list[str], expected: list[str]) -> Example:
    pairs = []
    for line in params:
        parameter, equals, value = line.partition("=")
        if not equals:
            raise ValueError(f"question {name!r} has an example that is not NAME=VALUE: {line!r}")
        pairs.append((parameter.strip(), value.strip()))
    return Example(tuple(pairs), tuple(_expected(name, line) for line in expected))


def _expected(name: str, line: str) -> Expected:
    count = re.fullmatch(r"(\d+) rows?", line)
    if count:
        return Expected(rows=int(count[1]))
    values = []
    for cell in line.split(" | "):
        column, equals, value = cell.partition("=")
        if not equals:
            raise ValueError(f"question {name!r} expects something that is not COLUMN=VALUE: {line!r}")
        values.append((column.strip(), value.strip()))
    return Expected(tuple(values))


def _check(question: Question) -> None:
    declared = [p.name for p in question.parameters]
    if sorted(slots(question.text)) != sorted(declared):
        raise ValueError(
            f"question {question.name!r} declares {declared} but has the slots {list(slots(question.text))}"
        )
    if not set(narrowings(question.text)) <= set(declared):
        raise ValueError(f"question {question.name!r} has a line for a parameter that it does not declare")
    if question.topic not in TOPICS:
        raise ValueError(f"question {question.name!r} has the topic {question.topic!r}; there are: {TOPICS}")
    if question.search is not None and question.search not in SEARCHES:
        raise ValueError(f"question {question.name!r} has the search {question.search!r}; there are: {SEARCHES}")
