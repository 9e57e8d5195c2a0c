"""Which cities' enterprises and submissions a user may see."""

from django.db.models import Exists, Q, QuerySet

from accounts.roles import ROLES
from clusters.models import City

WHOLE_PROVINCE = [role.key for role in ROLES.values() if role.whole_province]


def cities_for(user) -> QuerySet[City]:
    """
    Return the cities whose enterprises and submissions the user may see.

    All for the province's roles, the assigned ones for a bureau, none for anybody else: a
    user without a role sees no enterprise. Makes no query by itself, so that every page can
    have it in hand.
    """
    if not user.is_authenticated or not user.is_active:
        return City.objects.none()
    if user.is_superuser:
        return City.objects.all()
    return City.objects.filter(
        Exists(user.groups.filter(name__in=WHOLE_PROVINCE))
        | Q(pk__in=user.assignments.values("city"))
    )


def own_cities(user) -> QuerySet[City]:
    """
    Return the cities that a user reports for: the assigned ones, whatever else they may see.

    All for a superuser. Makes no query by itself.
    """
    if not user.is_authenticated or not user.is_active:
        return City.objects.none()
    if user.is_superuser:
        return City.objects.all()
    return City.objects.filter(pk__in=user.assignments.values("city"))
