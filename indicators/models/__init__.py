from indicators.models.note import Note
from indicators.models.target import Target

__all__ = ["Note", "Target"]
