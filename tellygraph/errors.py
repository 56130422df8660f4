"""Every error a user can meet, as one tree.

TellygraphError (exit 1)
├── InputError (exit 2)           what was given cannot be used
│   ├── ReviewError               a review cannot be read: missing, empty, binary, wrongly encoded, too long
│   ├── SettingError              a setting has a value it cannot have
│   ├── ParameterError            a question was given a wrong or missing parameter
│   ├── UnknownQuestionError      no question of the catalogue has this name
│   ├── AmbiguousNameError        a name means several things of the graph, or none
│   ├── QueryError                SPARQL that does not parse, or is not a query
│   └── ExportError               a format cannot hold what was asked of it
├── VerificationError (exit 1)    a copy or a backup is not what it was made of
├── WorkerError (exit 1)          a process that works for us has ended by itself
├── JobError (exit 1)             a question to the site failed by a mistake of ours
└── StoreError (exit 3)           the graph cannot be opened, reached or written
    └── StoreTimeoutError         the endpoint did not answer in time

A message is one sentence that says what was wrong, where, and what to do. Never catch `Exception` to
read its text: catch the class.
"""

from __future__ import annotations

from collections.abc import Mapping


class TellygraphError(Exception):
    """Base of all errors this package raises on purpose; `exit_code` is what the command line ends with."""

    exit_code = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as it is: not by its `__init__`, which may ask for other things than `args`."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[TellygraphError], args: tuple[object, ...], attributes: Mapping[str, object]) -> TellygraphError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(attributes)
    return error


class InputError(TellygraphError):
    """What the user gave cannot be used."""

    exit_code = 2


class ReviewError(InputError):
    """A review, or a gold document, cannot be read; the message names the file or the record."""


class SettingError(InputError):
    """A setting has a value it cannot have."""


class ParameterError(InputError):
    """A question was given a parameter it does not take, a wrong value, or lacks one."""


class UnknownQuestionError(InputError):
    """No question of the catalogue has this name; the message lists near ones."""


class AmbiguousNameError(InputError):
    """A name means several things of the graph, or none; the message lists the candidates."""


class QueryError(InputError):
    """The SPARQL does not parse, or is not a query."""


class ExportError(InputError):
    """A format cannot hold what was asked of it, or the file cannot be written."""


class VerificationError(TellygraphError):
    """A copy, a backup or what was restored from one does not hold what it was made of; the message has the counts."""


class WorkerError(TellygraphError):
    """A process that works for us has ended by itself: killed, or out of memory."""


class JobError(TellygraphError):
    """A question to the site failed by a mistake of ours, which its process has told on stderr."""


class StoreError(TellygraphError):
    """The graph cannot be opened, reached or written."""

    exit_code = 3


class StoreTimeoutError(StoreError):
    """The endpoint did not answer in time."""
