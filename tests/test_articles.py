import io
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pypdf
import pytest

from onrecord import fetching
from onrecord.articles import SUFFIXES, read
from onrecord.decoding import detect
from onrecord.errors import ArticleError
from onrecord.records import Article
from tests.conftest import SEED
from tests.web import Web

FRENCH = (
    "Le président a déclaré lundi que la réforme de l’été serait présentée à l’Assemblée. "
    "Les députés ont répondu qu’ils étaient très étonnés."
)
RUSSIAN = "Президент заявил в понедельник, что реформа будет представлена парламенту. Депутаты ответили, что удивлены."
POLISH = (
    "Prezydent ogłosił w poniedziałek, że reforma zostanie przedstawiona. Posłowie są zaskoczeni, że tak się stało."
)
PAGE = f"""<!DOCTYPE html><html><head><!--META--><title>La réforme</title>
<meta property="og:site_name" content="Le Journal">
<meta property="article:published_time" content="2024-05-06T10:00:00Z">
<link rel="canonical" href="https://journal.example/reforme"></head>
<body><nav><a href="/">Accueil</a></nav><article><h1>La réforme</h1><p>{FRENCH}</p><p>{FRENCH} Encore.</p></article>
<script>var secret = 1;</script></body></html>"""


def articles(source: object, stdin: bytes | None = None) -> list[Article]:
    found = list(read(str(source), stdin=None if stdin is None else io.BytesIO(stdin)))
    assert all(isinstance(a, Article) for a in found), found
    return [a for a in found if isinstance(a, Article)]


def article(source: object, stdin: bytes | None = None) -> Article:
    (found,) = articles(source, stdin)
    return found


def error(source: object, stdin: bytes | None = None) -> str:
    (found,) = read(str(source), stdin=None if stdin is None else io.BytesIO(stdin))
    assert isinstance(found, ArticleError)
    return str(found)


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# Text: exact to the character, whatever its encoding.


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "  \n« Un »\u00a0:\u202f… \r\nDeux.\rTrois.\u2028Quatre\t\n\n",
        "Ένα. Привет. 今天天气很好。 👩‍👩‍👧 e\u0301",
        "x" * 2_000_000,
    ],
)
def test_the_text_is_kept_to_the_character(tmp_path: Path, text: str) -> None:
    found = article(put(tmp_path / "a.txt", text))
    assert found.text == text
    assert found.path == str(tmp_path / "a.txt")
    assert (found.title, found.source, found.url, found.published) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "latin-1"),
        ("Café", "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        ("大統領は月曜日に改革を発表した。議員たちは驚いたと答えた。", "shift_jis"),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    assert article(put(tmp_path / "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (SEED.read_text("utf-8"), "fr"),
        (RUSSIAN, "ru"),
        ("The president said on Monday that the reform would be put to parliament.", "en"),
        ("Der Präsident sagte am Montag, die Reform werde dem Parlament vorgelegt.", "de"),
        ("Oui.", None),
        ("12 345 678 901 234 567 890 – 1 234", None),
    ],
)
def test_the_language_is_detected_or_left_open(tmp_path: Path, text: str, lang: str | None) -> None:
    assert detect(text) == article(put(tmp_path / "a.txt", text)).lang == lang


# Markdown


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter_is_metadata_and_no_text(tmp_path: Path, newline: str, mark: str) -> None:
    head = (
        "---\ntitle: Le « titre »\nsource: AFP\nurl: https://a.example/1\ndate: 2024-05-06\nlang: en\ntags: [a]\n---\n"
    )
    body = f"# Autre titre\n\n{FRENCH}\n"
    found = article(put(tmp_path / "a.md", (mark + head + body).replace("\n", newline)))
    assert found.text == body.replace("\n", newline)
    assert found.title == "Le « titre »"
    assert (found.source, found.url, found.published) == ("AFP", "https://a.example/1", "2024-05-06")
    assert found.lang == "en"


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        (f"# Le titre #\n\n{FRENCH}", "Le titre", None),
        (f"# Le titre\r\n\r\n{FRENCH}", "Le titre", None),
        (f"{FRENCH}\n\n## Intertitre\n", None, None),
        (f"---\ntitle: [a, b]\n---\n# Le titre\n\n{FRENCH}", "Le titre", f"# Le titre\n\n{FRENCH}"),
        (f"---\n\nEntre deux traits.\n\n---\n{FRENCH}", None, None),
    ],
)
def test_markdown_without_a_given_title(tmp_path: Path, text: str, title: str | None, kept: str | None) -> None:
    found = article(put(tmp_path / "a.md", text))
    assert (found.title, found.text) == (title, kept or text)


