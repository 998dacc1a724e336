"""The review's pages in a real browser, further: with the keyboard alone, in two tabs, in trouble, in French."""

import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from onrecord.records import Actor, Article, Claim, Record
from onrecord.review.pages import Pages
from tests.browsing import Reader, enter, log, until
from tests.conftest import Run
from tests.review_pages import COST, HOSTILE, TEXT, hostile, port
from tests.reviewing import Review, filled
from tests.samples import at

PORT = port().article.id
BOAT = "fermerons pas le port 🚢"
WIDE = """() => [document.scrollingElement, ...document.querySelectorAll('dialog[open]')]
  .filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.id || 'page')"""


def words(reader: Reader, label: str) -> list[str]:
    """Return the words of an item's evidence, which the store keeps as places."""
    return [TEXT[start:end] for start, end in reader.item(label).fields.evidence]


def problem(reader: Reader, said: str) -> None:
    until(lambda: reader.page.inner_text("#editor [data-part=problem]") == said, reader.page)


def quoted(page: Page) -> list[str]:
    return page.locator("#editor [data-part=evidence] q").all_inner_texts()


# Words of the article.


def test_an_emoji_within_the_selected_words_is_kept_whole(reader: Reader) -> None:
    reader.pick("C1")
    reader.press("e")
    reader.select(BOAT)
    reader.press("t")
    assert quoted(reader.page) == [BOAT]
    # The focus was in the article; it is in the form again.
    reader.press("Control+Enter")
    reader.told("C1 saved.")
    assert words(reader, "C1") == [BOAT]


