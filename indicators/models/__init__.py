from indicators.models.interim_point import InterimPoint
from indicators.models.kept_forecast import KeptForecast
from indicators.models.note import Note
from indicators.models.target import Target

__all__ = ["InterimPoint", "KeptForecast", "Note", "Target"]
