from django.db import models


class StagedRegister(models.Model):
    """An uploaded register between its preview and its confirmation; deleted after either."""

    name = models.CharField(max_length=32, primary_key=True)
    content = models.BinaryField()
    staged_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name
