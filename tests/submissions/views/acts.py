"""What the tests of all acts have in common."""


def post(client, user, submission, act, **data):
    """Post an act as a user, follow it, and return the page it leads to."""
    client.force_login(user)
    return client.post(f"{submission.get_absolute_url()}{act}/", data, follow=True)


def said(answer) -> str:
    """The messages of a page."""
    return " ".join(str(message) for message in answer.context["messages"])
