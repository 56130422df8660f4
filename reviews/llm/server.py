"""The server that runs the model: where it is, and what may be asked of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from ...errors import SettingError
from ...settings import float_setting, int_setting, text_setting

KEY_VARIABLE = "TELLYGRAPH_LLM_KEY"


@dataclass(frozen=True, slots=True)
class Server:
    """An OpenAI-compatible server and a model of its: `url` is the base (`http://localhost:8080/v1`).

    `timeout_s` is what one request may take in all, `concurrency` how many run at a time; prices are for a million
    tokens, in whatever money the user thinks in. `key` is sent to the server and shown nowhere.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0
    concurrency: int = 4
    price_in: float = 0.0
    price_out: float = 0.0

    @classmethod
    def from_settings(cls) -> Server:
        """Return the server of the settings `llm_*`, with the key of the environment.

        Raises SettingError if there is no URL or model, or one of them, or the key, is not usable.
        """
        url, model = text_setting("llm_url"), text_setting("llm_model")
        missing = [name for name, value in (("LLM_URL", url), ("LLM_MODEL", model)) if not value]
        if missing:
            raise SettingError(
                f"the reader llm needs {' and '.join(f'TELLYGRAPH_{name}' for name in missing)}: "
                "set them to an OpenAI-compatible server, such as http://localhost:11434/v1, and a model it has"
            )
        return cls(
            url,
            model,
            _key(),
            timeout_s=float_setting("llm_timeout_s"),
            concurrency=int_setting("llm_concurrency"),
            price_in=float_setting("llm_price_in"),
            price_out=float_setting("llm_price_out"),
        )

    @property
    def completions(self) -> str:
        """The URL that requests go to."""
        return f"{self.url.rstrip('/').removesuffix('/chat/completions')}/chat/completions"

    @property
    def on_this_machine(self) -> bool:
        """Whether the server is this machine, which no proxy stands before."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def _key() -> str | None:
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise SettingError(f"{KEY_VARIABLE} holds something that is no key: copy it again, on one line")
    return key or None
