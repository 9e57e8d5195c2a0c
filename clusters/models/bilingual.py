from django.db import models

from foundation.language import in_chinese


class Bilingual(models.Model):
    """Something that has a Chinese name and an English one, and is called by the reader's."""

    class Meta:
        abstract = True

    def __str__(self):
        return self.local_name

    @property
    def local_name(self):
        """Return the name as the reader's language has it."""
        return self.name if in_chinese() else self.name_en
