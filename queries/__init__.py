"""What may be asked: one question a file (`*.rq`), the catalogue of them, and answers as `Rows` in many forms."""

from __future__ import annotations

from .catalogue import ask, catalogue, question
from .header import Example, Expected, Parameter, Question
from .neighbourhood import neighbourhood
from .page import questions_page
from .printers import PRINTERS, Printer, default_printer, printed
from .rows import Queryable, Row, Rows, query
from .values import Term, python_value

__all__ = [
    "PRINTERS",
    "Example",
    "Expected",
    "Parameter",
    "Printer",
    "Queryable",
    "Question",
    "Row",
    "Rows",
    "Term",
    "ask",
    "catalogue",
    "default_printer",
    "neighbourhood",
    "printed",
    "python_value",
    "query",
    "question",
    "questions_page",
]
