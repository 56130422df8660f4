"""The explorer's own tests, run where npm has installed what they need."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

_FOLDER = Path(str(files("tellygraph.visualize"))) / "explorer"


@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm here: the explorer cannot be built or tested")
def test_the_explorers_own_tests_pass() -> None:
    if not (_FOLDER / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent", "--no-progress"], cwd=_FOLDER, check=True)
    done = subprocess.run(["npm", "test", "--silent"], cwd=_FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
