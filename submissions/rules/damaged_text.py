"""Texts that lost characters on their way, or are no text at all. Pure."""

import re

HAN = re.compile("[\u4e00-\u9fff]")

# The replacement character; what it becomes when it is read as GBK; memory that was never written.
LOST = re.compile(
    "\ufffd|锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|[?？]{3,}|&#x?[0-9a-f]+;|&(?:nbsp|amp|lt|gt);", re.I
)
# Signs that stand for a missing character in a name, which has no question marks of its own.
GAPS = re.compile("[?？□■▯◻▢〓]")
FORMULA = re.compile(r"[=＝]\s*[A-Za-z_$'\[(+-]|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
LETTER = re.compile(r"[^\W\d_]")

# UTF-8 and GBK read as the encodings of western Europe.
WESTERN = re.compile(
    "[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u017e\u2013-\u2122]{2}|[\u00a1-\u00ff]{4}"
)


def is_damaged(text: str) -> bool:
    """Return whether a text lost characters, was read in a wrong encoding, or is a formula."""
    return bool(LOST.search(text) or FORMULA.match(text) or _is_misread(text))


def is_damaged_name(text: str) -> bool:
    """Return whether a name is damaged; one without a letter is none."""
    return bool(is_damaged(text) or GAPS.search(text) or not LETTER.search(text))


def _is_misread(text: str) -> bool:
    """Return whether a text is Chinese in UTF-8 that was read as GBK, or as western letters."""
    if text.isascii():
        return False
    # Three bytes make one Chinese character, and were read as one and a half.
    meant = text.encode("gb18030", "ignore").decode("utf-8", "ignore")
    found = len(HAN.findall(meant))
    return (found > 1 and found * 2 >= len(text)) or bool(WESTERN.search(text))
