"""The server of `onrecord review`, over the wire: who is let in, what is kept, what a stranger's text can do."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Article, Claim, Record, Span
from onrecord.store import Store
from tests.conftest import SEED, Run
from tests.reviewing import Answer, Review, filled
from tests.samples import record

HOSTILE = """<script>alert(1)</script> « "><img src=x onerror=alert(2)> », a dit </script><b>Zoé</b> 😀 {{ 7*7 }}.
javascript:alert(3) & ]]> <!-- ' "> </title></textarea> a répondu l’autre."""


def hostile() -> Record:
    """Make a record of which every text is markup and script."""
    quote = '"><img src=x onerror=alert(2)>'
    start = HOSTILE.index(quote)
    span = Span(start=start, end=start + len(quote), quote=quote)
    name = "</script><script>alert(4)</script>"
    article = Article(text=HOSTILE, lang="fr", title=name, source=name, url="javascript:alert(5)", path=f"{name}.txt")
    claim = Claim(speaker=name, relayed_by=[name], statement=name, mode="direct", evidence=[span])
    made = record().provenance.model_copy(update={"model": name, "prompt": name})
    return Record(article=article, actors=[], claims=[claim], stances=[], agreements=[], ungrounded=[], provenance=made)


ARTICLE = record().article.id


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with Review(filled(tmp_path / "store", record())) as running:
        yield running.enter()


def state(review: Review, id: str = ARTICLE) -> Any:
    got = review.ask(f"/articles/{id}/state")
    assert got.status == 200
    return got.json


# Who is let in.


def test_the_pages_and_what_they_ask_for(review: Review) -> None:
    for path in ("/", f"/articles/{ARTICLE}"):
        got = review.ask(path)
        assert got.status == 200
        assert got.headers["content-type"].startswith("text/html")
        assert not [tag for tag in ("<style", " style=", "<script>", " onclick=") if tag in got.text]
    assert review.ask("/static/wire.js").headers["content-type"].startswith("text/javascript")
    shown = state(review)
    assert [item["label"] for item in shown["items"]] == ["C1", "S1", "C2", "A1"]
    assert shown["article"]["text"] == record().article.text
    assert set(shown["queue"]) == {item["id"] for item in shown["items"]}
    assert review.ask("/articles/ffffffffffffffff").status == 404
    assert review.ask("/nothing").status == 404
    assert review.ask("/static/../server.py").status == 404


@pytest.mark.parametrize("path", ["/", f"/articles/{ARTICLE}", f"/articles/{ARTICLE}/state", "/static/wire.js"])
def test_without_the_key_nothing_is_shown(review: Review, path: str) -> None:
    for cookie in ("", "onrecord-1=x", f"onrecord-{review.host.partition(':')[2]}=wrong", 'a="; ;=\x7f'):
        assert review.ask(path, Cookie=cookie).status == 403
    assert review.ask("/?key=wrong", Cookie="").status == 403
    assert review.ask("/?key=%C3%A9", Cookie="").status == 403


def test_the_key_becomes_a_cookie_that_scripts_and_other_sites_do_not_have(review: Review) -> None:
    got = review.ask("/?" + review.url.partition("?")[2], Cookie="")
    assert (got.status, got.headers["location"]) == (303, "/")
    told = got.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost.example.org:{port}", "[::1]:{port}"]
)
def test_a_foreign_host_is_refused(review: Review, host: str) -> None:
    """A name that an attacker points at 127.0.0.1 must not open the pages to his scripts."""
    assert review.ask("/", Host=host.format(port=review.host.partition(":")[2])).status == 421


def test_both_names_of_this_machine_are_served(review: Review) -> None:
    assert review.ask("/", Host=f"localhost:{review.host.partition(':')[2]}").status == 200


@pytest.mark.parametrize(
    "origin", ["https://example.org", "null", "http://127.0.0.1:1", "https://{host}", "{host}.org"]
)
def test_a_foreign_origin_is_refused(review: Review, origin: str) -> None:
    origin = origin.format(host=review.host)
    assert review.ask("/", Origin=origin).status == 403
    got = review.ask(f"/articles/{ARTICLE}/changes", "POST", {}, Origin=origin)
    assert got.status == 403
    assert state(review)["last"] == 0


