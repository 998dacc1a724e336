"""Web sites on loopback, good and bad."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site(BaseHTTPRequestHandler):
    """Serves the web's pages; 404 and the like, hang, drip, moved, circle, elsewhere do what they say."""

    server: "Web"

    def do_GET(self) -> None:
        self.server.agents.append(self.headers["User-Agent"])
        name = self.path.strip("/")
        kind, body = self.server.pages.get(name, ("text/html", b"<html>no</html>"))
        if name in ("hang", "drip"):
            self.drip() if name == "drip" else self.server.done.wait(10)
            return
        if name in ("moved", "circle", "elsewhere"):
            self.send_response(302)
            self.send_header("Location", {"moved": "/page", "circle": "/circle", "elsewhere": "ftp://a/b"}[name])
            self.end_headers()
            return
        self.send_response(int(name) if name.isdigit() else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.done.wait(0.05):
                self.wfile.write(b"mot ")
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


class Web(ThreadingHTTPServer):
    """A web site on loopback: the type and the bytes of each page; `agents` are those that asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Site)
        self.agents: list[str] = []
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.done = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
