"""Pictures: what is drawn is what was observed, and nothing breaks the drawing."""

from __future__ import annotations

import base64
import math
import re
import struct
import zlib
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.report import drawings
from grader.report.candidate_page import write_candidate_page
from grader.result import Picture

from . import samples
from .pages import Page

Rows = list[list[float]]
NUMBERS = st.floats(allow_nan=True, allow_infinity=True)


def difference_of(heat: Rows, total: int | None = None) -> drawings.Heat | None:
    total = sum(map(len, heat)) if total is None else total
    return drawings.heat(
        msgspec.structs.replace(samples.difference(), heat=heat, total=total, shape=[total], index=[0])
    )


def picture(kind: Literal["image", "curve"], got: list[Rows], expected: list[Rows] | None = None) -> Picture:
    return Picture(kind, "name", got, expected or [])


def cells(path: str) -> dict[tuple[int, int], int]:
    """How often each cell is covered by the rectangles of a path."""
    covered: dict[tuple[int, int], int] = {}
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        for column in range(int(x), int(x) + int(width)):
            covered[column, int(y)] = covered.get((column, int(y)), 0) + 1
    return covered


def decode(image: drawings.Image) -> tuple[int, int, list[list[tuple[int, ...]]]]:
    """Width, height and pixels of a PNG that `png` wrote; checks the sum of each chunk."""
    data = base64.b64decode(image.png)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, position = {}, 8
    while position < len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        (check,) = struct.unpack(">I", data[position + 8 + length : position + 12 + length])
        assert check == zlib.crc32(kind + body)
        chunks[kind] = body
        position += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 2)
    body, stride = zlib.decompress(chunks[b"IDAT"]), 3 * width + 1
    assert len(body) == stride * height
    rows = [body[y * stride + 1 : (y + 1) * stride] for y in range(height)]
    return width, height, [[tuple(row[x : x + 3]) for x in range(0, len(row), 3)] for row in rows]


# --- heat maps ---


def test_each_cell_is_drawn_once_in_the_level_of_its_value() -> None:
    drawn = difference_of([[0.0, 1.0, 0.5], [-1.0, math.nan, 0.001]])
    assert drawn
    levels = {place: level for level, path in drawn.paths for place in cells(path)}
    assert levels == {(0, 0): 0, (1, 0): 9, (2, 0): 5, (2, 1): 1}
    assert cells(drawn.missing) == {(0, 1): 1, (1, 1): 1}
    assert (drawn.worst, drawn.largest) == ((1, 0), "1")


@settings(deadline=None)
@given(st.lists(st.lists(st.one_of(NUMBERS, st.just(-1.0)), min_size=3, max_size=6), min_size=1, max_size=6))
def test_any_heat_map_covers_its_cells_exactly_once(heat: Rows) -> None:
    drawn = difference_of(heat)
    assert drawn
    covered = [count for _, path in [*drawn.paths, (-1, drawn.missing)] for count in cells(path).values()]
    assert covered == [1] * sum(map(len, heat))


def test_a_heat_map_of_nothing_but_zeros_has_no_worst_cell() -> None:
    drawn = difference_of([[0.0, 0.0]])
    assert drawn
    assert (drawn.worst, [level for level, _ in drawn.paths]) == (None, [0])


@pytest.mark.parametrize("heat", [[], [[]], [[0.5]]])
def test_nothing_is_drawn_of_a_single_number(heat: Rows) -> None:
    assert difference_of(heat) is None


def test_a_heat_map_that_is_too_large_is_cropped_and_says_so(tmp_path: Path) -> None:
    found = msgspec.structs.replace(samples.difference(), heat=[[1.0] * 60] * 60, total=3600)
    check = samples.check("values", difference=found)
    made = samples.result("Ada", "q", samples.ATTENTION, [check])
    page = Page.read(write_candidate_page(tmp_path, samples.RUN, "Ada", [made], "en"))
    assert "Only a part is drawn." in page.text


def test_a_full_heat_map_stays_small(tmp_path: Path) -> None:
    noise = [[(x * 7919 + y * 104729) % 997 / 997 for x in range(48)] for y in range(48)]
    found = msgspec.structs.replace(samples.difference(), heat=noise, total=48 * 48)

    def size(more: samples.CheckResult) -> int:
        made = samples.result("Ada", "q", samples.ATTENTION, [more])
        return write_candidate_page(tmp_path, samples.RUN, "Ada", [made], "en").stat().st_size

    assert size(samples.check("values", difference=found)) - size(samples.check("values")) < 60_000


def test_squares_that_stand_for_several_elements_say_so() -> None:
    one, several = difference_of([[0.1, 0.2]], 2), difference_of([[0.1, 0.2]], 200)
    assert one
    assert several
    assert (one.several, several.several) == (False, True)


# --- curves ---


