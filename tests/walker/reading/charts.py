"""A plotly figure to values: every point of every trace, and what is written on it."""

from collections.abc import Iterator
from decimal import Decimal

from tests.walker.reading.messages import catalogue
from tests.walker.reading.tables import exact, values_of_text
from tests.walker.values import ShownValue

# Arrays of a trace that hold numbers, beside its axes.
MEASURED = ("values", "base", "width", "z")


def values_of_figure(figure: dict, name: str, *, context: tuple[str, ...]) -> Iterator[ShownValue]:
    """Yield a figure's points: the number of each, its trace, and its place on the other axis."""
    for trace in figure.get("data", []):
        label = catalogue().label(str(trace.get("name") or name))
        yield from _points(trace, label, context)
        for array in MEASURED:
            held = trace.get(array)
            for at, value in enumerate(held if isinstance(held, list) else []):
                yield from _point(value, f"{label} ({array})", (*context, str(at)))
        for kind in ("error_x", "error_y"):
            for side in ("array", "arrayminus"):
                for at, value in enumerate((trace.get(kind) or {}).get(side) or []):
                    yield from _point(value, f"{label} ({side})", (*context, str(at)))
    yield from _written(figure.get("layout", {}), context)


def _points(trace: dict, label: str, context: tuple[str, ...]) -> Iterator[ShownValue]:
    """Yield the points of a trace; the axis of words or quarters names them."""
    xs, ys = trace.get("x") or [], trace.get("y") or []
    across = trace.get("orientation") == "h" and any(isinstance(y, str) for y in ys)
    names, numbers = (ys, xs) if across else (xs, ys)
    for at, value in enumerate(numbers):
        place = str(names[at]) if at < len(names) else str(at)
        yield from _point(value, label, (*context, place))
    text = trace.get("text")
    for at, written in enumerate(text if isinstance(text, list) else [text] if text else []):
        place = str(names[at]) if at < len(names) else str(at)
        yield from _texts(written, label, (*context, place))


def _point(value, label: str, context: tuple[str, ...]) -> Iterator[ShownValue]:
    if value is None:
        yield ShownValue("chart", label, context, text="(gap)")
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        yield ShownValue("chart", label, context, exact(value))
    else:
        yield ShownValue("chart", label, context, text=str(value))


def _written(layout: dict, context: tuple[str, ...]) -> Iterator[ShownValue]:
    """Yield lines and words drawn on a figure, and its axes' titles and ends."""
    for one in layout.get("annotations", []):
        yield from _texts(one.get("text"), "(annotation)", context)
    for shape in layout.get("shapes", []):
        for end in ("x0", "x1", "y0", "y1"):
            if shape.get(end) is not None:
                yield from _point(shape[end], f"(shape {end})", context)
    for axis in ("xaxis", "yaxis"):
        held = layout.get(axis) or {}
        title = held.get("title")
        yield from _texts(
            title.get("text") if isinstance(title, dict) else title, f"({axis})", context
        )
        for at, end in enumerate(held.get("range") or []):
            yield from _point(end, f"({axis} range)", (*context, str(at)))


def _texts(text, label: str, context: tuple[str, ...]) -> Iterator[ShownValue]:
    if text:
        plain = str(text).replace("<br>", " ")
        yield from values_of_text(plain, label=label, where="chart", context=context)
