from indicators.models.target import Target

__all__ = ["Target"]
