"""Signs and not radicals: what is selected in a PDF is what people search for."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from config.deploy.pdf_text import rewritten, sign, with_plain_signs


@pytest.mark.parametrize(
    ("radical", "plain"),
    [("⼯", "工"), ("⼀", "一"), ("⻘", "青"), ("⻓", "长"), ("工", "工"), ("a", "a")],
)
def test_a_radical_is_the_sign_it_looks_like(radical, plain):
    assert chr(sign(ord(radical))) == plain


def test_a_map_names_signs_in_place_of_radicals_and_is_else_as_it_was():
    chars = b"1 beginbfchar\n<0001> <0041>\nendbfchar"
    assert rewritten(chars) == chars
    # 2F2E and 2F2F are one range of glyphs; their signs, 5DDB and 5DE5, are not.
    ranges = b"1 beginbfrange\n<0002> <0003> <2F2E>\nendbfrange"
    assert rewritten(chars + b"\n" + ranges) == (
        chars + b"\n2 beginbfchar\n<0002> <5DDB>\n<0003> <5DE5>\nendbfchar"
    )


def test_the_maps_of_a_files_fonts_are_written_anew():
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    signs = StreamObject()
    signs.set_data(b"1 beginbfchar\n<0001> <2F2F>\nendbfchar")
    font = DictionaryObject({NameObject("/ToUnicode"): writer._add_object(signs)})
    fonts = DictionaryObject({NameObject("/F1"): font, NameObject("/F2"): DictionaryObject()})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    file = BytesIO()
    writer.write(file)

    [page] = PdfReader(BytesIO(with_plain_signs(file.getvalue()))).pages
    written = page["/Resources"]["/Font"]["/F1"]["/ToUnicode"]
    assert b"<0001> <5DE5>" in written.get_data()
