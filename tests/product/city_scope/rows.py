"""
What each address answers to whom: the one table, with that of the admin site (admin_rows.py).

name of the route: (what GET and HEAD answer, what POST without fields answers), each for nine
people in the order of PEOPLE. The object that an address leads to is always Jinan's, the city of
`own`; `other` works for Weifang's bureau, `none` has an account without a role.

in   to the sign-in page            401  the same, of the API
302  elsewhere: mostly to the page of the act, which an address that is opened leads to
403  refused; 404 is not there for them: another city's, somebody else's job
405  answers no such method, whoever asks
422  a form without its fields, or a decision that is refused in words

A name that no route has, and a route without a name here, fail test_city_scope.py.
"""

PEOPLE = (
    *("anonymous", "none", "own", "other"),
    *("official", "reviewer", "admin", "auditor", "superuser"),
)

# Each row is one line.
# ruff: noqa: E501
# fmt: off
ROWS = {
    #                            ano non own oth off rev adm aud sup    the same, to POST
    "indicators:overview":       (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "accessibility":             ("200 200 200 200 200 200 200 200 200", "200 200 200 200 200 200 200 200 200"),
    "login":                     ("200 302 302 302 302 302 302 302 302", "200 302 302 302 302 302 302 302 302"),
    "logout":                    (" in 405 405 405 405 405 405 405 405", " in  in  in  in  in  in  in  in  in"),
    "password_change":           (" in 200 200 200 200 200 200 200 200", " in 422 422 422 422 422 422 422 422"),
    "password_link":             ("200 200 200 200 200 200 200 200 200", "200 200 200 200 200 200 200 200 200"),
    "password_change_done":      (" in 200 200 200 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
    "sessions":                  (" in 200 200 200 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
    "session_end":               (" in 405 405 405 405 405 405 405 405", " in 302 302 302 302 302 302 302 302"),
    "session_left":              ("200 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "session_stay":              (" in 200 200 200 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
    "api":                       (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "api-v1:api-root":           (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "api-v1:cities":             ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:clusters":           ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:enterprises":        ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:enterprise":         ("401 404 200 404 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:indicators":         ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:indicator":          ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:proof":              ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:openapi-json":       ("401 200 200 200 200 200 200 200 200", "401 200 200 200 200 200 200 200 200"),
    "api-v1:overview":           ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:measures":           ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:parks":              ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:submissions":        ("401 200 200 200 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "api-v1:submission":         ("401 404 200 404 200 200 200 200 200", "405 405 405 405 405 405 405 405 405"),
    "assessment:newest":         (" in 403 403 403 302 302 302 302 302", " in 403 403 403 302 302 302 302 302"),
    "assessment:assessment":     (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "assessment:issued":         (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "assessment:docx":           (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "assessment:data":           (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "assessment:draft_docx":     (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "assessment:issue":          (" in 403 403 403 403 302 302 403 302", " in 403 403 403 403 302 302 403 302"),
    "audit":                     (" in 403 403 403 403 403 200 200 200", " in 403 403 403 403 403 200 200 200"),
    "briefing:newest":           (" in 403 403 403 302 302 302 302 302", " in 403 403 403 302 302 302 302 302"),
    "briefing:briefing":         (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "briefing:issued":           (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "briefing:docx":             (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "briefing:data":             (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "briefing:draft_docx":       (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "briefing:issue":            (" in 403 403 403 403 302 302 403 302", " in 403 403 403 403 302 302 403 302"),
    "indicators:city_list":      (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:city":           (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "clusters:cluster_list":     (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "clusters:cluster":          (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "clusters:block":            (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "enterprises:register":      (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "enterprises:enterprise":    (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "enterprises:tiers":         (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:firm_totals":    (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:growth":         (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "healthz":                   ("200 200 200 200 200 200 200 200 200", "200 200 200 200 200 200 200 200 200"),
    "help":                      ("200 200 200 200 200 200 200 200 200", "200 200 200 200 200 200 200 200 200"),
    "help_role":                 ("200 200 200 200 200 200 200 200 200", "200 200 200 200 200 200 200 200 200"),
    "set_language":              ("302 302 302 302 302 302 302 302 302", "302 302 302 302 302 302 302 302 302"),
    "indicators:targets":        (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:indicator":      (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:firms":          (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:heaping":        (" in 404 404 404 200 200 200 200 200", " in 404 404 404 200 200 200 200 200"),
    "indicators:movement":       (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "measures:ledger":           (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "measures:task":             (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "measures:department":       (" in 404 404 404 200 200 200 200 200", " in 404 404 404 200 200 200 200 200"),
    "measures:report":           (" in 403 403 403 403 403 403 403 403", " in 403 403 403 403 403 403 403 403"),
    "measures:check_report":     (" in 403 403 403 403 403 403 403 403", " in 403 403 403 403 403 403 403 403"),
    "measures:submit_report":    (" in 302 302 302 302 302 302 302 302", " in 403 403 403 403 403 403 403 403"),
    "measures:return":           (" in 404 404 404 200 200 200 200 200", " in 404 404 404 200 200 200 200 200"),
    "measures:accept_return":    (" in 404 404 404 302 302 302 302 302", " in 404 404 404 403 302 403 403 302"),
    "measures:send_back_return": (" in 404 404 404 302 302 302 302 302", " in 404 404 404 403 409 403 403 409"),
    "measures:add_evidence":     (" in 302 302 302 302 302 302 302 302", " in 404 422 404 403 403 403 403 422"),
    "measures:evidence_file":    (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "measures:check_evidence":   (" in 302 302 302 302 302 302 302 302", " in 404 403 404 403 302 403 403 302"),
    "measures:ask_deferral":     (" in 302 302 302 302 302 302 302 302", " in 404 422 404 403 403 403 403 422"),
    "measures:decide_deferral":  (" in 302 302 302 302 302 302 302 302", " in 404 403 404 403 409 403 403 409"),
    "indicators:methods":        (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "indicators:first_movement": (" in 302 302 302 302 302 302 302 302", " in 302 302 302 302 302 302 302 302"),
    "indicators:withdraw_note":  (" in 302 302 302 302 302 302 302 302", " in 404 302 404 404 302 302 404 302"),
    "indicators:write_note":     (" in 404 200 404 404 200 200 404 200", " in 404 200 404 404 200 200 404 200"),
    "parks:park_list":           (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "parks:park":                (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "proposals:proposals":       (" in 403 403 403 403 403 200 200 200", " in 403 403 403 403 403 200 200 200"),
    "proposals:proposal":        (" in 403 403 403 403 403 200 200 200", " in 403 403 403 403 403 200 200 200"),
    "proposals:confirm":         (" in 302 302 302 302 302 302 302 302", " in 403 403 403 403 403 422 403 302"),
    "proposals:reject":          (" in 302 302 302 302 302 302 302 302", " in 403 403 403 403 403 422 403 422"),
    "readyz":                    ("200 200 200 200 200 200 200 200 200", "200 200 200 200 200 200 200 200 200"),
    "indicators:seen":           (" in 302 302 302 302 302 302 302 302", " in 302 302 302 302 302 302 302 302"),
    "system_status":             (" in 403 403 403 403 403 200 200 200", " in 403 403 403 403 403 200 200 200"),
    "submissions:inbox":         (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "submissions:submission":    (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:accept":        (" in 404 302 404 302 302 302 302 302", " in 404 403 404 403 302 403 403 302"),
    "submissions:answers":       (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:cell":          (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:cells":         (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:check_again":   (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:correct":       (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:discard":       (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:marked":        (" in 404 200 404 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
    "submissions:original":      (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:preview":       (" in 404 200 404 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
    "submissions:progress":      (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:refile":        (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:send_back":     (" in 404 302 404 302 302 302 302 302", " in 404 403 404 403 422 403 403 422"),
    "submissions:submit":        (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:ask_withdrawal":(" in 404 302 404 302 302 302 302 302", " in 404 422 404 403 422 403 403 422"),
    "submissions:decide_withdrawal":(" in 404 302 404 302 302 302 302 302", " in 404 403 404 403 422 403 403 422"),
    "submissions:chain":         (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "submissions:chain_file":    (" in 403 403 403 200 200 200 200 200", " in 403 403 403 200 200 200 200 200"),
    "submissions:batches":       (" in 200 200 200 200 200 200 200 200", " in 403 422 422 403 403 422 403 422"),
    "submissions:batch":         (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:batch_progress":(" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:batch_add":     (" in 404 302 404 302 302 302 302 302", " in 404 422 404 403 403 403 403 403"),
    "submissions:batch_answers": (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:batch_firms":   (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 302"),
    "submissions:batch_go_on":   (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 403"),
    "submissions:batch_stop":    (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 403"),
    "submissions:batch_decide":  (" in 404 302 404 302 302 302 302 302", " in 404 302 404 403 403 403 403 403"),
    "submissions:batch_city":    (" in 404 200 404 200 200 200 200 200", " in 404 200 404 200 200 200 200 200"),
    "submissions:batch_accept":  (" in 404 302 404 302 302 302 302 302", " in 404 403 404 403 302 403 403 302"),
    "submissions:check":         (" in 200 200 200 200 200 200 200 200", " in 422 422 422 422 422 422 422 422"),
    "submissions:checked":       (" in 404 200 404 404 404 404 404 404", " in 404 200 404 404 404 404 404 404"),
    "submissions:checked_marked":(" in 405 405 405 405 405 405 405 405", " in 404 302 404 404 404 404 404 404"),
    "submissions:made":          (" in 404 200 404 404 404 404 404 404", " in 405 405 405 405 405 405 405 405"),
    "submissions:upload":        (" in 403 200 200 403 403 403 403 200", " in 403 422 422 403 403 403 403 422"),
    "submissions:declare_nil":   (" in 403 302 302 403 403 403 403 302", " in 403 422 422 403 403 403 403 422"),
    "submissions:layouts":       (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "submissions:layout":        (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "submissions:layout_describe":(" in 403 200 200 403 403 200 403 200", " in 403 422 422 403 403 422 403 422"),
    "submissions:layout_file":   (" in 404 200 404 404 404 404 404 404", " in 404 422 404 404 404 404 404 404"),
    "submissions:layout_contents":(" in 404 200 404 404 404 404 404 404", " in 404 422 404 404 404 404 404 404"),
    "submissions:firms":         (" in 404 200 404 403 403 403 403 200", " in 404 302 404 403 403 403 403 302"),
    "submissions:restatements":  (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "submissions:rules":         (" in 200 200 200 200 200 200 200 200", " in 200 200 200 200 200 200 200 200"),
    "submissions:template":      (" in 404 200 404 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
    "indicators:what_if":        (" in 200 200 200 200 200 200 200 200", " in 405 405 405 405 405 405 405 405"),
}
# fmt: on

# Lists and records of the API answer GET only (config.api.errors): HEAD is 405 to everybody.
WITHOUT_HEAD = "405 405 405 405 405 405 405 405 405"
# Its lists, each of which comes in every form to whoever may read it.
API_LISTS = (
    *("api-v1:cities", "api-v1:clusters", "api-v1:enterprises"),
    *("api-v1:indicators", "api-v1:parks", "api-v1:submissions"),
    "api-v1:measures",
)
ONLY_GET = {
    *API_LISTS,
    *("api-v1:enterprise", "api-v1:indicator", "api-v1:submission"),
    *("api-v1:overview", "api-v1:proof"),
}

# Whose tables are asked for in every form; of the others CSV stands for all (config.web.downloads).
ALL_FORMS = {"indicators:city_list", "enterprises:enterprise", "submissions:submission", "audit"}
# One table of each page that offers some as files.
DOWNLOADS = {
    "audit": "audit",
    "clusters:block": "quarters",
    "clusters:cluster": "<category>",
    "clusters:cluster_list": "blocks-jinan",
    "enterprises:enterprise": "origin",
    "enterprises:register": "register",
    "indicators:city_list": "cities",
    "indicators:firm_totals": "totals",
    "indicators:firms": "by-city",
    "indicators:growth": "places",
    "indicators:heaping": "heaping",
    "indicators:indicator": "contributions-cluster-output-share",
    "indicators:what_if": "what-if",
    "measures:department": "leads",
    "measures:ledger": "measures",
    "measures:return": "lines",
    "measures:task": "steps",
    "parks:park_list": "parks",
    "submissions:batch": "files",
    "submissions:batch_city": "quarters",
    "submissions:batch_progress": "matrix",
    "submissions:inbox": "matrix",
    "submissions:layouts": "layouts",
    "submissions:preview": "cluster-output-share",
    "submissions:rules": "advisory",
    "submissions:submission": "totals",
}

# Of those, tables that the page does not show to some: nothing to refuse, so no event.
HIDDEN_TABLES = {
    # The cities of both have no enterprise.
    "enterprises:register": {"none", "other"},
    # Who has handed in what, for the province.
    "submissions:inbox": {"none", "own", "other"},
}
