"""Bytes to text, and a text's language."""

import re
from collections.abc import Callable
from functools import cache

CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What a text in these languages is in, where it is not Unicode; the first also takes what is too short to tell.
_CODE_PAGES = {
    "cp1252": ("fr", "en", "es", "de", "it", "pt", "nl", "da", "sv", "nb", "nn", "no", "fi", "ca", "eu", "gl", "oc"),
    "cp1250": ("pl", "cs", "sk", "sl", "hu", "hr", "ro"),
}  # fmt: skip
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][\u0080-\u00ac\u00ae-\u00b6\u00b8-\u00bf][^\W\d_]")
_MIN_LETTERS = 20
_MIN_CONFIDENCE = 0.6


def decode(data: bytes, charset: str | None = None) -> str | None:
    """Return the text, without a byte order mark, or None where the bytes look like no text.

    A mark decides, then the charset that was declared, then UTF-8, then what the bytes look like.
    """
    text: str | None = None
    for encoding in (_bom(data), charset, "utf-8"):
        if encoding:
            try:
                text = data.decode(encoding).removeprefix("\ufeff")
                break
            except (UnicodeError, LookupError):
                continue
    if text is None and (text := _by_language(data)) is None:
        import charset_normalizer

        best = charset_normalizer.from_bytes(data).best()
        text = str(best) if best else None
    return None if text is None or CONTROL.search(text) else text


def has_wide_mark(data: bytes) -> bool:
    """Tell whether a byte order mark says that a character, and so a line end, is more than one byte."""
    return _bom(data) is not None


def _by_language(data: bytes) -> str | None:
    # A detector sees little in a handful of accents and may take French for Polish; its language tells.
    for encoding, langs in _CODE_PAGES.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lang = detect(text)
        known = lang in langs if lang else 2 * sum(c < 128 for c in data) > len(data)
        if known and not CONTROL.search(text) and not _SYMBOL_IN_WORD.search(text):
            return text
    return None


def _bom(data: bytes) -> str | None:
    marks = {
        b"\xff\xfe\x00\x00": "utf-32",
        b"\x00\x00\xfe\xff": "utf-32",
        b"\xff\xfe": "utf-16",
        b"\xfe\xff": "utf-16",
    }
    return next((encoding for mark, encoding in marks.items() if data.startswith(mark)), None)


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
    # Three letters are what the model has for «no language».
    return lang if confidence >= _MIN_CONFIDENCE and len(lang) == 2 else None
