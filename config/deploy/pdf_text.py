"""
Makes the Chinese of a printed PDF the Chinese that people type.

Chromium writes for each glyph the first code that its font has for it, and Noto has two for some:
⼯ (a radical, U+2F2F) comes before 工 (U+5DE5). It looks the same and is found by no search. The
codes stand in the ToUnicode maps of the fonts; they are written anew and appended to the file,
as PDF's incremental update does, and nothing else of it changes.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s*<<([^>]*)>>\s*stream\r?\n", re.DOTALL)
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
    """Return a PDF whose text is of plain signs; as it was if it has none but those."""
    changed = {number: new for number, old in _maps(pdf) if (new := rewritten(old)) != old}
    return _appended(pdf, changed) if changed else pdf


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


def _maps(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the ToUnicode maps of a PDF by their objects' numbers."""
    for found in OBJECT.finditer(pdf):
        length = re.search(rb"/Length (\d+)", found[2])
        if length is None or b"/FlateDecode" not in found[2]:
            continue
        stream = pdf[found.end() : found.end() + int(length[1])]
        text = zlib.decompress(stream)
        if b"begincmap" in text:
            yield int(found[1]), text


def _appended(pdf: bytes, objects: dict[int, bytes]) -> bytes:
    """Return a PDF with new versions of some objects: PDF 32000, 7.5.6 Incremental updates."""
    trailers = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)", pdf, re.DOTALL)
    if not trailers:
        return pdf
    trailer, before = trailers[-1]
    made, table = bytearray(pdf), b"xref\n"
    made += b"" if pdf.endswith(b"\n") else b"\n"
    for number, text in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(made))
        packed = zlib.compress(text)
        head = b"%d 0 obj\n<</Filter /FlateDecode /Length %d>> stream\n" % (number, len(packed))
        made += head + packed + b"\nendstream\nendobj\n"
    at = len(made)
    trailer = re.sub(rb"/Prev \d+", b"", trailer)
    made += table + b"trailer\n<<%s /Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, before, at)
    return bytes(made)
