"""The answer no, in words for whoever asked."""


class Refused(Exception):
    """An act that may not be done now. Its text is a sentence for the user, in their language."""
