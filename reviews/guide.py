"""The rules as a page for people: `python -m tellygraph.reviews.guide docs/reading.md` renews the tables in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from .rules import RULE_FILES, Rule, rules

_TITLES = {
    "brackets": "Who plays whom: brackets",
    "cast": "Who plays whom: prose and cast lines",
    "kinship": "Parents, children and those who raise them",
    "appositions": "Who is what to whom: beside the name",
    "relationships": "Who is what to whom: possessives and copulas",
    "pairs": "Who is what to whom: what is between two",
    "later": "Who is what to whom: over two sentences",
    "romance": "Love",
    "feelings": "One-sided and nearly",
    "marriage": "Marriages and engagements",
    "partings": "Partings and loves that are over",
    "society": "Friends, allies and rivals",
    "work": "Work",
    "teaching": "Teaching and care",
    "harm": "Enemies, killers and the accused",
    "credits": "Who made it",
    "crafts": "Scripts, direction, pictures and music",
    "adaptation": "What it is taken from",
    "production": "Season and episodes",
    "broadcast": "Networks and dates",
    "content": "Setting and genre",
    "lineage": "Other shows",
    "origin": "Where it comes from and what it won",
    "matter": "What it is about and whom it shows",
}
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"


def rules_as_markdown() -> str:
    """Return a table of all rules, a section a file, in the order in which they are tried."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    for group in RULE_FILES:
        yield f"### {_TITLES[group]}\n"
        yield "| rule | reads | for example | says | keeps silent on | confidence |"
        yield "|---|---|---|---|---|---|"
        for rule in rules(group):
            yield _row(rule)
        yield ""


def _row(rule: Rule) -> str:
    example = rule.reads[0]
    cells = (
        f"`{rule.id}`",
        rule.about,
        example.text,
        "; ".join(example.facts),
        rule.silent[0],
        f"{rule.confidence:.2f}",
    )
    return "| " + " | ".join(_cell(c) for c in cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", " / ")


def renew(page: str) -> str:
    """Return `page` with the rules between its markers. Raises ValueError where a marker is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n\n{rules_as_markdown()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renew(path.read_text(encoding="utf-8")), encoding="utf-8")
