"""Measures how fast the pages of `onrecord review` answer on a long article: `make review-figures`."""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.records import (
    Actor,
    Agreement,
    Article,
    Claim,
    Mode,
    Polarity,
    Provenance,
    Record,
    Span,
    Stance,
    Status,
    now,
)
from onrecord.store import Store

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "000_fd77b768d8599ec5.txt"

CHARACTERS = 50_000
ITEMS = 500
ACTORS = 40
RUNS = 7
USABLE_GOAL = 1000
KEY_GOAL = 100

# When the page can be used: all is loaded, the current item shown, and both painted.
_READY = """window.usable = new Promise((resolve) => {
  const look = () => {
    const listed = document.querySelector("#articles") || document.querySelector("#items > [aria-selected=true]");
    if (document.body?.dataset.ready !== "true" || !listed) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
  };
  look();
})"""
# From the press of a key until what it is to bring about is seen and painted.
_WATCH = """(name) => {
  const shown = () => ({
    next: document.querySelector("#items").getAttribute("aria-activedescendant"),
    searching: String(document.activeElement.name === "search"),
    typed: document.querySelector("#filters").elements.search.value,
    editing: String(document.querySelector("#editor").open),
  })[name];
  const was = shown();
  window.answered = new Promise((resolve) => document.addEventListener("keydown", (event) => {
    const look = () => {
      if (shown() === was) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - event.timeStamp)));
    };
    look();
  }, { capture: true, once: true }));
}"""

# When the server's answer to a change is told.
_TOLD = """() => {
  window.told = new Promise((resolve) => new MutationObserver((_, observer) => {
    observer.disconnect();
    resolve();
  }).observe(document.querySelector("#live"), { childList: true }));
}"""


def article() -> Article:
    """Make up an article of CHARACTERS characters from the words of the seed article, always the same."""
    chance = random.Random(CHARACTERS)
    words = [w for w in re.findall(r"[^\W\d_]+’?[^\W\d_]*", SEED.read_text("utf-8")) if w.islower()]
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < CHARACTERS:
        sentences = [" ".join(chance.choices(words, k=chance.randint(8, 22))) for _ in range(chance.randint(3, 7))]
        paragraphs.append(" ".join(f"{sentence.capitalize()}." for sentence in sentences))
    return Article(text="\n".join(paragraphs)[:CHARACTERS], lang="fr", title="Un long article", path="long.txt")


def records() -> tuple[Record, Record]:
    """Make up two runs that find ITEMS items together, most of them both; of all kinds, and many overlap."""
    made = article()
    chance = random.Random(ITEMS)
    words = [(m.start(), m.end()) for m in re.finditer(r"[^\W_]+", made.text)]
    names = [f"{a} {b}".title() for a, b in zip(*[iter(chance.sample(_long(made.text), 2 * ACTORS))] * 2, strict=True)]
    runs: tuple[list[Claim | Stance | Agreement], ...] = ([], [])
    for n in range(ITEMS):
        at = n * len(words) // ITEMS
        evidence = [_span(made.text, words[at][0], words[min(at + chance.randint(5, 25), len(words) - 1)][1])]
        who, other = chance.sample(names, 2)
        statement = evidence[0].quote.replace("\n", " ")
        item: Claim | Stance | Agreement
        match n % 5:
            case 0 | 1 | 2:
                cue = _span(made.text, words[max(at - 2, 0)][0], words[max(at - 1, 0)][1])
                relays = [other] if n % 4 == 0 else []
                mode = chance.choice(get_args(Mode))
                item = Claim(speaker=who, relayed_by=relays, statement=statement, mode=mode, cue=cue, evidence=evidence)
            case 3:
                polarity = chance.choice(get_args(Polarity))
                item = Stance(holder=who, target=statement, polarity=polarity, evidence=evidence)
            case _:
                status = chance.choice(get_args(Status))
                item = Agreement(parties=[who, other], subject=statement, status=status, evidence=evidence)
        for run, items in enumerate(runs):
            if n % 7 != run:
                items.append(item)
    actors = [Actor(name=name, kind="person", mentions=[name, name.split()[1]]) for name in names]
    return _record(made, actors, runs[0], "first"), _record(made, actors, runs[1], "second")


