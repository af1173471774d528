"""Plots as inline SVG: no script, no font, no request."""

from collections.abc import Sequence
from html import escape

from evals.figure import Figure

_BLUE, _GREY, _INK = "#1f5f99", "#c9d3dc", "#22303c"
_ROW, _LEFT, _WIDTH = 22, 230, 640


def bars(figures: Sequence[Figure], floor: float | None = None) -> str:
    """Shares as bars with their intervals, a row a figure; `floor` is drawn as a line."""
    height = _ROW * len(figures) + 26
    scale = _WIDTH - _LEFT - 60
    parts = [_open(height, "Shares by kind, with 95% intervals")]
    for number, figure in enumerate(figures):
        y = 4 + number * _ROW
        parts.append(_text(_LEFT - 8, y + 13, f"{figure.kind.replace('_', ' ')} ({figure.n})", "end"))
        parts.append(f'<rect x="{_LEFT}" y="{y + 3}" width="{scale * figure.value:.1f}" height="13" fill="{_BLUE}"/>')
        if figure.low is not None and figure.high is not None:
            low, high = _LEFT + scale * figure.low, _LEFT + scale * figure.high
            parts.append(f'<path d="M{low:.1f} {y + 9.5}H{high:.1f}" stroke="{_INK}" stroke-width="1.5"/>')
        parts.append(_text(_WIDTH - 6, y + 13, f"{figure.value:.2f}", "end"))
    if floor is not None:
        x = _LEFT + scale * floor
        parts.append(f'<path d="M{x:.1f} 0V{height - 22}" stroke="#a33" stroke-dasharray="3 3"/>')
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_text(_LEFT + scale * tick, height - 6, f"{tick:g}", "middle"))
    return "".join([*parts, "</svg>"])


def curve(points: Sequence[tuple[float, float]], across: str, up: str) -> str:
    """A line through points of the unit square, in order; `across` and `up` name the axes."""
    left, top, side = 60, 10, 300
    parts = [_open(side + 60, f"{up} by {across}")]
    parts.append(f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="{_GREY}"/>')
    for tick in (0.0, 0.5, 1.0):
        parts.append(_text(left + side * tick, top + side + 16, f"{tick:g}", "middle"))
        parts.append(_text(left - 6, top + side * (1 - tick) + 4, f"{tick:g}", "end"))
    line = " ".join(f"{left + side * x:.1f},{top + side * (1 - y):.1f}" for x, y in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_BLUE}" stroke-width="2"/>')
    parts.append(_text(left + side / 2, top + side + 36, across, "middle"))
    parts.append(_text(left, top - 1, up, "start"))
    return "".join([*parts, "</svg>"])


def histogram(values: Sequence[float], unit: str, bins: int = 30) -> str:
    """How many values fall into each of equal steps, up to the ninety-ninth in a hundred."""
    if not values:
        return ""
    top = sorted(values)[min(len(values) - 1, int(0.99 * len(values)))] or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(bins * value / top))] += 1
    width, height, most = 560, 160, max(counts)
    parts = [_open(height + 40, f"Answers by {unit}")]
    for number, count in enumerate(counts):
        tall = height * count / most
        x = 40 + number * width / bins
        parts.append(
            f'<rect x="{x:.1f}" y="{10 + height - tall:.1f}" width="{width / bins - 1:.1f}" height="{tall:.1f}" fill="{_BLUE}"/>'
        )
    for share in (0.0, 0.5, 1.0):
        parts.append(_text(40 + width * share, height + 28, f"{top * share:.0f} {unit}", "middle"))
    return "".join([*parts, "</svg>"])


def _open(height: float, title: str) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" role="img"><title>{escape(title)}</title>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{_INK}">{escape(text)}</text>'
