"""What the bar above a page says of the cities."""


def cities_on(page) -> tuple[str, str]:
    """Return how many cities are accepted and expected, without a word of any language."""
    state = page.locator("[class^=viewpoint] [data-accepted]")
    return state.get_attribute("data-accepted"), state.get_attribute("data-expected")
