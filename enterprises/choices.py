"""What the register can be filtered by."""

from django.db.models import QuerySet

from clusters.models import City
from enterprises.models import IndustryField, Tier
from foundation.language import in_chinese
from parks.models import Park

Choices = dict[str, list[tuple[int, str]]]


def register_choices(cities: QuerySet[City]) -> Choices:
    """
    Return the choices of city, park, field and tier: key and name in the reader's language.

    Cities and parks are those of the reader's scope. Four queries.
    """
    name = "name" if in_chinese() else "name_en"
    rows = {
        "city": cities.order_by("code"),
        "park": Park.objects.filter(city__in=cities).order_by("city__code", "pk"),
        "field": IndustryField.objects.order_by("position", "pk"),
        "tier": Tier.objects.order_by("position", "pk"),
    }
    return {kind: list(of_kind.values_list("pk", name)) for kind, of_kind in rows.items()}
