from indicators.models.assessment import Assessment
from indicators.models.briefing import Briefing
from indicators.models.note import Note
from indicators.models.target import Target

__all__ = ["Assessment", "Briefing", "Note", "Target"]