# HTML


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8"),
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
    ],
)
@pytest.mark.parametrize("way", ["file", "stdin"])
def test_a_page_gives_its_article_and_metadata(tmp_path: Path, meta: str, encoding: str, way: str) -> None:
    data = PAGE.replace("<!--META-->", meta).encode(encoding)
    found = article("-", data) if way == "stdin" else article(put(tmp_path / "a.html", data))
    assert found.text.count(FRENCH) == 2
    assert "Accueil" not in found.text
    assert "secret" not in found.text
    assert (found.title, found.source, found.published) == ("La réforme", "Le Journal", "2024-05-06")
    assert (found.url, found.lang) == ("https://journal.example/reforme", "fr")


# JSONL


def test_jsonl_gives_an_article_a_line_and_an_error_for_each_broken_one(tmp_path: Path) -> None:
    full = {"text": FRENCH, "title": "T", "source": "AFP", "url": "u", "published": "2024", "lang": "fr-FR", "x": [1]}
    lines: list[str | bytes] = [
        json.dumps(full),
        "",
        '{"text": ',
        '{"title": "sans texte"}',
        '{"text": 1}',
        "[1]",
        '{"text": "  "}',
        '{"text": "a\\u0000b"}',
        "[" * 100_000,
        json.dumps({"text": FRENCH}, ensure_ascii=False).encode("cp1252"),
        json.dumps({"text": "un\u2028deux\x85trois\x0cquatre"}, ensure_ascii=False),
        '{"text": "moitié \\ud83d", "title": "\\udc00", "lang": "swe"}',
    ]
    data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    path = put(tmp_path / "a.jsonl", data)
    found = list(read(str(path)))
    told = {int(str(e.source).rpartition("#")[2]): e.reason for e in found if isinstance(e, ArticleError)}
    good = {int((a.path or "").rpartition("#")[2]): a for a in found if isinstance(a, Article)}
    assert sorted(good) == [1, 10, 11, 12]
    assert (good[1].title, good[1].source, good[1].url, good[1].published) == ("T", "AFP", "u", "2024")
    assert (good[1].text, good[1].lang, good[1].path) == (FRENCH, "fr", f"{path}#1")
    assert good[10].text == FRENCH
    assert good[11].text == "un\u2028deux\x85trois\x0cquatre"
    assert (good[12].text, good[12].title, good[12].lang) == ("moitié \ufffd", "\ufffd", None)
    assert good[12].model_dump_json()
    assert told == {
        3: "not JSON: Expecting value at column 10",
        4: "field text: Field required",
        5: "field text: Input should be a valid string",
        6: 'not a JSON object: write {"text": …} on each line',
        7: "holds no text",
        8: "holds control characters, as binary data does",
        9: told[9],
    }
    assert told[9].startswith("not JSON that can be read: ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_jsonl_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    lines = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\r\n" for t in (FRENCH, RUSSIAN))
    assert [a.text for a in articles(put(tmp_path / "a.ndjson", lines.encode(encoding)))] == [FRENCH, RUSSIAN]


# PDF


def pdf(*pages: str, password: str = "") -> bytes:
    """Write a PDF of one line of text a page."""
    writer = pypdf.PdfWriter()
    names = pypdf.generic
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    for text in pages:
        page = writer.add_blank_page(600, 200)
        drawing = names.DecodedStreamObject()
        drawing.set_data(b"BT /F1 12 Tf 20 100 Td (" + text.encode("cp1252") + b") Tj ET")
        page[names.NameObject("/Contents")] = writer._add_object(drawing)
        fonts = {names.NameObject(k): names.NameObject(v) for k, v in font.items()}
        page[names.NameObject("/Resources")] = names.DictionaryObject(
            {
                names.NameObject("/Font"): names.DictionaryObject(
                    {names.NameObject("/F1"): names.DictionaryObject(fonts)}
                )
            }
        )
    writer.add_metadata({"/Title": "La réforme"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.pdf", "sans-suffixe"])
def test_a_pdf_gives_the_text_of_its_pages(tmp_path: Path, name: str) -> None:
    found = article(put(tmp_path / name, pdf("Le président a parlé lundi.", "Les députés ont répondu.")))
    assert found.text == "Le président a parlé lundi.\nLes députés ont répondu."
    assert (found.title, found.lang) == ("La réforme", "fr")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf("Secret", password="x"), "the PDF is encrypted; save it without a password"),
        (pdf(""), "the PDF holds no text, only pictures perhaps; run it through OCR first"),
        (b"%PDF-1.4 nonsense", "the PDF cannot be read: "),
        (pdf("Un")[:200], "the PDF cannot be read: "),
        (b"nothing of the kind", "the PDF cannot be read: "),
    ],
)
def test_a_pdf_that_cannot_be_read(tmp_path: Path, data: bytes, said: str) -> None:
    assert error(put(tmp_path / "a.pdf", data)).startswith(f"{tmp_path / 'a.pdf'}: {said}")


