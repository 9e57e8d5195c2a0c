"""The error of all formulas for figures that cannot be combined."""


class Incomparable(ValueError):
    """The figures cannot be of the same scope, period and unit, or leave nothing to compare."""
