"""Takes the pictures of the review that the README shows, of articles read with recorded replies: `make pictures`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize
from review import ROOT, chromium, served, told

from onrecord import evals, gold, prompts
from onrecord.extract import extract
from onrecord.models import open_model
from onrecord.records import Article

PICTURES = ROOT / "docs" / "pictures"
REPLIES = ROOT / "evals" / "replies"
CASES = ROOT / "evals" / "gold"
PROMPTS = ("interview.v1", str(ROOT / "evals" / "prompts" / "interview-sentences.v1.md"))
# When the runs are said to have been made, so that their order is always the same.
DAYS = ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")

ENGLISH, FRENCH = "en-panmunjom-summit", "fr-fessenheim-arret"
DESK = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)


@dataclass(frozen=True)
class Picture:
    """What to take: an article, in a language and a light, with keys pressed between a first and a last step."""

    name: str
    article: str
    lang: str
    keys: str
    size: ViewportSize
    light: Literal["dark", "light"] = "light"
    first: Callable[[Page], None] = lambda _page: None
    last: Callable[[Page], None] = lambda _page: None


def _differing(page: Page) -> None:
    page.get_by_label("Show only where they differ").check()
    page.get_by_role("button", name="Take this one").first.click()
    page.locator("#compare [data-status=rejected], #compare [data-status=added]").first.wait_for()


def _in_order(page: Page) -> None:
    page.get_by_label("Order").select_option("text")
    page.locator("#items").focus()
    page.keyboard.press("Home")


def _at_the_top(page: Page) -> None:
    page.evaluate("scrollTo(0, 0)")


TAKEN = (
    Picture("review-light", ENGLISH, "en", "aara", DESK, first=_in_order, last=_at_the_top),
    Picture("review-dark", FRENCH, "fr", "arrajj", DESK, light="dark"),
    Picture("review-phone", ENGLISH, "en", "jk", PHONE),
    Picture("review-compare", FRENCH, "en", "c", DESK, last=_differing),
)


@contextmanager
def reviewed() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve both articles, the French one read with both prompts, from recorded replies alone; address, ids by case."""
    with evals.replayed(REPLIES) as store:
        model = open_model(None, offline=True)
        ids = {}
        for name in (ENGLISH, FRENCH):
            case = gold.read(CASES / f"{name}.yaml")
            article = Article(text=case.text, lang=case.lang, title=case.title, path=f"press/{name}.txt")
            for created, prompt in zip(DAYS, PROMPTS if name == FRENCH else PROMPTS[:1], strict=False):
                record = extract(article, prompts.load(prompt), model, store)
                made = record.provenance.model_copy(update={"created": created})
                store.keep_record(record.model_copy(update={"provenance": made}))
            ids[name] = article.id
        with served(store.folder) as url:
            yield url, ids


def take(browser: Browser, url: str, id: str, picture: Picture, path: Path) -> None:
    """Open an article's page, press the keys one after the other, and take the picture."""
    context = browser.new_context(
        viewport=picture.size, locale=picture.lang, color_scheme=picture.light, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url)
    page.goto(f"{page.url}articles/{id}")
    page.locator("body[data-ready=true]").wait_for()
    picture.first(page)
    for key in picture.keys:
        with told(page) if key in "ar" else nullcontext():
            page.keyboard.press(key)
    picture.last(page)
    # What passes by is no part of the picture.
    page.locator("#live").evaluate("live => { live.textContent = ''; }")
    page.screenshot(path=path, animations="disabled", caret="hide")
    context.close()


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with reviewed() as (url, ids), chromium() as browser:
        for picture in TAKEN:
            path = PICTURES / f"{picture.name}.png"
            take(browser, url, ids[picture.article], picture, path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
