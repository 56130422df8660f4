"""The second reader: a model behind an OpenAI-compatible server, whose every word is checked.

text -> parts, one a show -> windows -> answers -> checked drafts -> facts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ...errors import ReviewError
from ...ontology.iris import Iris
from ...ontology.terms import RELATIONS
from ..drafts import Draft
from ..entities import Facts
from ..parts import Part, Prepared, prepare
from ..records import Reading, Refusal, Review
from ..sources import Notice
from .answers import MOST_FACTS, Answer, Failed, facts_of
from .cache import Cache, cache_key
from .checking import Checker, Claimed, Dropped, NotBelieved, claimed
from .client import Client
from .grounding import seasons_said, stands_in
from .naming import in_full, people_of
from .order import in_order
from .prompt import messages, schema
from .server import Server
from .usage import Usage
from .windows import OVERLAP_CHARS, WINDOW_CHARS, Window, windows


@dataclass(frozen=True, slots=True)
class _Asked:
    """A window of a part, and what the model answered."""

    window: Window
    answer: Answer


class LlmReader:
    """Reads reviews by a model. `usage` counts what that took, over all of its readings.

    Reviews are read several at a time and come out in order. The same review is read the same again as long as the
    cache holds the answers. Not safe to share by threads.
    """

    name = "llm"

    def __init__(
        self,
        *,
        server: Server | None = None,
        cache: Cache | None = None,
        iris: Iris | None = None,
        window_chars: int = WINDOW_CHARS,
        overlap_chars: int = OVERLAP_CHARS,
        pause_s: float = 1.0,
    ) -> None:
        """Use the server and the cache of the settings where none are given. Raises SettingError.

        `pause_s` is waited before the first retry where the server asks for no time, twice that before the next.
        """
        self.server = server or Server.from_settings()
        self.usage = Usage(self.server.price_in, self.server.price_out)
        self._cache = cache or Cache.from_settings()
        self._iris = iris or Iris.default()
        self.version = f"{self.server.model} at {self.server.url}, windows {window_chars} {overlap_chars}"
        self._window_chars, self._overlap_chars, self._pause_s = window_chars, overlap_chars, pause_s

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order. Raises ReviewError for the first that cannot be read."""
        return self.read_heard(reviews, _raise)

    def read_heard(self, reviews: Iterable[Review], hear: Callable[[Refusal | Notice], None]) -> Iterator[Reading]:
        """Yield a Reading for each review that can be read, in order; `hear` is called with a Refusal for others."""
        for outcome in self.outcomes(reviews):
            if isinstance(outcome, Refusal):
                hear(outcome)
            else:
                yield outcome

    def outcomes(self, reviews: Iterable[Review]) -> Iterator[Reading | Refusal]:
        """Yield one thing for each review, in order. Raises SettingError if the cache cannot be written."""
        found = in_order(
            map(prepare, reviews),
            lambda: Client(self.server, self.usage, pause_s=self._pause_s),
            self._answers,
            ahead=2 * self.server.concurrency,
        )
        for prepared, answers in found:
            if isinstance(answers, Refusal):
                yield answers
                continue
            read = [self._read(prepared, part, asked) for part, asked in zip(prepared.parts, answers, strict=True)]
            subject = prepared.subject if len(read) > 1 else read[0].review
            yield Reading(subject, tuple(fact for reading in read for fact in reading.facts))

    # ---- asking, on the event loop ----------------------------------------------------------------------------

    async def _answers(
        self, client: Client, prepared: Prepared
    ) -> tuple[Prepared, Sequence[Sequence[_Asked]] | Refusal]:
        """Ask for every window of a review; where one fails the others are given up, and the review is refused."""
        parts = [
            [
                asyncio.create_task(self._asked(client, prepared, part, window))
                for window in self._windows(prepared.review.text, part)
            ]
            for part in prepared.parts
        ]
        tasks = [task for part in parts for task in part]
        try:
            await asyncio.gather(*tasks)
        except _WindowFailed as failed:
            return prepared, Refusal(prepared.review.id, str(failed))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return prepared, [[task.result() for task in part] for part in parts]

    def _windows(self, text: str, part: Part) -> list[Window]:
        if not part.blocks:
            return []
        start, end = part.blocks[0].start, part.blocks[-1].end
        return windows(text, start, end, chars=self._window_chars, overlap=self._overlap_chars)

    async def _asked(self, client: Client, prepared: Prepared, part: Part, window: Window) -> _Asked:
        text = prepared.review.text[window.start : window.end]
        asked = messages(text, part.show, part.season)
        key = cache_key(self.server.model, asked, schema())
        answer = self._cache.get(key)
        if answer is not None:
            self.usage.cached += 1
            return _Asked(window, answer)
        try:
            answer = await client.ask(asked, schema())
        except Failed as failed:
            where = f"characters {window.start:,} to {window.end:,}"
            raise _WindowFailed(f"the model did not read its {where}: {failed}") from failed
        self._cache.put(key, answer)
        return _Asked(window, answer)

    # ---- believing --------------------------------------------------------------------------------------------

    def _read(self, prepared: Prepared, part: Part, answers: Sequence[_Asked]) -> Reading:
        """Return what is believed of the answers on one part, with the show they name where nothing else does."""
        plain = prepared.plain[part.blocks[0].start : part.blocks[-1].end] if part.blocks else ""
        claims = [(claim, asked.window) for asked in answers for claim in self._claims(asked.answer)]
        show = part.show or _show_named((claim for claim, _ in claims), plain)
        checker = Checker(prepared.review, part, show, self.server.model, plain, seasons_said(plain))
        drafts: list[Draft] = []
        for claim, window in claims:
            try:
                drafts.append(checker.draft(claim, window))
            except NotBelieved as reason:
                self._drop(reason.reason)
        drafts = self._without_actors_as_characters(drafts)
        people = people_of(drafts)
        kept = [full for full in (in_full(draft, people) for draft in drafts) if full.subject != full.object]
        self._drop(Dropped.SAME, len(drafts) - len(kept))
        self.usage.kept += len(kept)
        review = replace(prepared.review, show=show, season=part.season)
        return Reading(review, tuple(Facts(review, self._iris, people, self.name).make(kept)))

    def _drop(self, reason: Dropped, facts: int = 1) -> None:
        if facts > 0:
            self.usage.dropped[reason.value] += facts

    def _claims(self, answer: Answer) -> Iterator[Claimed]:
        said = facts_of(answer)
        self._drop(Dropped.TOO_MANY, len(said) - MOST_FACTS)
        for fact in said[:MOST_FACTS]:
            try:
                yield claimed(fact)
            except NotBelieved as reason:
                self._drop(reason.reason)

    def _without_actors_as_characters(self, drafts: list[Draft]) -> list[Draft]:
        """Drop relationships whose end is an actor by another fact, and no character by any."""
        plays = [draft for draft in drafts if draft.relation == "plays"]
        only_actors = {draft.subject for draft in plays} - {draft.object for draft in plays}
        kept = [
            d for d in drafts if d.relation != "relationship" or not {d.subject, d.object} & only_actors
        ]  # fmt: skip
        self._drop(Dropped.TYPES, len(drafts) - len(kept))
        return kept


class _WindowFailed(Exception):  # noqa: N818 - never leaves this file
    """A window could not be read; the message says which, why, and what to do."""


def _raise(remark: Refusal | Notice) -> None:
    if isinstance(remark, Refusal):
        raise ReviewError(f"{remark.source}: {remark.reason}")


def _show_named(claims: Iterable[Claimed], plain: str) -> str | None:
    """Return the one title in the text that a model's facts about a show have as subject, or None."""
    of_shows = (c for c in claims if c.relation in RELATIONS and RELATIONS[c.relation].subject == "series")
    titles = {claim.subject for claim in of_shows if stands_in(claim.subject, plain)}
    return titles.pop() if len(titles) == 1 else None
