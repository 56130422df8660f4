"""The catalogue as a page: docs/questions.md, compared with this by a test."""

from __future__ import annotations

import re
import shlex

from .catalogue import catalogue
from .header import KIND, TOPICS, Example, Question

_INTRODUCTION = """# The questions

Each question is one file of SPARQL in [`queries/`](../queries), valid as it lies: paste it into any SPARQL 1.1 server
that holds a Tellygraph graph. From the command line and from Python it is asked by name, with its parameters:

```console
$ tellygraph ask
$ tellygraph ask NAME PARAMETER=VALUE ... --format table
```

```python
tellygraph.open_graph().ask("who-plays", character="Nick Nelson").to_pandas()
```

A parameter that is a thing takes its IRI or its name, as a review writes it, or in part where only one thing is meant
("nick"). Where several are meant, the error lists them. A `season` is a whole number, a `kind` one of the relationship
kinds. Rows come in the same order each time. A row that states a fact has the words (`quote`) and the title of the
review they are from; where several reviews say so, it is the first by IRI, and `reviews` counts them.

Why the files are written as they are: [decisions](decisions/queries-one-graph-at-a-time.md).
This page is made from them: `python -m tellygraph.queries > docs/questions.md`.
"""


def questions_page() -> str:
    """Return the page as Markdown: every question under its topic."""
    parts = [_INTRODUCTION]
    for topic in TOPICS:
        parts.append(f"## {topic[0].upper()}{topic[1:]}\n")
        parts += [_section(q) for q in catalogue().values() if q.topic == topic]
    return "\n".join(parts)


def _section(question: Question) -> str:
    lines = [f"### {question.name}\n", f"**{question.title}** {_prose(question.description)}\n"]
    if question.parameters:
        lines += ["| parameter | is | what it means |", "| --- | --- | --- |"]
        for p in question.parameters:
            kinds = " or ".join("show" if c == "series" else c for c in p.classes) or p.type
            kinds = "a relationship kind" if p.classes == (KIND,) else kinds
            needed = "" if p.required else ", optional"
            lines.append(f"| `{p.name}` | {kinds}{needed} | {p.meaning} |")
        lines.append("")
    example, where = question.example, "the example reviews"
    if example.missed:
        example, where = question.sample, "the tests' sample reviews"
    lines += ["```console", f"$ {_command(question, example)}", "```", ""]
    lines.append(f"On {where} the answer has, among others or in all:\n")
    lines += ["```text", *map(str, example.expected), "```"]
    lines += ["", f"SPARQL: [`{question.name}.rq`](../queries/{question.name}.rq)\n"]
    return "\n".join(lines)


def _command(question: Question, example: Example) -> str:
    return " ".join(["tellygraph ask", question.name, *(shlex.quote(f"{k}={v}") for k, v in example.params)])


def _prose(text: str) -> str:
    return re.sub(r"([<>*_])", r"\\\1", text)
