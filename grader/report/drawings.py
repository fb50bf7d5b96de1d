"""Pictures as numbers and short strings; `pictures.html.j2` writes them down.

Heat maps and curves are SVG, because they carry text and must follow light and dark. Images are PNG in a
data URI: 32 x 32 pixels are 3 kB, and as SVG rectangles they would be 40 kB.
"""

from __future__ import annotations

import base64
import math
import struct
import zlib
from dataclasses import dataclass

from grader.pages import visible_line
from grader.result import Difference, Picture

MAX_CELLS = 48  # of a heat map, along each side
LEVELS = 10  # colours of a heat map; level 0 is exactly zero
MAX_PIXELS = 256  # of an image, along each side
MAX_VERTICES = 400  # of a curve
_DECADES = 300  # of ten, on each side of 1, that a curve can show
CURVE_WIDTH, CURVE_HEIGHT = 420, 190  # inside the axes, in SVG units
MAGENTA = (255, 0, 255)

Matrix = list[list[float]]
Channels = list[list[list[float]]]


def number(value: float) -> str:
    """Four significant digits."""
    return f"{value:.4g}"


# --- heat maps ---


@dataclass(frozen=True)
class Heat:
    """A heat map; places are in cells."""

    rows: int
    columns: int
    side: int  # of a cell, in SVG units
    paths: list[tuple[int, str]]  # level, path data: one run of equal cells after another
    missing: str  # path data of the cells that are not a number; may be empty
    worst: tuple[int, int] | None  # column, row
    largest: str
    half: str
    several: bool  # a square stands for several elements
    part: str  # which matrix of a tensor with more axes is drawn; empty where it is the whole
    cropped: bool


def _level(value: float, largest: float) -> int:
    if not math.isfinite(value) or value < 0:
        return -1
    return 0 if value == 0 else min(LEVELS - 1, 1 + int(value / largest * (LEVELS - 1)))


def _runs(levels: list[list[int]]) -> dict[int, str]:
    """Path data by level; a run of equal cells is one rectangle."""
    paths: dict[int, list[str]] = {}
    for y, row in enumerate(levels):
        start = 0
        for x in range(1, len(row) + 1):
            if x == len(row) or row[x] != row[start]:
                paths.setdefault(row[start], []).append(f"M{start} {y}h{x - start}v1h{start - x}z")
                start = x
    return {level: "".join(pieces) for level, pieces in sorted(paths.items())}


def _part(difference: Difference) -> str:
    leading = difference.index[:-2]
    if math.prod(difference.shape[:-2]) < 2 or not leading:
        return ""
    return f"[{', '.join(map(str, leading))}, :, :]"


