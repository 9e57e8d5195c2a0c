"""What each page is for: said on it while no figure is in force. Keys are names of pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CLUSTERS = _("Each cluster: its building blocks, its output value and its share.")
_PARKS = _("Each park: whether it is established, and its figures.")

PURPOSES: dict[str, str | Promise] = {
    "indicators:targets": _("Each target of the plan: its value, its verdict, what it rests on."),
    "indicators:indicator": _(
        "One target: its arithmetic, its pace, its forecast, and what each city adds."
    ),
    "indicators:firms": _("Which enterprises are near the threshold, and what each still lacks."),
    "indicators:heaping": _("Whether enterprises heap just above the threshold."),
    "indicators:movement": _(
        "Splits the movement of a target between two quarters by cause and by city."
    ),
    "clusters:cluster_list": _CLUSTERS,
    "clusters:cluster": _CLUSTERS,
    "parks:park_list": _PARKS,
    "parks:park": _PARKS,
    "indicators:city_list": _("Each city's own totals, on a map and in a table."),
    "indicators:city": _("One city: its figures, its enterprises, and where they come from."),
    "indicators:growth": _("Growth of what reported in both years; who joined and who left."),
    "indicators:firm_totals": _("Sums of the enterprises' lines by city, park and field."),
    "indicators:what_if": _(
        "The targets without some enterprises, or with a city's other figures."
    ),
    "enterprises:register": _("Every enterprise with its figures of the quarter."),
    "enterprises:tiers": _("Who holds which title, who joined and who left."),
    "briefing:briefing": _(
        "One page on a quarter, to print and to issue: verdicts, why, and who is late."
    ),
    "submissions:restatements": _("Every figure that was corrected after it was published."),
}
