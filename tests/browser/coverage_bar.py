"""What the bar above a page says of the cities."""

import re


def cities_in(text: str) -> list[int]:
    """Return accepted and expected cities, the smaller first: languages order them as they like."""
    return sorted(int(number) for number in re.findall(r"\d+", text.split("·")[0]))
