"""`docs/ontology.md` shows what is really written: its example, its tables, its names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

import tellygraph.ontology as room
from samples import IRIS, NORTHGATE, SAMPLE
from tellygraph.graph.quads import quads_of
from tellygraph.ontology import KINDS, RELATIONS, STATUSES, TURTLE_FILES, findings
from tellygraph.ontology.tables import TABLES, renewed

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_vocabulary() -> None:
    assert renewed(PAGE) == PAGE, "renew them: python -m tellygraph.ontology.tables docs/ontology.md"
    assert set(re.findall(r"<!-- table: (\w+) -->", PAGE)) == set(TABLES)


def test_a_stale_table_is_renewed_and_the_prose_is_kept() -> None:
    stale = "Before.\n<!-- table: statuses -->\n| old |\n<!-- end -->\nAfter.\n"
    assert renewed(stale) == f"Before.\n<!-- table: statuses -->\n\n{TABLES['statuses']()}\n<!-- end -->\nAfter.\n"
    assert renewed(renewed(stale)) == renewed(stale)
    with pytest.raises(KeyError):
        renewed("<!-- table: none -->\n<!-- end -->")


def test_every_relation_kind_and_status_has_its_row() -> None:
    for name in (*RELATIONS, *STATUSES):
        assert f"| `{name}` |" in PAGE
    for kind in KINDS.values():
        assert f"\n| {kind.name} | {kind.group} |" in PAGE
    assert "| `plays` | person | plays | character | `tg:plays` | see P161, see P453, see P725 |" in PAGE
    assert "| child | family | parent | parent | `schema:parent` | covers P22, covers P25 |" in PAGE
    assert "| `two-actors` | warning |" in PAGE
    assert "| `parent-loop` | violation |" in PAGE


def test_every_row_of_a_table_has_the_cells_of_its_head() -> None:
    for table in TABLES.values():
        lines = table().splitlines()
        assert {line.count(" | ") for line in lines} == {lines[0].count(" | ")}
        assert len(lines) > 5


def test_the_example_is_what_we_write_for_that_fact() -> None:
    (example,) = re.findall(r"```trig\n(.*?)```", PAGE, re.DOTALL)
    shown = set(parse(example, RdfFormat.TRIG))
    facts = [f for f in SAMPLE[NORTHGATE] if f.relation == "plays" and f.object.name == "Hal Orme"]
    written = set(quads_of(NORTHGATE, facts, IRIS))
    assert shown == written
    assert list(findings(shown)) == []


def test_the_page_names_what_the_room_holds() -> None:
    for name in (*TURTLE_FILES, "context.jsonld", "terms.py"):
        assert f"`ontology/{name}`" in PAGE
    assert {p.name for p in (ROOT / "ontology").glob("*.ttl")} == set(TURTLE_FILES)
    for code in re.findall(r"from tellygraph\.ontology import ([\w, ]+)", PAGE):
        assert set(code.split(", ")) <= set(room.__all__)


def test_the_python_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    store = Store()
    store.extend(quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS))
    exec(compile(code, "docs/ontology.md", "exec"), {"store": store})
    assert capsys.readouterr().out == "Nothing found: the graph is sound.\n\n"
