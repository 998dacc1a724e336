"""The command line, in processes of its own: messages, exit codes, files."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord import cli, fetching
from onrecord.records import Record
from tests.conftest import SEED, Run
from tests.server import Response, Server, always
from tests.web import Web

EMPTY: dict[str, list[object]] = {"actors": [], "claims": [], "stances": [], "agreements": []}


def document(body: dict[str, Any]) -> Response:
    """Find one claim in each article: «ARTICLE n» says its first words."""
    text = body["messages"][1]["content"].split("\n", 1)[1]
    name = text.split()[0]
    item = {"speaker": name, "relayed_by": [], "statement": "…", "cue": None, "evidence": [" ".join(text.split()[:3])]}
    return Response({**EMPTY, "claims": [item]}, usage=(1000, 50))


def folder(path: Path, count: int) -> Path:
    path.mkdir()
    for i in range(count):
        (path / f"{i}.txt").write_text(f"Orateur{i} dit que le point numéro {i} est réglé depuis hier.\n")
    return path


def served(server: Server, *more: object) -> tuple[object, ...]:
    return ("--base-url", server.url, "--model", "m", "--cache", "store", *more)


def read(path: Path) -> list[Record]:
    return [Record.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]


def test_extract_writes_records_and_sums_up(onrecord: Run, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 3)
    with Server(document) as server:
        done = onrecord("extract", articles, *served(server), "--out", "out/r.jsonl")
        assert done.returncode == 0, done.stderr
        again = onrecord("extract", articles, *served(server), "--out", "out/again.jsonl")
        assert len(server.requests) == 3
    assert done.stdout == ""
    assert "3 articles · 3 claims, 0 stances, 0 agreements · 3 calls (0 from the cache)" in done.stderr
    assert "3000 + 150 tokens" in done.stderr
    assert "openai/m with document.v2" in done.stderr
    assert "3 calls (3 from the cache) · 0 + 0 tokens" in again.stderr
    found = read(tmp_path / "out/r.jsonl")
    assert [Path(r.article.path or "").name for r in found] == ["0.txt", "1.txt", "2.txt"]
    assert [r.claims[0].speaker for r in found] == ["Orateur0", "Orateur1", "Orateur2"]
    assert not (tmp_path / "out/r.jsonl.part").exists()


@pytest.mark.parametrize("format", ["table", "jsonl", "json", "csv", "md"])
def test_every_format_on_standard_output(onrecord: Run, tmp_path: Path, format: str) -> None:
    articles = folder(tmp_path / "in", 2)
    with Server(document) as server:
        done = onrecord("extract", articles, *served(server), "--format", format)
    assert done.returncode == 0
    assert "Orateur1" in done.stdout
    assert "\x1b" not in done.stdout
    if format == "json":
        assert len(json.loads(done.stdout)) == 2
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert [row["actor"] for row in rows] == ["Orateur0", "Orateur1"]


def test_standard_input_and_jsonl(onrecord: Run) -> None:
    with Server(document) as server:
        done = onrecord("extract", "-", *served(server), "-f", "jsonl", stdin="Duval dit que tout va bien, très bien.")
    assert json.loads(done.stdout)["claims"][0]["speaker"] == "Duval"


# Bad input: each has its message and its exit code, and nothing is asked of the model in vain.


def bad(name: str, path: Path) -> Path:
    target = path / name
    contents: dict[str, bytes] = {
        "empty.txt": b"",
        "white.txt": b" \n\t ",
        "binary.txt": b"\x00\x01\x02\xff" * 50,
        "picture.png.txt": b"\x89PNG\r\n\x1a\n\x00\x00" * 20,
        "nothing.html": b"<html><head><title>x</title></head><body><nav>a</nav></body></html>",
        "broken.pdf": b"%PDF-1.4 nonsense",
        "broken.jsonl": b'{"text": "Duval dit que tout va bien."}\n{"text": \n{"title": "no text"}\n[1]\n',
        "none.jsonl": b"\n\n",
    }
    if name == "folder.txt":
        target.mkdir()
    elif name == "dangling.txt":
        target.symlink_to(path / "gone")
    elif name == "unreadable.txt":  # for root too, whom no permission stops
        target.symlink_to(target)
    elif name in contents:
        target.write_bytes(contents[name])
    return target


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.txt", "missing.txt: cannot be read: No such file"),
        ("dangling.txt", "dangling.txt: cannot be read: No such file"),
        ("unreadable.txt", "unreadable.txt: cannot be read: Too many levels of symbolic links"),
        ("folder.txt", "no articles in this folder"),
        ("empty.txt", "empty.txt: is empty"),
        ("white.txt", "white.txt: is empty"),
        ("binary.txt", "binary.txt: looks binary, not text; read are .htm"),
        ("picture.png.txt", "looks binary"),
        ("nothing.html", "nothing.html: no article text found in this page"),
        ("broken.pdf", "broken.pdf: the PDF cannot be read"),
        ("none.jsonl", "holds no articles: put one JSON object with a field text"),
        ("*.nothing", "the pattern matches no file"),
    ],
)
def test_a_bad_article_is_named_and_the_good_ones_are_written(
    onrecord: Run, tmp_path: Path, name: str, said: str
) -> None:
    good = folder(tmp_path / "in", 2)
    target = bad(name, tmp_path)
    with Server(document) as server:
        done = onrecord("extract", good / "0.txt", target, good / "1.txt", *served(server), "--out", "r.jsonl")
        assert len(server.requests) == 2
    assert done.returncode == 1
    assert said in done.stderr
    assert "2 articles, 1 failed" in done.stderr
    assert [r.claims[0].speaker for r in read(tmp_path / "r.jsonl")] == ["Orateur0", "Orateur1"]


def test_a_file_in_another_encoding_is_read_and_a_torn_one_is_told(onrecord: Run, tmp_path: Path) -> None:
    text = "Lefèvre a déclaré que l’été serait très sec à Besançon, où l’eau manque déjà cette année."
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    (tmp_path / "torn.jsonl").write_bytes('{"text": "Lefèvre dit'.encode()[:-8] + b"\xff\xfe\x00")
    with Server(document) as server:
        done = onrecord("extract", "old.txt", "torn.jsonl", *served(server), "--out", "r.jsonl")
    assert done.returncode == 1
    assert "failed: torn.jsonl" in done.stderr
    assert [r.article.text for r in read(tmp_path / "r.jsonl")] == [text]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("{0}/404", "/404: the server answered 404 Not Found; check the address, or save the page as a file"),
        ("{0}/hang", "/hang: did not answer within 1 s; try again later"),
        ("{0}/nothing", "/nothing: no article text found in this page"),
        ("ftp://example.org/a", "ftp://example.org/a: only http:// and https:// addresses"),
        ("http://127.0.0.1:9/a", "http://127.0.0.1:9/a: cannot be reached"),
    ],
)
def test_a_bad_address_is_named_and_the_good_article_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, web: Web, url: str, said: str
) -> None:
    """In this process, for a limit of 30 seconds would be waited for."""
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 1.0)
    good = folder(tmp_path / "in", 1)
    with Server(document) as server:
        arguments = ("extract", url.format(web.url), good, *served(server), "--out", "r.jsonl")
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, arguments)])
        with pytest.raises(SystemExit) as exited:
            cli.main()
    assert exited.value.code == 1
    assert said in capsys.readouterr().err
    assert [r.claims[0].speaker for r in read(tmp_path / "r.jsonl")] == ["Orateur0"]


def test_broken_lines_are_named_with_their_numbers(onrecord: Run, tmp_path: Path) -> None:
    with Server(document) as server:
        done = onrecord("extract", bad("broken.jsonl", tmp_path), *served(server), "--out", "r.jsonl")
    assert done.returncode == 1
    assert "broken.jsonl#2: not JSON" in done.stderr
    assert "broken.jsonl#3: field text: Field required" in done.stderr
    assert "broken.jsonl#4: " in done.stderr
    assert [r.article.path for r in read(tmp_path / "r.jsonl")] == [str(tmp_path / "broken.jsonl#1")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--model", "opnai/x"), "unknown provider «opnai»; known: "),
        (("--model", "gpt"), "not in the form provider/name"),
        (("--model", "embedded/llama"), "unknown embedded model «embedded/llama»; known: embedded/qwen"),
        (("--model", "embedded/nowhere.gguf"), "cannot read the weights nowhere.gguf: No such file"),
        (
            ("--prompt", "intervew.v1"),
            "unknown prompt «intervew.v1»; known: document-sentences.v1, document.v1, document.v2, interview.v1",
        ),
        (("--prompt", "gone.md"), "cannot read the prompt gone.md"),
        (("--format", "xml"), "unknown format «xml»; known: csv, html, json, jsonl, md, table"),
        (("--out", "r.parquet"), "no format goes with r.parquet"),
        (("--workers", "0"), "greater than or equal to 1"),
        (("--base-url", "http://127.0.0.1:9/v1"), "--base-url needs --model"),
        (("--no-such-option",), "No such option"),
    ],
)
def test_a_wrong_command_exits_2_and_lists_what_is_known(onrecord: Run, arguments: tuple[str, ...], said: str) -> None:
    done = onrecord("extract", SEED, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (Response("bad key", status=401), "the key was refused (401); check ONRECORD_API_KEY"),
        (Response("no such model", status=404), "no such model or address (404)"),
        (Response("This model's maximum context length is 8192 tokens", status=400), "too long for this model"),
        (Response(body="<html>", headers={"Content-Type": "text/html"}), "m at http://127.0.0.1"),
        (Response('{"actors": [', finish="length"), "cut off at 16000 tokens"),
        (Response("busy", status=429, headers={"Retry-After": "0"}), "still too many requests after 5 tries (429)"),
        (Response("oh", status=500, headers={"Retry-After": "0"}), "the server failed 5 times (500"),
    ],
)
def test_a_server_that_fails_is_told_for_each_article(
    onrecord: Run, tmp_path: Path, response: Response, said: str
) -> None:
    articles = folder(tmp_path / "in", 2)

    def script(body: dict[str, Any]) -> Response:
        return response if "Orateur0" in body["messages"][1]["content"] else document(body)

    with Server(script) as server:
        done = onrecord("extract", articles, *served(server), "--out", "r.jsonl")
    assert done.returncode == 1
    assert said in done.stderr
    assert "0.txt: " in done.stderr
    assert [r.claims[0].speaker for r in read(tmp_path / "r.jsonl")] == ["Orateur1"]


def test_a_server_that_hangs(onrecord: Run) -> None:
    slow = always(EMPTY, delay=2.0)
    with Server(slow) as server:
        done = onrecord("extract", SEED, *served(server), "--timeout", "0.1", "--cache", "s2")
    assert done.returncode == 1
    assert "did not answer within 0.1 s; try a larger --timeout" in done.stderr


def test_no_key_says_how_to_set_it_and_that_the_embedded_model_needs_none(onrecord: Run) -> None:
    done = onrecord("extract", SEED, "--model", "openai/gpt-5-mini")
    assert done.returncode == 1
    assert "export OPENAI_API_KEY=" in done.stderr
    assert "the embedded model needs no key" in done.stderr


def test_a_cache_folder_that_cannot_be_used(onrecord: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Server(document) as server:
        done = onrecord("extract", SEED, "--model", "m", "--base-url", server.url, "--cache", "file/store")
        assert server.requests == []
    assert done.returncode == 1
    assert "the store in file/store cannot be opened" in done.stderr


def test_a_damaged_cache_is_told_and_clear_mends_it(onrecord: Run, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "cache.db").write_bytes(b"no database at all " * 500)
    with Server(document) as server:
        done = onrecord("extract", SEED, *served(server))
        assert done.returncode == 1
        assert "onrecord cache clear" in done.stderr
        assert onrecord("cache", "clear", "--yes", "--cache", "store").returncode == 0
        assert onrecord("extract", SEED, *served(server)).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_results(onrecord: Run, tmp_path: Path) -> None:
    with Server(document) as server:
        done = onrecord("extract", folder(tmp_path / "in", 1), *served(server), "-f", "jsonl", "--out", "/dev/full")
    assert done.returncode == 1
    assert "cannot write /dev/full: No space left on device" in done.stderr


def test_a_full_disk_under_the_cache_ends_the_run_and_keeps_what_is_done(tmp_path: Path) -> None:
    lines = [{"text": f"Orateur{i} dit que le point numéro {i} est réglé.", "lang": "fr"} for i in range(60)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    def lengthy(body: dict[str, Any]) -> Response:
        response = document(body)
        assert isinstance(response.content, dict)
        response.content["claims"][0]["statement"] = "x" * 2000
        return response

    with Server(lengthy) as server:
        arguments = ("extract", "in.jsonl", *served(server, "--workers", 1), "--out", "r.jsonl")
        # No file may grow beyond 300 blocks of 1024 bytes: to SQLite, a disk that is full.
        command = f"ulimit -f 300; exec {sys.executable} -m onrecord {' '.join(map(str, arguments))}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "error: the store in store cannot be written: " in done.stderr
    assert len(server.requests) < 60
    assert 0 < len(read(tmp_path / "r.jsonl")) < 60


def test_an_earlier_result_is_not_lost_when_a_run_fails(onrecord: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("precious\n")
    assert onrecord("extract", SEED, "--prompt", "nope", "--out", "r.jsonl").returncode == 2
    assert (tmp_path / "r.jsonl").read_text() == "precious\n"


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def wait_for(server: Server, answered: int) -> None:
    deadline = time.monotonic() + 30
    while server.answered < answered:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_after_kill_9_nothing_that_was_answered_is_asked_again(onrecord: Run, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 8)

    def slowly(body: dict[str, Any]) -> Response:
        response = document(body)
        response.delay = 0.3
        return response

    with Server(slowly) as server:
        arguments = ("extract", articles, *served(server, "--workers", 1), "--out", "r.jsonl")
        child = start(*arguments)
        wait_for(server, 3)
        time.sleep(0.15)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert not (tmp_path / "r.jsonl").exists()
        asked_before = [r["messages"][1]["content"] for r in server.requests]
        answered = asked_before[:3]
        done = onrecord(*arguments)
        asked_after = [r["messages"][1]["content"] for r in server.requests[len(asked_before) :]]
    assert done.returncode == 0
    assert not set(answered) & set(asked_after)
    assert len(asked_after) <= 8 - len(answered)
    assert len(read(tmp_path / "r.jsonl")) == 8


def test_ctrl_c_keeps_what_is_done_and_exits_130(onrecord: Run, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 20)

    def slowly(body: dict[str, Any]) -> Response:
        response = document(body)
        response.delay = 0.2
        return response

    with Server(slowly) as server:
        child = start("extract", articles, *served(server, "--workers", 1), "--out", "r.jsonl")
        wait_for(server, 3)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=30)
        assert child.returncode == 130
        assert "stopping after the calls under way" in told
        assert "Traceback" not in told
        kept = read(tmp_path / "r.jsonl")
        assert 3 <= len(kept) < 20
        assert len(server.requests) == len(kept)


def test_two_processes_on_one_store_get_the_same_results(tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 12)
    lock, seen = threading.Lock(), [0]

    def fickle(body: dict[str, Any]) -> Response:
        """Answer differently each time, as a sampling model may."""
        with lock:
            seen[0] += 1
            turn = seen[0]
        response = document(body)
        assert isinstance(response.content, dict)
        response.content["claims"][0]["statement"] = f"statement {turn}"
        response.delay = 0.05
        return response

    with Server(fickle) as server:
        runs = [start("extract", articles, *served(server), "--out", f"{i}.jsonl") for i in range(2)]
        for child in runs:
            _, told = child.communicate(timeout=60)
            assert child.returncode == 0, told
    first, second = ([r.model_dump(exclude={"provenance"}) for r in read(tmp_path / f"{i}.jsonl")] for i in range(2))
    assert first == second
    assert len(first) == 12


def test_dry_run_asks_nothing(onrecord: Run) -> None:
    with Server(document) as server:
        done = onrecord("extract", SEED, *served(server), "--dry-run")
        assert server.requests == []
    assert ": 1 call, " in done.stdout
    done = onrecord("extract", SEED, SEED.parent, "--dry-run", "--model", "openai/gpt-4o-mini", "-f", "json")
    guess = json.loads(done.stdout)
    assert guess["articles"][0]["cost_usd"] > 0
    assert guess["prompt"] == "document.v2"
    assert "interview.v1" in onrecord("extract", SEED, "--dry-run").stdout


def test_show_and_cache(onrecord: Run, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 2)
    with Server(document) as server:
        onrecord("extract", articles, *served(server))
    shown = onrecord("show", articles / "0.txt", "--cache", "store").stdout
    assert "[C1 Orateur0 dit que] le point" in shown
    listed = onrecord("show", "--cache", "store").stdout.splitlines()
    assert len(listed) == 2
    assert onrecord("show", listed[0].split()[0], "--cache", "store", "--json").stdout.startswith("{")
    missing = onrecord("show", SEED, "--cache", "store")
    assert missing.returncode == 1
    assert "has no cached record; make one with: onrecord extract" in missing.stderr
    assert json.loads(onrecord("cache", "stats", "--json", "--cache", "store").stdout)["replies"] == 2
    assert onrecord("cache", "export", "all.jsonl", "--cache", "store").returncode == 0
    moved = onrecord("cache", "import", "all.jsonl", "--cache", "elsewhere")
    assert "4 entries added, 0 known already" in moved.stderr
    assert len(onrecord("cache", "list", "--cache", "elsewhere").stdout.splitlines()) == 2
    (tmp_path / "bad.jsonl").write_text("{}\n")
    broken = onrecord("cache", "import", "bad.jsonl", "--cache", "elsewhere")
    assert (broken.returncode, "line 1 is not a line of an export" in broken.stderr) == (2, True)
    assert "removed 2" in onrecord("cache", "clear", "reply", "--yes", "--cache", "store").stdout


def test_an_export_replays_with_no_model(onrecord: Run, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 2)
    with Server(document) as server:
        onrecord("extract", articles, *served(server), "--out", "r.jsonl")
    onrecord("cache", "export", "all.jsonl", "--cache", "store")
    onrecord("cache", "import", "all.jsonl", "--cache", "new")
    arguments = ("--base-url", server.url, "--model", "m", "--cache", "new", "--out", "again.jsonl")
    assert onrecord("extract", articles, *arguments).returncode == 0, "the server is gone"
    pairs = zip(read(tmp_path / "r.jsonl"), read(tmp_path / "again.jsonl"), strict=True)
    assert all(a.claims == b.claims for a, b in pairs)


def test_prompts_models_schema(onrecord: Run) -> None:
    assert {"interview.v1", "document.v1"} <= {line.split()[0] for line in onrecord("prompts").stdout.splitlines()}
    shown = onrecord("prompts", "interview.v1", "--article", SEED).stdout
    assert "[7] « Je viens d’avoir une conversation" in shown
    assert "unknown prompt «x»; known: document" in onrecord("prompts", "x").stderr
    known = json.loads(onrecord("models", "--json").stdout)
    assert known[0]["model"] == "embedded/qwen2.5-coder-1.5b-instruct"
    assert {"openai/…", "anthropic/…", "ollama/…"} <= {entry["model"] for entry in known}
    assert json.loads(onrecord("schema", "record").stdout)["title"] == "Record"
    assert "record" in onrecord("schema").stdout
    wrong = onrecord("schema", "recrd")
    assert (wrong.returncode, "known: article-line" in wrong.stderr) == (2, True)


COMMANDS = ["extract", "evals", "show", "prompts", "models", "schema", "cache stats", "cache list", "cache clear",
            "cache export", "cache import"]  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help_with_an_example(onrecord: Run, command: str) -> None:
    done = onrecord(*command.split(), "--help")
    assert done.returncode == 0
    assert f"Example: onrecord {command}".strip() in " ".join(done.stdout.split())


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys; from onrecord import cli\n"
        "try: cli.app(['extract', '--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m in "
        "{'openai', 'instructor', 'trafilatura', 'numpy', 'xllamacpp', 'diskcache', 'httpx2'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version_and_completion(onrecord: Run) -> None:
    assert onrecord("--version").stdout.startswith("onrecord 0.")
    # As a shell asks; which shell it is, is found out from the processes around, and a test may have none.
    asked = {"_ONRECORD_COMPLETE": "complete_bash", "COMP_WORDS": "onrecord ex", "COMP_CWORD": "1"}
    assert onrecord(**asked).stdout.split() == ["extract"]


def test_a_closed_pipe_is_no_error_of_ours(tmp_path: Path) -> None:
    command = f"{sys.executable} -m onrecord schema record | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
