"""A scriptable OpenAI-compatible server on loopback: what a real one sends over a real wire."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class Response:
    """An answer; `content` is the message's text, `body` replaces the whole of what is sent."""

    content: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    finish: str = "stop"
    refusal: str | None = None
    delay: float = 0.0
    usage: tuple[int, int] = (100, 10)

    def text(self) -> str:
        if self.body is not None:
            return self.body
        if self.status != 200:
            return json.dumps({"error": {"message": str(self.content), "type": "error"}})
        content = self.content if isinstance(self.content, str | None) else json.dumps(self.content)
        message = {"role": "assistant", "content": content, "refusal": self.refusal}
        prompt, completion = self.usage
        usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
        choice = {"index": 0, "finish_reason": self.finish, "message": message}
        head = {"id": "x", "object": "chat.completion", "created": 0, "model": "m"}
        return json.dumps({**head, "choices": [choice], "usage": usage})


Script = Callable[[dict[str, Any]], Response]


class Server:
    """Answers each request as `script` says and keeps what was asked in `requests`."""

    def __init__(self, script: Script) -> None:
        self.requests: list[dict[str, Any]] = []
        self.answered = 0
        lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body["_key"] = self.headers.get("Authorization", "")
                with lock:
                    outer.requests.append(body)
                response = script(body)
                time.sleep(response.delay)
                data = response.text().encode()
                self.send_response(response.status)
                for name, value in {"Content-Type": "application/json", **response.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                try:
                    self.wfile.write(data)
                    self.wfile.flush()
                    with lock:
                        outer.answered += 1
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()


def always(content: object, **more: Any) -> Script:
    """Answer every request alike."""
    return lambda _body: Response(content, **more)


def in_turn(*responses: Response) -> Script:
    """Answer the first request with the first response, and so on; the last one for good."""
    left = list(responses)
    return lambda _body: left.pop(0) if len(left) > 1 else left[0]
