"""Rationale and example of each rule on reporters, codes, parks and blocks."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "E142",
    _("The code is the only name that all systems share; a slip makes another firm of it."),
    _("The letter O for the figure 0."),
)
rationale(
    "E143",
    _("The last character is computed from the others and shows any single slip."),
    _("Two digits changed places."),
)
rationale(
    "E175",
    _("A code that lost a character belongs to nobody."),
    _("17 characters after copying."),
)
rationale(
    "E151",
    _("An enterprise that stands twice is counted twice."),
    _("Two lines for two plants of one enterprise."),
)
rationale(
    "W152",
    _("A code that nobody knows is a new firm or a slip; only the city knows which."),
    _("An enterprise founded this year."),
)
rationale(
    "W210",
    _("Where the register is empty every firm is new, and one answer says why for all of them."),
    _("The first workbook of a city: 124 enterprises, none of them registered."),
)
rationale(
    "E153",
    _("Each enterprise counts once in the province, in one city."),
    _("A group's subsidiary that another city reports."),
)
rationale(
    "W154",
    _("Code and name are written by hand side by side; if they differ, one of them is wrong."),
    _("The old name after a change of name."),
)
rationale(
    "E155",
    _("Figures of another quarter are right figures in the wrong place."),
    _("The workbook of the second quarter, uploaded for the third."),
)
rationale(
    "E156",
    _("A quarter that still runs has no end to count to."),
    _("The third quarter, uploaded in August."),
)
rationale(
    "E162",
    _("The file of a neighbour would overwrite your own figures."),
    _("填报单位：青岛市 in an upload of 济南."),
)
rationale(
    "W163",
    _("A file without a name may be anybody's."),
    _("A table copied into a new workbook."),
)
rationale(
    "W164",
    _("A file without a period may be of any quarter."),
    _("A table copied into a new workbook."),
)
rationale(
    "E177",
    _("Shifted rows give each enterprise another's figures, and every sum still fits."),
    _("The column 企业名称 was sorted alone."),
)
rationale(
    "W165",
    _("A park is compared by its name; another spelling is another park."),
    _("济南产业园 for 济南环保产业园."),
)
rationale(
    "W166",
    _("Progress of a park the plan does not know cannot be counted."),
    _("A park of the neighbouring city."),
)
rationale(
    "W167",
    _("A sheet that is not asked for may be meant for another city."),
    _("园区进展 filled in by a city without a park."),
)
rationale(
    "W168",
    _("A sheet that is not asked for may be meant for another city."),
    _("集群建设 filled in by a city without a cluster."),
)
rationale(
    "W169",
    _("The plan counts by category; an unknown one would count nowhere."),
    _("产业链 in a cluster that has only parks and centres."),
)
rationale(
    "W170",
    _("The plan names its building blocks; another one is a slip or a change of plan."),
    _("A fourth park where the plan has three."),
)
rationale(
    "W171",
    _("The plan leaves the number open, so each new one is looked at once."),
    _("A new innovation centre."),
)
rationale(
    "E172",
    _("Progress can be compared only in words that everybody uses alike."),
    _("快了 in 状态."),
)
rationale(
    "E173",
    _("A park that stands twice is counted twice."),
    _("Two lines for two phases of one park."),
)
rationale(
    "E174",
    _("A building block has one status."),
    _("The same centre, once 在建 and once 建成运营."),
)
rationale(
    "E228",
    _("A name joins the register as it is written, and no one finds it again with gaps in it."),
    _("A name with question marks in place of characters."),
)
