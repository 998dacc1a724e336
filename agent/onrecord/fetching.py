"""Fetches a page over http: the only module that goes to the web for an article."""

import re
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from onrecord.errors import ArticleError

CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 30.0
MAX_BYTES = 20_000_000
_READABLE = re.compile(r"text/(?:html|plain|markdown)|application/(?:xhtml\+xml|pdf)|^$")


@dataclass(frozen=True)
class Page:
    """What a URL answered, after redirects."""

    url: str
    content: bytes
    charset: str | None
    pdf: bool


def fetch(url: str, *, seconds: float | None = None) -> Page:
    """Fetch a page, in `seconds` at most; raise ArticleError, in plain words, where that fails."""
    import httpx2

    seconds = TOTAL_SECONDS if seconds is None else seconds
    if not url.lower().startswith(("http://", "https://")):
        raise ArticleError(url, "only http:// and https:// addresses, files, folders and - can be read")
    timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    deadline = time.monotonic() + seconds
    content = bytearray()
    try:
        with (
            httpx2.Client(follow_redirects=True, timeout=timeout, headers={"User-Agent": _agent()}) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code >= 400:
                status = f"{response.status_code} {response.reason_phrase}".rstrip()
                raise ArticleError(url, f"the server answered {status}; check the address, or save the page as a file")
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            if not _READABLE.match(kind):
                raise ArticleError(url, f"is {kind}, which is not an article; read are HTML, text and PDF")
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MAX_BYTES:
                    raise ArticleError(url, f"is larger than {MAX_BYTES / 1_000_000:g} MB; save its text as a file")
                # The client's own limit starts anew with each chunk: a drip would never end.
                if time.monotonic() > deadline:
                    raise httpx2.ReadTimeout("too slow")
            return Page(str(response.url), bytes(content), response.charset_encoding, kind == "application/pdf")
    except httpx2.TimeoutException:
        raise ArticleError(url, f"did not answer within {seconds:g} s; try again later") from None
    except httpx2.TooManyRedirects:
        raise ArticleError(url, "redirects in a circle") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
        raise ArticleError(url, f"cannot be reached: {error}; check the address and the connection") from error


def _agent() -> str:
    try:
        return f"onrecord/{version('onrecord')}"
    except PackageNotFoundError:
        return "onrecord"
