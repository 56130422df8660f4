"""The page of the rules says what the rules say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tellygraph.reviews.guide import renew

PAGE = Path(__file__).parents[3] / "docs" / "reading.md"


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert renew(page) == page, "run: python -m tellygraph.reviews.guide docs/reading.md"


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="rules: begin"):
        renew("# no markers here")
