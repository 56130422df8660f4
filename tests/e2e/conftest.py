"""What the tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsysbinary)
