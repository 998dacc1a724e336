"""The wheel, installed where no checkout is."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from onrecord import bundle, prompts, schemas
from tests.conftest import ROOT, SEED
from tests.server import Response, Server

EMPTY: dict[str, list[object]] = {"actors": [], "claims": [], "stances": [], "agreements": []}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_one_package_with_its_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0].partition("-")[0] for n in names} == {"onrecord"}
    for part in ("prompts", "schemas", "seeds"):
        here = bundle.folder(part)
        files = [p.relative_to(here).as_posix() for p in here.rglob("*") if p.is_file()]
        assert files
        assert {f"onrecord/{part}/{f}" for f in files} <= set(names)
        assert not [n for n in names if n.startswith(f"onrecord/{part}/") and n.endswith(".py")]
    assert "onrecord/py.typed" in names
    assert [n for n in names if n.endswith("/licenses/LICENSE")]


def test_installed_outside_the_checkout_it_extracts(wheel: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=True)
    python = str(fresh / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    # Its dependencies are those of this environment: the tests do not depend on a package index.
    site = next(fresh.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(fresh / "bin" / "onrecord"), *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done

    where = [python, "-c", "import onrecord; print(onrecord.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(fresh)

    quote = "la conversation a été initiée par le président américain"
    item = {"speaker": "Iouri Ouchakov", "relayed_by": [], "statement": "…", "cue": None, "evidence": [quote]}
    with Server(lambda _: Response({**EMPTY, "claims": [item]})) as server:
        run("extract", SEED, "--base-url", server.url, "--model", "m", "--out", "r.jsonl")
    (line,) = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    record = json.loads(line)
    (claim,) = record["claims"]
    span = claim["evidence"][0]
    assert record["article"]["text"][span["start"] : span["end"]] == span["quote"] == quote
    assert [line.split()[0] for line in run("prompts").stdout.splitlines()] == prompts.names()
    for name in schemas.names():
        assert json.loads(run("schema", name).stdout)
