"""The main job, end to end, on the example reviews: read, keep, ask, draw, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from textwrap import shorten

from .added import Added, ReviewAdded
from .console import columns, plural
from .errors import InputError
from .information import Info
from .knowledge_graph import open_graph
from .queries import Rows, question
from .reading import Remark

QUESTIONS: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("roles-of", {"actor": "Olivia Colman"}, "{characterName} in {showName}"),
    ("couples", {"show": "Heartstopper"}, "{oneName} is {is} {otherName}"),
    ("connection", {"from": "Kit Connor", "to": "Michael Sheen"}, "{personName} plays {plays} in {showName}"),
)
"""What the demo asks: a question, its parameters, and how a row of the answer is said."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question asked: `command` asks it again, `lines` are what was answered, each with its words, quoted."""

    title: str
    command: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did: `graph` is the store's folder, `linked_data` a TriG file, `picture` a page."""

    added: Added
    info: Info
    answers: tuple[Answer, ...]
    graph: Path
    linked_data: Path
    picture: Path


def run(into: Path, hear: Callable[[ReviewAdded | Remark], None] | None = None) -> Demo:
    """Read the example reviews into a graph in the folder `into`, and ask, draw and export it.

    Takes a few seconds; running it again gives the same. `hear` is called with each review as it is added. Raises
    InputError if the folder cannot be made, StoreError or ExportError if what goes in it cannot be written.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the folder {into} cannot be made: {error.strerror}") from error
    store, linked_data, picture = into / "tellygraph.db", into / "tellygraph.trig", into / "tellygraph.html"
    with as_file(files("tellygraph.examples").joinpath("reviews")) as reviews, open_graph(store) as graph:
        added = graph.add(reviews, hear=hear, force=True)
        answers = tuple(
            _answer(name, parameters, template, graph.ask(name, **parameters))
            for name, parameters, template in QUESTIONS
        )
        graph.export("trig", linked_data)
        graph.draw().save(picture)
        return Demo(added, graph.info(), answers, store, linked_data, picture)


def _answer(name: str, parameters: Mapping[str, str], template: str, rows: Rows) -> Answer:
    given = " ".join(f'{key}="{value}"' for key, value in parameters.items())
    lines = []
    for row in rows.python():
        said = template.format_map({key: "an unnamed role" if value is None else value for key, value in row.items()})
        season = None if row.get("season") is None else f"season {row['season']}"
        notes = ", ".join(str(note) for note in (season, row.get("status")) if note)
        words = f"“{shorten(str(row['quote']), 90, placeholder='…')}”"
        lines.append((f"{said} ({notes})" if notes else said, words))
    return Answer(question(name).title, f"ask {name} {given}", tuple(lines))


def lines(demo: Demo) -> Iterator[str]:
    """Yield what the demo has to say, for people."""
    info = demo.info
    yield (
        f"Read {plural(demo.added.reviews, 'review')}: {plural(demo.added.facts, 'fact')} about"
        f" {plural(info.people, 'person')}, {plural(info.characters, 'character')} and {plural(info.shows, 'show')}."
    )
    for answer in demo.answers:
        yield ""
        yield f"{answer.title}  [tellygraph {answer.command}]"
        for line in columns(answer.lines, None):
            yield f"  {line}"
    yield ""
    yield "Wrote"
    paths = (("the graph", demo.graph), ("linked data", demo.linked_data), ("the picture", demo.picture))
    for line in columns([(what, str(path)) for what, path in paths], None):
        yield f"  {line}"
    yield f"Ask more: tellygraph --graph {demo.graph} ask"
