"""The house stands as DESIGN.md draws it: names, packages, doors, docs."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("graph", "ontology", "queries", "reviews", "visualize")
MAPPED = (*ROOMS, "examples")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PYPROJECT["tool"]["setuptools"]


def sources() -> list[Path]:
    folders = (*MAPPED, "tellygraph", "tests", "benchmarks")
    found = [path for folder in folders for path in (ROOT / folder).glob("**/*.py") if not path.is_symlink()]
    return [path for path in found if not any(parent.is_symlink() for parent in path.parents)]


def imported(path: Path) -> set[str]:
    """Absolute names a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names


def test_no_room_is_imported_under_its_bare_name() -> None:
    paths = sources()
    assert len(paths) > 30, "a filter ate the files"
    bare = {
        (str(path.relative_to(ROOT)), name) for path in paths for name in imported(path) if name.split(".")[0] in MAPPED
    }
    assert bare == set()


def test_the_list_of_packages_is_the_folders_with_a_door() -> None:
    folders = {"tellygraph"}
    for room in MAPPED:
        folders |= {
            "tellygraph." + ".".join(door.parent.relative_to(ROOT).parts)
            for door in (ROOT / room).glob("**/__init__.py")
        }
    folders |= {
        "tellygraph." + door.parent.name
        for door in (ROOT / "tellygraph").glob("*/__init__.py")
        if not door.parent.is_symlink()
    }
    assert SETUPTOOLS["packages"] == sorted(folders)
    assert SETUPTOOLS["include-package-data"] is False


@pytest.mark.parametrize("room", MAPPED)
def test_a_room_is_mapped_and_linked(room: str) -> None:
    assert SETUPTOOLS["package-dir"][f"tellygraph.{room}"] == room
    link = ROOT / "tellygraph" / room
    assert link.readlink() == Path("..", room)


EXPLORER = ROOT / "visualize" / "explorer"


def test_every_file_that_is_not_python_is_carried_by_the_wheel() -> None:
    carried = set()
    for package, patterns in SETUPTOOLS["package-data"].items():
        parts = package.split(".")
        folder = ROOT.joinpath(*parts[1:] if parts[1:2] and parts[1] in MAPPED else parts)
        for pattern in patterns:
            carried |= set(folder.glob(pattern))
    lying = {
        path
        for folder in (*MAPPED, "tellygraph")
        for path in (ROOT / folder).glob("**/*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts and path.name != "README.md"
        if folder != "tellygraph" or not any(parent.is_symlink() for parent in path.parents)
        if not path.is_relative_to(EXPLORER) or path.parent == EXPLORER / "dist"  # the rest is sources
    }
    assert len(lying) > 10, "a filter ate the files"
    assert {str(p.relative_to(ROOT)) for p in lying - carried} == set()


def as_ruff_sorts(name: str) -> tuple[int, str]:
    """Constants, classes, the rest (RUF022)."""
    return 0 if name.isupper() else 1 if name[0].isupper() else 2, name


@pytest.mark.parametrize(
    "door",
    ["tellygraph", *(f"tellygraph.{room}" for room in (*ROOMS, "graph.export", "graph.store", "reviews.sources"))],
)
def test_a_front_door_is_exact(door: str) -> None:
    module = importlib.import_module(door)
    assert list(module.__all__) in (sorted(module.__all__), sorted(module.__all__, key=as_ruff_sorts))
    assert len(set(module.__all__)) == len(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
    assert module.__all__, f"{door} has no door"


def test_the_console_script_loads() -> None:
    scripts = [e for e in importlib.metadata.distribution("tellygraph").entry_points if e.group == "console_scripts"]
    assert [script.name for script in scripts] == ["tellygraph"]
    assert all(callable(script.load()) for script in scripts)


def test_the_version_is_written_once() -> None:
    import tellygraph

    assert tellygraph.__version__ == PYPROJECT["project"]["version"]
    said = [path for path in sources() if f'"{tellygraph.__version__}"' in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(ROOT)) for path in said] == []


def test_every_public_name_is_in_the_docs() -> None:
    import tellygraph
    from tellygraph import KnowledgeGraph

    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    methods = [name for name in dir(KnowledgeGraph) if not name.startswith("_")]
    assert len(methods) >= 11
    assert [name for name in (*tellygraph.__all__, *methods) if f"`{name}" not in page] == []


def test_every_command_and_option_is_in_the_docs() -> None:
    import click

    from tellygraph.cli import commands

    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in commands.commands if f"## `tellygraph {name}" not in page]
    assert missing == []
    for name, command in commands.commands.items():
        section = page.split(f"## `tellygraph {name}", 1)[1].split("\n## ", 1)[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name not in ("graph", "help"):
                missing += [f"{name} {option}" for option in parameter.opts if f"`{option}" not in section]
    assert missing == []


def test_every_source_format_and_setting_is_in_the_docs() -> None:
    from tellygraph.reviews.sources import FORMATS
    from tellygraph.reviews.sources.fields import FIELDS
    from tellygraph.settings import SETTINGS

    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [suffix for kind in FORMATS for suffix in kind.suffixes if f"`{suffix}`" not in page] == []
    assert [key for key in FIELDS if f"`{key}`" not in page] == []
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [entry.variable for entry in SETTINGS if f"`{entry.variable}`" not in commands] == []