def test_without_pypdf_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.pdf", pdf("Un"))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert error(path) == f"{path}: reading PDF needs: pip install 'onrecord[pdf]'"


# Files, folders, patterns, standard input


def test_a_folder_is_read_whole_in_order_and_a_bad_file_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("b.txt", "a/c.md", "D.TXT", ".hidden.txt", ".git/x.txt", "notes.docx"):
        put(folder / name, f"Texte de {name}.")
    put(folder / "bad.txt", b"\x00\x01\x02")
    put(folder / "sub.txt" / "e.htm", PAGE)
    put(folder / "z.jsonl", '{"text": "un"}\n{\n{"text": "deux"}\n')
    (folder / "dangling.txt").symlink_to(folder / "gone")
    os.mkfifo(folder / "pipe.txt")
    found = list(read(str(folder)))
    names = [x.path if isinstance(x, Article) else f"!{x.source}" for x in found]
    assert names == [
        f"{mark}{folder}/{name}"
        for mark, name in [
            ("", "D.TXT"),
            ("", "a/c.md"),
            ("", "b.txt"),
            ("!", "bad.txt"),
            ("!", "dangling.txt"),
            ("", "sub.txt/e.htm"),
            ("", "z.jsonl#1"),
            ("!", "z.jsonl#2"),
            ("", "z.jsonl#3"),
        ]
    ]


def test_patterns(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "sub/d.txt", "e[1].txt"):
        put(tmp_path / name, f"Texte de {name}.")
    assert [a.text for a in articles(tmp_path / "[ab].txt")] == ["Texte de a.txt.", "Texte de b.txt."]
    assert {Path(a.path or "").name for a in articles(tmp_path / "**/*.txt")} == {"a.txt", "b.txt", "d.txt", "e[1].txt"}
    assert article(tmp_path / "e[1].txt").text == "Texte de e[1].txt."
    assert (
        error(tmp_path / "*.pdf") == f"{tmp_path / '*.pdf'}: the pattern matches no file; check its folder and suffix"
    )


def test_standard_input_is_text_or_a_page() -> None:
    assert (article("-", FRENCH.encode()).text, article("-", FRENCH.encode()).path) == (FRENCH, "-")
    assert article("-", b"\n<!-- x -->\n<html>" + PAGE.encode()).title == "La réforme"
    assert error("-", b"") == "-: is empty"


@pytest.mark.parametrize("name", ["article", "a.csv"])
def test_other_suffixes_are_read_where_they_hold_text(tmp_path: Path, name: str) -> None:
    assert article(put(tmp_path / name, FRENCH)).text == FRENCH
    said = error(put(tmp_path / name, b"PK\x03\x04\x00\x00" + bytes(range(256))))
    assert said == f"{tmp_path / name}: looks binary, not text; read are {', '.join(SUFFIXES)}"


