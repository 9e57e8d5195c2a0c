"""The admin's pages of the register as a file: import with its preview, export."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from audit.refusals import found_or_404
from enterprises.register import background
from enterprises.register.file_format import FORMATS
from enterprises.register.outcome import SHOWN, ImportOutcome
from enterprises.register.reading import limits
from enterprises.register.reading.register_file import HEADINGS, REQUIRED
from enterprises.register.resources import EnterpriseResource
from foundation.exporting import CSV_TYPE, attachment
from foundation.record_admin import reason_field
from jobs.made import made_page, own_jobs
from jobs.models import Job, JobState
from jobs.progress import progress_context, progress_fragment

PAGES = "admin/enterprises/enterprise"


class RegisterImportForm(forms.Form):
    """A register to be previewed. Its format follows from its content, not from its name."""

    import_file = forms.FileField(label=_("File"), help_text=_("An .xlsx workbook, or CSV."))
    reason = reason_field()

    def __init__(self, *args, too_large: bool = False, **kwargs):
        """Take a form's arguments, and whether the upload was cut off as too large."""
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self):
        """Refuse a file over the limit."""
        given = super().clean()
        file = given.get("import_file")
        if self.too_large or (file and file.size > limits.FILE_SIZE):
            self.errors.pop("import_file", None)
            words = _("The file is larger than %(most)s.")
            self.add_error("import_file", words % {"most": filesizeformat(limits.FILE_SIZE)})
        return given


class RegisterFiles(ImportExportMixin):
    """
    Import and export of the register as background jobs.

    The library gives the links in the list, the permissions and the form of the export; what a
    row means is in its Resource.
    """

    resource_classes = [EnterpriseResource]
    formats = FORMATS
    export_form_class = ExportForm
    import_template_name = f"{PAGES}/import.html"

    def get_urls(self):
        """Add the pages of a job to those of the library."""
        seen, name = self.admin_site.admin_view, "enterprises_enterprise"
        own = [
            path("import/<uuid:job_id>/", seen(self.import_job), name=f"{name}_import_job"),
            path("export/<uuid:job_id>/", seen(self.export_job), name=f"{name}_export_job"),
        ]
        return own + super().get_urls()

    # ---- import ------------------------------------------------------------------------

    def import_action(self, request, **kwargs):
        """Take a file, and go on to the page of its preview."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._choose(request, RegisterImportForm())
        # The upload handler runs when POST is first read, and sets this attribute.
        posted, files = request.POST, request.FILES
        too_large = getattr(request, "upload_too_large", False)
        form = RegisterImportForm(posted, files, too_large=too_large)
        if not form.is_valid():
            return self._choose(request, form, status=413 if too_large else 422)
        file = form.cleaned_data["import_file"]
        reason, cities = form.cleaned_data["reason"], request.cities
        job = background.start_preview(
            file.read(), file.name, reason=reason, cities=cities, by=request.user
        )
        return redirect("admin:enterprises_enterprise_import_job", job.pk)

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """Have what this user has previewed written, and go on to the page of that job."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        previewed = forms.UUIDField().clean
        try:
            key = previewed(request.POST.get("preview"))
            preview = own_jobs(request.user, background.preview_import).get(
                pk=key, state=JobState.DONE, file__isnull=False, result__counts__refused=0
            )
        except (forms.ValidationError, Job.DoesNotExist):
            form = RegisterImportForm()
            gone = _("The previewed file is not there any more. Choose it again.")
            return self._choose(request, form, status=422, gone=gone)
        job = background.start_import(preview)
        return redirect("admin:enterprises_enterprise_import_job", job.pk)

    def import_job(self, request, job_id):
        """Show how far a preview or an import is, then what it would do or has done."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        jobs = own_jobs(request.user, background.preview_import, background.import_register)
        if "list" in request.GET:
            job = get_object_or_404(jobs, pk=job_id, product__isnull=False)
            return attachment(bytes(job.product), "register-import.csv", CSV_TYPE)
        every = Job.objects.defer("file", "product")
        job = found_or_404(request, jobs.defer("file", "product"), every, pk=job_id)
        is_preview = job.task == background.preview_import.module_path
        stages = background.PREVIEW_STAGES if is_preview else background.IMPORT_STAGES
        if "progress" in request.GET:
            return progress_fragment(request, job, stages)
        shown = progress_context(job, stages, f"{request.path}?progress")
        if job.state == JobState.DONE:
            shown["outcome"] = outcome = self._outcome_or_404(job)
        late = job.state == JobState.DONE and not is_preview and outcome.is_refused
        shown |= {"is_preview": is_preview, "most": SHOWN}
        return self._page(
            request, "import_job.html", _("Import"), shown, status=409 if late else 200
        )

    def _outcome_or_404(self, job: Job) -> ImportOutcome:
        if job.result is None:
            raise Http404(_("What was previewed is deleted after a day. Choose the file again."))
        return ImportOutcome(**job.result)

    def _choose(self, request, form, *, status: int = 200, gone: str = ""):
        """Return the page on which a file is chosen."""
        shown = {
            "form": form,
            "gone": gone,
            "headings": HEADINGS,
            "required": REQUIRED,
            "most_bytes": limits.FILE_SIZE,
            "most_rows": limits.ROWS,
        }
        return self._page(request, "import.html", _("Import"), shown, status=status)

    def _page(self, request, template: str, title: str, shown: dict, *, status: int = 200):
        context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return TemplateResponse(request, f"{PAGES}/{template}", context | shown, status=status)

    # ---- export ------------------------------------------------------------------------

    def export_action(self, request):
        """Take the form of the file, and go on to the page from which it is downloaded."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = self.get_export_form_class()(
            self.get_export_formats(),
            self.get_export_resource_classes(request),
            data=request.POST or None,
        )
        if not form.is_valid():
            context = self.init_request_context_data(request, form)
            return TemplateResponse(request, [self.export_template_name], context)
        kind = self.get_export_formats()[int(form.cleaned_data["format"])]
        found = self.get_export_queryset(request)
        job = background.start_export(found, kind, cities=request.cities, by=request.user)
        return redirect("admin:enterprises_enterprise_export_job", job.pk)

    @method_decorator(require_safe)
    def export_job(self, request, job_id):
        """Offer the file of an export; until then, how far it is."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Export"),
            "opts": self.opts,
        }
        return made_page(
            request,
            own_jobs(request.user, background.export_register),
            job_id,
            stages=background.EXPORT_STAGES,
            template=f"{PAGES}/export_job.html",
            context=context,
        )

    def get_export_resource_kwargs(self, request, *args, **kwargs):
        """Return the reader's cities, to which the register is limited."""
        return {"cities": request.cities}