@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_change_without_the_pages_token_is_refused(review: Review, token: str) -> None:
    wish = {"action": "complete", "seen": 0, "session": "s"}
    assert review.ask(f"/articles/{ARTICLE}/changes", "POST", wish, X_Onrecord_Token=token).status == 403
    assert state(review)["complete"] is False


def test_every_answer_carries_the_policy(review: Review, tmp_path: Path) -> None:
    answers = [
        review.ask("/"),
        review.ask("/static/wire.js"),
        review.ask("/nothing"),
        review.ask("/", Cookie=""),
        review.ask("/", Host="example.org"),
        review.ask("/", "PUT", X_Onrecord_Token=review.token),
        review.judge(ARTICLE, "nonsense"),
    ]
    # The database goes away under the server.
    for path in (tmp_path / "store").glob("cache.db*"):
        path.write_bytes(b"no database at all " * 500)
    failed = review.ask("/")
    assert (failed.status, "cannot be read" in failed.text) == (500, True)
    for got in [*answers, failed]:
        policy = got.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert "unsafe" not in policy
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["referrer-policy"] == "no-referrer"
        assert got.headers["cache-control"] == "no-store"
    assert [got.status for got in answers] == [200, 200, 404, 403, 421, 405, 422]


def test_it_listens_on_this_machine_alone(review: Review) -> None:
    port = int(review.host.partition(":")[2])
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:] + Path("/proc/net/tcp6").read_text().splitlines()[1:]
    listening = [line.split()[1] for line in lines if line.split()[3] == "0A"]
    assert [address for address in listening if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


# What a stranger's text can do.


def test_markup_and_script_stay_text(tmp_path: Path) -> None:
    bad = hostile()
    with Review(filled(tmp_path / "store", bad)) as running:
        review = running.enter()
        pages = [
            review.ask("/"),
            review.ask(f"/articles/{bad.article.id}"),
            review.ask(f"/articles/{bad.article.id}/html"),
        ]
        got = review.ask(f"/articles/{bad.article.id}/state")
    for page in pages:
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert "<b>Zo" not in page.text
    assert got.headers["content-type"] == "application/json"
    assert got.json["article"]["text"] == HOSTILE
    assert got.json["items"][0]["fields"]["actors"] == ["</script><script>alert(4)</script>"]
    start, end = got.json["items"][0]["fields"]["evidence"][0]
    assert HOSTILE[start:end] == '"><img src=x onerror=alert(2)>'
    assert pages[2].headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "<" not in pages[2].headers["content-disposition"]


# What is kept.


def test_judge_correct_and_undo(review: Review) -> None:
    shown = state(review)
    first, second = shown["items"][0], shown["items"][1]
    got = review.judge(ARTICLE, "accept", item=first["id"])
    assert (got.status, got.json["items"][0]["status"], got.json["last"]) == (200, "accepted", 1)
    fields = {**second["fields"], "actors": ["Le conseiller"]}
    got = review.judge(ARTICLE, "edit", item=second["id"], fields=fields)
    assert got.json["items"][1]["status"] == "corrected"
    assert got.json["items"][1]["fields"]["actors"] == ["Le conseiller"]
    assert got.json["items"][1]["original"] == second["original"]
    for _ in range(2):
        got = review.judge(ARTICLE, "undo")
    assert [item["status"] for item in got.json["items"]] == ["open"] * 4
    assert review.judge(ARTICLE, "undo").status == 422


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (b"{", "JSON"),
        ({"action": "approve", "seen": 0, "session": "s"}, "action"),
        ({"action": "accept", "seen": 0, "session": "s", "more": 1}, "more"),
        ({"action": "accept", "seen": 0, "session": "s", "item": "none"}, "no item"),
        ({"action": "merge", "seen": 0, "session": "s", "actor": "X", "into": "Y"}, "no actor"),
    ],
)
def test_a_wish_that_makes_no_sense_is_told(review: Review, wish: object, said: str) -> None:
    got = review.ask(f"/articles/{ARTICLE}/changes", "POST", wish)
    assert got.status == 422
    assert said in got.json["error"]
    assert state(review)["last"] == 0


