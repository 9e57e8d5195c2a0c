from django.urls import path

from submissions.papers.views.briefing import briefing, newest_briefing
from submissions.papers.views.briefing_data import briefing_data
from submissions.papers.views.briefing_docx import briefing_docx
from submissions.papers.views.issue_briefing import issue_briefing
from submissions.papers.views.issued_briefing import issued_briefing

app_name = "briefing"
urlpatterns = [
    path("", newest_briefing, name="newest"),
    path("<str:period>/", briefing, name="briefing"),
    path("<str:period>/issue/", issue_briefing, name="issue"),
    path("<str:period>/docx/", briefing_docx, name="draft_docx"),
    path("<str:period>/<slug:number>/", issued_briefing, name="issued"),
    path("<str:period>/<slug:number>/docx/", briefing_docx, name="docx"),
    path("<str:period>/<slug:number>/json/", briefing_data, name="data"),
]
