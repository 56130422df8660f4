"""A user's own rules, from a TOML file written like ours: checked word by word, and held to their examples."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ...ontology.iris import Iris
from ...ontology.terms import KINDS, RELATIONS, STATUSES
from ..records import Fact, Review
from ..templates import TemplateError, compile_template
from . import RULE_FILES, Rule, make_rule, rules

if TYPE_CHECKING:
    from ..reader import Reader

_FROM_THE_LEXICON = frozenset(("role", "bond"))
_EXAMPLE_SHOW = "Saltmarsh"


def own_rules(path: str | os.PathLike[str]) -> tuple[Rule, ...]:
    """Return the rules of a user's file, in order.

    Raises InputError if it cannot be read, is no TOML, or has a rule that is not well written: one sentence that names
    the file, the rule and what to do.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: the rules cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} is not well written: {error}; rules are written in TOML, in UTF-8") from error
    entries = data.get("rule")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{path} holds no rules: write each as a [[rule]] table")
    taken = {rule.id for group in RULE_FILES for rule in rules(group)}
    found: list[Rule] = []
    for entry in entries:
        try:
            rule = _checked(dict(entry), taken)
        except (ValueError, TemplateError) as error:
            raise InputError(f"{path}: {error}") from error
        taken.add(rule.id)
        found.append(rule)
    return tuple(found)


def _checked(entry: dict[str, object], taken: set[str]) -> Rule:
    """Return the rule of a table. Raises ValueError or TemplateError with a sentence for the user."""
    name = repr(entry.get("id", "without an id"))
    group = entry.pop("group", None)
    if group not in RULE_FILES:
        raise ValueError(f"rule {name} has the group {group!r}; choose one of {', '.join(RULE_FILES)}")
    rule = make_rule(str(group), entry)
    if rule.id in taken:
        raise ValueError(f"the id {name} is taken: give the rule another")
    if not 0 < rule.confidence <= 1:
        raise ValueError(f"rule {name} has the confidence {rule.confidence:g}; it must be above 0 and at most 1")
    if not rule.patterns or not rule.reads or not rule.silent:
        raise ValueError(f"rule {name} needs a pattern, a sentence it reads and one on which it is silent")
    for word in (rule.option("relation") or "").split():
        if word not in RELATIONS:
            raise ValueError(f"rule {name} has the relation {word!r}; there are {', '.join(RELATIONS)}")
    kind, status = rule.option("kind"), rule.option("status")
    if kind is not None and kind not in KINDS and kind not in _FROM_THE_LEXICON:
        raise ValueError(f"rule {name} has the kind {kind!r}; there are role, bond, {', '.join(KINDS)}")
    if status is not None and status not in STATUSES:
        raise ValueError(f"rule {name} has the status {status!r}; there are {', '.join(STATUSES)}")
    for pattern in rule.patterns:
        compile_template(pattern)
    return rule


def hold_to_examples(own: Sequence[Rule], reader: Reader, path: str | os.PathLike[str]) -> None:
    """Let `reader`, which has the rules, read their examples.

    Raises InputError naming the first sentence that does not come out as its rule says.
    """
    for rule in own:
        for example in rule.reads:
            said = [spelled(f) for f in _read(reader, example.text) if f.rule == rule.id]
            for fact in example.facts:
                if fact not in said:
                    what = "; ".join(said) or "nothing"
                    raise InputError(
                        f"{path}: rule {rule.id!r} should read {fact!r} in {example.text!r} and reads {what}:"
                        " correct its pattern or its example"
                    )
        for text in rule.silent:
            said = [spelled(f) for f in _read(reader, text) if f.rule == rule.id]
            if said:
                raise InputError(
                    f"{path}: rule {rule.id!r} should be silent on {text!r} and reads {'; '.join(said)}:"
                    " narrow its pattern or correct its example"
                )


def _read(reader: Reader, text: str) -> tuple[Fact, ...]:
    """Read an example as a review of the invented show Saltmarsh, of its second season where the words name it."""
    season = 2 if "eason 2" in text or "econd season" in text else None
    iri = Iris.default().review("example")
    return next(iter(reader.read([Review(iri, "example", text, show=_EXAMPLE_SHOW, season=season)]))).facts


def spelled(fact: Fact) -> str:
    """Return a fact as examples write it.

    "plays: Toby Farrow > Pip", "relationship/sibling: Sam > Nell (former)"
    """
    kind = f"/{fact.kind}" if fact.kind else ""
    status = f" ({fact.status})" if fact.status else ""
    return f"{fact.relation}{kind}: {fact.subject.name} > {fact.object.name}{status}"
