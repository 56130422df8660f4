"""A score as tables for people and as data for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .judging import Judgement, Verdict
from .score import Counts, Said, Score

_COUNTED = ("precision", "recall", "F1", "hits", "misses", "false")


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table: the first column is text, the others numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(score: Score) -> Iterator[Table]:
    """Yield a score's tables: overall and by relation, kind, group, rule, confidence and least confidence."""
    yield totals(score)
    yield _counted("Kinds of relationship", "kind", score.kinds)
    yield groups(score)
    rules = tuple((rule, *_said(said)) for rule, said in score.rules.items())
    yield Table("Rules", ("rule", "said", "right", "false", "share right"), rules)
    yield reliability(score)
    yield thresholds(score)


def summary(score: Score) -> str:
    """Say what was scored."""
    reviews, traps = (f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in (
        (score.documents, "review"), (score.traps, "trap"),
    ))  # fmt: skip
    return f"{reviews}; {traps}, {score.sprung} of them stepped into"


def totals(score: Score) -> Table:
    """All facts, and each relation."""
    return _counted("Relations", "relation", {"all": score.overall, **score.relations})


def groups(score: Score) -> Table:
    """Relationships where any kind of the right group is right."""
    return _counted("Groups of kinds (right two, right group, right way round)", "group", score.groups)


def reliability(score: Score) -> Table:
    """What was said with how much confidence, and what share of it is right."""
    rows = tuple((f"{low:.2f} to {high:.2f}", *_said(said)) for (low, high), said in score.bands.items() if said.said)
    return Table("Reliability", ("confidence", "said", "right", "false", "share right"), rows)


def thresholds(score: Score) -> Table:
    """What is left with a least confidence."""
    named = {f"{least:.2f}": counts for least, counts in score.thresholds.items()}
    return _counted("With --min-confidence", "at least", named)


def _counted(title: str, first: str, parts: Mapping[str, Counts]) -> Table:
    rows = tuple(
        (name, _number(c.precision), _number(c.recall), _number(c.f1), str(c.hits), str(c.misses), str(c.false))
        for name, c in parts.items()
    )
    return Table(title, (first, *_COUNTED), rows)


def _said(said: Said) -> tuple[str, str, str, str]:
    return str(said.said), str(said.right), str(said.false), _number(said.share)


def _number(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def aligned(table: Table) -> Iterator[str]:
    """Yield a table's lines, title first, its columns aligned."""
    yield table.title
    lines = [table.head, *table.rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *numbers in lines:
        cells = [first.ljust(widths[0]), *(n.rjust(w) for n, w in zip(numbers, widths[1:], strict=True))]
        yield "  " + "  ".join(cells).rstrip()


def markdown(table: Table) -> str:
    """Return a table as Markdown, without its title."""
    rule = ("---", *("---:" for _ in table.head[1:]))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (table.head, rule, *table.rows))


def error_lines(errors: Iterable[Judgement]) -> Iterator[str]:
    """Yield what was missed and what was said falsely, document by document, each with its sentence."""
    for error in errors:
        yield f"{error.document.name}: {error.verdict.value}: {_stated(error)}"
        yield f"    “{error.sentence}”"


def _stated(error: Judgement) -> str:
    data = _error(error)
    notes = [data["status"], None if data["season"] is None else f"season {data['season']}", data["show"]]
    said = [] if error.fact is None else [f"by {error.fact.rule}, {error.fact.confidence:.2f}"]
    said += [f"trap {error.trap}"] * (error.trap is not None)
    noted = ", ".join([str(note) for note in notes if note is not None] + said)
    line = f"{data['subject']} {data['kind'] or data['relation']} {data['object']}"
    return f"{line} ({noted})" if noted else line


def as_json(score: Score, errors: Iterable[Judgement] | None = None) -> str:
    """Return a score as JSON, the same for the same score, with a line end; shares are rounded to four places.

    `errors`, if given, are listed in it.
    """
    data: dict[str, object] = {
        "documents": score.documents,
        "traps": score.traps,
        "sprung": score.sprung,
        "overall": _counts_data(score.overall),
        "relations": {name: _counts_data(counts) for name, counts in score.relations.items()},
        "kinds": {name: _counts_data(counts) for name, counts in score.kinds.items()},
        "groups": {name: _counts_data(counts) for name, counts in score.groups.items()},
        "rules": {rule: _said_data(said) for rule, said in score.rules.items()},
        "reliability": [
            {"from": low, "to": high, **_said_data(said)} for (low, high), said in score.bands.items() if said.said
        ],
        "minConfidence": [{"least": least, **_counts_data(counts)} for least, counts in score.thresholds.items()],
    }
    if errors is not None:
        data["errors"] = [_error(error) for error in errors]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _counts_data(counts: Counts) -> dict[str, float | int | None]:
    return {
        "precision": _rounded(counts.precision), "recall": _rounded(counts.recall), "f1": _rounded(counts.f1),
        "hits": counts.hits, "misses": counts.misses, "false": counts.false,
    }  # fmt: skip


def _said_data(said: Said) -> dict[str, float | int | None]:
    return {"said": said.said, "right": said.right, "false": said.false, "share": _rounded(said.share)}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _error(error: Judgement) -> dict[str, object]:
    gold, fact = error.gold, error.fact
    data: dict[str, object] = {
        "document": error.document.name,
        "verdict": error.verdict.value,
        "relation": error.relation,
        "kind": error.kind,
    }
    if fact is not None and error.verdict is Verdict.FALSE:
        shown = fact.show.name if fact.show is not None and error.document.shows else None
        data |= {
            "subject": fact.subject.name, "object": fact.object.name, "status": fact.status, "season": fact.season,
            "show": shown, "rule": fact.rule, "confidence": fact.confidence, "trap": error.trap,
        }  # fmt: skip
    elif gold is not None:
        data |= {
            "subject": gold.subject, "object": gold.object, "status": gold.status, "season": gold.season,
            "show": gold.show, "rule": None, "confidence": None, "trap": None,
        }  # fmt: skip
    return data | {"evidence": error.evidence, "sentence": error.sentence}
