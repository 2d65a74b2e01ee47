"""How often a member may act."""

from django.db import models


class Allowance(models.Model):
    """How soon a member may act again: one row per member and action (see reelive.ratelimit)."""

    key = models.CharField(max_length=120, primary_key=True)
    tat = models.FloatField(help_text="Theoretical arrival time, in seconds since 1970.")

    def __str__(self):
        return self.key
