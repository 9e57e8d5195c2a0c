from django.urls import path

from measures.views.department import department
from measures.views.ledger import ledger_page
from measures.views.task import task

app_name = "measures"
urlpatterns = [
    path("", ledger_page, name="ledger"),
    path("departments/<slug:slug>/", department, name="department"),
    path("<str:number>/", task, name="task"),
]
