"""The wheel: one top-level name, everything in it, and the demo runs from it away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("examples", "graph", "ontology", "queries", "reviews", "tellygraph", "visualize")
FILES = ("pyproject.toml", "README.md", "LICENSE")


def ran(*command: object, cwd: Path, **environment: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=kept | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: setuptools leaves a `build/` behind, whose old files would get into the next wheel."""
    copy = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        shutil.copytree(
            ROOT / part, copy / part, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel")
    ran(*pip, "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", copy / "dist", copy, cwd=copy)
    (built,) = (copy / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; its dependencies come from this one's folder, its editable install does not."""
    folder = tmp_path_factory.mktemp("away")
    ran(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    ran(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    paths = ran(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    Path(paths.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_the_only_top_level_names_are_the_package_and_its_metadata(wheel: Path) -> None:
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    version = wheel.name.split("-")[1]
    assert names == {"tellygraph", f"tellygraph-{version}.dist-info"}


def test_everything_that_is_read_at_run_time_is_carried(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for room, suffix, least in [
        ("ontology", ".ttl", 4), ("ontology", ".jsonld", 1), ("queries", ".rq", 18), ("reviews/rules", ".toml", 3),
        ("visualize/templates", ".js", 1), ("examples/reviews", ".txt", 5), ("", "py.typed", 1),
    ]:  # fmt: skip
        carried = [name for name in names if name.startswith(f"tellygraph/{room}") and name.endswith(suffix)]
        assert len(carried) >= least, f"{room} {suffix}: {carried}"
    sources = {
        f"tellygraph/{path.relative_to(ROOT)}"
        for room in PARTS
        if room != "tellygraph"
        for path in (ROOT / room).rglob("*.py")
    }
    assert sources <= set(names)
    assert not [name for name in names if "test" in name.lower() or name.endswith(".pyc")]


def test_it_runs_the_demo_away_from_the_checkout(clean: Path) -> None:
    python, script = clean / "venv" / "bin" / "python", clean / "venv" / "bin" / "tellygraph"
    home = ran(python, "-c", "import tellygraph; print(tellygraph.__file__, tellygraph.__version__)", cwd=clean)
    assert home.startswith(str(clean / "venv"))
    said = ran(script, "demo", cwd=clean)
    for name in ("tellygraph.db", "tellygraph.trig", "tellygraph.html"):
        assert (clean / "demo" / name).exists()
        assert f"demo/{name}" in said
    assert sorted(path.name for path in clean.iterdir()) == ["demo", "venv"]
    assert ran(script, "demo", cwd=clean) == said
    assert "Kit Connor" in ran(script, "--graph", "demo/tellygraph.db", "ask", "cast", "show=Heartstopper", cwd=clean)
