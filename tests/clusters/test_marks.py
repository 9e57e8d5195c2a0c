import pytest

from clusters import marks
from tests.factories import make_city, make_city_return, make_period, make_publication
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db


def test_every_app_that_shows_what_can_change_has_marks():
    make_city()
    assert marks.asked().keys() == {"newest", "figures", "submissions"}


def test_they_are_asked_in_one_query(django_assert_num_queries):
    make_city()
    marks.asked()
    with django_assert_num_queries(1):
        marks.asked()


def test_a_publication_a_return_and_a_submission_each_move_theirs(city):
    before = marks.asked()
    make_publication(city)
    published = marks.asked()
    assert published["figures"] != before["figures"]
    assert published["submissions"] == before["submissions"]

    make_city_return(city, make_period("2025Q2"))
    assert marks.asked("newest") == {"newest": ("2025Q2",)}
    make_submission(city)
    assert marks.asked("submissions")["submissions"] != published["submissions"]


def test_without_a_city_there_are_none(db):
    assert marks.asked("newest") == {"newest": ()}
