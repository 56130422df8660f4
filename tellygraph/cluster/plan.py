"""What decides a run on a cluster: kept beside its parts, so that a later run knows whether they are still right."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import InputError
from ..files import written
from ..graph.manifest import InputFile

PLAN = "plan.json"
WORK = "work"
"""The folder in the folder of parts that holds what is only needed until these are whole."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the parts depend on: the same plan gives the same parts, byte for byte.

    `reader` is the fingerprint of who reads: the reader, its version, this program's code. `given` is what holds for
    all reviews: show, season, limits, base, least confidence, columns.
    """

    tellygraph: str
    reader: str
    given: str
    partitions: int
    inputs: tuple[InputFile, ...]


def kept_plan(folder: Path) -> Plan | None:
    """Return the plan that a folder of parts was begun with, if it was. Raises InputError for one that is none."""
    path = folder / PLAN
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        inputs = tuple(InputFile(**entry) for entry in record.pop("inputs"))
        return Plan(**record, inputs=inputs)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is damaged ({error}): give another folder for the parts") from error


def keep_plan(folder: Path, plan: Plan) -> None:
    """Write a plan into a folder of parts, whole or not at all. Raises ExportError."""
    with written(str(folder / PLAN)) as file:
        file.write(f"{json.dumps(asdict(plan), indent=1, ensure_ascii=False)}\n".encode())


def difference(kept: Plan, plan: Plan) -> str | None:
    """Say what is not as it was when a folder of parts was begun; None where all is."""
    if kept == plan:
        return None
    before = {file.path: file for file in kept.inputs}
    now = {file.path: file for file in plan.inputs}
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            return f"{path} was read then and is not given now"
        if path not in before:
            return f"{path} was not given then"
        if before[path] != now[path]:
            return f"{path} has changed since"
    for said, was, is_now in (
        ("version of Tellygraph", kept.tellygraph, plan.tellygraph),
        ("reader", kept.reader, plan.reader),
        ("set of options and settings", kept.given, plan.given),
        ("number of partitions", str(kept.partitions), str(plan.partitions)),
    ):
        if was != is_now:
            return f"the {said} was another"
    return "the files come in another order"
