"""The line that the plan draws through the enterprises, in yuan of environmental revenue."""

from decimal import Decimal

from foundation.yuan import YI

# 过1亿元: strictly more than this.
OVER_100M = YI
# From here on an enterprise is close to it.
NEAR_FROM = Decimal("80000000")
