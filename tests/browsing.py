"""A reader at the review's pages, in a real browser."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page

from onrecord.review.changes import Change
from onrecord.review.reviewed import Reviewed, ReviewItem, review
from onrecord.store import Store
from tests.reviewing import Review

_SECONDS = 15.0
# The first and the last rectangle of words in the article, once they are in view.
_FIND = """words => {
  const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
  const nodes = [];
  let all = '';
  while (walker.nextNode()) { nodes.push([walker.currentNode, all.length]); all += walker.currentNode.data; }
  const at = all.indexOf(words);
  if (at < 0) return null;
  const spot = (unit, last) => {
    const [node, start] = nodes.findLast(([, begin]) => (last ? begin < unit : begin <= unit));
    return [node, unit - start];
  };
  const range = document.createRange();
  range.setStart(...spot(at, false));
  range.setEnd(...spot(at + words.length, true));
  range.startContainer.parentElement.scrollIntoView({ block: 'center' });
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const [a, b] = [boxes[0], boxes.at(-1)];
  return [a.left + 0.5, (a.top + a.bottom) / 2, b.right - 0.5, (b.top + b.bottom) / 2];
}"""


def until(condition: Callable[[], Any], page: Page | None = None) -> Any:
    """Wait for a condition and return its value; while a page is given, it goes on meanwhile."""
    deadline = time.monotonic() + _SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come true"
        if page:
            page.wait_for_timeout(15)
        else:
            time.sleep(0.015)
    return found


def stands(cache: Path, id: str) -> Reviewed:
    """Read from the store how an article stands."""
    store = Store(cache)
    try:
        return review([r for r in store.records() if r.article.id == id], store.changes(id))
    finally:
        store.close()


def log(cache: Path, id: str) -> list[Change]:
    """Read an article's log."""
    store = Store(cache)
    try:
        return store.changes(id)
    finally:
        store.close()


@dataclass
class Reader:
    """One tab with an article's page; `troubles` are the errors that the browser told of."""

    review: Review
    page: Page
    context: BrowserContext
    id: str
    troubles: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def told(self, words: str) -> None:
        """Wait until the page tells something, in passing or to stay."""
        until(lambda: words in self.page.inner_text("#live") or words in self.page.inner_text("#notice"), self.page)

    def stood(self) -> Reviewed:
        """Return how the article stands in the store."""
        return stands(self.review.store, self.id)

    def item(self, label: str) -> ReviewItem:
        """Return an item as it stands in the store."""
        return next(item for item in self.stood().items if item.label == label)

    def pick(self, label: str) -> None:
        """Make an item the current one, with the mouse."""
        self.page.click(f"#items [role=option]:has(.tag:text-is('{label}'))")

    def current(self) -> str:
        """Return the label of the current item."""
        return self.page.text_content("#items [aria-selected=true] .tag") or ""

    def select(self, words: str) -> None:
        """Select words in the article, with the mouse."""
        box = self.page.evaluate(_FIND, words)
        assert box, words
        box = self.page.evaluate(_FIND, words)
        self.page.mouse.move(box[0], box[1])
        self.page.mouse.down()
        self.page.mouse.move(box[2], box[3], steps=4)
        self.page.mouse.up()
        assert self.page.evaluate("document.getSelection().toString()") == words

    def close(self) -> None:
        """Close the tab; the browser must have told of no error."""
        self.context.close()
        assert not self.troubles


def enter(browser: Browser, review: Review, id: str | None, **wishes: Any) -> Reader:
    """Open the address that was printed, then an article's page; without one, the list."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **wishes})
    context.set_default_timeout(_SECONDS * 1000)
    page = context.new_page()
    reader = Reader(review, page, context, id or "")

    def heard(message: ConsoleMessage) -> None:
        # What the server refuses is told by the page itself.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            reader.troubles.append(message.text)

    def failed(error: Error) -> None:
        reader.troubles.append(str(error))

    def asked(dialog: Dialog) -> None:
        reader.troubles.append(dialog.message)
        dialog.dismiss()

    page.on("console", heard)
    page.on("pageerror", failed)
    page.on("dialog", asked)
    page.goto(review.url)
    if id:
        page.goto(f"http://{review.host}/articles/{id}")
    page.wait_for_selector("body[data-ready=true]")
    return reader
