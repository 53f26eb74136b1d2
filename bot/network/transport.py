"""The network under python-telegram-bot: its `BaseRequest` on aiohttp, which handles several times as many calls a
second as the library's own choice does when many are under way (tests/bench/taps.py shows how many).

Addresses hold the token, and so do the library's errors: none of those leaves this module.
"""

from __future__ import annotations

import asyncio
import functools
import ssl
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

KEPT_OPEN = 60.0
"""Seconds for which an idle connection is kept: for whoever taps again."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NeverLeftError(TimedOut):
    """No connection in time: for certain, the request did not reach Telegram."""


class CutOffError(NetworkError):
    """The connection broke before the answer came: the request may have reached Telegram, or not."""


class Transport(BaseRequest):
    """Calls over kept connections. Timeouts in seconds; `pool` is how long to wait for one of the connections.

    Raises NeverLeftError when no connection came in time, TimedOut when the answer did not, CutOffError when the
    connection broke in between, and NetworkError for all else. Proxies are taken from the environment
    (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).
    """

    def __init__(
        self,
        connections: int = 128,
        *,
        read: float = 20.0,
        write: float = 20.0,
        connect: float = 10.0,
        pool: float = 30.0,
    ) -> None:
        self._connections = connections
        self._read, self._write, self._connect, self._pool = read, write, connect, pool
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take unless a call says otherwise; python-telegram-bot adds it to long polls."""
        return self._read

    async def initialize(self) -> None:
        """Make ready for calls."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEPT_OPEN, ssl=_trusted())
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of one call; raises as the class says."""
        if self._session is None:
            raise RuntimeError("this transport is not initialized")
        timeout = _timeout(
            _seconds(pool_timeout, self._pool),
            _seconds(connect_timeout, self._connect),
            _seconds(write_timeout, self._write),
            _seconds(read_timeout, self._read),
        )
        try:
            async with self._session.request(
                method, URL(url, encoded=True), timeout=timeout, proxy=_proxy(url), **_contents(request_data)
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = _without_address(error)
        # Outside the `except`: an error that is raised within it carries the other one, and so the token.
        raise failure


def _without_address(error: Exception) -> NetworkError:
    """The same as python-telegram-bot knows it, by its class alone. A TimeoutError is an OSError too."""
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NeverLeftError("no connection in time")
    if isinstance(error, asyncio.TimeoutError):
        return TimedOut()
    # What could not connect is an aiohttp.ClientOSError too, and a broken connection may be a bare OSError.
    connected = not isinstance(error, aiohttp.ClientConnectorError)
    broken = isinstance(error, (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, OSError))
    kind = CutOffError if connected and broken else NetworkError
    return kind(f"no answer ({type(error).__name__})")


def _contents(data: RequestData | None) -> dict[str, Any]:
    """Parameters as a form; with files, in parts."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.url_encoded_parameters().encode(), "headers": FORM}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


def _seconds(given: object, otherwise: float) -> float | None:
    """What a call asks for; None is no limit."""
    if given is None:
        return None
    return float(given) if isinstance(given, (int, float)) else otherwise


@functools.lru_cache(maxsize=64)
def _timeout(
    pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """One limit per stage; the sum of them for the whole, since nothing else ends a write that hangs."""
    opening = None if pool is None or connect is None else pool + connect
    whole = None if opening is None or write is None or read is None else opening + write + read
    return aiohttp.ClientTimeout(total=whole, connect=opening, sock_connect=connect, sock_read=read)


@functools.cache
def _trusted() -> ssl.SSLContext:
    """What this machine trusts, and Mozilla's list for machines that come without one."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _proxy(url: str) -> str | None:
    """The proxy for this address, or None."""
    parts = urlsplit(url)
    return _proxy_of(parts.scheme, parts.netloc)


@functools.lru_cache(maxsize=64)
def _proxy_of(scheme: str, host: str) -> str | None:
    # Looked up once: aiohttp's own look reads the environment, and a file of passwords, at every call.
    if proxy_bypass(host):
        return None
    proxies = getproxies()
    return proxies.get(scheme) or proxies.get("all")
