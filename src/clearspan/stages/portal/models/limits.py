from __future__ import annotations

from django.db import models


class Limit(models.Model):
    """How much was done of late under one key: a number that falls with time. Derived and short-lived, so no `Record`.

    The key is a keyed hash of an address or a network: no address of a browser is kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    level = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.level:.1f}"
