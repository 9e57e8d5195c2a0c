"""What is said when there is no such page, or none that this reader may know of."""

import re

from django.shortcuts import render

# What Django says of a record that is not there: in English only, and naming our classes.
DJANGOS_WORDS = re.compile(r"No \w+ (found )?match(es|ing) the (given )?query\.?")


def missing_page(request, exception):
    """Answer 404, in the words of whoever missed it where they are ours."""
    said = exception.args[0] if exception.args else ""
    ours = isinstance(said, str) and not DJANGOS_WORDS.fullmatch(said)
    return render(request, "404.html", {"why": said if ours else ""}, status=404)
