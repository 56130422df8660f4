"""What pages that are one file have in common: how they are written, framed, and name what they may run."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import json
import os
from pathlib import Path

from ..files import written


def save_page(path: str | os.PathLike[str], html: str) -> Path:
    """Write a page to `path`, in UTF-8, whole or not at all, and return it. Raises ExportError naming the file."""
    with written(os.fspath(path)) as file:
        file.write(html.encode())
    return Path(path)


def frame(title: str, html: str, *, height: int, allow: str = "allow-scripts") -> str:
    """Return a frame for notebooks. Its scripts may run but have no origin: they cannot reach the notebook."""
    return (
        f'<iframe title="{markup.escape(title)}" sandbox="{allow}" '
        f'srcdoc="{markup.escape(html)}" width="100%" height="{height}" style="border:0"></iframe>'
    )


def source_hash(text: str) -> str:
    """Return how a Content-Security-Policy names a script or a style that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def script_json(value: object) -> str:
    """Return JSON that may stand in a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
