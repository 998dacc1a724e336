"""Lets in only the reader's own browser, and tells it to run nothing but our own files."""

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Onrecord-Token"  # noqa: S105
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Stands before the application; it is outermost, so that also an error's answer has its headers.

    The key comes with the address that the command prints, and then as a cookie: another user of the machine can
    reach the port, but knows neither. The token is in the page alone: another site can make the browser send the
    cookie perhaps, but cannot read the page.
    """

    def __init__(self, app: ASGIApp, port: int, key: str, token: str) -> None:
        self._app, self._key, self._token = app, key, token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        # Cookies know no ports: two reviews at a time must not take each other's.
        self._cookie = f"onrecord-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await (self._refused(scope) or self._app)(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") != [headers.get("host")] or headers["host"] not in self._hosts:
            return PlainTextResponse("This host is not served here.\n", 421)
        if "origin" in headers and headers["origin"].removeprefix("http://") not in self._hosts:
            return PlainTextResponse("Requests from other sites are refused.\n", 403)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["method"] == "GET" and scope["path"] == "/" and _same(given, self._key):
            # The address without the key is the one that stays in the browser's history.
            response = RedirectResponse("/", 303)
            response.set_cookie(self._cookie, self._key, httponly=True, samesite="strict")
            return response
        if not _same(_cookie(headers, self._cookie), self._key):
            return PlainTextResponse("Open the address, with its key, that the command printed.\n", 403)
        if scope["method"] not in ("GET", "HEAD") and not _same(headers.get(TOKEN_HEADER, ""), self._token):
            return PlainTextResponse("The page is older than the server: load it again.\n", 403)
        return None


def _cookie(headers: Headers, name: str) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(), secret.encode())
