"""Reads articles: from files, folders, globs, URLs and standard input. One bad article never stops the others."""

import glob
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord.errors import ArticleError
from onrecord.fetching import fetch
from onrecord.records import Article

_TEXT, _MARKDOWN, _HTML, _PDF, _JSONL = (
    {".txt", ".text"},
    {".md", ".markdown"},
    {".html", ".htm"},
    {".pdf"},
    {".jsonl", ".ndjson"},
)
SUFFIXES = sorted(_TEXT | _MARKDOWN | _HTML | _PDF | _JSONL)
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML_START = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_WESTERN = {
    "fr",
    "en",
    "es",
    "de",
    "it",
    "pt",
    "nl",
    "da",
    "sv",
    "nb",
    "nn",
    "no",
    "fi",
    "ca",
    "eu",
    "gl",
    "oc",
    "br",
}
_MIN_LETTERS = 20
_MIN_CONFIDENCE = 0.6


class Line(BaseModel):
    """One line of a JSONL file of articles; other fields are passed over."""

    model_config = ConfigDict(extra="ignore")

    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    lang: str | None = None


def read(source: str, *, stdin: BinaryIO | None = None) -> Iterator[Article | ArticleError]:
    """Yield the articles of one source, and an error for each that cannot be read.

    A source is a file, a folder (all of `SUFFIXES` in it, recursively), a glob pattern, an http(s) URL, or `-`
    for standard input.
    """
    try:
        if source == "-":
            yield _from_bytes(source, stdin.read() if stdin else b"", None)
        elif re.match(r"[a-zA-Z][\w+.-]+://", source):
            page = fetch(source)
            yield _from_bytes(source, page.content, page.url, page.charset, pdf=page.pdf)
        elif (path := Path(source)).is_dir():
            yield from _folder(path)
        elif glob.has_magic(source) and not path.exists():
            found = sorted(p for p in glob.glob(source, recursive=True) if Path(p).is_file())  # noqa: PTH207
            if not found:
                raise ArticleError(source, "the pattern matches no file")
            for name in found:
                yield from _file(Path(name))
        else:
            yield from _file(path)
    except ArticleError as error:
        yield error


def _folder(folder: Path) -> Iterator[Article | ArticleError]:
    files = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    if not files:
        raise ArticleError(str(folder), f"no articles in this folder; read are {', '.join(SUFFIXES)}")
    for path in files:
        yield from _file(path)


def _file(path: Path) -> Iterator[Article | ArticleError]:
    name = str(path)
    try:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ArticleError(name, f"cannot be read: {error.strerror or error}") from error
        if path.suffix.lower() in _JSONL:
            yield from _lines(name, data)
        else:
            yield _from_bytes(name, data, None)
    except ArticleError as error:
        yield error


def _lines(name: str, data: bytes) -> Iterator[Article | ArticleError]:
    count = 0
    for number, line in enumerate(io.StringIO(_decode(name, data), newline="\n"), 1):
        if not line.strip():
            continue
        count += 1
        where = f"{name}#{number}"
        try:
            yield _article(where, path=where, **Line.model_validate(json.loads(line)).model_dump())
        except json.JSONDecodeError as error:
            yield ArticleError(where, f"not JSON: {error.msg} at column {error.colno}")
        except ValidationError as error:
            first = error.errors()[0]
            yield ArticleError(where, f"field {'.'.join(map(str, first['loc'])) or 'object'}: {first['msg']}")
        except ArticleError as error:
            yield error
    if not count:
        raise ArticleError(name, "the file holds no articles: put one JSON object with a field text on each line")


def _from_bytes(name: str, data: bytes, url: str | None, charset: str | None = None, *, pdf: bool = False) -> Article:
    path = None if url else name
    suffix = "" if url else Path(name).suffix.lower()
    if not data.strip():
        raise ArticleError(name, "is empty")
    if pdf or suffix in _PDF or data.startswith(b"%PDF-"):
        return _article(name, path=path, url=url, **_from_pdf(name, data))
    if suffix in _HTML or (suffix not in _TEXT | _MARKDOWN and _HTML_START.match(data)):
        known: dict[str, Any] = _from_html(name, data, charset)
        return _article(name, path=path, **{**known, "url": url or known["url"]})
    text = _decode(name, data, charset)
    if suffix in _MARKDOWN:
        return _article(name, path=path, **_from_markdown(name, text))
    return _article(name, path=path, url=url, text=text)


