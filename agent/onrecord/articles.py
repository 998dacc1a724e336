"""Reads articles: from files, folders, globs, URLs and standard input. One bad article never stops the others."""

import codecs
import glob
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord.decoding import CONTROL, decode, detect, has_wide_mark
from onrecord.errors import ArticleError
from onrecord.fetching import fetch
from onrecord.records import Article

_TEXT, _MARKDOWN, _HTML = {".txt", ".text"}, {".md", ".markdown"}, {".html", ".htm"}
_PDF, _JSONL = {".pdf"}, {".jsonl", ".ndjson"}
SUFFIXES = sorted(_TEXT | _MARKDOWN | _HTML | _PDF | _JSONL)
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LANG = re.compile(r"([a-z]{2})(?:[-_]|\Z)")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#\r]*$", re.MULTILINE)
_HTML_START = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_KNOWN = ("title", "source", "url", "published", "lang")
# Less is a menu or a notice that was left over, not an article.
_MIN_PAGE = 60


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
        elif not source:
            raise ArticleError("''", "is no name; give a file, a folder, a glob pattern, a URL or -")
        elif re.match(r"[a-zA-Z][\w+.-]+://", source):
            page = fetch(source)
            yield _from_bytes(source, page.content, page.url, page.charset, pdf=page.pdf)
        elif (path := Path(source)).is_dir():
            yield from _folder(path)
        elif glob.has_magic(source) and not path.exists():
            found = sorted(p for p in glob.glob(source, recursive=True) if Path(p).is_file())  # noqa: PTH207
            if not found:
                raise ArticleError(source, "the pattern matches no file; check its folder and suffix")
            for name in found:
                yield from _file(Path(name))
        else:
            yield from _file(path)
    except ArticleError as error:
        yield error
    # A name that is too long fails before the file is opened.
    except OSError as error:
        yield ArticleError(source, f"cannot be read: {error.strerror}")


def _folder(folder: Path) -> Iterator[Article | ArticleError]:
    files = sorted(
        p
        for p in folder.rglob("*")
        # A link to nowhere is named; a pipe would be waited for.
        if p.suffix.lower() in SUFFIXES
        and (p.is_file() or p.is_symlink())
        and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    if not files:
        raise ArticleError(str(folder), f"no articles in this folder; read are {', '.join(SUFFIXES)}")
    for path in files:
        yield from _file(path)


def _file(path: Path) -> Iterator[Article | ArticleError]:
    name = _writable(str(path))
    try:
        try:
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            raise ArticleError(name, f"cannot be read: {getattr(error, 'strerror', error)}") from error
        if path.suffix.lower() in _JSONL:
            yield from _lines(name, data)
        else:
            yield _from_bytes(name, data, None)
    except ArticleError as error:
        yield error


def _lines(name: str, data: bytes) -> Iterator[Article | ArticleError]:
    # Each line is decoded alone, so that a badly encoded one spoils no other; not so where a line end is not one byte.
    if has_wide_mark(data) or b"\0" in data:
        data = _decode(name, data).encode()
    count = 0
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.strip():
            continue
        count += 1
        where = f"{name}#{number}"
        try:
            yield _article(where, path=where, **Line.model_validate(_object(where, line)).model_dump())
        except ValidationError as error:
            first = error.errors()[0]
            yield ArticleError(where, f"field {'.'.join(map(str, first['loc']))}: {first['msg']}")
        except ArticleError as error:
            yield error
    if not count:
        raise ArticleError(name, "the file holds no articles: put one JSON object with a field text on each line")


def _object(where: str, line: bytes) -> dict[str, Any]:
    text = _decode(where, line)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArticleError(where, f"not JSON: {error.msg} at column {error.colno}") from error
    # Thousands of brackets, or a number of thousands of digits.
    except (RecursionError, ValueError) as error:
        raise ArticleError(where, f"not JSON that can be read: {error}") from error
    if not isinstance(found, dict):
        raise ArticleError(where, 'not a JSON object: write {"text": …} on each line')
    return found


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


def _article(name: str, text: str, lang: str | None = None, **known: str | None) -> Article:
    if not text.strip():
        raise ArticleError(name, "holds no text")
    if CONTROL.search(text):
        raise ArticleError(name, "holds control characters, as binary data does")
    text, known = _writable(text), {field: value and _writable(value) for field, value in known.items()}
    code = _LANG.match((lang or "").lower())
    return Article(text=text, lang=code[1] if code else detect(text), **known)


def _writable(text: str) -> str:
    # JSON may escape half of a surrogate pair, a file's name may hold any byte: neither could be written out again.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decode(name: str, data: bytes, charset: str | None = None) -> str:
    text = decode(data, charset)
    if text is None:
        raise ArticleError(name, f"looks binary, not text; read are {', '.join(SUFFIXES)}")
    return text


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
            known = {k: v for k in _KNOWN if isinstance(v := fields.get(k), str) and v}
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
        except (UnicodeError, LookupError):
            page = data
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    if found is None or len((found.text or "").strip()) < _MIN_PAGE:
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
        text = CONTROL.sub(" ", "\n".join(page.extract_text() for page in pdf.pages))
        title = pdf.metadata.title if pdf.metadata else None
    except ArticleError:
        raise
    # Strong encryption needs a package that is of no use without the password.
    except pypdf.errors.DependencyError:
        raise ArticleError(name, "the PDF is encrypted; save it without a password") from None
    # pypdf meets a broken file with whatever exception it comes to.
    except Exception as error:
        raise ArticleError(name, f"the PDF cannot be read: {error}") from error
    if not text.strip():
        raise ArticleError(name, "the PDF holds no text, only pictures perhaps; run it through OCR first")
    return {"text": text, "title": str(title) if title else None}
