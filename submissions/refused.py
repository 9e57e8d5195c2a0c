"""The exception for an act that is not allowed."""


class Refused(Exception):
    """An act that is not allowed now. Its text is a sentence for the user, in their language."""
