import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from onrecord.records import Agreement, Article, Claim, Record, Span, Stance, Ungrounded
from onrecord.render import FORMATS, Format, write_records
from onrecord.terminal import clean, items_of, line, show, summary
from tests.samples import TEXT, at, record

# What strangers may write into an article: markup of every kind, terminal codes, other scripts, formulas, no ends.
NASTY = [
    "[bold]gras[/bold] [link=https://example.org]ici[/link] :smile: [/]",
    "<script>alert('x')</script> <b>&amp; &lt;i&gt;",
    "\x1b[31mrouge\x1b]8;;http://example.org\x07lien\x9b2J",
    "👩‍👩‍👧 e\u0301té 𝒜 日本語の引用",
    "\u202eesrever שלום مرحبا",
    "# titre * gras _souligné_ `code` [a](javascript:b) ![i](j) | ~~c~~ $x$ \\ \\< <http://a.b>",
    "1. liste",
    "12) liste",
    "- liste",
    "+ liste",
    "---",
    "===",
    "> cité",
    "=HYPERLINK(1)",
    "+1",
    "@SUM(1)",
    "-2",
    "retour\rseul, \r\nligne\tcolonne, « guillemets », \"quotes\", 'a', ; b",
    "très long " * 400 + "fin",
    "sanscoupure" * 100,
]


def of(words: str) -> Record:
    """Make a record whose article, names and items all consist of the words."""
    text = f"Début. {words} Fin."
    evidence = [at(text, words)]
    made = record(empty=True).model_copy(
        update={
            "article": Article(text=text, lang="fr", title=words, source=words, path=words),
            "claims": [Claim(speaker=words, relayed_by=[words], statement=words, mode="direct", cue=evidence[0],
                             evidence=evidence)],
            "stances": [Stance(holder=words, target=words, polarity="oppose", evidence=evidence)],
            "agreements": [Agreement(parties=[words, "B"], subject=words, status="in_force", evidence=evidence)],
            "ungrounded": [Ungrounded(kind="claim", reason=words, item={"speaker": words, "statement": words})],
        }
    )  # fmt: skip
    return Record.model_validate(made.model_dump())


def written(format: Format, *records: Record) -> str:
    stream = io.StringIO()
    write_records(records, stream, format)
    return stream.getvalue()


