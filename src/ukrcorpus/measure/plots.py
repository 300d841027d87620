"""Small inline SVG plots: a figure with its interval on one axis."""

from typing import Final

_WIDTH: Final = 260
_HEIGHT: Final = 18
_EDGE: Final = 6


def dot(value: float, interval: tuple[float, float] | None, target: float | None, floor: float) -> str:
    """Return a row of a plot: the interval as a bar, the value as a dot, the target as a line."""
    middle = _HEIGHT / 2
    marks = [
        f'<line class="zero" x1="{_x(at, floor)}" x2="{_x(at, floor)}" y1="0" y2="{_HEIGHT}"/>' for at in (0.0, 1.0)
    ]
    if target is not None:
        marks.append(
            f'<line class="target" x1="{_x(target, floor)}" x2="{_x(target, floor)}" y1="1" y2="{_HEIGHT - 1}"/>'
        )
    if interval:
        low, high = (_x(end, floor) for end in interval)
        marks.append(
            f'<rect class="interval" x="{low}" y="{middle - 3}" width="{max(high - low, 1):.1f}" height="6" rx="3"/>'
        )
    marks.append(f'<circle class="value" cx="{_x(value, floor)}" cy="{middle}" r="4"/>')
    return _svg(_HEIGHT, f"{value:.3f}", marks)


def axis(floor: float) -> str:
    """Return the axis from its floor to one."""
    ticks = [at / 4 for at in range(int(floor * 4), 5)]
    step = max(1, len(ticks) // 5)
    shown = ticks[::-1][::step]
    return _svg(14, "axis", [f'<text x="{_x(at, floor)}" y="11">{at:g}</text>' for at in shown])


def _x(at: float, floor: float) -> float:
    share = (min(max(at, floor), 1.0) - floor) / (1.0 - floor)
    return round(_EDGE + share * (_WIDTH - 2 * _EDGE), 1)


def _svg(height: int, label: str, marks: list[str]) -> str:
    return f'<svg width="{_WIDTH}" height="{height}" role="img" aria-label="{label}">{"".join(marks)}</svg>'
