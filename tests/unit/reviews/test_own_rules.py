"""A user's own rules are read beside ours, and refused in one sentence where they are not well written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tellygraph.errors import InputError
from tellygraph.ontology.iris import Iris
from tellygraph.reviews.reader import RuleReader
from tellygraph.reviews.records import Review

IRIS = Iris.default()

NEMESIS = """
[[rule]]
group = "relationships"
id = "own-fences"
about = "Whoever crosses swords is a rival."
patterns = ["{a} always? crosses swords with {b}"]
subject = "a"
kind = "rival"
object = "b"
confidence = 0.8
reads = [{ text = "Nell crosses swords with Otto.", facts = ["relationship/rival: Nell > Otto"] }]
silent = ["Nell crosses the road with Otto."]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_of_ones_own_reads_what_ours_do_not(tmp_path: Path) -> None:
    review = Review(IRIS.review("x"), "x", "Nell always crosses swords with Otto.", show="Saltmarsh")
    without = next(RuleReader().read([review]))
    reading = next(RuleReader(rules=written(tmp_path, NEMESIS)).read([review]))
    assert [f for f in without.facts if f.kind == "rival"] == []
    (fact,) = [f for f in reading.facts if f.rule == "own-fences"]
    assert (fact.subject.name, fact.kind, fact.object.name, fact.confidence) == ("Nell", "rival", "Otto", 0.8)
    assert fact.evidence.quote == "Nell always crosses swords with Otto"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("relationships", "gossip"), "has the group 'gossip'; choose one of brackets, cast, "),
        (('"rival"', '"pen pal"'), "has the kind 'pen pal'; there are role, bond, parent"),
        (("own-fences", "R1"), "the id 'R1' is taken"),
        (("0.8", "1.5"), "has the confidence 1.5; it must be above 0 and at most 1"),
        (("{b}", "{b:hat}"), "'hat' is no slot type"),
        (("with {b}", "[ with {b}"), "a [ without ]"),
        (
            ("Otto.", "the sea."),
            "should read 'relationship/rival: Nell > Otto' in 'Nell crosses swords with the sea.' and reads nothing",
        ),
        (
            ("the road", "swords"),
            "should be silent on 'Nell crosses swords with Otto.' and reads relationship/rival: Nell > Otto",
        ),
        (("silent", "quiet"), "has no silent"),
        (("[[rule]]", "[[rule"), "is not well written"),
        (("[[rule]]", "[[law]]"), "holds no rules"),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_a_mistake_is_named(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    path = written(tmp_path, NEMESIS.replace(*change))
    with pytest.raises(InputError) as error:
        RuleReader(rules=path)
    assert complaint in str(error.value)
    assert str(path) in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: the rules cannot be read: No such file or directory"):
        RuleReader(rules=tmp_path / "none.toml")


def test_the_rule_of_the_documentation_holds(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "own-rules.md").read_text(encoding="utf-8")
    rule = page.partition("```toml\n")[2].partition("```")[0]
    assert [r.id for r in RuleReader(rules=written(tmp_path, rule)).rulebook.own] == ["own-fences"]
