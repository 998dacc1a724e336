"""The command `onrecord review` as a process of its own, and somebody who asks it over the wire."""

import http.client
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from onrecord.records import Record
from onrecord.store import Store


def filled(folder: Path, *records: Record) -> Path:
    """Make a store that holds records."""
    store = Store(folder)
    for record in records:
        store.keep_record(record)
    store.close()
    return folder


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Review:
    """A running review; `cookies` and `token` are those of a reader who opened its address."""

    store: Path
    arguments: tuple[object, ...] = ("--all",)
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "onrecord", "review", "--no-browser", "--cache", self.store, *self.arguments]
        self.process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        assert self.process.stderr
        self.url = self.process.stdout.readline().strip()
        assert self.url, self.process.stderr.read()
        self.host = urlsplit(self.url).netloc
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, path: str, method: str = "GET", body: object = None, **headers: str) -> Answer:
        """Ask as the reader does; a header of the same name replaces the usual one, an empty one takes it away."""
        sent = {"Host": self.host, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST":
            sent |= {"X-Onrecord-Token": self.token, "Origin": f"http://{self.host}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, path, data, {name: value for name, value in sent.items() if value})
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def enter(self) -> Self:
        """Open the address that was printed, as a browser does, and find the token in an article's page."""
        query = urlsplit(self.url).query
        name, _, value = self.ask(f"/?{query}").headers["set-cookie"].partition(";")[0].partition("=")
        self.cookies[name] = value
        (first, *_) = re.findall(r"/articles/([0-9a-f]{16})", self.ask("/").text)
        found = re.search(r'data-token="([\w-]+)"', self.ask(f"/articles/{first}").text)
        assert found
        self.token = found[1]
        return self

    def judge(self, article_id: str, action: str, **wish: object) -> Answer:
        """Send a change."""
        body = {"action": action, "seen": 0, "session": "one", **wish}
        return self.ask(f"/articles/{article_id}/changes", "POST", body)
