"""A text cut where spans begin and end: nothing lost, nothing twice, every span whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tellygraph.visualize.segments import Span, lanes, segments


@st.composite
def marked_lengths(draw: st.DrawFn) -> tuple[int, list[Span]]:
    length = draw(st.integers(0, 60))
    if not length:
        return 0, []
    span = st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda s: (min(s), max(s) + (s[0] == s[1]))
    )
    return length, [(start, min(end, length)) for start, end in draw(st.lists(span, max_size=12)) if start < length]


@given(marked_lengths())
def test_segments_are_the_text_and_know_their_spans(marked: tuple[int, list[Span]]) -> None:
    length, spans = marked
    parts = list(segments(length, spans))
    assert [n for part in parts for n in range(part.start, part.end)] == list(range(length))
    for part in parts:
        assert part.start < part.end
        for at in (part.start, part.end - 1):
            assert part.over == tuple(n for n, (start, end) in enumerate(spans) if start <= at < end)
        assert part.first_of == tuple(n for n, (start, _) in enumerate(spans) if start == part.start)
    assert sorted(n for part in parts for n in part.first_of) == list(range(len(spans)))


@given(marked_lengths())
def test_spans_in_one_lane_never_meet_and_there_are_no_more_lanes_than_needed(marked: tuple[int, list[Span]]) -> None:
    length, spans = marked
    spans = sorted(spans)
    given_lanes = lanes(spans)
    for part in segments(length, spans):
        assert len({given_lanes[n] for n in part.over}) == len(part.over)
    deepest = max((len(part.over) for part in segments(length, spans)), default=0)
    assert len(set(given_lanes)) == deepest
