from django.urls import path

from submissions.papers.views.assessment import assessment, newest_assessment
from submissions.papers.views.assessment_data import assessment_data
from submissions.papers.views.assessment_docx import assessment_docx
from submissions.papers.views.issue_assessment import issue_assessment
from submissions.papers.views.issued_assessment import issued_assessment

app_name = "assessment"
urlpatterns = [
    path("", newest_assessment, name="newest"),
    path("<slug:code>/", assessment, name="assessment"),
    path("<slug:code>/issue/", issue_assessment, name="issue"),
    path("<slug:code>/docx/", assessment_docx, name="draft_docx"),
    path("<slug:code>/<slug:number>/", issued_assessment, name="issued"),
    path("<slug:code>/<slug:number>/docx/", assessment_docx, name="docx"),
    path("<slug:code>/<slug:number>/json/", assessment_data, name="data"),
]
