from django.urls import path

from measures.views.deferral import ask_deferral, decide_deferral
from measures.views.department import department
from measures.views.department_return import accept_return, department_return, send_back_return
from measures.views.evidence import add_evidence, check_evidence, evidence_file
from measures.views.ledger import ledger_page
from measures.views.report import check_report, report, submit_report
from measures.views.task import task

app_name = "measures"
urlpatterns = [
    path("", ledger_page, name="ledger"),
    path("report/", report, name="report"),
    path("report/check/", check_report, name="check_report"),
    path("report/submit/", submit_report, name="submit_report"),
    path("returns/<int:return_pk>/", department_return, name="return"),
    path("returns/<int:return_pk>/accept/", accept_return, name="accept_return"),
    path("returns/<int:return_pk>/send-back/", send_back_return, name="send_back_return"),
    path("departments/<slug:slug>/", department, name="department"),
    path("<str:number>/", task, name="task"),
    path("<str:number>/evidence/", add_evidence, name="add_evidence"),
    path("<str:number>/evidence/<int:evidence_pk>/", evidence_file, name="evidence_file"),
    path("<str:number>/evidence/<int:evidence_pk>/check/", check_evidence, name="check_evidence"),
    path("<str:number>/deferral/", ask_deferral, name="ask_deferral"),
    path("<str:number>/deferral/<int:deferral_pk>/", decide_deferral, name="decide_deferral"),
]