def shown(made: Record, width: int = 80, **options: object) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, **options)  # type: ignore[arg-type]
    show(made, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("words", NASTY)
def test_jsonl_and_json_read_back_as_they_were(words: str) -> None:
    records = [of(words), record()]
    lines = written("jsonl", *records).split("\n")
    assert lines.pop() == ""
    assert [Record.model_validate_json(each) for each in lines] == records
    assert [Record.model_validate(each) for each in json.loads(written("json", *records))] == records


def test_json_of_nothing_is_an_empty_array() -> None:
    assert json.loads(written("json")) == []
    assert written("jsonl") == ""


@pytest.mark.parametrize("words", NASTY)
def test_csv_reads_back_cell_by_cell_and_runs_no_formula(words: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", of(words)), newline=""), strict=True))
    assert [row["kind"] for row in rows] == ["claim", "stance", "agreement"]
    guarded = f"'{words}" if words[0] in "=+-@" else words
    for row, actor in zip(rows, [guarded, guarded, f"{guarded}; B"], strict=True):
        assert (row["actor"], row["statement"], row["quotes"]) == (actor, guarded, guarded)
        assert (row["start"], row["end"]) == ("7", str(7 + len(words)))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_tells_all_of_an_item() -> None:
    text = "Selon TASS, Trump dit « oui » puis « non »."
    claim = Claim(speaker="Trump", relayed_by=["TASS", "AFP"], statement="oui, non", mode="direct", cue=at(text, "dit"),
                  evidence=[at(text, "oui"), at(text, "non")])  # fmt: skip
    made = record(text).model_copy(update={"claims": [claim]})
    [row] = csv.DictReader(io.StringIO(written("csv", made)))
    assert row == {
        "article_id": made.article.id, "article": "a.txt", "lang": "fr", "kind": "claim", "id": claim.id,
        "actor": "Trump", "relayed_by": "TASS; AFP", "position": "direct", "statement": "oui, non", "cue": "dit",
        "quotes": "oui […] non", "start": "24", "end": "27", "model": "openai/m", "prompt": "interview.v1",
    }  # fmt: skip
    assert text[24:27] == "oui"


def test_csv_marks_positions_as_the_record_does() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", record()))))
    assert [row["position"] for row in rows] == ["direct", "direct", "support", "agreed"]
    assert [row["actor"] for row in rows][-1] == "Poutine; Trump"


@pytest.mark.parametrize("format", ["jsonl", "csv", "md", "html", "table"])
def test_each_record_is_out_before_the_next_one_is_made(format: Format) -> None:
    stream = Flushed()
    out: list[str] = []

    def records() -> Iterator[Record]:
        yield record("Premier article.")
        out.append(stream.flushed)
        yield of("second article")

    write_records(records(), stream, format)
    end = {"jsonl": "\n", "csv": '"prompt"\n', "md": "\n", "html": "</article>\n", "table": "\n"}[format]
    assert out[0].endswith(end)
    assert "second article" not in out[0]
    assert "second article" in stream.flushed


class Flushed(io.StringIO):
    flushed = ""

    def flush(self) -> None:
        self.flushed = self.getvalue()


def test_json_stays_readable_when_a_run_breaks_off() -> None:
    def records() -> Iterator[Record]:
        yield record()
        raise RuntimeError

    stream = io.StringIO()
    with pytest.raises(RuntimeError):
        write_records(records(), stream, "json")
    assert [Record.model_validate(each) for each in json.loads(stream.getvalue())] == [record()]


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.quotes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "blockquote":
            self.quotes.append("")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.quotes:
            self.quotes[-1] += data


@pytest.mark.parametrize("words", NASTY)
def test_nothing_of_an_article_becomes_markdown_or_html(words: str) -> None:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = Page(markdown.render(written("md", of(words))))
    plain = clean(" ".join(words.split()))
    assert page.tags <= {"h1", "h2", "p", "ul", "li", "strong", "blockquote"}
    assert [quote.strip().split("\n")[0] for quote in page.quotes] == [plain] * 3
    assert page.words.startswith(plain)


class Marked(HTMLParser):
    """The text of a page's articles with what is marked in it, its tags, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.marked: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in ("meta", "br"):
            self.open.append((tag, found.get("class", "")))
        if tag == "mark" and self.within("text"):
            self.marked.append((found["class"], ""))

    def within(self, name: str) -> bool:
        return any(kind == name for _, kind in self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.within("text") and not any(tag == "sup" for tag, _ in self.open):
            self.text += data
            if self.open[-1][0] == "mark":
                self.marked[-1] = self.marked[-1][0], self.marked[-1][1] + data


@pytest.mark.parametrize("words", NASTY)
def test_a_page_holds_the_article_as_it_is_and_runs_nothing(words: str) -> None:
    page = Marked(written("html", of(words)))
    assert page.text == clean(f"Début. {words} Fin.")
    assert page.marked == [("claim stance agreement", clean(words))]
    assert page.tags.isdisjoint({"script", "img", "link", "iframe", "object", "b", "i"})
    assert page.open == []


def test_every_letter_of_a_page_leads_to_its_item_and_back() -> None:
    written_page = written("html", record(), record("Rien.", empty=True), record())
    page = Marked(written_page)
    assert len(set(page.ids)) == len(page.ids)
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert [kinds for kinds, _ in page.marked] == ["claim", "claim stance", "agreement"] * 2
    assert "http" not in re.sub(r"http-equiv", "", written_page), "a page needs no network"
    assert "default-src 'none'" in written_page
    assert Marked(written("html")).tags >= {"html", "body"}


def test_markdown_is_readable_as_it_is() -> None:
    page = written("md", record(), record("Rien.", empty=True))
    assert "- **Ouchakov** (relayed by TASS) · direct\n  > Kiev doit signer\n" in page
    assert "- **Poutine; Trump** · agreed · se reparler" in page
    assert "2 claims, 1 stance, 1 agreement, 1 not placed." in page
    assert "- claim: the words stand nowhere (X)" in page
    assert "0 claims, 0 stances, 0 agreements." in page
    assert page.count("\n# ") == 1  # the second of the two articles begins on a line of its own
    assert "\n\n\n" not in page


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_obeys_nothing_an_article_says(words: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for text in (written("table", of(words)), shown(of(words), width), summary([of(words)], 0, 1.0)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    for text in (written("table", of(words)), shown(of(words), width)):
        assert max(map(cell_len, text.splitlines())) <= width
        seen = "".join(text.split())
        assert "".join(clean(words).split())[:30] in seen
    assert "\n" not in line(of(words))


@pytest.mark.parametrize("format", FORMATS)
def test_no_colour_codes_but_on_a_terminal(format: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b" not in written(format, record(), record(empty=True))


def test_colour_on_a_terminal_and_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    def coloured() -> bool:
        text = shown(record(), force_terminal=True, color_system="standard")
        return re.search(r"\x1b\[[0-9;]*3[0-7]m", text) is not None

    monkeypatch.delenv("NO_COLOR")
    assert coloured()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured()


def test_a_table_tells_kinds_and_stances_without_colour() -> None:
    table = written("table", record())
    assert re.search(r"C1 +Ouchakov +direct +la crise est finie", table)
    assert re.search(r"C2 +Ouchakov +direct +Kiev doit signer *\n +via TASS", table)
    assert re.search(r"S1 +Ouchakov +\+ support +signer", table)
    assert re.search(r"A1 +Poutine; +agreed +se reparler *\n +Trump", table)
    assert "not placed: claim: the words stand nowhere (X)" in table
    assert "3 calls (1 from the cache), 100 + 10 tokens, 1.5 s, openai/m, interview.v1" in table


def test_a_table_shortens_long_words_and_says_so_of_similar_ones() -> None:
    text = "mot " * 500
    span = Span(start=0, end=1999, quote=text[:1999], match="fuzzy", score=0.9)
    claim = Claim(speaker="A", statement="s", mode="direct", evidence=[span])
    table = written("table", record(text).model_copy(update={"claims": [claim]}))
    assert 20 < table.count("mot") < 100
    assert "…" in table
    assert "(placed by similarity)" in " ".join(table.split())


@pytest.mark.parametrize(("word", "count"), [("anticonstitutionnellement", 12), ("[Vladimir]", 40), ("日本語", 60)])
def test_a_table_cuts_between_words(word: str, count: int) -> None:
    text = " ".join([word] * count)
    claim = Claim(speaker="A", statement="s", mode="direct", evidence=[at(text, text)])
    table = written("table", record(text).model_copy(update={"claims": [claim]}))
    [cut] = re.findall(rf"direct((?:\s|{re.escape(word)})+)…", table)
    assert 0 < cut.count(word) < count


def test_a_table_cuts_a_word_without_end() -> None:
    text = "Il crie : " + "a" * 1000
    claim = Claim(speaker="A", statement="s", mode="direct", evidence=[at(text, text)])
    table = written("table", record(text).model_copy(update={"claims": [claim]}))
    assert 100 < table.count("a") < 400


def test_nothing_found_is_said() -> None:
    assert "no claims, stances or agreements found" in written("table", record(empty=True))
    assert "no claims" not in written("table", record())


def test_show_marks_the_evidence_in_its_place() -> None:
    text = shown(record(), 200)
    assert "« [C1 la crise est finie] »" in text
    # The claim and the stance rest on the same words.
    assert "« [C2 [S1 Kiev doit signer S1]] »" in text
    assert "[A1 Les présidents ont convenu de se reparler]." in text
    assert text.count("a.txt") == 1
    assert re.search(r"C1 +Ouchakov +direct +la crise est finie", text)


def test_show_keeps_spans_apart_that_overlap_touch_and_come_in_pieces() -> None:
    text = "un deux trois quatre cinq six"
    made = record(text).model_copy(
        update={
            "claims": [
                Claim(speaker="A", statement="s", mode="direct", evidence=[at(text, "un deux"), at(text, "quatre")]),
                Claim(speaker="B", statement="s", mode="direct", evidence=[at(text, "deux trois")]),
                Claim(speaker="C", statement="s", mode="direct", evidence=[at(text, " quatre cinq")]),
            ]
        }
    )
    assert "[C1 un [C2 deux C1] trois][C3  [C1 quatre C1] cinq] six" in shown(made)


def test_show_puts_the_longer_of_two_spans_outside() -> None:
    text = "un deux trois quatre"
    pieces = [at(text, "un deux"), at(text, "un deux trois"), at(text, "trois")]
    claims = [Claim(speaker="A", statement="s", mode="direct", evidence=[piece]) for piece in pieces]
    text = shown(record(text).model_copy(update={"claims": claims}))
    assert "[C2 [C1 un deux C1] [C3 trois C3]] quatre" in text


@pytest.mark.parametrize("words", NASTY)
def test_show_without_its_marks_is_the_article(words: str) -> None:
    made = of(words)
    text = shown(made, 100_000).split("\n\n", 1)[1]
    bare = re.sub(r"\[[CSA]1 | [CSA]1\]", "", text).replace("]", "")
    expected = clean(made.article.text).replace("]", "").expandtabs()
    assert "".join(bare.split()).startswith("".join(expected.split()))


def test_a_summary_adds_up() -> None:
    assert summary([record(cost=0.5), record(cost=0.25)], 1, 61.7) == (
        "2 articles, 1 failed · 4 claims, 2 stances, 2 agreements, 2 not placed · 6 calls (2 from the cache) · "
        "200 + 20 tokens · $0.7500 · 62 s · openai/m with interview.v1"
    )


def test_a_summary_leaves_out_what_is_not_known() -> None:
    assert summary([record(empty=True)], 0, 0.25) == (
        "1 article · 0 claims, 0 stances, 0 agreements · 3 calls (1 from the cache) · 100 + 10 tokens · 0.2 s · "
        "openai/m with interview.v1"
    )
    assert summary([], 3, 2) == "0 articles, 3 failed · 2.0 s"


def test_large_numbers_are_grouped() -> None:
    assert items_of([record()] * 600) == "1200 claims, 600 stances, 600 agreements, 600 not placed"
    assert items_of([record()] * 20_000) == "40 000 claims, 20 000 stances, 20 000 agreements, 20 000 not placed"


def test_a_record_in_a_line() -> None:
    made = record()
    assert line(made).split() == [
        *(made.article.id, "2026-01-01T00:00:00Z", "2", "claims", "1", "stances", "1", "agreements"),
        *("openai/m", "interview.v1", "a.txt"),
    ]
    assert TEXT[: made.claims[0].evidence[0].start].endswith("« ")
