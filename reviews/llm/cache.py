"""Answers kept on disk, so that the same text, prompt and model are paid for once and read the same again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from ...errors import ExportError, SettingError
from ...files import written
from ...settings import text_setting
from .answers import Answer, Failed, facts_of


class Cache:
    """A folder of answers, or nothing at all where `folder` is None. It holds what models said, never a key."""

    def __init__(self, folder: Path | None) -> None:
        """Raises SettingError if there is no such folder and none can be made."""
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _unusable(folder, error.strerror or str(error)) from error

    @classmethod
    def from_settings(cls) -> Self:
        """Return the cache of the setting `llm_cache`. Raises SettingError."""
        where = text_setting("llm_cache")
        return cls(None if where == "off" else Path(where))

    def get(self, key: str) -> Answer | None:
        """Return the answer kept under a key, or None; what cannot be read is as if it was not there."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._path(key).read_bytes())
            answer = Answer(kept["content"]) if isinstance(kept["content"], str) else None
            if answer is not None:
                facts_of(answer)
        except (OSError, ValueError, LookupError, TypeError, RecursionError, Failed):
            return None
        return answer

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer. Raises SettingError if the folder cannot be written."""
        if self._folder is None:
            return
        path = self._path(key)
        try:
            path.parent.mkdir(exist_ok=True)
            with written(str(path)) as file:
                file.write(json.dumps({"content": answer.content}).encode())
        except (OSError, ExportError) as error:
            raise _unusable(self._folder, str(error)) from error

    def _path(self, key: str) -> Path:
        assert self._folder is not None  # noqa: S101 - asked by get and put
        return self._folder / key[:2] / f"{key}.json"


def cache_key(model: str, messages: Sequence[Mapping[str, str]], schema: Mapping[str, object]) -> str:
    """Return the key of what a model is asked: any change of text, prompt, schema or model gives another."""
    asked = json.dumps([model, list(messages), schema], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _unusable(folder: Path, reason: str) -> SettingError:
    return SettingError(
        f"the answers' cache {folder} cannot be used ({reason}): "
        "set TELLYGRAPH_LLM_CACHE to a folder that can be written, or to off"
    )
