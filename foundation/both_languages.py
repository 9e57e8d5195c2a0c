"""What something is called in each language of the product."""

from collections.abc import Callable

from django.utils.translation import override

from foundation.frozen_data import LANGUAGES


def in_each(say: Callable[[], object]) -> dict[str, str]:
    """Return what something is called in each language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(say())
    return said
