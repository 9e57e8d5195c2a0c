"""Two administrators save the form of one record at the same moment: neither undoes the other."""

from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from clusters.models import PlanMeasure
from foundation.record_admin import RecordAdmin
from tests.factories import make_user
from tests.foundation.test_changed_meanwhile import form_of
from tests.foundation.test_record_admin import MAKE, address
from tests.submissions.robustness.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def saver(name, page, **typed):
    """Return an act that saves the form as it is now, with what an administrator has typed."""
    client = Client()
    client.force_login(make_user("admin", username=name))
    filled = form_of(client.get(page)) | {"reason": f"更正：{name}"} | typed
    return lambda: client.post(page, filled)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param([{"title": "甲的名称"}, {"title": "乙的名称"}], id="one field"),
        pytest.param([{"title": "甲的名称"}, {"position": "7"}], id="two fields"),
    ],
)
def test_one_is_saved_and_the_other_is_shown_it(typed, monkeypatch):
    measure = MAKE[PlanMeasure]()
    page = address(PlanMeasure, "change", measure.pk)
    acts = [saver(name, page, **given) for name, given in zip(("a", "b"), typed, strict=True)]
    both_there = Barrier(2)
    get_object = RecordAdmin.get_object

    def together(self, request, *given):
        """Read the record when the other one has come as far."""
        if request.method == "POST":
            both_there.wait(10)
        return get_object(self, request, *given)

    # SQLite lets one write after the other as it is.
    if connection.vendor == "postgresql":
        monkeypatch.setattr(RecordAdmin, "get_object", together)
    answers = at_once(*acts)

    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200, 302]
    saved, shown = sorted(range(2), key=lambda n: answers[n].status_code != 302)
    [error] = answers[shown].context["adminform"].form.errors.values()
    assert "ab"[saved] in str(error)
    measure.refresh_from_db()
    for field, value in typed[saved].items():
        assert str(getattr(measure, field)) == value
    assert measure.history.count() == 2
    assert measure.history.first().history_change_reason == f"更正：{'ab'[saved]}"
