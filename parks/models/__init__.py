from parks.models.park import Park
from parks.models.park_return import ParkReturn

__all__ = ["Park", "ParkReturn"]