def _long(text: str) -> list[str]:
    return sorted(set(re.findall(r"\b[a-z]{5,}\b", text)))


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, quote=text[start:end])


def _record(made: Article, actors: list[Actor], items: Sequence[Claim | Stance | Agreement], prompt: str) -> Record:
    return Record(
        article=made,
        actors=actors,
        claims=[item for item in items if isinstance(item, Claim)],
        stances=[item for item in items if isinstance(item, Stance)],
        agreements=[item for item in items if isinstance(item, Agreement)],
        ungrounded=[],
        provenance=Provenance(
            model="made-up", prompt=prompt, prompt_digest=prompt, schema_digest="", created=now(), calls=0,
            cached_calls=0,
        ),
    )  # fmt: skip


@contextmanager
def served(store: Path, *arguments: str) -> Iterator[str]:
    """Run `onrecord review` on a store; the address it prints."""
    command = [sys.executable, "-m", "onrecord", "review", "--no-browser", "--cache", str(store), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stderr
            if not (url := process.stdout.readline().strip()):
                raise SystemExit(process.stderr.read())
            yield url
        finally:
            process.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def opened(page: Page, url: str) -> float:
    """Open an address; return the milliseconds from the request until the page can be used."""
    page.goto(url)
    return float(page.evaluate("window.usable"))


def pressed(page: Page, key: str, brings: str) -> float:
    """Press a key; return the milliseconds until what it brings about is painted."""
    page.evaluate(_WATCH, brings)
    page.keyboard.press(key)
    return float(page.evaluate("window.answered"))


@contextmanager
def told(page: Page) -> Iterator[None]:
    """Wait at the end until the server's answer to a change is told."""
    page.evaluate(_TOLD)
    yield
    page.evaluate("window.told")


def one(browser: Browser, url: str, figures: dict[str, list[float]]) -> None:
    """Open the list and the article, press each key once, and add the figures."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    context.add_init_script(_READY)
    page = context.new_page()
    page.goto(url)
    took = {"list of articles, usable": opened(page, page.url)}
    address = page.evaluate("document.querySelector('#articles a').href")
    took["article, usable"] = opened(page, address)
    took["j, next item"] = pressed(page, "j", "next")
    with told(page):
        took["a, accept"] = pressed(page, "a", "next")
        took["j, a verdict on its way"] = pressed(page, "j", "next")
    with told(page):
        took["r, reject"] = pressed(page, "r", "next")
    with told(page):
        took["u, undo"] = pressed(page, "u", "next")
    took["/, to the search"] = pressed(page, "/", "searching")
    found = page.locator("#items > li .who").first.text_content() or ""
    took["a letter of a search, the slowest"] = max(pressed(page, letter, "typed") for letter in found.lower()[:5])
    page.keyboard.press("Escape")
    took["e, edit"] = pressed(page, "e", "editing")
    context.close()
    for name, value in took.items():
        figures.setdefault(name, []).append(value)


def main() -> None:
    """Print the figures of RUNS runs, each in a browser profile of its own, against the goals."""
    figures: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        store = Store(Path(folder))
        for record in records():
            store.keep_record(record)
        store.close()
        with served(Path(folder)) as url:
            for _ in range(RUNS):
                one(browser, url, figures)
    load = os.getloadavg()[0]
    print(f"machine: {os.cpu_count()} cores, load {load:.1f}; {CHARACTERS:,} characters, {ITEMS} items, {RUNS} runs")
    print(f"{'':36} {'median':>8} {'worst':>8} {'goal':>8}")
    for name, values in figures.items():
        goal = USABLE_GOAL if "usable" in name else KEY_GOAL
        print(f"{name:36} {statistics.median(values):>5.0f} ms {max(values):>5.0f} ms {goal:>5} ms")


if __name__ == "__main__":
    main()