def test_a_place_outside_the_text_is_no_evidence(review: Review) -> None:
    item = state(review)["items"][0]
    for evidence in ([[0, 10_000]], [[5, 5]], [[-3, 4]], []):
        fields = {**item["fields"], "evidence": evidence, "cue": None}
        assert review.judge(ARTICLE, "edit", item=item["id"], fields=fields).status == 422


def test_a_body_without_end_is_refused(review: Review) -> None:
    assert review.ask(f"/articles/{ARTICLE}/changes", "POST", b" " * 2_000_000).status == 413


def test_who_comes_later_sees_the_conflict_and_loses_nothing(review: Review) -> None:
    item = state(review)["items"][0]
    assert review.judge(ARTICLE, "reject", item=item["id"], session="one").status == 200
    got = review.judge(ARTICLE, "accept", item=item["id"], session="two")
    assert got.status == 409
    assert (got.json["conflict"]["action"], got.json["conflict"]["session"]) == ("reject", "one")
    assert got.json["state"]["items"][0]["status"] == "rejected"
    again = review.judge(ARTICLE, "accept", item=item["id"], session="two", seen=got.json["state"]["items"][0]["seen"])
    assert again.json["items"][0]["status"] == "accepted"


def test_of_two_that_race_for_one_item_one_wins(review: Review) -> None:
    item = state(review)["items"][0]["id"]
    ready = threading.Barrier(8)

    def race(n: int) -> Answer:
        ready.wait()
        return review.judge(ARTICLE, "accept" if n % 2 else "reject", item=item, session=str(n))

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(got.status for got in pool.map(race, range(8)))
    assert statuses == [200] + [409] * 7
    assert state(review)["last"] == 1


def test_two_processes_on_one_store_lose_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", record())
    with Review(store, ("--all", "--who", "Ana")) as first, Review(store, ("--all", "--who", "Béa")) as second:
        people = [first.enter(), second.enter()]
        fields = state(first)["items"][0]["fields"]

        def add(n: int) -> int:
            added = {**fields, "statement": f"statement {n}"}
            return people[n % 2].judge(ARTICLE, "add", fields=added, session=str(n % 2)).status

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(add, range(40))) == {200}
        assert len(state(first)["items"]) == len(state(second)["items"]) == 44
    changes = Store(store).changes(ARTICLE)
    assert [change.number for change in changes] == list(range(1, 41))
    assert {change.who for change in changes} == {"Ana", "Béa"}
    assert {change.after.statement for change in changes if change.after} == {f"statement {n}" for n in range(40)}


