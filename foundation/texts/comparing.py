"""Whether two texts say the same, however they are typed. Pure."""

import unicodedata

COMPARED_CATEGORIES = ("L", "M", "N")


def normalised(text: str) -> str:
    """Return the letters and digits of a text, of one width and lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in plain if unicodedata.category(c).startswith(COMPARED_CATEGORIES))
    # Removing characters may bring a letter and an accent together: compose them.
    return unicodedata.normalize("NFKC", kept)
