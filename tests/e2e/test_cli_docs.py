"""The examples of the documentation are run, and print what the pages show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from console_docs import ROOT, examples_folder, matches, run, shown


@pytest.mark.parametrize(("page", "least"), [("docs/commands.md", 20), ("README.md", 8)])
def test_the_commands_of_a_page_print_what_it_shows(page: str, least: int, tmp_path: Path) -> None:
    examples = list(shown((ROOT / page).read_text(encoding="utf-8")))
    assert len(examples) >= least
    with examples_folder(tmp_path):
        for example in examples:
            printed = run(example.command)
            assert matches(example.output, printed), (
                f"$ {example.command}\n{printed}\nis not what {page} shows;"
                f" `python tests/support/console_docs.py {page}` writes it anew"
            )


@pytest.mark.parametrize("page", ["python.md"])
def test_the_python_of_the_pages_is_as_shown(page: str) -> None:
    done = doctest.testfile(str(ROOT / "docs" / page), module_relative=False, encoding="utf-8")
    assert done.attempted > 10
    assert done.failed == 0


def test_an_example_that_drifts_is_noticed() -> None:
    assert matches("a\n...\nz\n", "a\nb\nc\nz\n")
    assert matches("a\n...\n", "a\n")
    assert not matches("a\n...\nz\n", "a\nb\n")
    assert not matches("a\n", "a\nb\n")
