from tests.factories import make_target


def test_every_target_has_its_verdict_and_its_own_page(client, official):
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    client.force_login(official)

    page = client.get("/indicators/").content.decode()
    for code in ("cluster-output-share", "firms-over-100m"):
        assert f'id="verdict-{code}"' in page
        assert f'href="/indicators/{code}/"' in page
        assert f'href="/indicators/{code}/movement/"' in page


def test_links_keep_the_viewpoint(client, official):
    make_target("firms-over-100m")
    client.force_login(official)

    page = client.get("/indicators/?as_of=2026-01-31").content.decode()
    assert 'href="/indicators/firms-over-100m/?as_of=2026-01-31"' in page


def test_without_targets_it_says_who_enters_them(client, official):
    client.force_login(official)

    page = client.get("/indicators/").content.decode()
    assert "No target has been entered for this quarter." in page
    assert "An administrator enters the plan and its targets." in page


def test_it_needs_a_sign_in_unless_the_dashboard_is_public(client, db, settings):
    assert client.get("/indicators/").status_code == 302

    settings.PUBLIC_DASHBOARD = True
    assert client.get("/indicators/").status_code == 200
