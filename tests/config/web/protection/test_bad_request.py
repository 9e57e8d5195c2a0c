from django.core.exceptions import BadRequest, SuspiciousOperation

from config.web.protection.bad_request import bad_request


def test_only_a_reason_of_ours_is_shown(rf):
    ours = bad_request(rf.get("/"), BadRequest("The day is no day."))
    djangos = bad_request(rf.get("/"), SuspiciousOperation("Invalid HTTP_HOST header: 'x'"))
    assert (ours.status_code, djangos.status_code) == (400, 400)
    assert "The day is no day." in ours.content.decode()
    assert "HTTP_HOST" not in djangos.content.decode()
