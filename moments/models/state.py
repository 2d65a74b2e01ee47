"""Whether something can be read: nothing is ever dropped, it only changes its state."""

from django.db import models


class State(models.TextChoices):
    VISIBLE = "visible", "Visible"
    WITHHELD = "withheld", "Withheld with its film"
    REMOVED = "removed", "Removed by a moderator"
    DELETED = "deleted", "Deleted by its author"


class StateQuerySet(models.QuerySet):
    def listed(self):
        """What lists, feeds and search show to everybody."""
        return self.filter(state=State.VISIBLE)


class Stateful(models.Model):
    """Verbs move between states only from where they may; each answers whether it moved."""

    state = models.CharField(max_length=8, choices=State, default=State.VISIBLE)

    class Meta:
        abstract = True

    @property
    def is_visible(self):
        return self.state == State.VISIBLE

    @property
    def is_removed(self):
        return self.state == State.REMOVED

    def _move(self, start, end, **changes):
        """Change the state if the row still is in `start`; two people at once move it once."""
        rows = type(self)._base_manager.filter(pk=self.pk, state=start)
        moved = rows.update(state=end, **changes) == 1
        if moved:
            self.state = end
            for name, value in changes.items():
                setattr(self, name, value)
        return moved
