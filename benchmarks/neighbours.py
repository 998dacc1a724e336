"""Measures onrecord against its neighbours, same weights, server, articles and gold: `make peers`."""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Drawing

from onrecord import bundle, gold, prompts
from onrecord.embedded import NAME, Server, Weights
from onrecord.extract import extract
from onrecord.gold import Case
from onrecord.grounding import spans
from onrecord.llm import Endpoint, Model
from onrecord.scoring import KINDS, Count, Item, compare, labelled, namer, predicted
from onrecord.store import Store

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent / ".venv-peers" / "bin" / "python"
OURS = HERE.parent / ".venv" / "bin" / "python"
# A peer that has not come back by then is stopped, and has found nothing.
SECONDS = 480
# Okabe and Ito's palette for the colour-blind.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")


@dataclass
class Row:
    """What one system did on all articles."""

    name: str
    seconds: float = 0.0
    counts: dict[tuple[str, str], Count] = field(default_factory=dict)
    unplaced: int = 0
    stopped: int = 0

    def add(self, case: Case, found: list[Item], seconds: float) -> None:
        """Count one article."""
        self.seconds += seconds
        for key, count in compare(found, labelled(case)).counts.items():
            self.counts[key] = self.counts.get(key, Count()) + count

    def f1(self, kind: str, level: str = "overlap") -> str:
        """Return F1 over all articles, in two digits."""
        score = self.counts[kind, level].f1
        return "no data" if score is None else f"{score:.2f}"


def chosen(count: int) -> dict[str, Case]:
    """Return the shortest French and English cases for tuning that hold something."""
    cases = gold.load(bundle.folder("evals") / "gold")
    fitting = {n: c for n, c in cases.items() if c.split == "dev" and c.lang in ("fr", "en") and c.claims}
    return dict(sorted(fitting.items(), key=lambda pair: len(pair[1].text))[:count])


def by_peer(python: Path, script: str, server: Server) -> Callable[[Case, Row], list[Item]]:
    """Return what runs a peer's script on an article, in a process of its own."""

    def run(case: Case, row: Row) -> list[Item]:
        job = {"text": case.text, "lang": case.lang, "model": NAME, "base_url": server.base_url, "seconds": SECONDS}
        job["api_key"] = server.api_key
        command = [str(python), str(HERE / "peers" / script)]
        try:
            done = subprocess.run(
                command, input=json.dumps(job), capture_output=True, text=True, timeout=SECONDS, check=False
            )
            found: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            row.stopped += 1
            return []
        row.unplaced += found["unplaced"]
        name = namer(case)
        return [
            Item(
                item["kind"],
                frozenset(name(actor) for actor in item["actors"] if actor),
                (),
                tuple(spans(case.text, *map(tuple, item["spans"]))),
                item["polarity"],
                item["status"],
            )
            for item in found["items"]
            if item["kind"] in KINDS
        ]

    return run


def by_us(
    server: Server, identity: str, speeds: tuple[float, float], bound: list[float]
) -> Callable[[Case, Row], list[Item]]:
    """Return what extracts as `onrecord extract` does, with nothing cached; notes what raw speed would allow."""
    model = Model(
        f"embedded/{NAME}", connect=lambda: Endpoint(server.base_url, server.api_key), identity=identity, timeout=600.0
    )

    def run(case: Case, _row: Row) -> list[Item]:
        with tempfile.TemporaryDirectory() as folder:
            record = extract(case.article, prompts.load("interview.v1"), model, Store(Path(folder)))
        made = record.provenance
        bound.append(made.prompt_tokens / speeds[0] + made.completion_tokens / speeds[1])
        return predicted(case, record)

    return run


def raw_speeds(server: Server) -> tuple[float, float]:
    """Return tokens read and written a second, as the server itself times them on a text that it has not seen."""
    words = " ".join(f"mot{n * 7919 % 10007}" for n in range(400))
    body = {"model": NAME, "max_tokens": 120, "temperature": 0.0}
    body |= {"messages": [{"role": "user", "content": f"Répète ces mots : {words}"}]}
    request = urllib.request.Request(
        f"{server.base_url}/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {server.api_key}"},
    )
    with urllib.request.urlopen(request) as response:
        timed = json.load(response)["timings"]
    return timed["prompt_per_second"], timed["predicted_per_second"]


