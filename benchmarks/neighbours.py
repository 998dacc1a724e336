"""Measures onrecord against its neighbours, same weights, server, articles and gold: `make peers`."""

import argparse
import datetime
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
from pydantic import TypeAdapter

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
    """What one system did on all articles, and how fast the server was right before it."""

    name: str
    version: str
    date: str
    reading: float
    writing: float
    articles: int = 0
    seconds: float = 0.0
    allowed: float = 0.0
    counts: dict[str, Count] = field(default_factory=dict)
    unplaced: int = 0
    stopped: int = 0

    def add(self, case: Case, found: list[Item]) -> None:
        """Count one article."""
        self.articles += 1
        for (kind, level), count in compare(found, labelled(case)).counts.items():
            self.counts[f"{kind} {level}"] = self.of(kind, level) + count

    def of(self, kind: str, level: str = "overlap") -> Count:
        """Return the count over all articles."""
        return self.counts.get(f"{kind} {level}", Count())

    def f1(self, kind: str, level: str = "overlap") -> str:
        """Return F1 over all articles, in two digits."""
        score = self.of(kind, level).f1
        return "no data" if score is None else f"{score:.2f}"


ROWS = TypeAdapter(list[Row])


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
        started = time.monotonic()
        try:
            done = subprocess.run(
                command, input=json.dumps(job), capture_output=True, text=True, timeout=SECONDS, check=False
            )
            found: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            row.stopped += 1
            row.seconds += time.monotonic() - started
            return []
        row.seconds += found["seconds"]
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


def by_us(server: Server, identity: str) -> Callable[[Case, Row], list[Item]]:
    """Return what extracts as `onrecord extract` does, with nothing cached; notes what raw speed would allow."""
    model = Model(
        f"embedded/{NAME}", connect=lambda: Endpoint(server.base_url, server.api_key), identity=identity, timeout=600.0
    )

    def run(case: Case, row: Row) -> list[Item]:
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            record = extract(case.article, prompts.load("interview.v1"), model, Store(Path(folder)))
        row.seconds += time.monotonic() - started
        made = record.provenance
        row.allowed += made.prompt_tokens / row.reading + made.completion_tokens / row.writing
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


def table(rows: list[Row]) -> str:
    """Return the results as Markdown."""
    count = rows[0].articles
    lines = [
        "# onrecord beside its neighbours",
        "",
        f"`make peers`: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}. The {count} "
        "shortest French and English articles for tuning (`dev`) that hold something, scored by `onrecord.scoring` on "
        "the same gold; the same weights (Qwen2.5-Coder 1.5B, Q4_K_M) behind the same server for all that ask a model. "
        f"A system that is not back after {SECONDS} s on an article, or fails on it, is stopped, and has found nothing "
        "there. The seconds are without the start of a program, of the server and of spaCy.",
        "",
        "| system | seconds an article | claims F1 | claims, whoever says it | claims, exact | stances F1 | "
        "agreements F1 | not placed | stopped |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.seconds / count:.1f} | {row.f1('claim')} | {row.f1('claim', 'overlap_words_only')} | "
        f"{row.f1('claim', 'exact')} | {row.f1('stance')} | {row.f1('agreement')} | {row.unplaced} | {row.stopped} |"
        for row in rows
    ]
    lines += ["", "Each system is measured on its own, with the server's raw speed in tokens a second right before it:"]
    lines += ["", "| system | version | date | read | written |", "|---|---|---|---|---|"]
    lines += [f"| {r.name} | {r.version} | {r.date} | {r.reading:.0f} | {r.writing:.0f} |" for r in rows]
    for row in rows:
        if row.allowed:
            lines += [
                "",
                f"{row.name} took {row.seconds / row.allowed:.2f} times what that speed allows for the tokens of its "
                "calls, each counted in full though the server remembers the article.",
            ]
    lines += [
        "",
        "textacy knows quotations alone, and French alone has a spaCy pipeline on the package index. The rules of "
        "onrecord were made with these articles in view, the others were not.",
    ]
    return "\n".join(lines) + "\n"


def chart(rows: list[Row], path: Path) -> None:
    """Draw the scores and the time of each system."""
    drawing = Drawing(figsize=(9, 3.4), layout="constrained")
    scores, times = drawing.subplots(1, 2, width_ratios=(3, 2))
    height = 0.8 / len(rows)
    for k, row in enumerate(rows):
        places = [at + (k - (len(rows) - 1) / 2) * height for at in range(len(KINDS))]
        bars = scores.barh(
            places, [row.of(kind).f1 or 0.0 for kind in KINDS], height, color=_COLOURS[k], label=row.name
        )
        scores.bar_label(bars, fmt="%.2f", padding=2, fontsize=7)
    scores.set_yticks(range(len(KINDS)), [f"{kind}s" for kind in KINDS])
    scores.set_xlim(0, 1)
    scores.set_xlabel("F1 at overlap")
    bars = times.barh(range(len(rows)), [row.seconds / row.articles for row in rows], color=_COLOURS[: len(rows)])
    times.bar_label(bars, fmt="%.0f", padding=2, fontsize=7)
    times.set_yticks(range(len(rows)), [row.name for row in rows])
    times.set_xlabel("seconds an article")
    for axes in (scores, times):
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(path, dpi=130)


def _version(python: Path, package: str) -> str:
    code = f"import importlib.metadata as m; print(m.version('{package}'))"
    return subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Run the systems one after the other, keep what each did, and write the table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10, help="how many articles (10)")
    parser.add_argument("--system", action="append", help="measure again this one alone, and keep the others' rows")
    parser.add_argument(
        "--out", type=Path, default=HERE / "RESULTS.md", help="where to write the table, and beside it the chart"
    )
    given = parser.parse_args()
    cases = chosen(given.articles)
    weights = Weights.official()
    server = Server(weights)
    systems = {
        "onrecord": (OURS, "onrecord", by_us(server, weights.sha256)),
        "langextract": (PEERS, "langextract", by_peer(PEERS, "by_langextract.py", server)),
        "one Instructor call": (OURS, "instructor", by_peer(OURS, "by_one_call.py", server)),
        "textacy": (PEERS, "textacy", by_peer(PEERS, "by_textacy.py", server)),
    }
    kept = given.out.with_suffix(".json")
    if unknown := set(given.system or ()) - systems.keys():
        parser.error(f"no such system: {', '.join(unknown)}; there are {', '.join(systems)}")
    before = ROWS.validate_json(kept.read_bytes()) if kept.exists() else []
    # What was done on another number of articles is no row of the same table.
    rows = {row.name: row for row in before if row.articles == len(cases)}
    for name in given.system or systems:
        python, package, run = systems[name]
        row = Row(name, _version(python, package), datetime.date.today().isoformat(), *raw_speeds(server))
        for case_name, case in cases.items():
            spent = row.seconds
            found = run(case, row)
            row.add(case, found)
            print(f"{name}: {case_name} {row.seconds - spent:.1f} s, {len(found)} items", flush=True)
        rows[name] = row
        # Written as they come: an hour's work is not lost with the system that fails.
        together = [rows[known] for known in systems if known in rows]
        kept.write_bytes(ROWS.dump_json(together, indent=1) + b"\n")
        given.out.write_text(table(together), "utf-8")
        chart(together, given.out.with_suffix(".png"))
    print(given.out.read_text("utf-8"))


if __name__ == "__main__":
    main()
