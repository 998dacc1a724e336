"""The review's pages in a real browser: what a reader sees and does, and what then stands in the store."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from onrecord import gold
from onrecord.review.reviewed import Reviewed
from tests.browsing import Reader, enter, log, stands, until
from tests.conftest import Run
from tests.review_pages import COST, TEXT, hostile, port
from tests.reviewing import Review, filled

PORT = port().article.id
DIGUE = "le projet de digue 👩‍🔧"


def verdicts(found: Reviewed) -> dict[str, str]:
    return {item.label: item.status for item in found.items}


# Verdicts.


def test_accept_and_reject_go_on_to_the_next_and_undo_goes_back_to_the_beginning(reader: Reader) -> None:
    first = reader.current()
    reader.press("a")
    reader.told(f"{first} accepted.")
    second = reader.current()
    assert second != first
    reader.press("r")
    reader.told(f"{second} rejected.")
    assert verdicts(reader.stood()) == dict.fromkeys(["C1", "C2", "C3", "S1", "S2", "A1"], "open") | {
        first: "accepted",
        second: "rejected",
    }
    reader.press("u")
    until(lambda: reader.item(second).status == "open", reader.page)
    assert reader.current() == second
    reader.press("u")
    until(lambda: reader.item(first).status == "open", reader.page)
    reader.press("u")
    reader.told("nothing left to undo")
    assert [change.action for change in log(reader.review.store, PORT)] == ["accept", "reject", "undo", "undo"]


def test_fast_keys_lose_nothing(reader: Reader) -> None:
    """Verdicts are sent one after the other, though the page goes on at once."""
    reader.press(*"arara")
    until(lambda: len(reader.stood().queue) == 1, reader.page)
    assert [change.action for change in log(reader.review.store, PORT)] == ["accept", "reject"] * 2 + ["accept"]
    assert len({change.item for change in log(reader.review.store, PORT)}) == 5


def test_a_field_is_corrected_and_the_evidence_moved_by_selecting_words(reader: Reader) -> None:
    reader.pick("C2")
    reader.press("e")
    page = reader.page
    assert page.input_value("#editor [name=statement]") == COST
    page.fill("#editor [data-part=actors] input", "Anne Le Goff")
    page.select_option("#editor [name=position]", "mixed")
    reader.select("coûteront 12 millions d’euros")
    page.click("#editor [data-does=selection]")
    page.keyboard.press("Control+Enter")
    reader.told("C2 saved.")
    item = reader.item("C2")
    assert (item.status, item.fields.actors, item.fields.position) == ("corrected", ["Anne Le Goff"], "mixed")
    # An emoji of several code points stands before it.
    ((start, end),) = item.fields.evidence
    assert TEXT[start:end] == "coûteront 12 millions d’euros"
    assert item.original
    assert item.original.actors == ["le préfet"]
    assert "The model had: le préfet" in page.inner_text("#items [role=option]:has(.tag:text-is('C2')) .more")


def test_an_end_is_moved_by_a_word(reader: Reader) -> None:
    reader.pick("C2")
    reader.press("e")
    reader.page.click("#editor [aria-label='piece 1: Begin one word later']")
    reader.page.click("#editor [aria-label='piece 1: End one word earlier']")
    reader.page.click("#editor [type=submit]")
    reader.told("C2 saved.")
    ((start, end),) = reader.item("C2").fields.evidence
    assert TEXT[start:end] == "travaux coûteront 12 millions"


def test_a_missed_item_is_added_from_a_selection(reader: Reader) -> None:
    reader.select(DIGUE)
    reader.press("n")
    page = reader.page
    page.select_option("#editor [name=kind]", "stance")
    page.select_option("#editor [name=position]", "oppose")
    page.click("#editor [type=submit]")
    until(lambda: page.inner_text("#editor [data-part=problem]") == "An item needs an actor.", page)
    page.fill("#editor [data-part=actors] input", "les riverains")
    page.click("#editor [type=submit]")
    reader.told("Added.")
    (added,) = (item for item in reader.stood().items if item.status == "added")
    ((start, end),) = added.fields.evidence
    assert (TEXT[start:end], added.fields.actors, added.kind) == (DIGUE, ["les riverains"], "stance")
    assert reader.current() == added.label


def test_actors_are_merged_renamed_and_split(reader: Reader) -> None:
    page = reader.page
    reader.press("m")
    page.select_option("#actors [name=actor]", "le préfet")
    page.select_option("#actors [name=into]", "Anne Le Goff")
    page.click("#actors [data-wish=merge]")
    reader.told("Actors changed.")
    assert reader.item("C2").fields.actors == ["Anne Le Goff"]
    assert page.input_value("#actors [name=actor]") == "Anne Le Goff"
    page.fill("#actors [name=name]", "Anne Le Goff, maire")
    page.click("#actors [data-wish=rename]")
    until(lambda: reader.item("C1").fields.actors == ["Anne Le Goff, maire"], page)
    page.check("#actors [value='Mme Le Goff']")
    page.fill("#actors [name=other]", "Marie Le Goff")
    page.click("#actors [data-wish=split]")
    until(lambda: reader.item("S1").fields.actors == ["Marie Le Goff"], page)
    assert reader.item("C1").fields.actors == ["Anne Le Goff, maire"]
    reader.press("Escape", "u", "u", "u")
    until(lambda: reader.item("C2").fields.actors == ["le préfet"], page)
    assert reader.stood().actors[0].mentions == ["Anne Le Goff", "la maire", "Mme Le Goff"]


def test_an_article_is_marked_complete(reader: Reader) -> None:
    reader.press("x")
    reader.told("Article marked complete.")
    assert reader.stood().complete
    reader.page.goto(f"http://{reader.review.host}/")
    assert "Complete" in reader.page.inner_text("#articles")
    reader.page.go_back()
    reader.page.click("[data-act=complete]")
    reader.told("no longer marked complete")
    assert not reader.stood().complete


def test_of_two_tabs_the_later_is_told_and_nothing_is_lost(browser: Browser, reader: Reader) -> None:
    other = enter(browser, reader.review, PORT)
    reader.pick("C1")
    reader.press("r")
    reader.told("C1 rejected.")
    other.pick("C1")
    other.press("e")
    other.page.fill("#editor [name=statement]", "Le port reste ouvert")
    other.page.click("#editor [type=submit]")
    other.told("Somebody was faster")
    assert "rejected C1 at" in other.page.inner_text("#notice")
    assert reader.item("C1").status == "rejected"
    # What was written is still in the form, and can be insisted on.
    assert other.page.input_value("#editor [name=statement]") == "Le port reste ouvert"
    other.page.click("#notice button:text-is('Write mine all the same')")
    other.told("C1 saved.")
    assert reader.item("C1").fields.statement == "Le port reste ouvert"
    assert [change.action for change in log(reader.review.store, PORT)] == ["reject", "edit"]
    other.close()


# Without a mouse.


def test_the_keyboard_alone_does_everything(reader: Reader) -> None:
    page = reader.page
    focus: Callable[[], Any] = lambda: page.evaluate("document.activeElement.id || document.activeElement.name")  # noqa: E731
    assert focus() == "items"
    reader.press("Home")
    first = reader.current()
    reader.press("ArrowDown", "j", "k")
    assert reader.current() != first
    reader.press("ArrowUp", "a")
    reader.told("accepted.")
    # Correct a statement.
    reader.press("e")
    assert focus() == "statement"
    reader.press("Control+a")
    page.keyboard.type("Corrigé")
    reader.press("Control+Enter")
    reader.told("saved.")
    assert focus() == "items"
    # Add an item, its evidence by typing words of the article.
    reader.press("n")
    page.keyboard.type("Yann Kerbrat")
    page.focus("#editor [name=words]")
    page.keyboard.type("leur président")
    reader.press("Enter", "Control+Enter")
    reader.told("Added.")
    (added,) = (item for item in reader.stood().items if item.status == "added")
    assert [TEXT[start:end] for start, end in added.fields.evidence] == ["leur président"]
    # Dialogs open by a key, close by another, and give the focus back.
    for key, dialog in (("m", "actors"), ("c", "compare"), ("?", "help"), ("e", "editor"), ("n", "editor")):
        reader.press(key)
        assert page.is_visible(f"#{dialog}"), key
        reader.press("Escape")
        assert page.is_hidden(f"#{dialog}"), key
        assert focus() == "items", key
    reader.press("/")
    page.keyboard.type("préfet")
    until(lambda: page.locator("#items [role=option]").count() == 1, page)
    reader.press("Escape", "r")
    reader.told("C2 rejected.")
    reader.press("x")
    reader.told("complete")
    assert verdicts(reader.stood())["C2"] == "rejected"
    reader.press("g")
    page.wait_for_url("**/")
    assert page.inner_text("h1") == "Articles"


@pytest.mark.parametrize("dialog", [None, "e", "m", "?"])
def test_tab_reaches_every_control(reader: Reader, dialog: str | None) -> None:
    page = reader.page
    if dialog:
        reader.press(dialog)
    else:
        page.evaluate("document.querySelector('#filters details').open = true")
    page.evaluate(
        """modal => {
          const root = modal ? document.querySelector('dialog[open]') : document.body;
          const seen = (node) => node.getClientRects().length && !node.disabled && node.tabIndex >= 0;
          window.wanted = [...root.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')]
            .filter(seen);
          window.reached = new Set();
          document.addEventListener('focusin', (event) => window.reached.add(event.target));
        }""",
        dialog,
    )
    count = page.evaluate("window.wanted.length")
    assert count > 1
    page.evaluate("document.activeElement.blur()" if not dialog else "0")
    for _ in range(count + 30):
        page.keyboard.press("Tab")
    left = page.evaluate("window.wanted.filter((node) => !window.reached.has(node)).map((node) => node.outerHTML)")
    # Where the focus was from the beginning, it was not given again by Tab.
    assert len(left) <= bool(dialog), left


# Finding.


def test_search_and_filters_narrow_the_list(reader: Reader) -> None:
    page = reader.page
    shown: Callable[[], list[str]] = lambda: page.locator("#items .tag").all_text_contents()  # noqa: E731
    page.select_option("#filters [name=order]", "text")
    assert shown() == ["C1", "C2", "S1", "S2", "A1", "C3"]
    page.fill("#filters [name=search]", "REGLE")
    assert shown() == ["C3"]
    page.fill("#filters [name=search]", "")
    page.click("#filters summary")
    page.select_option("#filters [name=kind]", "stance")
    assert shown() == ["S1", "S2"]
    page.select_option("#filters [name=actor]", "les pêcheurs")
    assert shown() == ["S2"]
    reader.press("Escape")
    page.click("#filters [type=reset]")
    until(lambda: len(shown()) == 6, page)
    reader.pick("A1")
    reader.press("a")
    reader.told("A1 accepted.")
    page.select_option("#filters [name=status]", "accepted")
    assert shown() == ["A1"]


def test_an_item_and_its_words_light_up_together(reader: Reader) -> None:
    page = reader.page
    page.hover("#items [role=option]:has(.tag:text-is('S2'))")
    until(lambda: page.locator("#text .over").count() > 0, page)
    assert "refusent" in "".join(page.locator("#text mark.over").all_inner_texts())
    page.hover("#text .label[data-label=C3]")
    until(lambda: page.inner_text("#items .over .tag") == "C3", page)
    page.click("#text .label[data-label=C3]")
    assert reader.current() == "C3"


def test_the_page_speaks_french(browser: Browser, review: Review) -> None:
    reader = enter(browser, review, PORT, locale="fr-FR")
    assert reader.page.get_attribute("html", "lang") == "fr"
    assert "Accepter" in reader.page.inner_text(".verdicts")
    reader.press("a")
    until(lambda: "accept" in reader.page.inner_text("#live").lower(), reader.page)
    assert reader.stood().last == 1
    reader.page.click(".languages a[hreflang=en]")
    reader.page.wait_for_selector("html[lang=en]")
    reader.close()


# Out.


def test_what_was_judged_here_is_read_by_evals(reader: Reader, onrecord: Run, tmp_path: Path) -> None:
    reader.press(*"aaar")
    reader.told("rejected.")
    reader.press(*"aa", "x")
    until(lambda: reader.stood().complete, reader.page)
    done = onrecord("review", "export", "--all", "--gold", "gold", "--cache", reader.review.store)
    assert (done.returncode, "1 case written to gold" in done.stderr) == (0, True), done.stderr
    listed = onrecord("evals", "--list", "--gold", "gold")
    assert listed.returncode == 0, listed.stderr
    (case,) = gold.load(tmp_path / "gold").values()
    assert (case.text, len([*case.claims, *case.stances, *case.agreements])) == (TEXT, 5)


def test_script_in_an_article_stays_text(browser: Browser, tmp_path: Path) -> None:
    bad = hostile()
    with Review(filled(tmp_path / "store", bad, port())) as running:
        reader = enter(browser, running, bad.article.id)
        page = reader.page
        assert "<script>document.title" in page.inner_text("#text")
        for key in ("e", "m", "c", "?"):
            reader.press(key)
            reader.press("Escape")
        reader.press("a")
        reader.told("accepted.")
        page.goto(f"http://{running.host}/")
        assert "<b>hostile</b>" in page.inner_text("#articles")
        for address in ("/", f"/articles/{bad.article.id}"):
            page.goto(f"http://{running.host}{address}")
            page.wait_for_selector("body[data-ready=true]")
            assert page.title() != "taken"
            assert page.locator("main img, main b:text('hostile'), main script").count() == 0
        reader.close()


# For everybody.

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)]


def _later(reader: Reader, before: int) -> bool:
    return reader.stood().last > before


def _views(reader: Reader) -> Iterator[str]:
    page = reader.page
    yield "article"
    if page.is_visible("[data-panel-of=items]"):
        page.click("[data-panel-of=items]")
        yield "items"
    page.evaluate("document.querySelector('#filters details').open = true")
    yield "filters"
    for act in ("edit", "add", "actors", "compare", "help"):
        page.click(f"[data-act={act}]")
        if act == "compare":
            page.wait_for_selector("#compare li")
        yield act
        page.keyboard.press("Escape")
    for act in ("accept", "reject"):
        before = reader.stood().last
        page.click(f"[data-act={act}]")
        until(partial(_later, reader, before), page)
    yield "judged"
    page.click("[data-act=complete]")
    reader.told("marked complete")
    yield "complete"
    reader.review.process.kill()
    page.click("[data-act=undo]")
    reader.told("does not answer")
    yield "notice"


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_view_is_accessible(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    store = filled(tmp_path / "store", port(), port("document.v2", other=True), hostile())
    with Review(store) as running:
        reader = enter(browser, running, None, color_scheme=scheme, viewport={"width": width, "height": 844})
        axe, found = Axe(), {}
        found["list"] = axe.run(reader.page)
        reader.id = PORT
        reader.page.goto(f"http://{running.host}/articles/{PORT}")
        reader.page.wait_for_selector("body[data-ready=true]")
        for view in _views(reader):
            found[view] = axe.run(reader.page)
        bad = {view: result.generate_report() for view, result in found.items() if result.violations_count}
        assert not bad, "\n".join(f"{view}: {report}" for view, report in bad.items())
        assert len(found) == 11 + (width < 1000)
        reader.close()


def test_enlarged_four_times_nothing_is_out_of_reach(browser: Browser, tmp_path: Path) -> None:
    """A window of 1280 pixels at 400 % has 320, and a fourth of the height."""
    store = filled(tmp_path / "store", port(), port("document.v2", other=True))
    wide = "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
    with Review(store) as running:
        reader = enter(browser, running, None, viewport={"width": 320, "height": 256})
        assert not reader.page.evaluate(wide), "list"
        reader.id = PORT
        reader.page.goto(f"http://{running.host}/articles/{PORT}")
        reader.page.wait_for_selector("body[data-ready=true]")
        for view in _views(reader):
            assert not reader.page.evaluate(wide), view
            inner = "[...document.querySelectorAll('dialog[open]')].some((d) => d.scrollWidth > d.clientWidth)"
            assert not reader.page.evaluate(inner), view
        reader.close()
    assert stands(store, PORT).complete