def test_a_name_in_another_encoding_can_be_written_out(tmp_path: Path) -> None:
    try:
        put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")), "Bonjour.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert article(tmp_path).path == f"{tmp_path}/caf\ufffd.txt"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", None, "cannot be read: No such file or directory"),
        ("x" * 300 + ".txt", None, "cannot be read: File name too long"),
        ("a\0b.txt", None, "cannot be read: embedded null byte"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t", "is empty"),
        ("a.txt", "\u00a0\u2003\n".encode(), "holds no text"),
        ("a.md", b"---\ntitle: a\n---\n", "holds no text"),
        ("a.md", b"---\ntitle: a\n---", "holds no text"),
        ("a.md", b"---\ntitle: [a\n---\nText.", "the front matter between the lines of --- is not YAML: "),
        ("a.txt", b"\x00\x01\x02" * 50, "looks binary, not text; read are .htm, "),
        ("a.txt", b"\x89PNG\r\n\x1a\n\xff\xd8\x01", "looks binary, not text; read are .htm, "),
        (
            "a.html",
            b"<html><body><nav>Menu</nav></body></html>",
            "no article text found in this page; save its text as",
        ),
        ("a.html", b"\xff\xd8\x00\x01" * 20, "no article text found in this page"),
        ("a.jsonl", b"\n \n", "the file holds no articles: put one JSON object with a field text on each line"),
        ("a.jsonl", b"\x00\x01\xff" * 50, "looks binary"),
    ],
)
def test_a_bad_file_is_named_with_its_reason(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        put(path, content)
    assert error(path).startswith(f"{path}: {said}")


def test_an_empty_name_and_a_folder_without_articles(tmp_path: Path) -> None:
    assert error("").startswith("'': is no name; give a file")
    put(tmp_path / "in" / "picture.png", b"\x89PNG")
    assert error(tmp_path / "in") == f"{tmp_path / 'in'}: no articles in this folder; read are {', '.join(SUFFIXES)}"


# URLs, over a real wire


@pytest.fixture
def web(web: Web) -> Web:
    web.pages |= {
        "page": ("text/html", PAGE.encode()),
        "latin": ("text/html; charset=ISO-8859-1", PAGE.replace("’", "'").encode("latin-1")),
        "undefined": ("text/html; charset=undefined", PAGE.encode()),
        "plain": ("text/plain; charset=koi8-r", RUSSIAN.encode("koi8-r")),
        "paper": ("application/pdf", pdf("Le président a parlé lundi.")),
        "picture": ("image/png", b"\x89PNG"),
        "large": ("text/plain", b"mot " * 5_000),
        "empty": ("text/html", b""),
    }
    return web


@pytest.mark.parametrize("name", ["page", "moved", "undefined"])
def test_a_url_gives_the_article_of_its_page(web: Web, name: str) -> None:
    found = article(f"{web.url}/{name}")
    assert found.text.count(FRENCH) == 2
    assert (found.title, found.source, found.path) == ("La réforme", "Le Journal", None)
    assert found.url == f"{web.url}/{'page' if name == 'moved' else name}"
    assert all(agent.startswith("onrecord/") for agent in web.agents)


def test_a_url_of_other_kinds(web: Web) -> None:
    assert article(f"{web.url}/latin").text.count(FRENCH.replace("’", "'")) == 2
    assert article(f"{web.url}/plain").text == RUSSIAN
    assert article(f"{web.url}/paper").text == "Le président a parlé lundi."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("404", "the server answered 404 Not Found; check the address, or save the page as a file"),
        ("500", "the server answered 500 Internal Server Error"),
        ("circle", "redirects in a circle"),
        ("elsewhere", "cannot be reached: "),
        ("picture", "is image/png, which is not an article; read are HTML, text and PDF"),
        ("large", "is larger than 0.01 MB; save its text as a file"),
        ("empty", "is empty"),
        ("nothing", "no article text found in this page"),
        ("hang", "did not answer within 0.5 s; try again later"),
        ("drip", "did not answer within 0.5 s; try again later"),
    ],
)
def test_a_url_that_gives_no_article(web: Web, monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.5 if name in ("hang", "drip") else 10.0)
    monkeypatch.setattr(fetching, "MAX_BYTES", 10_000)
    began = time.monotonic()
    assert error(f"{web.url}/{name}").startswith(f"{web.url}/{name}: {said}")
    assert time.monotonic() - began < 5


def test_a_server_that_is_not_there_or_speaks_no_tls(web: Web) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert "Connection refused; check the address and the connection" in error(url)
    assert "cannot be reached: " in error(web.url.replace("http:", "https:"))


@pytest.mark.parametrize("url", ["ftp://a.example/b", "file:///etc/hosts", "gopher://x"])
def test_only_http_is_fetched(url: str) -> None:
    assert error(url) == f"{url}: only http:// and https:// addresses, files, folders and - can be read"


@pytest.mark.parametrize("url", ["http://", "http://[::1/", "http://" + "a" * 300 + "/", "http://é..é/"])
def test_a_malformed_address_is_no_crash(url: str) -> None:
    assert error(url).startswith(f"{url}: cannot be reached: ")


def test_plain_text_loads_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys; from onrecord.articles import read; next(read('-', stdin=open(sys.argv[1], 'rb')));"
        "print([m for m in ('trafilatura', 'pypdf', 'httpx2', 'sentencex') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(SEED)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
