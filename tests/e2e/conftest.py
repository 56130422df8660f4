"""What the tests of the command line and those of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import runner
from playwright.sync_api import Browser

from chromium import launched


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsysbinary)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for the tests of a module."""
    with launched() as browser:
        yield browser