def heat(difference: Difference) -> Heat | None:
    """The heat map of a difference; None where there is nothing to draw, as for a single number."""
    matrix = [row[:MAX_CELLS] for row in difference.heat[:MAX_CELLS]]
    rows, columns = len(matrix), max(map(len, matrix), default=0)
    if rows * columns < 2:
        return None
    values = [(v, x, y) for y, row in enumerate(matrix) for x, v in enumerate(row) if math.isfinite(v) and v > 0]
    largest, *place = max(values, key=lambda found: found[0], default=(0.0,))
    paths = _runs([[_level(v, largest) for v in row] for row in matrix])
    return Heat(
        rows,
        columns,
        side=min(22, max(6, 288 // max(rows, columns))),
        paths=[(level, path) for level, path in paths.items() if level >= 0],
        missing=paths.get(-1, ""),
        worst=(int(place[0]), int(place[1])) if place else None,
        largest=number(largest),
        half=number(largest / 2),
        several=rows * columns < math.prod(difference.shape[-2:] or [difference.total]),
        part=_part(difference),
        cropped=rows < len(difference.heat) or columns < max(map(len, difference.heat)),
    )


# --- curves ---


@dataclass(frozen=True)
class Curve:
    """Curves over the index, as got and as expected; places are in SVG units from the upper left."""

    name: str
    got: list[str]  # the `points` of polylines; a value that is not a number breaks a curve
    expected: list[str]
    marks_x: list[tuple[float, str]]  # place, label
    marks_y: list[tuple[float, str]]
    logarithmic: bool
    count: int
    shown: int
    first: str
    last: str


def _numbers(curve: Channels) -> list[float]:
    return curve[0][0] if curve and curve[0] else []


def _steps(low: float, high: float, about: int) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) inside an interval."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    return [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _decades(low: float, high: float) -> list[float]:
    """Powers of ten inside an interval of logarithms, at most seven, and only those that a float can hold."""
    every = max(1, math.ceil((high - low) / 7))
    return [10.0**i for i in range(math.ceil(max(low, -_DECADES)), math.floor(min(high, _DECADES)) + 1, every)]


def _thin(values: list[float]) -> list[tuple[int, float]]:
    """At most MAX_VERTICES (index, value), the last always among them."""
    every = math.ceil(len(values) / MAX_VERTICES)
    kept = list(range(0, len(values), max(1, every)))
    if values and kept[-1] != len(values) - 1:
        kept.append(len(values) - 1)
    return [(i, values[i]) for i in kept]


@dataclass(frozen=True)
class _Axis:
    """From a value to a place."""

    low: float
    high: float
    length: float
    logarithmic: bool = False

    def scaled(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value

    def place(self, value: float) -> float:
        return (self.scaled(value) - self.low) / (self.high - self.low) * self.length


def _axis_y(values: list[float]) -> _Axis:
    """Logarithmic where all values are above zero and span more than two powers of ten."""
    logarithmic = min(values) > 0 and max(values) / min(values) > 100
    scale = math.log10 if logarithmic else float
    low, high = scale(min(values)), scale(max(values))
    flat = high - low <= 1e-9 * max(abs(low), abs(high), 1e-280)
    room = max(abs(low) * 0.1, 1e-280) if flat else (high - low) * 0.06
    return _Axis(low - room, high + room, CURVE_HEIGHT, logarithmic)


def _lines(values: list[float], x: _Axis, y: _Axis) -> list[str]:
    lines: list[list[str]] = [[]]
    for i, value in _thin(values):
        if math.isfinite(value):
            lines[-1].append(f"{x.place(i):.1f},{CURVE_HEIGHT - y.place(value):.1f}")
        else:
            lines.append([])
    # A lone point has no length; a second one at the same place makes its round cap visible.
    return [" ".join(line * 2 if len(line) == 1 else line) for line in lines if line]


def _drawable(value: float) -> float:
    """NaN for what has no place on paper, and zero for what can't be told from it."""
    if not math.isfinite(value) or abs(value) > 10.0**_DECADES:
        return math.nan
    return value if abs(value) > 10.0**-_DECADES else 0.0


def curve(picture: Picture) -> Curve | None:
    """The drawing of a curve; None where no finite number is in it."""
    got, expected = (list(map(_drawable, _numbers(line))) for line in (picture.got, picture.expected))
    values = [value for value in got + expected if math.isfinite(value)]
    if not values:
        return None
    count = max(len(got), len(expected))
    x, y = _Axis(0, max(1, count - 1), CURVE_WIDTH), _axis_y(values)
    marks = _decades(y.low, y.high) if y.logarithmic else _steps(y.low, y.high, 4)
    return Curve(
        visible_line(picture.name),
        _lines(got, x, y),
        _lines(expected, x, y),
        [(round(x.place(i), 1), f"{i:g}") for i in _steps(0, x.high, 6) if i == int(i)],
        [(round(CURVE_HEIGHT - y.place(v), 1), number(v)) for v in marks],
        y.logarithmic,
        count,
        min(count, MAX_VERTICES),
        number(got[0]) if got else "–",
        number(got[-1]) if got else "–",
    )


# --- images ---


@dataclass(frozen=True)
class Image:
    """One image."""

    role: str  # got, expected or difference
    png: str  # base64
    width: int  # on the page, in CSS pixels
    height: int


@dataclass(frozen=True)
class Images:
    """An image as got, as expected, and what lies between."""

    name: str
    images: list[Image]
    largest: str  # difference of any channel, which is drawn white
    every: int  # the distance of the pixels that are drawn
    missing: bool  # something is not a number
    clipped: bool  # something lies outside [0, 1]


def png(rows: list[list[tuple[int, int, int]]]) -> bytes:
    """An RGB image as PNG (ISO/IEC 15948): every row unfiltered, all in one compressed block."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    body = b"".join(b"\0" + bytes(byte for pixel in row for byte in pixel) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b"")


def _pixel(channels: list[float]) -> tuple[int, int, int]:
    if not channels or not all(map(math.isfinite, channels)):
        return MAGENTA
    levels = [round(255 * min(1.0, max(0.0, channel))) for channel in channels]
    red, green, blue = levels[:3] if len(levels) >= 3 else levels[:1] * 3
    return red, green, blue


def _drawn(role: str, image: Channels) -> Image:
    columns = max(map(len, image))
    rows = [[_pixel(pixel) for pixel in row] + [MAGENTA] * (columns - len(row)) for row in image]
    zoom = max(1, 160 // max(columns, len(rows)))
    return Image(role, base64.b64encode(png(rows)).decode(), columns * zoom, len(rows) * zoom)


def _sampled(image: Channels, every: int) -> Channels:
    return [row[::every] for row in image[::every]]


def _gap(got: Channels, expected: Channels) -> Channels:
    return [
        [[abs(g - e) for g, e in zip(*pixels, strict=False)] for pixels in zip(*rows, strict=False)]
        for rows in zip(got, expected, strict=False)
    ]


def _all(image: Channels) -> list[float]:
    return [channel for row in image for pixel in row for channel in pixel]


def images(picture: Picture) -> Images | None:
    """The drawing of an image; None for one without a pixel."""
    sides = [len(picture.got), *map(len, picture.got), len(picture.expected), *map(len, picture.expected)]
    every = max(1, math.ceil(max(sides) / MAX_PIXELS))
    got, expected = _sampled(picture.got, every), _sampled(picture.expected, every)
    drawn = [_drawn(role, image) for role, image in (("got", got), ("expected", expected)) if any(image)]
    if not drawn:
        return None
    gap = _gap(got, expected)
    largest = max(filter(math.isfinite, _all(gap)), default=0.0)
    if any(gap) and largest > 0:
        drawn.append(_drawn("difference", [[[c / largest for c in pixel] for pixel in row] for row in gap]))
    every_channel = _all(got) + _all(expected)
    return Images(
        visible_line(picture.name),
        drawn,
        number(largest),
        every,
        not all(map(math.isfinite, every_channel)),
        any(value < 0 or value > 1 for value in every_channel),
    )
