"""Writes the page of questions: `python -m tellygraph.queries > docs/questions.md`."""

from __future__ import annotations

import sys

from .page import questions_page

sys.stdout.write(questions_page())
