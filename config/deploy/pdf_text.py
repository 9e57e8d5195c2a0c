"""
Makes the Chinese of a printed PDF the Chinese that people type.

Chromium writes for each glyph the first code that its font has for it, and Noto has two for some:
⼯ (a radical, U+2F2F) comes before 工 (U+5DE5). It looks the same and is found by no search. The
codes stand in the ToUnicode maps of the fonts, which are written anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import StreamObject

SECTION = re.compile(rb"\d+ beginbf(char|range)\n(.*?)endbf(?:char|range)", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
MOST_IN_A_SECTION = 100

# Radicals of Unicode's supplement, and the signs with which they share a glyph in Noto CJK: they
# have no normal form of their own.
SUPPLEMENT = dict(
    zip(
        "⺂⺃⺅⺉⺋⺎⺏⺒⺓⺔⺖⺘⺙⺛⺞⺟⺠⺡⺣⺤⺦⺨⺫⺭⺯⺰⺱⺲⺳⺹⺺⺾⺿⻀⻂⻃⻄⻅⻈⻉"
        "⻋⻌⻍⻐⻑⻒⻓⻖⻘⻙⻚⻛⻜⻟⻠⻢⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳⻔⻝⺐⺕⻁⻆⻣⻤⻱⻎",
        "乛乚亻刂㔾兀尣巳幺彑忄扌攵旡歺母民氵灬爫丬犭罒礻糹纟罓罒㓁耂肀艹艹艹衤覀西见讠贝"
        "车辶辶钅長镸长阝青韦页风飞飠饣马鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟门食尢彐虎角骨鬼龜辶",
        strict=True,
    )
)


def with_plain_signs(pdf: bytes) -> bytes:
    """Return a PDF whose text is of plain signs. Raises pypdf's errors for what is no PDF."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        fonts = page.get("/Resources", {}).get("/Font", {})
        for font in fonts.values():
            signs = font.get_object().get("/ToUnicode")
            if signs is not None and isinstance(stream := signs.get_object(), StreamObject):
                stream.set_data(rewritten(stream.get_data()))
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def sign(code: int) -> int:
    """Return the code of the sign that a code's glyph stands for: 工 for the radical ⼯."""
    if 0x2F00 <= code <= 0x2FD5:
        return ord(unicodedata.normalize("NFKC", chr(code)))
    return ord(SUPPLEMENT.get(chr(code), chr(code)))


def rewritten(cmap: bytes) -> bytes:
    """Return a ToUnicode map with signs in place of radicals."""
    return SECTION.sub(_section, cmap)


def _section(found: re.Match[bytes]) -> bytes:
    """Return a section as it was, or glyph by glyph if it names a radical."""
    pairs = list(_pairs(found[1], found[2]))
    if all(sign(code) == code for _glyph, code in pairs):
        return found[0]
    parts = []
    for at in range(0, len(pairs), MOST_IN_A_SECTION):
        some = pairs[at : at + MOST_IN_A_SECTION]
        lines = b"".join(b"<%04X> <%s>\n" % (glyph, _utf16(sign(code))) for glyph, code in some)
        parts.append(b"%d beginbfchar\n%sendbfchar" % (len(some), lines))
    return b"\n".join(parts)


def _pairs(kind: bytes, lines: bytes) -> Iterator[tuple[int, int]]:
    """Yield glyphs with their codes."""
    codes = HEX.findall(lines)
    if kind == b"char":
        for glyph, text in zip(codes[::2], codes[1::2], strict=True):
            yield int(glyph, 16), _code(text)
        return
    for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
        for further in range(int(last, 16) - int(first, 16) + 1):
            yield int(first, 16) + further, _code(text) + further


def _code(text: bytes) -> int:
    return ord(bytes.fromhex(text.decode()).decode("utf-16-be"))


def _utf16(code: int) -> bytes:
    return chr(code).encode("utf-16-be").hex().upper().encode()