def test_half_a_character_stands_for_the_whole(reader: Reader) -> None:
    reader.press("n")
    reader.page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode() && !walker.currentNode.data.includes('🚢'));
          const node = walker.currentNode;
          const at = node.data.indexOf('🚢');
          document.getSelection().setBaseAndExtent(node, at - 5, node, at + 1);
        }"""
    )
    reader.page.click("#editor [data-does=selection]")
    assert quoted(reader.page) == ["port 🚢"]


def test_a_paragraph_selected_by_three_clicks_is_taken_though_it_is_the_last(reader: Reader) -> None:
    reader.press("n")
    last = reader.page.locator("#text p").last
    last.click(click_count=3, position={"x": 300, "y": 20})
    reader.page.click("#editor [data-does=selection]")
    assert quoted(reader.page) == [TEXT.strip().splitlines()[-1]]


def test_words_that_were_selected_once_do_not_turn_up_in_the_next_item(reader: Reader) -> None:
    reader.select("mardi à Brest")
    reader.press("n")
    assert quoted(reader.page) == ["mardi à Brest"]
    # Also with the focus in the article, Escape is meant for the form.
    reader.select("Selon le préfet")
    reader.press("Escape")
    assert reader.page.is_hidden("#editor")
    reader.press("n")
    assert quoted(reader.page) == []


@pytest.mark.parametrize("typed", ["12 millions d’euros", "12 millions d'euros", '" Rien n\'est réglé "'])
def test_words_are_found_as_a_keyboard_has_them(reader: Reader, typed: str) -> None:
    reader.press("n")
    reader.page.fill("#editor [name=words]", typed)
    reader.press("Enter")
    assert quoted(reader.page) == [typed.replace("'", "’").replace('" ', "« ").replace(' "', " »")]


def test_words_that_are_not_in_the_article_are_no_evidence(reader: Reader) -> None:
    reader.press("n")
    reader.page.fill("#editor [name=words]", "la mairie")
    reader.press("Enter")
    problem(reader, "These words are not in the article.")
    reader.page.click("#editor [data-does=selection]")
    problem(reader, "Select words in the article first.")
    assert quoted(reader.page) == []


# The form.


def test_saved_twice_in_haste_it_is_added_once(reader: Reader) -> None:
    reader.select("mardi à Brest")
    reader.press("n")
    reader.page.keyboard.type("le journal")
    reader.press("Control+Enter", "Control+Enter")
    reader.told("Added.")
    reader.press("a")
    reader.told("accepted.")
    assert [change.action for change in log(reader.review.store, PORT)] == ["add", "accept"]


def test_what_is_being_written_is_not_thrown_away_for_another_item(reader: Reader) -> None:
    reader.pick("C2")
    reader.press("e")
    reader.page.keyboard.type("!")
    reader.page.click("#text .label[data-label=C3]")
    for act in ("edit", "add"):
        reader.page.focus(f"[data-act={act}]")
        reader.press("Enter")
        assert reader.page.input_value("#editor [name=statement]") == f"{COST}!"
        assert reader.page.evaluate("document.activeElement.name") == "statement"


def test_who_was_taken_away_can_be_named_again_and_only_an_agreement_has_several(reader: Reader) -> None:
    page = reader.page
    reader.pick("C2")
    reader.press("e")
    assert page.is_hidden("#editor [data-does=actor]")
    page.click("#editor [aria-label='Remove le préfet']")
    reader.press("Enter")
    page.keyboard.type("la préfecture")
    page.select_option("#editor [name=kind]", "agreement")
    page.click("#editor [data-does=actor]")
    page.keyboard.type("la ville")
    page.select_option("#editor [name=kind]", "claim")
    reader.press("Control+Enter")
    problem(reader, "Only an agreement has several parties.")
    page.click("#editor [aria-label='Remove Parties']")
    reader.press("Control+Enter")
    reader.told("C2 saved.")
    assert reader.item("C2").fields.actors == ["la préfecture"]


def test_undo_goes_back_through_all_that_was_done(reader: Reader) -> None:
    page, before = reader.page, reader.stood()
    reader.press("a", "r")
    reader.pick("A1")
    reader.press("e")
    page.keyboard.type(" 2027")
    reader.press("Control+Enter")
    reader.told("A1 saved.")
    reader.select(BOAT)
    reader.press("n")
    page.keyboard.type("le maire")
    reader.press("Control+Enter")
    reader.told("Added.")
    reader.press("m")
    page.select_option("#actors [name=actor]", "le maire")
    page.select_option("#actors [name=into]", "Anne Le Goff")
    page.click("#actors [data-wish=merge]")
    reader.told("Actors changed.")
    reader.press("Escape", "x")
    reader.told("Article marked complete.")
    done = ["accept", "reject", "edit", "add", "merge", "complete"]
    assert [change.action for change in log(reader.review.store, PORT)] == done
    for _ in done:
        reader.press("u")
    until(lambda: len(log(reader.review.store, PORT)) == 12, page)
    after = reader.stood()
    assert [(item.label, item.status, item.fields) for item in after.items] == [
        (item.label, item.status, item.fields) for item in before.items
    ]
    assert (after.actors, after.complete, after.queue) == (before.actors, False, before.queue)
    until(lambda: page.locator("#items [data-status=open]").count() == 6, page)
    assert page.inner_text("#progress-words") == "0 of 6 judged"


# Two tabs, two runs.


def conflict(browser: Browser, reader: Reader) -> Reader:
    """Let another tab accept what this one has rejected by then."""
    other = enter(browser, reader.review, PORT, locale="fr-FR")
    for one in (reader, other):
        one.pick("S2")
    reader.press("r")
    reader.told("S2 rejected.")
    other.press("a")
    other.told("Quelqu’un a été plus rapide")
    return other


def test_who_comes_later_leaves_it_so_with_the_keyboard_alone(browser: Browser, reader: Reader) -> None:
    other = conflict(browser, reader)
    assert "Zoé a rejeté S2 à" in other.page.inner_text("#notice")
    # What was shown ahead of the answer was taken back.
    assert other.page.locator("#items [data-status=rejected] .tag").all_text_contents() == ["S2"]
    other.press("Tab", "Tab")
    assert other.page.evaluate("document.activeElement.textContent") == "Laisser ainsi"
    other.press("Enter")
    assert other.page.is_hidden("#notice")
    assert other.page.evaluate("document.activeElement.id") == "items"
    assert [change.action for change in log(reader.review.store, PORT)] == ["reject"]
    other.close()


def test_who_comes_later_insists_and_the_former_cannot_undo_that_unseen(browser: Browser, reader: Reader) -> None:
    other = conflict(browser, reader)
    other.page.click("#notice button:text-is('Écrire le mien quand même')")
    other.told("S2 accepté.")
    reader.press("u")
    reader.told("Zoé accepted S2 at")
    assert reader.page.locator("#notice button").all_inner_texts() == ["Leave it so"]
    assert [change.action for change in log(reader.review.store, PORT)] == ["reject", "accept"]
    other.close()


def test_an_actor_renamed_elsewhere_is_not_merged_away_unseen(browser: Browser, reader: Reader) -> None:
    other = enter(browser, reader.review, PORT)
    for one in (reader, other):
        one.press("m")
        one.page.select_option("#actors [name=actor]", "le préfet")
    reader.page.fill("#actors [name=name]", "Jean Morin")
    reader.page.click("#actors [data-wish=rename]")
    reader.told("Actors changed.")
    other.page.select_option("#actors [name=into]", "Yann Kerbrat")
    other.page.click("#actors [data-wish=merge]")
    other.told("Not saved: there is no actor «le préfet»")
    assert other.page.is_hidden("#actors")
    assert reader.item("C2").fields.actors == ["Jean Morin"]
    other.close()


@pytest.mark.parametrize(("side", "who"), [(0, "Yann Kerbrat"), (1, "les pêcheurs")])
def test_of_two_runs_either_is_taken_with_the_keyboard(browser: Browser, tmp_path: Path, side: int, who: str) -> None:
    with Review(filled(tmp_path / "store", port(), port("document.v2", other=True))) as running:
        reader = enter(browser, running, PORT)
        reader.press("c")
        reader.page.check("#compare [name=different]")
        until(lambda: reader.page.locator("#compare li").count() == 2, reader.page)
        assert "4 the same, 1 different, 1 in one only" in reader.page.inner_text("#compare")
        reader.page.locator("#compare li.differ .side").nth(side).locator("button", has_text="Take this one").focus()
        reader.press("Enter")
        until(lambda: len(log(running.store, PORT)) == 2, reader.page)
        judged = {item.fields.actors[0]: item.status for item in reader.stood().items if item.status != "open"}
        assert judged.pop(who) == "accepted"
        assert list(judged.values()) == ["rejected"]
        until(lambda: reader.page.evaluate("document.activeElement.textContent") == "Take this one", reader.page)
        reader.press("Escape")
        assert reader.page.evaluate("document.activeElement.id") == "items"
        reader.close()


# In trouble.


def test_a_verdict_that_did_not_get_through_is_tried_again(reader: Reader) -> None:
    page, first = reader.page, reader.current()
    broken: Callable[[Route], None] = lambda route: route.abort()  # noqa: E731
    page.route("**/changes", broken)
    reader.press("a")
    reader.told("The server does not answer.")
    assert page.locator("#items [data-status=accepted]").count() == 0, "nothing looks saved that is not"
    assert not log(reader.review.store, PORT)
    page.unroute("**/changes", broken)
    reader.press("Tab", "Enter")
    reader.told(f"{first} accepted.")
    assert page.is_hidden("#notice")
    assert page.evaluate("document.activeElement.id") == "items"
    assert reader.item(first).status == "accepted"


def test_what_was_written_outlives_a_server_that_is_gone(reader: Reader) -> None:
    page = reader.page
    reader.review.process.kill()
    reader.pick("C2")
    reader.press("e")
    page.keyboard.type(" Corrigé")
    reader.press("Control+Enter")
    reader.told("The server does not answer.")
    assert page.input_value("#editor [name=statement]").endswith(" Corrigé")
    reader.press("Tab", "Enter")
    reader.told("The server does not answer.")
    assert page.is_visible("#editor")


def test_runs_that_cannot_be_had_are_told(browser: Browser, tmp_path: Path) -> None:
    with Review(filled(tmp_path / "store", port(), port("document.v2", other=True))) as running:
        reader = enter(browser, running, PORT)
        running.process.kill()
        reader.press("c")
        reader.told("The server does not answer.")
        assert reader.page.is_hidden("#compare")
        reader.close()


def test_after_a_kill_while_a_verdict_is_sent_the_page_goes_on_with_the_next_server(
    browser: Browser, tmp_path: Path
) -> None:
    store = filled(tmp_path / "store", port())
    with Review(store) as running:
        reader = enter(browser, running, PORT)
        first = reader.current()
        reader.press("a")
        reader.told(f"{first} accepted.")
        running.process.send_signal(signal.SIGSTOP)
        with reader.page.expect_request("**/changes"):
            reader.press("r")
        second = reader.page.text_content("#items [data-status=rejected] .tag") or ""
        running.process.kill()
        running.process.wait()
        reader.told("The server does not answer.")
    assert [change.action for change in log(store, PORT)] == ["accept"]
    with Review(store, ("--all", "--port", running.host.partition(":")[2])) as again:
        page = reader.page
        page.click("#notice button")
        reader.told("The server was started anew.")
        page.goto(again.url)
        assert "1 of 6 judged" in page.inner_text("#articles")
        page.click("#articles a")
        page.wait_for_selector("body[data-ready=true]")
        reader.pick(second)
        reader.press("r")
        reader.told(f"{second} rejected.")
        assert [change.action for change in log(store, PORT)] == ["accept", "reject"]
        # The session is the tab's: undo reaches back before the kill.
        reader.press("u", "u")
        until(lambda: len(reader.stood().queue) == 6, page)
        reader.close()


# The keyboard alone.


def tab_to(page: Page, test: str, *, back: bool = False) -> None:
    """Press Tab until the element with the focus passes a test."""
    for _ in range(60):
        if page.evaluate(f"(() => {{ const e = document.activeElement; return Boolean({test}); }})()"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab does not reach {test}")


def test_a_whole_article_is_reviewed_without_a_mouse(browser: Browser, review: Review, onrecord: Run) -> None:
    reader = enter(browser, review, None)
    reader.id, page = PORT, reader.page
    tab_to(page, "e.matches('#articles a')")
    reader.press("Enter")
    page.wait_for_url("**/articles/*")
    page.wait_for_selector("body[data-ready=true]")
    tab_to(page, "e.id === 'items'")
    # By the buttons, not by the single keys.
    first = reader.current()
    tab_to(page, "e.dataset.act === 'accept'")
    reader.press("Enter")
    reader.told(f"{first} accepted.")
    # Other words as evidence, in place of those that are too many.
    tab_to(page, "e.id === 'items'", back=True)
    while reader.current() != "C2":
        reader.press("ArrowDown" if reader.current() < "C2" else "ArrowUp")
    reader.press("e")
    tab_to(page, "e.name === 'words'")
    page.keyboard.type("12 millions d'euros")
    reader.press("Enter")
    tab_to(page, "e.type === 'submit'")
    reader.press("Enter")
    reader.told("C2 saved.")
    assert page.evaluate("document.activeElement.id") == "items"
    assert words(reader, "C2") == ["12 millions d’euros"]
    # What was missed: a stance.
    reader.press("n")
    page.keyboard.type("les riverains")
    tab_to(page, "e.name === 'kind'", back=True)
    page.keyboard.type("st")
    tab_to(page, "e.name === 'statement'")
    page.keyboard.type("la digue")
    tab_to(page, "e.name === 'words'")
    page.keyboard.type("le projet de digue")
    reader.press("Enter", "Control+Enter")
    reader.told("Added.")
    (added,) = (item for item in reader.stood().items if item.status == "added")
    assert (added.kind, added.fields.actors, added.fields.statement) == ("stance", ["les riverains"], "la digue")
    # Who is who.
    reader.press("m")
    tab_to(page, "e.name === 'name'")
    reader.press("Control+a")
    page.keyboard.type("des riverains")
    tab_to(page, "e.dataset.wish === 'rename'")
    reader.press("Space")
    reader.told("Actors changed.")
    assert page.evaluate("document.activeElement.name") == "actor"
    reader.press("Escape")
    assert page.evaluate("document.activeElement.id") == "items"
    # The added one is right; the rest is not.
    reader.press("a")
    for _ in range(len(reader.stood().queue)):
        reader.press("r")
    reader.told("All items are judged.")
    reader.press("x")
    reader.told("Article marked complete.")
    assert sorted(item.status for item in reader.stood().items) == [
        "accepted", "added", "corrected", "rejected", "rejected", "rejected", "rejected"
    ]  # fmt: skip
    done = onrecord("review", "export", "--all", "--gold", "gold", "--cache", review.store)
    assert done.returncode == 0, done.stderr
    (case,) = Path("gold").rglob("*.yaml")
    held = case.read_text("utf-8")
    assert all(said in held for said in ("des riverains", "12 millions d’euros"))
    listed = onrecord("evals", "--list", "--gold", "gold")
    assert listed.returncode == 0, listed.stderr
    reader.close()


def test_single_keys_can_be_switched_off(reader: Reader) -> None:
    reader.press("?")
    tab_to(reader.page, "e.id === 'keys-on'")
    reader.press("Space", "Escape", "a", "End")
    assert reader.current() == reader.page.text_content("#items li:last-child .tag")
    reader.page.reload()
    reader.page.wait_for_selector("body[data-ready=true]")
    reader.press("r", "?")
    assert reader.page.is_hidden("#help")
    reader.page.click("[data-act=undo]")
    reader.told("nothing left to undo")
    assert not log(reader.review.store, PORT)


# Finding, and in which language.


def test_the_list_of_articles_is_searched_and_filtered(browser: Browser, tmp_path: Path) -> None:
    other = port("document.v2").model_copy(
        update={"article": Article(text=TEXT + "\n", lang="fr", title="Évènement à Brest", path="b.txt")}
    )
    with Review(filled(tmp_path / "store", port(), other, hostile())) as running:
        reader = enter(browser, running, None)
        page = reader.page

        def shown() -> Sequence[str]:
            found: list[str] = page.evaluate(
                "[...document.querySelectorAll('#articles > li:not([hidden]) .name')].map((a) => a.textContent[0])"
            )
            return "".join(found)

        assert shown() == "ÉL<"
        page.fill("[name=search]", "evenement BREST")
        assert (shown(), page.inner_text("#shown")) == ("É", "1 of 3 articles")
        page.fill("[name=search]", "nowhere")
        assert (shown(), page.inner_text("#shown")) == ("", "No article fits.")
        page.fill("[name=search]", "")
        page.select_option("[name=prompt]", "<b>v1</b>")
        assert shown() == "<"
        page.select_option("[name=prompt]", "")
        page.click("#articles a >> nth=1")
        page.wait_for_selector("body[data-ready=true]")
        reader.id = PORT
        reader.press("x")
        reader.told("marked complete")
        page.click(".crumb a")
        page.wait_for_selector("body[data-ready=true]")
        page.select_option("[name=state]", "complete")
        assert shown() == "L"
        reader.close()


def test_no_word_of_a_french_page_is_english(browser: Browser, tmp_path: Path) -> None:
    words = Pages().words
    english, french = words["en"], words["fr"]
    assert english.keys() == french.keys()
    foreign = set(english.values()) - set(french.values())
    texts = """() => [...document.querySelectorAll('body, body *')].flatMap((node) => [
      ...['aria-label', 'title', 'placeholder', 'data-label'].map((name) => node.getAttribute(name)),
      ...[...node.childNodes].filter((child) => child.nodeType === 3 && node.localName !== 'script')
        .map((child) => child.data.trim())]).filter(Boolean)"""
    with Review(filled(tmp_path / "store", port(), port("document.v2", other=True))) as running:
        reader = enter(browser, running, None, locale="fr-FR")
        page = reader.page
        seen: set[str] = set(page.evaluate(texts))
        page.goto(f"http://{running.host}/articles/{PORT}")
        page.wait_for_selector("body[data-ready=true]")
        for key, box in (("e", "editor"), ("n", "editor"), ("m", "actors"), ("c", "compare"), ("?", "help")):
            reader.press(key)
            assert page.is_visible(f"#{box}")
            if key == "c":
                page.wait_for_selector("#compare li")
            seen |= set(page.evaluate(texts))
            reader.press("Escape")
        reader.press("a", "x")
        reader.told("Article déclaré complet.")
        seen |= set(page.evaluate(texts))
        assert not seen & foreign
        assert {"Accepter", "discours direct"} <= seen | {how.strip("()") for how in seen}
        reader.close()


# What a stranger's text can do.


def test_markup_in_names_and_titles_makes_no_element(browser: Browser, tmp_path: Path) -> None:
    bad, who = hostile(), "<img src=x onerror=\"document.title='taken'\">"
    again = bad.model_copy(
        update={"claims": [bad.claims[0].model_copy(update={"speaker": "</b><i>x</i>"})],
                "provenance": port("<i>v2</i>", other=True).provenance}
    )  # fmt: skip
    shown = """(box) => document.querySelector(box).textContent
      + [...document.querySelectorAll(`${box} :is(input, textarea)`)].map((field) => field.value)"""
    count = "document.querySelectorAll('img, i, style, script:not([src], [type$=json]), [onerror]').length"
    with Review(filled(tmp_path / "store", bad, again), ("--all", "--who", who)) as running:
        reader = enter(browser, running, bad.article.id)
        page, title = reader.page, "<script>document.title='taken'</script> – onrecord"

        def clean(view: str) -> None:
            assert (page.title(), page.evaluate(count)) == (title, 0), view

        clean("article")
        assert page.inner_text("h1") == "<script>document.title='taken'</script>"
        assert page.evaluate("document.querySelector('#text').textContent") == HOSTILE.replace("\n", "")
        for key, box in (("e", "editor"), ("m", "actors"), ("c", "compare")):
            reader.press(key)
            if key == "c":
                page.wait_for_selector("#compare li")
            assert who in page.evaluate(shown, f"#{box}"), box
            clean(box)
            reader.press("Escape")
        other = enter(browser, running, bad.article.id)
        for one in (reader, other):
            one.pick("C1")
        other.press("r")
        other.told("rejected.")
        reader.press("a")
        reader.told(f"{who} rejected C1")
        clean("conflict")
        other.close()
        with page.expect_download() as got:
            page.click("a[download]")
        saved = tmp_path / "sent.html"
        got.value.save_as(saved)
        # Opened from the disk, where no server's policy protects it.
        alone = reader.context.new_page()
        alone.goto(saved.as_uri())
        assert "taken" not in alone.title().replace(title.partition(" –")[0], "")
        assert alone.locator("img, i, [onerror]").count() == 0
        reader.close()


# For everybody.


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_a_conflict_is_accessible(browser: Browser, reader: Reader, scheme: str, width: int) -> None:
    other = conflict(browser, reader)
    other.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    other.page.set_viewport_size({"width": width, "height": 844})
    found = Axe().run(other.page)
    assert not found.violations_count, found.generate_report()
    assert other.page.evaluate(WIDE) == []
    other.close()


def test_words_without_end_are_broken_on_the_smallest_screen(browser: Browser, tmp_path: Path) -> None:
    long = "https://" + "exemple" * 30 + ".fr"
    text = f"Selon {long}, tout va bien.\n"
    claim = Claim(speaker=long, relayed_by=[long], statement=long, mode="direct", evidence=[at(text, long)])
    record = Record(article=Article(text=text, lang="fr", title=long, path=f"{long[8:200]}.txt"),
                    actors=[Actor(name=long, mentions=[long, "tout"])], claims=[claim], stances=[], agreements=[],
                    ungrounded=[], provenance=port().provenance)  # fmt: skip
    other = record.model_copy(
        update={"claims": [claim.model_copy(update={"speaker": "tout"})], "provenance": port("v2").provenance}
    )
    with Review(filled(tmp_path / "store", record, other)) as running:
        reader = enter(browser, running, None, viewport={"width": 320, "height": 640})
        page = reader.page
        assert page.evaluate(WIDE) == []
        page.goto(f"http://{running.host}/articles/{record.article.id}")
        page.wait_for_selector("body[data-ready=true]")
        for panel in ("article", "items"):
            page.click(f"[data-panel-of={panel}]")
            assert page.evaluate(WIDE) == [], panel
        for act in ("edit", "add", "actors", "compare", "help"):
            page.click(f"[data-act={act}]")
            if act == "compare":
                page.wait_for_selector("#compare li")
            assert page.evaluate(WIDE) == [], act
            reader.press("Escape")
        reader.close()
