from enterprises.models.city_move import CityMove
from enterprises.models.enterprise import Enterprise
from enterprises.models.enterprise_return import EnterpriseReturn, Nil, said_of_revenue
from enterprises.models.former_name import FormerName
from enterprises.models.industry_field import IndustryField
from enterprises.models.tier import Tier
from enterprises.models.tier_award import TierAward

__all__ = [
    "CityMove",
    "Enterprise",
    "EnterpriseReturn",
    "FormerName",
    "IndustryField",
    "Nil",
    "Tier",
    "TierAward",
    "said_of_revenue",
]
