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

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "000_fd77b768d8599ec5.txt"

RUNS = 3


def run(home: Path, out: Path) -> tuple[float, dict[str, int]]:
    """Extract the seed article in a process of its own; return seconds and the record's provenance."""
    started = time.monotonic()
    command = [sys.executable, "-m", "onrecord", "extract", str(SEED), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "XDG_CACHE_HOME": str(home)}, check=True, capture_output=True)
    seconds = time.monotonic() - started
    return seconds, json.loads(out.read_text("utf-8"))["provenance"]


def main() -> None:
    """Print the figures of RUNS runs: the first joins the weights, each reads the article anew, then once more."""
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder), Path(folder) / "r.jsonl"
        seconds = []
        first = None
        for _ in range(RUNS + 1):
            took, made = run(home, out)
            again, cached = run(home, out)
            if first is None:
                first = took
            else:
                seconds.append(took)
            for path in (home / "onrecord" / "store").iterdir():
                path.unlink()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"machine: {os.cpu_count()} cores")
    print(f"first run, the weights joined and verified: {first:.0f} s")
    print(f"a run with nothing cached, median of {RUNS}: {statistics.median(seconds):.0f} s")
    print(f"calls {made['calls']}, tokens read {made['prompt_tokens']}, written {made['completion_tokens']}")
    print(f"peak memory: {peak:.1f} GB")
    print(f"the same run again: {again:.1f} s, {cached['cached_calls']} of {cached['calls']} calls from the cache")


if __name__ == "__main__":
    main()
