"""The exception for an act on the ledger that is not allowed."""


class LedgerRefusal(Exception):
    """An act that is not allowed now. Its text is a sentence for the user, in their language."""
