"""The requests: bounded in size and time, tried again where that may help, never redirected. The only door to httpx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from ...remote import one_line, seconds
from .answers import TRIES, Answer, BadAnswer, Failed, answer_of, facts_of
from .server import Server
from .usage import Usage

if TYPE_CHECKING:
    import httpx

MAX_ANSWER_BYTES = 4_000_000
_ERROR_BYTES = 10_000
_LEAST_SECRET = 16  # characters; servers' keys have more

Message: TypeAlias = Mapping[str, str]
Schema: TypeAlias = Mapping[str, object]


class Client:
    """Asks a server for answers that follow a schema; for use within one event loop, in an `async with`."""

    def __init__(self, server: Server, usage: Usage, *, pause_s: float = 1.0) -> None:
        self.server = server
        self._usage = usage
        self._pause_s = pause_s
        self._plain_json = False  # whether the server takes no schema
        self._away = False  # whether it could not be reached the last time, patiently
        self._gate = asyncio.Semaphore(server.concurrency)
        self._http = self._connected()

    def _connected(self) -> httpx.AsyncClient:
        # Imported here: only this reader needs it.
        import httpx

        headers = {"User-Agent": f"tellygraph/{version('tellygraph')}", "Accept-Encoding": "identity"}
        if self.server.key is not None:
            headers["Authorization"] = f"Bearer {self.server.key}"
        return httpx.AsyncClient(
            headers=headers, timeout=self.server.timeout_s, trust_env=not self.server.on_this_machine,
            limits=httpx.Limits(max_connections=self.server.concurrency),
        )  # fmt: skip

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        await self._http.aclose()

    async def ask(self, messages: Sequence[Message], schema: Schema) -> Answer:
        """Return an answer with a list of facts. Raises Failed, once trying again does not help."""
        async with self._gate:
            tried = 0
            while True:
                tried += 1
                try:
                    answer = await self._ask_once(messages, schema)
                except Failed as failed:
                    wait = self._pause_s * 2 ** (tried - 1) if failed.after is None else failed.after
                    away = isinstance(failed, _Unreachable)
                    if tried >= failed.tries or wait > self.server.timeout_s or (away and self._away):
                        self._away = away
                        raise
                else:
                    self._away = False
                    return answer
                self._usage.retries += 1
                await asyncio.sleep(wait)

    async def _ask_once(self, messages: Sequence[Message], schema: Schema) -> Answer:
        """Send it; where the server takes no schema, once more with the promise of any JSON."""
        if self._plain_json:
            return await self._counted(messages, None)
        try:
            return await self._counted(messages, schema)
        except _NotTaken:
            answer = await self._counted(messages, None)
            self._plain_json = True
            return answer

    async def _counted(self, messages: Sequence[Message], schema: Schema | None) -> Answer:
        try:
            answer = answer_of(await self._send(self._request(messages, schema)))
            self._usage.count_tokens(answer.tokens_in, answer.tokens_out)
        except BadAnswer as bad:
            self._usage.count_tokens(bad.answer.tokens_in, bad.answer.tokens_out)
            raise
        facts_of(answer)
        return answer

    def _request(self, messages: Sequence[Message], schema: Schema | None) -> bytes:
        form: Mapping[str, object] = {"type": "json_object"}
        if schema is not None:
            form = {"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": schema}}
        asked = {
            "model": self.server.model, "messages": list(messages), "temperature": 0, "stream": False,
            "response_format": form,
        }  # fmt: skip
        return json.dumps(asked).encode()

    async def _send(self, content: bytes) -> bytes:
        import httpx

        server = self.server
        self._usage.requests += 1
        try:
            async with asyncio.timeout(server.timeout_s):
                return await self._exchange(content)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise Failed(
                f"{server.url} did not answer within {server.timeout_s:g} s; raise TELLYGRAPH_LLM_TIMEOUT_S", tries=2
            ) from error
        except httpx.ConnectError as error:
            raise _Unreachable(f"{server.url} cannot be reached; is the server running?", tries=TRIES) from error
        except httpx.HTTPError as error:
            words = self._without_key(one_line(str(error)) or type(error).__name__)
            raise Failed(f"{server.url} broke off: {words}; try again", tries=TRIES) from error

    async def _exchange(self, content: bytes) -> bytes:
        address, headers = self.server.completions, {"Content-Type": "application/json"}
        async with self._http.stream("POST", address, content=content, headers=headers) as response:
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise Failed(f"{self.server.url} sent a packed answer, which was not asked for", tries=1)
            limit = MAX_ANSWER_BYTES if response.status_code == 200 else _ERROR_BYTES
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > limit:
                    break
            if response.status_code != 200:
                raise self._refused(response, bytes(body[:_ERROR_BYTES]))
            if len(body) > limit:
                raise Failed(f"{self.server.url} sent more than {limit:,} bytes, which no list of facts needs", tries=2)
            return self._without_key(body.decode("utf-8", "replace")).encode()

    def _refused(self, response: httpx.Response, body: bytes) -> Failed:
        status, where = response.status_code, self.server.url
        words = self._without_key(_words(body))
        said = f": {words}" if words else ""
        if 300 <= status < 400:
            return Failed(f"{where} sends elsewhere (HTTP {status}), which is not followed; name the right address")
        if status in (401, 403):
            return Failed(f"{where} does not let you in (HTTP {status}); set TELLYGRAPH_LLM_KEY to a key it takes")
        if status in (404, 405):
            return Failed(
                f"{where} has no such address or model (HTTP {status}{said}); "
                "check TELLYGRAPH_LLM_URL, which often ends in /v1, and TELLYGRAPH_LLM_MODEL"
            )
        if status in (400, 422):
            return _NotTaken(f"{where} does not take the request (HTTP {status}{said})")
        if status in (408, 409, 425, 429) or status >= 500:
            after = seconds(response.headers.get("Retry-After"))
            later = "" if after is None else f", in {after:.0f} s"
            return Failed(f"{where} is busy or failing (HTTP {status}{said}); try again later{later}", tries=TRIES,
                          after=after)  # fmt: skip
        return Failed(f"{where} failed (HTTP {status}{said})")

    def _without_key(self, text: str) -> str:
        """Take a key out of what a server says; local servers take any word for one, which is no secret."""
        key = self.server.key or ""
        return text.replace(key, "***") if len(key) >= _LEAST_SECRET else text


class _Unreachable(Failed):
    """There is no server. Others who wait for it need not try as often."""


class _NotTaken(Failed):
    """The server does not take the request as it is, perhaps for its schema."""


def _words(body: bytes) -> str:
    """Return what a server says of an error: its `error.message`, else all of it."""
    text = body.decode("utf-8", "replace")
    try:
        said = json.loads(text)
        error = said["error"]
        text = error["message"] if isinstance(error, dict) else error
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    return one_line(str(text))
