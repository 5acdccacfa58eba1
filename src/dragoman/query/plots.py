"""Figures as PNG or SVG: a pair's timeline and scores, and the network of countries (matplotlib)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.query.output import check_writable
from dragoman.query.series import Bin

if TYPE_CHECKING:
    from dragoman.query.dyads import Dyad
    from dragoman.query.measures import Network

QUADS = ((1, "verbal cooperation", "#7fb3d5"), (2, "material cooperation", "#1f618d"), (3, "verbal conflict", "#f0b27a"), (4, "material conflict", "#ba4a00"))  # fmt: skip
"""Colours that stay apart for colour-blind eyes and in grey: cooperation blue, conflict orange, material darker."""

ENDINGS = (".svg", ".png", ".pdf")


def plot_dyad(pair: Dyad, out: Path, *, by: str = "month") -> str:
    """Counts by quad class above, scores below, change points marked; returns a line that says where it was written.

    Raises:
        UsageError: an ending other than .svg, .png or .pdf, nothing to draw, or matplotlib is not installed.
    """
    figure_of = _library(out)
    bins = pair.series(by)
    if not any(b.events for b in bins):
        raise UsageError(
            f"there is nothing to draw: no event between {pair.names[0]} and {pair.names[1]} happened on a known day."
        )
    figure = figure_of(figsize=(9, 5.4), layout="constrained")
    counts, scores = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    _counts(counts, bins)
    _scores(scores, bins)
    for changed, _ in pair.changes(by):
        for axes in (counts, scores):
            axes.axvline(changed.start, color="#555555", linewidth=0.8, linestyle=":")
    counts.set_title(f"{pair.names[0]} {'to' if pair.directed else 'and'} {pair.names[1]}, events by {by}", loc="left")
    figure.autofmt_xdate()
    return _save(figure, out)


def _counts(axes: Any, bins: Sequence[Bin]) -> None:
    days = [b.start for b in bins]
    widths = [(after - start).days * 0.85 for start, after in zip(days, [*days[1:], _after(days)], strict=True)]
    for sign, quads in ((1, QUADS[:2]), (-1, QUADS[2:])):
        base = [0] * len(bins)
        for quad, label, colour in quads:
            heights = [sign * b.by_quad[quad] for b in bins]
            axes.bar(days, heights, width=widths, bottom=base, color=colour, label=label, align="edge")
            base = [x + h for x, h in zip(base, heights, strict=True)]
    axes.axhline(0, color="black", linewidth=0.6)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_ylabel("events")
    axes.legend(loc="upper left", fontsize="small", frameon=False, ncols=2)


def _scores(axes: Any, bins: Sequence[Bin]) -> None:
    days = [b.start for b in bins]
    axes.plot(days, [b.plover_sum for b in bins], color="#1b2631", marker="o", markersize=3, label="PLOVER score, sum")
    axes.plot(days, [b.goldstein_sum for b in bins], color="#7d6608", linestyle="--", label="Goldstein, sum")
    axes.axhline(0, color="black", linewidth=0.6)
    axes.set_ylabel("score")
    axes.legend(loc="upper left", fontsize="small", frameon=False)


def _after(days: Sequence[Any]) -> Any:
    return days[-1] + (days[-1] - days[-2] if len(days) > 1 else _day())


def _day() -> Any:
    from datetime import timedelta

    return timedelta(days=28)


def plot_network(found: Network, out: Path, *, most: int = 40) -> str:
    """The `most` busiest countries in a ring, lines as thick as they have events; returns where it was written.

    Raises:
        UsageError: as `plot_dyad`.
    """
    from math import cos, log, pi, sin

    figure_of = _library(out)
    if not found.edges:
        raise UsageError("there is nothing to draw: no event between two countries happened.")
    kept = sorted(found.nodes, key=lambda n: (-n.events, n.country))[:most]
    spot = {
        n.country: (cos(2 * pi * i / len(kept)), sin(2 * pi * i / len(kept)))
        for i, n in enumerate(sorted(kept, key=lambda n: n.country))
    }
    figure = figure_of(figsize=(8, 8), layout="constrained")
    axes = figure.subplots()
    for a, b, n in found.edges:
        if a in spot and b in spot:
            (x1, y1), (x2, y2) = spot[a], spot[b]
            axes.plot([x1, x2], [y1, y2], color="#1f618d", alpha=0.35, linewidth=0.6 + 1.4 * log(n + 1), zorder=1)
    for node in kept:
        x, y = spot[node.country]
        axes.scatter([x], [y], s=40 + 25 * node.events**0.5, color="#ba4a00", zorder=2)
        axes.annotate(node.country, (x * 1.08, y * 1.08), ha="center", va="center", fontsize=8)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-1.2, 1.2)
    axes.set_ylim(-1.2, 1.2)
    return _save(figure, out)


def _library(out: Path) -> Any:
    if out.suffix.lower() not in ENDINGS:
        raise UsageError(f"{out}: a figure ends in {', '.join(ENDINGS)}.")
    check_writable(out)
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("matplotlib is not installed; `pip install 'dragoman[analysis]'` adds it.") from error
    return Figure


def _save(figure: Any, out: Path) -> str:
    """Write without a date inside, so that the same record gives the same bytes."""
    from matplotlib import rc_context

    kind = out.suffix.lower().removeprefix(".")
    dateless = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[kind]
    with rc_context({"svg.hashsalt": "dragoman"}):
        figure.savefig(out, format=kind, dpi=150, metadata=dateless)
    return f"figure written to {out}"
