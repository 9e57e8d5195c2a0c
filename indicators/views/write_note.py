from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import ReportingPeriod
from foundation import kept_form
from indicators.data import notes


class NoteForm(forms.Form):
    """The text of a note, with a minimum length."""

    text = forms.CharField(
        label=gettext_lazy("Explanation"),
        help_text=gettext_lazy("What made the figure so, and how you know. It cannot be changed."),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
    )


def write_note(request):
    """Show the form of a note on a figure, and store it: ?about=city:370100&period=2025Q3."""
    about = request.GET.get("about", "")
    subject = notes.subject_or_404(request, about)
    period = get_object_or_404(ReportingPeriod, code=request.GET.get("period", ""))
    form = NoteForm(request.POST or None, initial=kept_form.take(request, request.path))
    if form.is_valid():
        notes.write(about, period, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The explanation stands beside the figure now."))
        return redirect(f"{subject.address}?period={period}")
    context = {"form": form, "subject": subject, "period": period}
    status = 422 if form.errors else 200
    return render(request, "indicators/write_note.html", context, status=status)