def table(rows: list[Row], count: int, speeds: tuple[float, float], bound: list[float]) -> str:
    """Return the results as Markdown."""
    versions = [f"onrecord {importlib.metadata.version('onrecord')}", *_versions()]
    ours = next((row for row in rows if row.name.startswith("onrecord")), None)
    lines = [
        "# onrecord beside its neighbours",
        "",
        f"`make peers` on {datetime.date.today().isoformat()}: {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}; {', '.join(versions)}. The {count} shortest French and English articles for "
        "tuning (`dev`) that hold something, scored by `onrecord.scoring` on the same gold; the same weights "
        f"(Qwen2.5-Coder 1.5B, Q4_K_M) behind the same server for all that ask a model. A system "
        f"that is not back after {SECONDS} s on an article has found nothing in it.",
        "",
        "| system | seconds an article | claims F1 | claims, whoever says it | claims, exact | stances F1 | "
        "agreements F1 | not placed | stopped |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.seconds / count:.0f} | {row.f1('claim')} | {row.f1('claim', 'overlap_words_only')} | "
        f"{row.f1('claim', 'exact')} | {row.f1('stance')} | {row.f1('agreement')} | {row.unplaced} | {row.stopped} |"
        for row in rows
    ]
    lines += ["", f"Raw speed in this run: {speeds[0]:.0f} tokens read and {speeds[1]:.0f} written a second."]
    if ours and bound:
        lines[-1] += (
            f" onrecord took {ours.seconds / sum(bound):.2f} times what that allows for the tokens of its calls, each "
            "counted in full though the server remembers the article."
        )
    lines += ["", "textacy knows quotations alone, and French alone has a spaCy pipeline on the package index."]
    return "\n".join(lines) + "\n"


def chart(rows: list[Row], count: int, path: Path) -> None:
    """Draw the scores and the time of each system."""
    drawing = Drawing(figsize=(9, 3.4), layout="constrained")
    scores, times = drawing.subplots(1, 2, width_ratios=(3, 2))
    height = 0.8 / len(rows)
    for k, row in enumerate(rows):
        places = [at + (k - (len(rows) - 1) / 2) * height for at in range(len(KINDS))]
        counts = [row.counts.get((kind, "overlap"), Count()) for kind in KINDS]
        bars = scores.barh(places, [c.f1 or 0.0 for c in counts], height, color=_COLOURS[k], label=row.name)
        scores.bar_label(bars, fmt="%.2f", padding=2, fontsize=7)
    scores.set_yticks(range(len(KINDS)), [f"{kind}s" for kind in KINDS])
    scores.set_xlim(0, 1)
    scores.set_xlabel("F1 at overlap")
    bars = times.barh(range(len(rows)), [row.seconds / count for row in rows], color=_COLOURS[: len(rows)])
    times.bar_label(bars, fmt="%.0f", padding=2, fontsize=7)
    times.set_yticks(range(len(rows)), [row.name for row in rows])
    times.set_xlabel("seconds an article")
    for axes in (scores, times):
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(path, dpi=130)


def _versions() -> list[str]:
    code = "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in ('langextract', 'textacy')))"
    done = subprocess.run([str(PEERS), "-c", code], capture_output=True, text=True, check=True)
    return [done.stdout.strip()]


def main() -> None:
    """Run the systems one after the other, print the table and write it to RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10, help="how many articles (10)")
    parser.add_argument(
        "--out", type=Path, default=HERE / "RESULTS.md", help="where to write the table, and beside it the chart"
    )
    given = parser.parse_args()
    cases = chosen(given.articles)
    weights = Weights.official()
    server = Server(weights)
    speeds = raw_speeds(server)
    bound: list[float] = []
    systems = {
        "onrecord, interview.v1": by_us(server, weights.sha256, speeds, bound),
        "google/langextract": by_peer(PEERS, "by_langextract.py", server),
        "one Instructor call": by_peer(OURS, "by_one_call.py", server),
        "textacy quotations": by_peer(PEERS, "by_textacy.py", server),
    }
    rows = []
    for name, run in systems.items():
        row = Row(name)
        for case_name, case in cases.items():
            started = time.monotonic()
            found = run(case, row)
            row.add(case, found, time.monotonic() - started)
            print(f"{name}: {case_name} {time.monotonic() - started:.0f} s, {len(found)} items", flush=True)
        rows.append(row)
        # Written as they come: an hour's work is not lost with the system that fails.
        text = table(rows, len(cases), speeds, bound)
        given.out.write_text(text, "utf-8")
        chart(rows, len(cases), given.out.with_suffix(".png"))
    print(text)


if __name__ == "__main__":
    main()
