"""Serves the review in a browser, on this machine alone: the only module that knows Starlette and uvicorn."""

import io
import re
import secrets
import socket
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord import render
from onrecord.errors import OnrecordError
from onrecord.review import view
from onrecord.review.corrected import corrected
from onrecord.review.desk import Desk
from onrecord.review.guard import Guard
from onrecord.review.judging import Conflict, Wish
from onrecord.review.pages import STATIC, Pages
from onrecord.review.precision import pooled

HOST = "127.0.0.1"
# A correction is a few sentences; what is larger is no correction.
_MOST_BYTES = 1_000_000


class Server:
    """A review on a port of its own; `url` lets in whoever opens it."""

    def __init__(self, desk: Desk, port: int | None = None) -> None:
        self._socket = _listen(port or 0)
        self.port: int = self._socket.getsockname()[1]
        key, token = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.url = f"http://{HOST}:{self.port}/?key={key}"
        app = Guard(_application(_Site(desk, Pages(), token)), self.port, key, token)
        # Without the trust in forwarding headers: nothing stands before this server.
        config = uvicorn.Config(
            app, log_level="error", access_log=False, server_header=False, proxy_headers=False, ws="none",
            lifespan="off", timeout_graceful_shutdown=2,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Serve until interrupted."""
        self._server.run(sockets=[self._socket])


def _listen(port: int) -> socket.socket:
    found = socket.socket()
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
        # From here on the browser's request waits for us, instead of finding nobody.
        found.listen()
    except (OSError, OverflowError) as error:
        found.close()
        reason = getattr(error, "strerror", None) or error
        raise OnrecordError(f"port {port} cannot be used: {reason}; leave --port out to have a free one") from error
    return found


class _Site:
    def __init__(self, desk: Desk, pages: Pages, token: str) -> None:
        self._desk, self._pages, self._token = desk, pages, token

    def list_(self, request: Request) -> Response:
        self._desk.refresh()
        found = [self._desk.reviewed(id) for id in self._desk.ids]
        return self._page(
            request, "list.html", articles=[view.line(r) for r in found], precision=pooled(r.precision for r in found)
        )

    def article(self, request: Request) -> Response:
        self._desk.refresh()
        id = self._id(request)
        ids = self._desk.ids
        at = ids.index(id)
        beside = {"previous": ids[at - 1] if at else None, "next": ids[at + 1] if at + 1 < len(ids) else None}
        return self._page(request, "article.html", article=self._desk.article(id), **beside)

    def state(self, request: Request) -> Response:
        reviewed = self._desk.reviewed(self._id(request))
        return JSONResponse(view.state(reviewed, request.query_params.get("a"), request.query_params.get("b")))

    async def change(self, request: Request) -> Response:
        id = self._id(request)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_BYTES:
                return JSONResponse({"error": f"more than {_MOST_BYTES} bytes"}, 413)
        return await run_in_threadpool(self._judge, id, bytes(body))

    def _judge(self, id: str, body: bytes) -> Response:
        try:
            return JSONResponse(view.state(self._desk.judge(id, Wish.model_validate_json(body))))
        except Conflict as conflict:
            state = view.state(self._desk.reviewed(id))
            return JSONResponse({"conflict": conflict.change.model_dump(mode="json"), "state": state}, 409)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            return JSONResponse({"error": f"{where}: {first['msg']}" if where else first["msg"]}, 422)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 422)

    def html(self, request: Request) -> Response:
        reviewed = self._desk.reviewed(self._id(request))
        stream = io.StringIO()
        render.write_records([corrected(reviewed)], stream, "html")
        name = re.sub(r"[^\w.-]+", "-", reviewed.article.name).strip("-.")[-80:] or reviewed.article.id
        disposition = f"attachment; filename*=UTF-8''{quote(name)}.html"
        return HTMLResponse(stream.getvalue(), headers={"Content-Disposition": disposition})

    def _id(self, request: Request) -> str:
        id: str = request.path_params["id"]
        if id not in self._desk.ids:
            raise HTTPException(404, "This article is not under review.")
        return id

    def _page(self, request: Request, name: str, **context: Any) -> Response:
        asked = request.query_params.get("lang")
        accept = request.headers.get("accept-language", "")
        lang = self._pages.language(asked, request.cookies.get("lang"), accept=accept)
        if asked:
            # The address without the wish: a later one by the cookie must not be overruled by a bookmark.
            response: Response = RedirectResponse(request.url.path, 303)
            response.set_cookie("lang", lang, httponly=True, samesite="strict", max_age=365 * 24 * 3600)
            return response
        return HTMLResponse(self._pages.render(name, lang, token=self._token, **context))


def _application(site: _Site) -> Starlette:
    routes = [
        Route("/", site.list_),
        Route("/articles/{id}", site.article),
        Route("/articles/{id}/state", site.state),
        Route("/articles/{id}/changes", site.change, methods=["POST"]),
        Route("/articles/{id}/html", site.html),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    handlers: Mapping[Any, Callable[[Request, Exception], Response]] = {OnrecordError: _failed}
    return Starlette(routes=routes, exception_handlers=handlers)


def _failed(_request: Request, error: Exception) -> Response:
    """Tell what the store could not do; the page keeps what was to be saved."""
    return JSONResponse({"error": str(error)}, 500)
