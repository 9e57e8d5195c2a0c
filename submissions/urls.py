from django.urls import path

from submissions.layouts.views.contents import contents
from submissions.layouts.views.describe import describe
from submissions.layouts.views.file import file
from submissions.layouts.views.firms import firms
from submissions.layouts.views.layouts import layout, layouts
from submissions.views.accept import accept
from submissions.views.answers import answers
from submissions.views.batch import (
    batch,
    batch_decide,
    batch_go_on,
    batch_progress,
    batch_stop,
)
from submissions.views.batch_city import batch_accept, batch_answers, batch_city, batch_firms
from submissions.views.batches import batch_add, batches
from submissions.views.cell import cell
from submissions.views.cells import cells
from submissions.views.chain import chain, chain_file
from submissions.views.check import check, checked, checked_marked
from submissions.views.check_again import check_again
from submissions.views.correct import correct
from submissions.views.declare_nil import declare_nil
from submissions.views.discard import discard
from submissions.views.inbox import inbox
from submissions.views.made import made
from submissions.views.marked import marked
from submissions.views.original import original
from submissions.views.preview import preview
from submissions.views.progress import progress
from submissions.views.refile import refile
from submissions.views.restatements import restatements
from submissions.views.rules import rules
from submissions.views.send_back import send_back
from submissions.views.submission import submission
from submissions.views.submit import submit
from submissions.views.template import template
from submissions.views.upload import upload
from submissions.views.withdraw import ask_withdrawal, decide_withdrawal

app_name = "submissions"
urlpatterns = [
    path("", inbox, name="inbox"),
    path("restatements/", restatements, name="restatements"),
    path("rules/", rules, name="rules"),
    path("chain/", chain, name="chain"),
    path("chain/figures/", chain_file, name="chain_file"),
    path("template/", template, name="template"),
    path("new/", upload, name="upload"),
    path("new/nil/", declare_nil, name="declare_nil"),
    path("check/", check, name="check"),
    path("check/<uuid:job_id>/", checked, name="checked"),
    path("check/<uuid:job_id>/marked/", checked_marked, name="checked_marked"),
    path("made/<uuid:job_id>/", made, name="made"),
    path("batches/", batches, name="batches"),
    path("batches/<int:pk>/", batch, name="batch"),
    path("batches/<int:pk>/progress/", batch_progress, name="batch_progress"),
    path("batches/<int:pk>/add/", batch_add, name="batch_add"),
    path("batches/<int:pk>/go-on/", batch_go_on, name="batch_go_on"),
    path("batches/<int:pk>/stop/", batch_stop, name="batch_stop"),
    path("batches/<int:pk>/decide/", batch_decide, name="batch_decide"),
    path("batches/<int:pk>/cities/<slug:slug>/", batch_city, name="batch_city"),
    path("batches/<int:pk>/cities/<slug:slug>/firms/", batch_firms, name="batch_firms"),
    path("batches/<int:pk>/cities/<slug:slug>/answers/", batch_answers, name="batch_answers"),
    path("batches/<int:pk>/cities/<slug:slug>/accept/", batch_accept, name="batch_accept"),
    path("layouts/", layouts, name="layouts"),
    path("layouts/new/", describe, name="layout_describe"),
    path("layouts/file/<uuid:job_id>/", file, name="layout_file"),
    path("layouts/contents/<uuid:job_id>/", contents, name="layout_contents"),
    path("layouts/<int:pk>/", layout, name="layout"),
    path("<int:pk>/firms/", firms, name="firms"),
    path("<int:pk>/", submission, name="submission"),
    path("<int:pk>/progress/", progress, name="progress"),
    path("<int:pk>/original/", original, name="original"),
    path("<int:pk>/marked/", marked, name="marked"),
    path("<int:pk>/cells/", cells, name="cells"),
    path("<int:pk>/cell/", cell, name="cell"),
    path("<int:pk>/preview/", preview, name="preview"),
    path("<int:pk>/check-again/", check_again, name="check_again"),
    path("<int:pk>/answers/", answers, name="answers"),
    path("<int:pk>/correct/", correct, name="correct"),
    path("<int:pk>/discard/", discard, name="discard"),
    path("<int:pk>/refile/", refile, name="refile"),
    path("<int:pk>/submit/", submit, name="submit"),
    path("<int:pk>/send-back/", send_back, name="send_back"),
    path("<int:pk>/accept/", accept, name="accept"),
    path("<int:pk>/withdrawal/", ask_withdrawal, name="ask_withdrawal"),
    path("<int:pk>/withdrawal/decision/", decide_withdrawal, name="decide_withdrawal"),
]