def test_after_kill_9_in_mid_save_what_was_answered_is_there(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", record())
    answered: list[str] = []
    for _ in range(3):
        with Review(store) as running:
            review = running.enter()
            fields = state(review)["items"][0]["fields"]

            def save(review: Review = review, fields: Any = fields) -> None:
                try:
                    while True:
                        statement = f"statement {len(answered)}"
                        if review.judge(ARTICLE, "add", fields={**fields, "statement": statement}).status == 200:
                            answered.append(statement)
                except (OSError, http.client.HTTPException):  # no answer, or a torn one
                    return

            thread = threading.Thread(target=save)
            known = len(answered)
            thread.start()
            deadline = time.monotonic() + 20
            while len(answered) < known + 10:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            running.process.send_signal(signal.SIGKILL)
            thread.join()
    with Review(store) as running:
        shown = state(running.enter())
    kept = [item["fields"]["statement"] for item in shown["items"] if item["status"] == "added"]
    assert set(answered) <= set(kept)
    assert shown["last"] == len(kept)


def test_a_new_run_keeps_the_verdicts_and_shows_what_is_new(review: Review, tmp_path: Path) -> None:
    item = state(review)["items"][0]["id"]
    review.judge(ARTICLE, "accept", item=item)
    later = record(created="2999-01-01T00:00:00Z", prompt="document.v2")
    extra = later.claims[0].model_copy(update={"speaker": "TASS"})
    filled(tmp_path / "store", later.model_copy(update={"claims": [*later.claims, extra]}))
    assert review.ask(f"/articles/{ARTICLE}").status == 200
    shown = state(review)
    assert [run["prompt"] for run in shown["runs"]] == ["document.v2", "interview.v1"]
    assert next(i for i in shown["items"] if i["id"] == item)["status"] == "accepted"
    assert [i["fields"]["actors"] for i in shown["items"] if i["new"]] == [["TASS"]]
    a, b = (run["key"] for run in shown["runs"])
    sides = review.ask(f"/articles/{ARTICLE}/state?a={a}&b={b}").json["sides"]
    assert len([s for s in sides if s["a"] == s["b"]]) == 4
    assert [s for s in sides if s["a"] != s["b"]] == [{"a": extra.id, "b": None}]


@pytest.mark.parametrize(
    ("accept", "lang"), [("fr-FR,fr;q=0.9,en;q=0.1", "fr"), ("de, en;q=0.5", "en"), (";q=x", "en")]
)
def test_the_page_speaks_the_readers_language(review: Review, accept: str, lang: str) -> None:
    assert f'<html lang="{lang}"' in review.ask("/", Accept_Language=accept).text
    got = review.ask("/?lang=fr")
    assert (got.status, got.headers["location"]) == (303, "/")
    review.cookies["lang"] = "fr"
    assert '<html lang="fr"' in review.ask(f"/articles/{ARTICLE}", Accept_Language=accept).text


# The command.


def test_only_the_articles_that_were_asked_for(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", record(), hostile())
    with Review(store, (ARTICLE[:8],)) as running:
        review = running.enter()
        assert review.ask(f"/articles/{hostile().article.id}").status == 404
        assert review.ask(f"/articles/{ARTICLE}").status == 200


def test_ctrl_c_ends_it_well(review: Review) -> None:
    review.process.send_signal(signal.SIGINT)
    _, told = review.process.communicate(timeout=20)
    assert review.process.returncode == 0, told
    assert "ended; the verdicts are in" in told


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("a.txt", "--all"), "name articles or --all, not both", 2),
        (("--all", "--cache", "empty"), "no records are cached; make some with: onrecord extract", 1),
        ((SEED,), "has no cached record; make one with: onrecord extract", 1),
        (("missing.txt",), "missing.txt: cannot be read", 1),
        (("--port", "99999"), "'--port'", 2),
        (("export", "--all"), "nothing to write: name --gold DIR, --records FILE or --html DIR", 2),
        (("export", "--all", "--records", "x.parquet"), "no format goes with x.parquet", 2),
    ],
)
def test_a_wrong_command_is_told(
    onrecord: Run, tmp_path: Path, arguments: tuple[object, ...], said: str, code: int
) -> None:
    filled(tmp_path / "store", record())
    cache = () if "--cache" in arguments else ("--cache", tmp_path / "store")
    done = onrecord("review", *arguments, *cache)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def test_a_port_in_use_is_told(review: Review, onrecord: Run) -> None:
    port = review.host.partition(":")[2]
    done = onrecord("review", "--all", "--no-browser", "--port", port, "--cache", review.store)
    assert (done.returncode, f"port {port} cannot be used" in done.stderr) == (1, True)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['starlette'] = sys.modules['uvicorn'] = None\n"
        "from onrecord import cli; sys.argv = ['onrecord', 'review', '--all']; cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, "pip install 'onrecord[review]'" in done.stderr) == (1, True), done.stderr


def test_what_was_judged_is_exported(review: Review, onrecord: Run, tmp_path: Path) -> None:
    items = state(review)["items"]
    review.judge(ARTICLE, "reject", item=items[0]["id"])
    for item in items[1:]:
        review.judge(ARTICLE, "accept", item=item["id"])
    told = onrecord("review", "export", "--all", "--gold", "gold", "--cache", review.store)
    assert "not marked complete" in told.stderr
    review.judge(ARTICLE, "complete", seen=state(review)["last"])
    out = ("--gold", "gold", "--records", "r.jsonl", "--html", "pages")
    done = onrecord("review", "export", "--all", *out, "--cache", review.store)
    assert done.returncode == 0, done.stderr
    (kept,) = (json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines())
    assert [len(kept[kind]) for kind in ("claims", "stances", "agreements")] == [1, 1, 1]
    assert kept["provenance"]["prompt"] == "interview.v1+review"
    assert "Kiev doit signer" in (tmp_path / "pages" / f"{ARTICLE}.html").read_text("utf-8")
    listed = onrecord("evals", "--list", "--gold", "gold")
    assert listed.returncode == 0, listed.stderr
