"""Helpers for the tests of all acts."""


def post(client, user, submission, act, **data):
    """Post an act as a user, follow the redirect, and return the page."""
    client.force_login(user)
    return client.post(f"{submission.get_absolute_url()}{act}/", data, follow=True)


def messages(answer) -> str:
    """The messages of a page."""
    return " ".join(str(message) for message in answer.context["messages"])
