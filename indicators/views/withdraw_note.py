from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from indicators.data import notes
from indicators.models import Note


@act_of(lambda request, **_given: "indicators:overview")
def withdraw_note(request, pk):
    """Withdraw a note. Views as of a day on which it was in force still show it."""
    note = get_object_or_404(Note.objects.select_related("period"), pk=pk)
    subject = notes.subject_or_404(request, note.about)
    notes.withdraw(note, by=request.user)
    messages.success(request, _("The explanation is withdrawn."))
    return redirect(f"{subject.address}?period={note.period}")