def _article(name: str, text: str, lang: str | None = None, **known: Any) -> Article:
    if not text.strip():
        raise ArticleError(name, "holds no text")
    # JSON may escape half of a surrogate pair; as text it could not be written out again.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Article(text=text, lang=(lang or "").lower()[:2] or detect(text), **known)


def _decode(name: str, data: bytes, charset: str | None = None) -> str:
    import charset_normalizer

    text: str | None = None
    for encoding in (_bom(data), charset, "utf-8"):
        if encoding:
            try:
                text = data.decode(encoding).removeprefix("\ufeff")
                break
            except (UnicodeDecodeError, LookupError):
                continue
    if text is None:
        best = charset_normalizer.from_bytes(data).best()
        text = _western(data) or (str(best) if best else None)
    if text is None or _CONTROL.search(text):
        raise ArticleError(name, f"looks binary, not text; read are {', '.join(SUFFIXES)}")
    return text


def _western(data: bytes) -> str | None:
    # A detector sees little in a handful of accents and may take French for Polish; its language tells.
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if not _CONTROL.search(text) and detect(text) in _WESTERN else None


def _bom(data: bytes) -> str | None:
    marks = {
        b"\xff\xfe\x00\x00": "utf-32",
        b"\x00\x00\xfe\xff": "utf-32",
        b"\xff\xfe": "utf-16",
        b"\xfe\xff": "utf-16",
    }
    return next((encoding for mark, encoding in marks.items() if data.startswith(mark)), None)


def _from_markdown(name: str, text: str) -> dict[str, Any]:
    known: dict[str, Any] = {}
    if front := _FRONT.match(text):
        try:
            fields = yaml.load(front[1], Loader=yaml.BaseLoader)  # noqa: S506 — only strings
        except yaml.YAMLError as error:
            problem = " ".join(str(error).split())
            raise ArticleError(name, f"the front matter between the lines of --- is not YAML: {problem}") from error
        if isinstance(fields, dict):
            text = text[front.end() :]
            fields.setdefault("published", fields.get("date"))
            known = {k: fields.get(k) or None for k in ("title", "source", "url", "published", "lang")}
    title = _TITLE.search(text)
    return {**known, "title": known.get("title") or (title[1] if title else None), "text": text}


def _from_html(name: str, data: bytes, charset: str | None) -> dict[str, Any]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page: str | bytes = data
    if charset:
        try:
            page = data.decode(charset)
        except (UnicodeDecodeError, LookupError):
            page = data
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    if found is None or not (found.text or "").strip():
        raise ArticleError(name, "no article text found in this page; save its text as .txt if there is one")
    return {
        "text": found.text,
        "title": found.title,
        "source": found.sitename,
        "url": found.url,
        "published": found.date,
    }


def _from_pdf(name: str, data: bytes) -> dict[str, Any]:
    try:
        import pypdf
    except ImportError:
        raise ArticleError(name, "reading PDF needs: pip install 'onrecord[pdf]'") from None
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pdf = pypdf.PdfReader(io.BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise ArticleError(name, "the PDF is encrypted; save it without a password")
        text = "\n".join(page.extract_text() for page in pdf.pages)
        title = pdf.metadata.title if pdf.metadata else None
    except ArticleError:
        raise
    # pypdf meets a broken file with whatever exception it comes to.
    except Exception as error:
        raise ArticleError(name, f"the PDF cannot be read: {error}") from error
    if not text.strip():
        raise ArticleError(name, "the PDF holds no text, only pictures perhaps; run it through OCR first")
    return {"text": text, "title": str(title) if title else None}


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classify: Callable[[str], tuple[str, float]] = LanguageIdentifier.from_model_file(
        MODEL_FILE, norm_probs=True
    ).classify
    return classify


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short or unclear."""
    if sum(c.isalpha() for c in text[:5000]) < _MIN_LETTERS:
        return None
    lang, confidence = _identifier()(text[:5000])
    return lang if confidence >= _MIN_CONFIDENCE else None
