"""The rules as data: each has an id, patterns, what they state, sentences it must read and one it must not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ..items import Sentence
from ..templates import compile_template

RULE_FILES = (
    "brackets",
    "cast",
    "kinship",
    "appositions",
    "relationships",
    "pairs",
    "later",
    "romance",
    "feelings",
    "marriage",
    "partings",
    "society",
    "work",
    "teaching",
    "harm",
    "credits",
    "crafts",
    "adaptation",
    "production",
    "broadcast",
    "content",
    "lineage",
    "origin",
    "matter",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence a rule must read, and the facts that must come of it, as `relation[/kind]: subject > object`."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `options` holds what only some rules have (`kind`, `relation`, `status`, ...), as the file has it."""

    id: str
    group: str
    about: str
    patterns: tuple[str, ...]
    confidence: float
    reads: tuple[Example, ...]
    silent: tuple[str, ...]
    options: dict[str, object] = field(default_factory=dict)

    def option(self, name: str, default: str | None = None) -> str | None:
        """Return a text option."""
        value = self.options.get(name, default)
        return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a rule's pattern fits a sentence."""

    rule: Rule
    sentence: Sentence
    found: re.Match[str]

    def items(self, slot: str) -> list[int]:
        """Return the indexes of the items a slot captured, in order; empty where the pattern lacks or skipped it."""
        for group in _groups(self.found.re).get(slot, ()):
            if self.found.start(group) >= 0:
                first = self.sentence.item_at(self.found.start(group))
                last = self.sentence.item_at(self.found.end(group) - 1)
                return list(range(first, last + 1))
        return []

    def item(self, slot: str) -> int | None:
        """Return the index of the one item a slot captured."""
        found = self.items(slot)
        return found[0] if found else None

    @property
    def first(self) -> int:
        """The index of the first item of the match."""
        return self.sentence.item_at(self.found.start())

    @property
    def last(self) -> int:
        """The index of the last item of the match."""
        return self.sentence.item_at(self.found.end() - 1)

    @property
    def extent(self) -> tuple[int, int]:
        """The first and last item that state the fact: the match without punctuation and links at its ends."""
        items = self.sentence.items
        first, last = self.first, self.last
        while first < last and (
            items[first].value in _PUNCTUATION
            or (items[first].tag in ("DT", "CC") and items[first].value.lower() != "all")
        ):
            first += 1
        while last > first and (
            items[last].value in _PUNCTUATION or items[last].tag in ("CC", "DT", "WDT", "WP", "IN")
        ):
            last -= 1
        return first, last

    @property
    def brackets(self) -> Iterator[int]:
        """The indexes of opening brackets inside the match."""
        for i in range(self.first, self.last + 1):
            if self.sentence.items[i].value == "(":
                yield i


@cache
def _groups(pattern: re.Pattern[str]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of a pattern's groups by the slot they capture, in order."""
    groups: dict[str, tuple[int, ...]] = {}
    for name, number in pattern.groupindex.items():
        slot = name.partition("__")[0]
        groups[slot] = (*groups.get(slot, ()), number)
    return groups


_PUNCTUATION = frozenset([",", ".", ";", ":", "(", "—", "–", "-"])
_FIELDS = ("id", "about", "patterns", "confidence", "reads", "silent")


@cache
def rules(group: str) -> tuple[Rule, ...]:
    """Return our own rules of one file of `RULE_FILES`, in order. Raises ValueError where it is not well written."""
    data = tomllib.loads(files(__package__).joinpath(f"{group}.toml").read_text(encoding="utf-8"))
    return tuple(make_rule(group, entry) for entry in data["rule"])


def make_rule(group: str, entry: dict[str, object]) -> Rule:
    """Return the rule of one `[[rule]]` table. Raises ValueError where a field is missing or of the wrong type."""
    missing = [name for name in _FIELDS if name not in entry]
    if missing:
        raise ValueError(f"rule {entry.get('id', 'without an id')!r} has no {' and no '.join(missing)}")
    patterns, reads, silent, confidence = (entry[k] for k in ("patterns", "reads", "silent", "confidence"))
    if not (isinstance(patterns, list) and isinstance(reads, list) and isinstance(silent, list)):
        raise ValueError(f"rule {entry['id']!r}: patterns, reads and silent must be lists")
    if not all(isinstance(e, dict) and {"text", "facts"} <= e.keys() for e in reads):
        raise ValueError(f"rule {entry['id']!r}: every example of reads needs a text and its facts")
    return Rule(
        id=str(entry["id"]),
        group=group,
        about=str(entry["about"]),
        patterns=tuple(map(str, patterns)),
        confidence=float(str(confidence)),
        reads=tuple(Example(e["text"], tuple(e["facts"])) for e in reads),
        silent=tuple(map(str, silent)),
        options={k: v for k, v in entry.items() if k not in _FIELDS},
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """The compiled patterns of a file, in order, and by each word or tag of which a sentence must have one.

    With each pattern stand further sets, of which the sentence must have a word or tag, too.
    """

    patterns: tuple[tuple[Rule, re.Pattern[str], tuple[frozenset[str], ...]], ...]
    by_need: dict[str, tuple[int, ...]]
    always: tuple[int, ...]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> _Table:
        patterns: list[tuple[Rule, re.Pattern[str], tuple[frozenset[str], ...]]] = []
        by_need: dict[str, list[int]] = {}
        always: list[int] = []
        for rule in rules:
            for template in rule.patterns:
                pattern, needs = compile_template(template)
                for need in needs[0] if needs else ():
                    by_need.setdefault(need, []).append(len(patterns))
                if not needs:
                    always.append(len(patterns))
                patterns.append((rule, pattern, needs[1:]))
        return cls(tuple(patterns), {need: tuple(numbers) for need, numbers in by_need.items()}, tuple(always))


class Rulebook:
    """The rules a reader goes by: ours, and before them, since the first to understand a place has it, a user's own."""

    def __init__(self, own: Iterable[Rule] = ()) -> None:
        """Take `own` rules, whose `group` is one of `RULE_FILES`."""
        self.own = tuple(own)
        self._tables: dict[str, _Table] = {}

    def table(self, group: str) -> _Table:
        """Return the compiled patterns of `group`."""
        if group not in self._tables:
            own = (rule for rule in self.own if rule.group == group)
            self._tables[group] = _Table.of((*own, *rules(group)))
        return self._tables[group]


def matches(group: str, sentence: Sentence) -> Iterator[Match]:
    """Yield where the rules of `group` fit `sentence`: by rule and pattern in the rulebook's order, then by place."""
    table, sketch = sentence.rulebook.table(group), sentence.sketch
    numbers = set(table.always)
    for feature in table.by_need.keys() & sentence.features:
        numbers.update(table.by_need[feature])
    for number in sorted(numbers):
        rule, pattern, needs = table.patterns[number]
        if any(need.isdisjoint(sentence.features) for need in needs):
            continue
        for found in pattern.finditer(sketch):
            yield Match(rule, sentence, found)
