from enterprises.models.enterprise import Enterprise
from enterprises.models.enterprise_return import EnterpriseReturn, Nil
from enterprises.models.industry_field import IndustryField
from enterprises.models.tier import Tier
from enterprises.models.tier_award import TierAward

__all__ = ["Enterprise", "EnterpriseReturn", "IndustryField", "Nil", "Tier", "TierAward"]
