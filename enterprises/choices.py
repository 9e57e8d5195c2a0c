"""What the register can be filtered by, read in one query."""

from collections import defaultdict

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from clusters.language import in_chinese
from clusters.models import City
from enterprises.models import IndustryField, Tier
from parks.models import Park

Choices = dict[str, list[tuple[int, str]]]


def register_choices(cities: QuerySet[City]) -> Choices:
    """
    Return the choices of city, park, field and tier: key and name in the reader's language.

    Cities and parks are those of the reader's scope. One query for all four, because a page
    has eight.
    """
    sources = {
        "city": (City.objects.filter(pk__in=cities.values("pk")), "code"),
        "park": (Park.objects.filter(city__in=cities), "city__code"),
        "field": (IndustryField.objects.all(), "position"),
        "tier": (Tier.objects.all(), "position"),
    }
    parts = [
        source.order_by().values_list(
            Value(kind), "pk", "name", "name_en", Cast(position, CharField())
        )
        for kind, (source, position) in sources.items()
    ]
    chinese = in_chinese()
    found: Choices = defaultdict(list)
    for kind, pk, name, name_en, _position in sorted(
        parts[0].union(*parts[1:], all=True), key=lambda row: (row[0], row[4].zfill(6), row[1])
    ):
        found[kind].append((pk, name if chinese else name_en))
    return found
