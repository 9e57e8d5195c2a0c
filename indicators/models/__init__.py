from indicators.models.assessment import Assessment
from indicators.models.briefing import Briefing
from indicators.models.interim_point import InterimPoint
from indicators.models.kept_forecast import KeptForecast
from indicators.models.note import Note
from indicators.models.target import Target

__all__ = ["Assessment", "Briefing", "InterimPoint", "KeptForecast", "Note", "Target"]
