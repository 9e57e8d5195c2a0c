"""
What statuses are called, and how they look. Template builtins: no {% load %}.

The filters take a status' code and raise KeyError for one that is not listed.
"""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

register = template.Library()

# What a status is called, and how it looks: the tone carries the colour, the shape is its own.
# Whoever adds a status adds it here: components/status.html draws nothing it does not know.
STATUSES: Mapping[str, tuple] = {
    # the verdict on a target
    "achieved": (gettext_lazy("Achieved"), "good", "check"),
    "on_pace": (gettext_lazy("On pace"), "good", "disc"),
    "slightly_behind": (gettext_lazy("Slightly behind"), "fair", "triangle"),
    "behind": (gettext_lazy("Behind"), "poor", "diamond"),
    "seriously_behind": (gettext_lazy("Seriously behind"), "bad", "square"),
    "cannot_judge": (gettext_lazy("Cannot judge"), "open", "ring"),
    # a standing that the estimate suggests, while somebody is silent: a shape of its own
    "expected_achieved": (gettext_lazy("Expected to be achieved"), "open", "dotted"),
    "expected_on_pace": (gettext_lazy("Expected to be on pace"), "open", "dotted"),
    "expected_slightly_behind": (gettext_lazy("Expected to be slightly behind"), "open", "dotted"),
    "expected_behind": (gettext_lazy("Expected to be behind"), "open", "dotted"),
    "expected_seriously_behind": (
        gettext_lazy("Expected to be seriously behind"),
        "open",
        "dotted",
    ),
    "expected_missed": (gettext_lazy("Expected to be missed"), "open", "dotted"),
    # a target whose deadline is over
    "target_met": (gettext_lazy("Target met"), "good", "check"),
    "target_missed": (gettext_lazy("Target missed"), "bad", "square"),
    # a submission, and a city that owes one
    "uploaded": (gettext_lazy("Uploaded"), "open", "half"),
    "submitted": (gettext_lazy("Submitted"), "wait", "half"),
    "sent_back": (gettext_lazy("Sent back"), "bad", "square"),
    "accepted": (gettext_lazy("Accepted"), "good", "check"),
    "superseded": (gettext_lazy("Superseded"), "open", "dash"),
    "withdrawn": (gettext_lazy("Withdrawn"), "bad", "square"),
    "discarded": (gettext_lazy("Discarded"), "open", "dash"),
    "missing": (gettext_lazy("Not reported"), "open", "ring"),
    "overdue": (gettext_lazy("Overdue"), "poor", "diamond"),
    "owed": (gettext_lazy("Owed"), "open", "ring"),
    "not_due": (gettext_lazy("Not due yet"), "open", "dash"),
    "not_owed": (gettext_lazy("Not owed"), "open", "dash"),
    # who has nothing to report, and has said so
    "nil": (gettext_lazy("Nothing to report"), "good", "dash"),
    "nothing": (gettext_lazy("No business"), "open", "half"),
    "moved": (gettext_lazy("Moved away"), "open", "triangle"),
    # a part of the system
    "in_order": (gettext_lazy("In order"), "good", "check"),
    "needs_attention": (gettext_lazy("Needs attention"), "bad", "square"),
    "for_information": (gettext_lazy("For information"), "open", "dash"),
    # a step of the first start
    "step_done": (gettext_lazy("Done"), "good", "check"),
    "step_open": (gettext_lazy("Still to do"), "open", "ring"),
    # a finding
    "mandatory": (gettext_lazy("Must be corrected"), "bad", "square"),
    "advisory": (gettext_lazy("Must be explained"), "fair", "triangle"),
    "explained": (gettext_lazy("Explained"), "good", "disc"),
    "on_trial": (gettext_lazy("On trial: nothing need be done"), "open", "dash"),
    # a building block
    "not_started": (gettext_lazy("Not started"), "open", "ring"),
    "building": (gettext_lazy("Being built"), "wait", "half"),
    "operating": (gettext_lazy("In operation"), "good", "check"),
    "stopped": (gettext_lazy("Stopped"), "bad", "square"),
    # the light of a task of the ledger (measures.light)
    "light_red": (gettext_lazy("Red: overdue"), "bad", "square"),
    "light_yellow": (gettext_lazy("Yellow: warning"), "fair", "triangle"),
    "light_caught_up": (gettext_lazy("Caught up late"), "poor", "check"),
    "light_deferred": (gettext_lazy("Deferred in time"), "open", "half"),
    "light_blue": (gettext_lazy("Blue: due within 30 days"), "wait", "diamond"),
    "light_green": (gettext_lazy("Green: in order"), "good", "disc"),
    "light_grey": (gettext_lazy("Grey: not due"), "open", "dash"),
    "ended": (gettext_lazy("Ended"), "open", "check"),
    "light_cannot_judge": (gettext_lazy("Cannot judge"), "open", "ring"),
    # what a report says of a step
    "nearly_done": (gettext_lazy("Nearly done"), "wait", "half"),
    "under_way": (gettext_lazy("Under way"), "wait", "half"),
    "done": (gettext_lazy("Done"), "good", "check"),
    "needs_coordination": (gettext_lazy("Needs coordination"), "fair", "triangle"),
    # a cluster or a park that the plan counts
    "established": (gettext_lazy("Established"), "good", "check"),
    "not_established": (gettext_lazy("Not established"), "poor", "diamond"),
    "not_known": (gettext_lazy("Nothing on record"), "open", "ring"),
    # the same, and a building block, once the plan has ended
    "not_established_in_time": (gettext_lazy("Not established in time"), "bad", "square"),
    "not_completed_in_time": (gettext_lazy("Not completed in time"), "bad", "square"),
    # how a building block stands against the date it is held to
    "done_on_time": (gettext_lazy("Done on time"), "good", "check"),
    "done_late": (gettext_lazy("Completed late"), "fair", "late"),
    "done_undated": (gettext_lazy("Done, day not reported"), "good", "disc"),
    "date_ahead": (gettext_lazy("Date still ahead"), "open", "dash"),
    "past_date": (gettext_lazy("Past its date"), "poor", "diamond"),
    "due_soon": (gettext_lazy("Due soon"), "wait", "half"),
    "no_plan_date": (gettext_lazy("No planned date"), "open", "plus"),
    "stale": (gettext_lazy("Unconfirmed for two quarters"), "fair", "hourglass"),
    # where an enterprise's year is heading
    "secured": (gettext_lazy("Secured"), "good", "check"),
    "near_miss": (gettext_lazy("Just short"), "fair", "triangle"),
    "out_of_reach": (gettext_lazy("Out of reach"), "open", "dash"),
    # an enterprise's revenue against the line of 100 million
    "over_line": (gettext_lazy("Over 100 million"), "good", "disc"),
    "near_line": (gettext_lazy("80 to 100 million"), "fair", "triangle"),
    # a forecast beside what came
    "hit": (gettext_lazy("Within the range"), "good", "check"),
    "missed": (gettext_lazy("Outside the range"), "fair", "triangle"),
    # a record of the register, and how sure we are of a name
    "confirmed": (gettext_lazy("Confirmed"), "good", "check"),
    "pending": (gettext_lazy("To be verified"), "fair", "triangle"),
    "closed": (gettext_lazy("Closed"), "open", "dash"),
    "final": (gettext_lazy("Final text"), "good", "check"),
    "draft": (gettext_lazy("Consultation draft"), "wait", "half"),
    "unverified": (gettext_lazy("To be verified"), "fair", "triangle"),
}


@register.filter
def status_word(status) -> str:
    """Return what a status is called."""
    return str(STATUSES[str(status)][0])


@register.filter
def status_tone(status) -> str:
    """Return a status' tone, which its colour is made of in tokens.css."""
    return STATUSES[str(status)][1]


@register.filter
def status_shape(status) -> str:
    """Return a status' shape: what tells it from others without colour."""
    return STATUSES[str(status)][2]


@register.simple_tag
def status_mark(status, word="", *, large=False) -> str:
    """Return a status as a page shows it (components/status.html): shape, colour and word."""
    return format_html(
        '<span class="status{}" data-status="{}" data-tone="{}">'
        '<span class="status__shape" data-shape="{}" aria-hidden="true"></span>{}</span>',
        " status--large" if large else "",
        status,
        status_tone(status),
        status_shape(status),
        word or status_word(status),
    )
