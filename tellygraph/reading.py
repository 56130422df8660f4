"""Sources in, readings out: joins `reviews.sources` to a reader, as a stream."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from .errors import InputError, ReviewError, SettingError
from .ontology.iris import Iris
from .reviews.records import Reading, Refusal, Review
from .reviews.sources import Notice, Position, new_review, read_paths
from .reviews.sureness import left_out_sentence, without_unsure
from .settings import text_setting
from .shown import ShownReading

if TYPE_CHECKING:
    from .reviews.reader import Reader

Source: TypeAlias = "str | os.PathLike[str] | Review"
Remark: TypeAlias = "Refusal | Notice"


_kept = threading.local()


def default_reader(rules: str | os.PathLike[str] | None = None) -> Reader:
    """Return the rule reader, with a user's own rules from the file `rules`.

    Each thread keeps its last one without a file, since loading its pipeline takes half a second. Raises SettingError
    if the pipeline cannot be loaded, InputError for a file of rules that is not right.
    """
    from .reviews.reader import RuleReader

    if rules is not None:
        return RuleReader(rules=rules)
    wanted = (text_setting("pipeline"), Iris.default())
    if getattr(_kept, "wanted", None) != wanted:
        _kept.reader, _kept.wanted = RuleReader(), wanted
    reader: Reader = _kept.reader
    return reader


READERS: tuple[str, ...] = ("rules", "llm", "rules,llm")
"""The readers by name: the rules, a model, and both as one."""


def reader_named(name: str, rules: str | os.PathLike[str] | None = None) -> Reader:
    """Return one of `READERS`; a model's server is that of the settings `llm_*`, its key of `TELLYGRAPH_LLM_KEY`.

    `rules` is a file of the user's own rules. Raises SettingError if there is no such reader, or a setting is missing
    or wrong, InputError if the rules are not right or the reader goes by none.
    """
    if name == "rules":
        return default_reader(rules)
    if name not in READERS:
        raise SettingError(f"there is no reader {name!r}: the readers are {', '.join(map(repr, READERS))}")
    if name == "llm" and rules is not None:
        raise InputError(f"a model reads by no rules: use the reader 'rules' or 'rules,llm' with {rules}")
    from .reviews.llm import BothReaders, LlmReader

    model = LlmReader()
    return model if name == "llm" else BothReaders(default_reader(rules), model)


def reader_of(reader: Reader | str | None, workers: int = 1) -> Reader:
    """Return a reader given as itself or by name, the rules where none is given; one that reads in several processes
    for more `workers` than one (see `reviews.workers`).

    Raises SettingError; InputError for less than one worker, or a reader that cannot be had in another process.
    """
    if workers != 1:
        return _in_workers(reader, workers)
    if reader is None:
        return default_reader()
    return reader_named(reader) if isinstance(reader, str) else reader


def _in_workers(reader: Reader | str | None, workers: int) -> Reader:
    from .reviews.reader import RuleReader, Versioned, rules_version
    from .reviews.workers import Copyable, ParallelReader

    if workers < 1:
        raise InputError(f"there must be 1 worker or more, not {workers}")
    if reader is None or reader == "rules":  # nothing is loaded here
        pipeline = text_setting("pipeline")
        recipe = partial(RuleReader, pipeline=pipeline, iris=Iris.default())
        return ParallelReader(recipe, workers, version=rules_version(pipeline))
    if isinstance(reader, Copyable):
        version = reader.version if isinstance(reader, Versioned) else None
        return ParallelReader(reader.recipe, workers, name=reader.name, version=version)
    name = reader if isinstance(reader, str) else reader.name
    raise InputError(
        f"the reader {name!r} cannot read in several processes: leave the workers at 1"
        " (a model is asked several things at a time in any case, see TELLYGRAPH_LLM_CONCURRENCY)"
    )


def read(
    *sources: Source,
    text: str | None = None,
    show: str | None = None,
    season: int | None = None,
    reader: Reader | str | None = None,
    hear: Callable[[Remark], None] | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    follow: bool = False,
) -> Iterator[Reading]:
    """Yield what is read in files, folders (paths as text or `Path`), URLs and reviews, or in one `text`, in order.

    Facts and their offsets are in `Reading.facts`; no graph is touched. `show` and `season` say what the sources are
    about, over what they say themselves. `reader` is one, or a name of `READERS`. `hear` is called with every Refusal
    and Notice; without it, the first input that cannot be read raises ReviewError. Facts of less than `min_confidence`
    are left out; a Notice says how many of a review's. More `workers` than one read in so many processes; what is read
    is the same. `columns` is what tables and JSON lines call our keys: {"text": "body"}; with `follow` the pages are
    read that feeds have only the summaries of. Raises TypeError if neither sources nor text are given, or both;
    InputError for a bad confidence or number of workers, SettingError for a reader that cannot be had, WorkerError for
    a process that was killed.
    A notebook shows a reading as its review with the facts' words marked.

    >>> from tellygraph import read
    >>> for reading in read(text="Nell Harrow (Mara Quill) runs the bakery.", show="Saltmarsh"):
    ...     for fact in reading.facts:
    ...         print(fact.subject.name, fact.relation, fact.object.name, "|", fact.evidence.quote)
    Mara Quill plays Nell Harrow | Nell Harrow (Mara Quill)
    """
    if (text is None) == (not sources):
        raise TypeError("read() takes either sources or text=")
    if text is not None:
        sources = (new_review(text, id="text", show=show, season=season),)
    hear = hear or _refuse
    found = _heard(
        reader_of(reader, workers),
        _only_reviews(found_in(sources, show, season, columns=columns, follow=follow), hear),
        hear,
    )
    kept = found if min_confidence == 0 else _sure_enough(found, min_confidence, hear)
    return (ShownReading(reading.review, reading.facts) for reading in kept)


def _sure_enough(found: Iterable[Reading], min_confidence: float, hear: Callable[[Remark], None]) -> Iterator[Reading]:
    for reading in found:
        kept, left_out = without_unsure(reading, min_confidence)
        if left_out:
            hear(Notice(reading.review.id, left_out_sentence(left_out, min_confidence)))
        yield kept


def found_in(
    sources: Iterable[Source],
    show: str | None = None,
    season: int | None = None,
    stdin: BinaryIO | None = None,
    position: Position | None = None,
    columns: Mapping[str, str] | None = None,
    follow: bool = False,
    allow_local: bool = False,
    stdin_format: str | None = None,
) -> Iterator[Review | Remark]:
    """Yield the reviews of sources, and what there is to say about them, in order; reviews pass as they are.

    `position` is moved on as files are read; of `columns` and `follow` see `read`; of
    `stdin_format` see `read_paths`. URLs may be of the local
    network with `allow_local`, or the setting `url_allow_local`.
    """
    iris = Iris.default()
    for are_reviews, group in groupby(sources, lambda source: isinstance(source, Review)):
        if are_reviews:
            yield from (source for source in group if isinstance(source, Review))
        else:
            paths = [os.fspath(source) for source in group if not isinstance(source, Review)]
            yield from read_paths(
                paths, show=show, season=season, stdin=stdin, iris=iris, position=position, columns=columns,
                follow=follow, allow_local=allow_local, stdin_format=stdin_format,
            )  # fmt: skip


def readings(reader: Reader, found: Iterable[Review | Remark]) -> Iterator[Reading | Remark]:
    """Yield a reader's readings and the remarks on its sources; remarks come before reviews still being read."""
    remarks: list[Remark] = []
    for reading in _heard(reader, _only_reviews(found, remarks.append), remarks.append):
        yield from remarks
        remarks.clear()
        yield reading
    yield from remarks


def _heard(reader: Reader, reviews: Iterable[Review], hear: Callable[[Remark], None]) -> Iterator[Reading]:
    from .reviews.reader import ModelReader

    return reader.read_heard(reviews, hear) if isinstance(reader, ModelReader) else reader.read(reviews)


def _only_reviews(found: Iterable[Review | Remark], hear: Callable[[Remark], None]) -> Iterator[Review]:
    for item in found:
        if isinstance(item, Review):
            yield item
        else:
            hear(item)


def _refuse(remark: Remark) -> None:
    if isinstance(remark, Refusal):
        raise ReviewError(f"{remark.source}: {remark.reason}")
