"""A text in each language of the product."""

from collections.abc import Callable

from django.utils.translation import override

from foundation.frozen_data import LANGUAGES


def in_each(say: Callable[[], object]) -> dict[str, str]:
    """Return a text by language code; say gives it in the active language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(say())
    return said
