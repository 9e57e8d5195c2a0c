"""The refusal of every formula whose figures do not go together."""


class Incomparable(ValueError):
    """The figures cannot be of the same scope, period and unit, or leave nothing to compare."""
