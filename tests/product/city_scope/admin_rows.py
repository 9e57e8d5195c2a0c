"""
What each page of the admin site answers, by the kind of its record: the table beside rows.py.

Who has no account is led to the sign-in page, and who is none of its staff is refused, always. So
a row says only what it answers to STAFF: (GET and HEAD, POST without fields).
"""

STAFF = ("admin", "auditor", "superuser")

PAGES = {
    "admin:index": ("200 200 200", "200 200 200"),
    "admin:app_list": ("200 200 200", "200 200 200"),
    "admin:autocomplete": ("200 200 200", "405 405 405"),
    "admin:jsi18n": ("200 200 200", "405 405 405"),
    "admin:login": ("403 403 403", "403 403 403"),
    "admin:logout": ("405 405 405", "in in in"),
    "admin:password_change": ("200 200 200", "422 422 422"),
    "admin:password_change_done": ("200 200 200", "405 405 405"),
    "admin:view_on_site": ("302 302 302", "302 302 302"),
    "admin/(?P<url>.*)$": ("404 404 404", "404 404 404"),
}

# What the auditor reads and the administrator keeps; nobody deletes.
KEPT = {
    "changelist": ("200 200 200", "200 200 200"),
    "add": ("200 403 200", "200 403 200"),
    "change": ("200 200 200", "200 403 200"),
    "delete": ("403 403 403", "403 403 403"),
    "history": ("200 200 200", "200 200 200"),
    "": ("302 302 302", "302 302 302"),
}
# Kept with versions, of which one may be put in force again.
VERSIONED = KEPT | {"simple_history": ("200 200 200", "200 403 200")}
# Of these a version comes into force by a proposal only.
PROPOSED = KEPT | {"simple_history": ("200 200 200", "403 403 403")}
# What is only shown: it is written by another way.
SHOWN = KEPT | {"add": ("403 403 403", "403 403 403"), "change": ("200 200 200", "403 403 403")}
# What concerns the operator alone.
OPERATED = SHOWN | {
    "changelist": ("403 403 200", "403 403 200"),
    "change": ("403 403 200", "403 403 403"),
    "history": ("403 403 200", "403 403 200"),
}
# The register comes and goes as a file, made by a job that its owner alone sees.
REGISTER = VERSIONED | {
    "export": ("200 403 200", "200 403 200"),
    "export_job": ("200 403 404", "405 405 405"),
    "import": ("200 403 200", "422 403 422"),
    "import_job": ("200 403 404", "200 403 404"),
    "process_import": ("405 405 405", "422 403 422"),
}
ACCOUNTS = KEPT | {"password_link": ("200 403 200", "422 403 422")}

KINDS = {
    "accounts.user": ACCOUNTS,
    "auth.group": SHOWN,
    "clusters.blockcategory": VERSIONED,
    "clusters.buildingblock": VERSIONED,
    "clusters.city": SHOWN,
    "clusters.cluster": PROPOSED,
    "clusters.plan": PROPOSED,
    "clusters.planmeasure": VERSIONED,
    "clusters.reportingperiod": PROPOSED,
    "django_tasks_database.dbtaskresult": OPERATED,
    "enterprises.citymove": VERSIONED,
    "enterprises.enterprise": REGISTER,
    "enterprises.formername": VERSIONED,
    "enterprises.industryfield": VERSIONED,
    "enterprises.tier": VERSIONED,
    "enterprises.tieraward": VERSIONED,
    "indicators.assessment": SHOWN,
    "indicators.briefing": SHOWN,
    "indicators.target": PROPOSED,
    "measures.department": VERSIONED,
    "measures.task": PROPOSED,
    "parks.park": PROPOSED,
    "submissions.submission": SHOWN,
}
