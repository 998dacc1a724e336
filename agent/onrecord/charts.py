"""Draws scores with their intervals as SVG: the only module that knows matplotlib."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing

from onrecord.report import Figure

# Told apart also without colour, by their shapes.
_MARKS = ("o", "s", "^", "D", "v", "P")
# Legible on white and on black (Okabe and Ito's palette for the colour-blind, without its lightest and darkest).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
# Stands for the page's own ink, whatever that is.
_INK = "#010203"


def scores(rows: Mapping[str, Sequence[Figure]], runs: Sequence[str]) -> str:
    """Draw f1 and its 95 % interval, a row for each label and a mark for each run; return an SVG element."""
    style: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "onrecord"}
    style |= dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), _INK)
    with mpl.rc_context(style):
        drawing = Drawing(figsize=(7.5, 0.9 + (0.25 + 0.16 * len(runs)) * len(rows)), layout="tight")
        axes = drawing.subplots()
        for k, run in enumerate(runs):
            for at, figures in enumerate(rows.values()):
                figure = figures[k]
                if figure.f1 is None:
                    continue
                low = figure.f1 if figure.low is None else figure.low
                high = figure.f1 if figure.high is None else figure.high
                axes.errorbar(
                    figure.f1,
                    at + (k - (len(runs) - 1) / 2) * 0.2,
                    xerr=[[max(0.0, figure.f1 - low)], [max(0.0, high - figure.f1)]],
                    fmt=_MARKS[k % len(_MARKS)],
                    color=_COLOURS[k % len(_COLOURS)],
                    capsize=3,
                    label=run if at == 0 else None,
                )
        axes.set_yticks(range(len(rows)), list(rows))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xlabel("F1, with its 95 % interval")
        axes.grid(axis="x", alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
        if len(runs) > 1:
            drawing.legend(loc="outside upper left", ncols=1, frameon=False)
        stream = io.StringIO()
        drawing.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    return svg[svg.index("<svg") :].replace(_INK, "currentColor")
