"""How closely a document is set, and how broad its columns are."""

import pytest

from submissions.papers.document.blocks import table
from submissions.papers.document.word_layout import (
    BROADER,
    CELL_SIDES,
    CHINESE,
    LATIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PICTURE_WIDTH,
    SMALLEST,
    chosen,
    column_widths,
    height_of,
    lines_of,
    text_width,
)


def widths(columns, *rows):
    return column_widths(table("x", columns, rows).table, 10)


def test_no_density_is_under_ten_and_a_half_points():
    for densities in (CHINESE, LATIN):
        assert all(one.table_size >= SMALLEST == 10.5 for one in densities)
        assert all(one.size >= SMALLEST for one in densities)


def test_chinese_takes_a_whole_letter_and_latin_about_half():
    assert text_width("企业", 10) == 20
    assert 8 < text_width("ab", 10) < 11
    assert lines_of("企业" * 30, 10, 200) == 3
    assert lines_of("", 10, 200) == 1


def test_columns_fill_the_page():
    found = widths([("a", "name"), ("b", "number")], ["企业", "1"], ["企业" * 60, "2"])
    assert sum(found) == pytest.approx(PAGE_WIDTH)


def test_figures_and_pictures_are_never_narrowed_for_a_text():
    figure = "1,234,567,890.00"
    name, number, picture = widths(
        [("a", "name"), ("b", "number"), ("c", "picture")], ["企业" * 60, figure, ""]
    )
    assert number >= text_width(figure, 10) * BROADER + CELL_SIDES
    assert picture == pytest.approx(PICTURE_WIDTH + CELL_SIDES)
    assert name == pytest.approx(PAGE_WIDTH - number - picture)


def test_where_figures_take_the_whole_page_all_are_narrowed():
    found = widths([("a", "name"), *[("b", "number")] * 12], ["企业", *["1,234,567.00"] * 12])
    assert sum(found) == pytest.approx(PAGE_WIDTH)


def heights(first):
    """The densities, the roomiest with this height and each next a tenth less."""
    return [(one, first * 0.9**at) for at, one in enumerate(CHINESE)]


def test_the_roomiest_that_fits_on_one_page_is_chosen():
    assert chosen(heights(PAGE_HEIGHT / 2)) == CHINESE[0]
    assert chosen(heights(PAGE_HEIGHT * 1.05)) == CHINESE[1]


def test_what_does_not_fit_on_one_page_is_set_roomily_on_two():
    assert chosen(heights(PAGE_HEIGHT * 2.5)) == CHINESE[3]
    assert chosen(heights(PAGE_HEIGHT * 9)) == CHINESE[-1]


def test_a_table_is_as_high_as_its_highest_cells():
    def height(words):
        return height_of([table("x", [("a", "name"), ("b", "text")], [[words, "b"]])], CHINESE[0])

    assert height("企业" * 60) > 2 * height("企业")
