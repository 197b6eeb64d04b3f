"""What every request goes through: names of hosts, other sites, size and time of the body, headers of the answer."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from starlette.requests import ClientDisconnect

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer a form's Origin would be null
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


def problem(code: str, message: str, what_to_do: str) -> dict[str, Any]:
    """The body of every error: a code for programs, a sentence, and what to do."""
    return {"error": {"code": code, "message": message, "do": what_to_do}}


class _BodyError(Exception):
    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status, self.body = status, body


class Guards:
    """An ASGI application around another."""

    def __init__(self, app: Any, hosts: Iterable[str], body_limit: int, body_seconds: float) -> None:
        """`hosts`: names by which the service may be called. `body_limit`: bytes; `body_seconds`: time to send them."""
        self.app, self.hosts = app, frozenset(hosts)
        self.body_limit, self.body_seconds = body_limit, body_seconds

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, or answer what is wrong with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        answered = False
        refused: list[_BodyError] = []

        async def guarded_send(message: Message) -> None:
            nonlocal answered
            if refused and not answered:
                return  # the application's answer to a body that was cut off
            if message["type"] == "http.response.start":
                answered = True
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        try:
            self._admit(scope, headers)
            await self.app(scope, self._limited(headers, receive, refused), guarded_send)
        except ClientDisconnect:
            return  # who hung up is owed no answer and no trace in the log
        except Exception as e:
            if not (refused or isinstance(e, _BodyError)):
                raise
            refused[:] = refused or [e]  # type: ignore[list-item]
        if refused and not answered:
            error = refused.pop()
            await _answer(guarded_send, error.status, error.body)

    def _admit(self, scope: MutableMapping[str, Any], headers: dict[str, str]) -> None:
        name = _name(headers.get("host", ""))
        if name not in self.hosts:
            known = ", ".join(sorted(self.hosts))
            message = "The Host header names another machine"
            raise _BodyError(400, problem("host", message, f"Call the service by one of its names: {known}."))
        origin = headers.get("origin")
        other = origin is not None and _name(origin.split("://", 1)[-1]) not in self.hosts
        if scope["method"] not in ("GET", "HEAD") and (
            other or headers.get("sec-fetch-site") == "cross-site"
        ):
            message = "A page of another site sent this"
            raise _BodyError(
                403, problem("origin", message, "Send it from the service's own pages or a program.")
            )

    def _too_large(self) -> _BodyError:
        limit = f"{self.body_limit:,} bytes"
        what_to_do = "Send one article at a time; for archives use 'trichtin bulk'."
        return _BodyError(413, problem("too_large", f"The body is larger than {limit}", what_to_do))

    def _limited(self, headers: dict[str, str], receive: Receive, refused: list[_BodyError]) -> Receive:
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.body_limit:
            raise self._too_large()
        got, deadline, done = 0, time.monotonic() + self.body_seconds, False

        async def limited() -> Message:
            nonlocal got, done
            if done:  # what comes now is the end of the connection, whenever it is
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(deadline - time.monotonic(), 0.01))
            except TimeoutError:
                message_ = f"The body did not come within {self.body_seconds:g} seconds"
                refused.append(_BodyError(408, problem("too_slow", message_, "Send it again, faster.")))
                raise refused[0] from None
            if message["type"] == "http.request":
                got += len(message.get("body", b""))
                done = not message.get("more_body", False)
                if got > self.body_limit:
                    refused.append(self._too_large())
                    raise refused[0]
            return message

        return limited


_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:@/\[\]]+)(?::\d{1,5})?", re.IGNORECASE)


def _name(host: str) -> str:
    """The host of `host:port`, also of `[::1]:8000`; empty for what is neither."""
    m = _HOST.fullmatch(host)
    return m[1].casefold() if m else ""


async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
    data = json.dumps(body, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(data)).encode())]
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, (b"connection", b"close")]}
    )
    await send({"type": "http.response.body", "body": data})
