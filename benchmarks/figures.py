"""Measures what the README says of the embedded model: `make figures`."""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord import gold

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "000_fd77b768d8599ec5.txt"

# Of the cases for tuning the one about which the model is asked most.
ASKED = "en-panmunjom-summit"
RUNS = 3


def run(home: Path, out: Path, article: Path) -> tuple[float, dict[str, int]]:
    """Extract an article in a process of its own; return seconds and the record's provenance."""
    started = time.monotonic()
    command = [sys.executable, "-m", "onrecord", "extract", str(article), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "XDG_CACHE_HOME": str(home)}, check=True, capture_output=True)
    seconds = time.monotonic() - started
    return seconds, json.loads(out.read_text("utf-8"))["provenance"]


def measured(home: Path, out: Path, article: Path) -> None:
    """Print the figures of RUNS runs that read an article anew, and of one that does not."""
    seconds = []
    for _ in range(RUNS):
        took, made = run(home, out, article)
        seconds.append(took)
        again, cached = run(home, out, article)
        for path in (home / "onrecord" / "store").iterdir():
            path.unlink()
    print(f"{article.stem}: {len(article.read_text('utf-8'))} characters")
    print(f"  a run with nothing cached, median of {RUNS}: {statistics.median(seconds):.1f} s")
    print(f"  calls {made['calls']}, tokens read {made['prompt_tokens']}, written {made['completion_tokens']}")
    print(f"  the same run again: {again:.1f} s, {cached['cached_calls']} of {cached['calls']} calls from the cache")


def main() -> None:
    """Print the figures of the seed article, and of a case about which the model is asked more than about others."""
    with tempfile.TemporaryDirectory() as folder:
        home, out, asked = Path(folder), Path(folder) / "r.jsonl", Path(folder) / f"{ASKED}.txt"
        asked.write_text(gold.read(ROOT / "evals" / "gold" / f"{ASKED}.yaml").text, "utf-8")
        first, _ = run(home, out, asked)
        print(f"machine: {os.cpu_count()} cores")
        print(f"first run about {ASKED}, the weights joined and verified: {first:.0f} s")
        for path in (home / "onrecord" / "store").iterdir():
            path.unlink()
        for article in (SEED, asked):
            measured(home, out, article)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"peak memory: {peak:.1f} GB")


if __name__ == "__main__":
    main()