def test_a_curve_goes_through_its_values() -> None:
    drawn = drawings.curve(picture("curve", [[[0.0, 1.0, 0.5]]]))
    assert drawn
    (first, second, third) = [tuple(map(float, point.split(","))) for point in drawn.got[0].split()]
    assert [first[0], second[0], third[0]] == [0, drawings.CURVE_WIDTH / 2, drawings.CURVE_WIDTH]
    assert third[1] == pytest.approx((first[1] + second[1]) / 2, abs=0.11)
    assert second[1] < first[1], "larger is higher"


def test_not_a_number_breaks_a_curve() -> None:
    drawn = drawings.curve(picture("curve", [[[1.0, 2.0, math.nan, 1.0, 3.0]]]))
    assert drawn
    assert [len(line.split()) for line in drawn.got] == [2, 2]


def test_a_curve_over_many_decades_is_logarithmic() -> None:
    steep, flat = ([[[10.0**-i for i in range(n)]]] for n in (6, 2))
    assert [c.logarithmic for c in map(drawings.curve, (picture("curve", steep), picture("curve", flat))) if c] == [
        True,
        False,
    ]


def test_a_long_curve_is_thinned_and_keeps_its_end() -> None:
    drawn = drawings.curve(picture("curve", [[[float(i) for i in range(100_000)]]]))
    assert drawn
    points = drawn.got[0].split()
    assert len(points) <= drawings.MAX_VERTICES + 1
    assert points[-1].startswith(f"{drawings.CURVE_WIDTH:.1f},")
    assert drawn.count == 100_000


@settings(max_examples=300, deadline=None)
@given(st.lists(NUMBERS, max_size=6), st.lists(NUMBERS, max_size=6))
@example([], [9.1e146, 4.5e-298])
@example([1e-299, 1e299], [])
@example([1e299, 1.0], [])
def test_any_curve_stays_inside_its_axes(got: list[float], expected: list[float]) -> None:
    drawn = drawings.curve(picture("curve", [[got]], [[expected]]))
    if drawn is None:
        assert not any(math.isfinite(v) and abs(v) <= 1e300 for v in got + expected)
        return
    for point in " ".join(drawn.got + drawn.expected).split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= drawings.CURVE_WIDTH
        assert 0 <= y <= drawings.CURVE_HEIGHT
    assert len(drawn.marks_y) <= 12
    assert all(-1 <= place <= drawings.CURVE_HEIGHT + 1 for place, _ in drawn.marks_y)


@pytest.mark.parametrize("got", [[], [[]], [[[]]], [[[math.nan, math.inf]]]])
def test_no_curve_is_drawn_of_no_number(got: list[Rows]) -> None:
    assert drawings.curve(picture("curve", got)) is None


# --- images ---


def test_an_image_keeps_its_pixels() -> None:
    drawn = drawings.images(picture("image", [[[0.0, 0.5, 1.0], [1.0, 0.0, 0.0]]]))
    assert drawn
    assert decode(drawn.images[0]) == (2, 1, [[(0, 128, 255), (255, 0, 0)]])


def test_one_channel_is_grey_and_not_a_number_is_magenta() -> None:
    drawn = drawings.images(picture("image", [[[0.2], [math.nan]]]))
    assert drawn
    assert decode(drawn.images[0])[2] == [[(51, 51, 51), drawings.MAGENTA]]
    assert drawn.missing


def test_the_difference_of_images_is_drawn_and_scaled() -> None:
    drawn = drawings.images(picture("image", [[[0.5], [0.5]]], [[[0.5], [0.25]]]))
    assert drawn
    assert [image.role for image in drawn.images] == ["got", "expected", "difference"]
    assert decode(drawn.images[2])[2] == [[(0, 0, 0), (255, 255, 255)]]
    assert drawn.largest == "0.25"


def test_values_outside_the_range_are_clipped_with_a_note() -> None:
    drawn = drawings.images(picture("image", [[[-0.5], [1.5]]]))
    assert drawn
    assert decode(drawn.images[0])[2] == [[(0, 0, 0), (255, 255, 255)]]
    assert drawn.clipped


def test_a_large_image_is_thinned_with_a_note() -> None:
    drawn = drawings.images(picture("image", [[[0.5]] * 1000] * 600))
    assert drawn
    assert drawn.every == 4
    assert decode(drawn.images[0])[:2] == (250, 150)


@settings(deadline=None)
@given(
    st.lists(st.lists(st.lists(NUMBERS, max_size=4), max_size=3), max_size=3),
    st.lists(st.lists(st.lists(NUMBERS, max_size=4), max_size=3), max_size=3),
)
def test_any_image_is_drawn_or_left_out(got: list[Rows], expected: list[Rows]) -> None:
    drawn = drawings.images(picture("image", got, expected))
    for image in drawn.images if drawn else []:
        decode(image)
