"""Whether something can be read: rows are hardly ever dropped, they change their state."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    VISIBLE = "visible", _("Visible")
    WITHHELD = "withheld", _("Withheld with its film")
    REMOVED = "removed", _("Removed by a moderator")
    DELETED = "deleted", _("Deleted by its author")


class StateQuerySet(models.QuerySet):
    def listed(self):
        """What lists, feeds and search show to everybody."""
        return self.filter(state=State.VISIBLE)


class Stateful(models.Model):
    """Moves between states only from where it may."""

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.VISIBLE)

    class Meta:
        abstract = True

    @property
    def is_visible(self):
        return self.state == State.VISIBLE

    @property
    def is_removed(self):
        return self.state == State.REMOVED

    def take_out_of_sight(self):
        """Take it out of sight; False when it was not visible."""
        return self.change_state(State.VISIBLE, State.REMOVED)

    def bring_back(self):
        """Bring it back; False when it was not removed."""
        return self.change_state(State.REMOVED, State.VISIBLE)

    def change_state(self, start, end, **columns):
        """Change the state, and other columns with it, if the row is still in the state `start`.

        Returns whether it was: of two people who do the same at once, one changes it.
        """
        rows = type(self)._base_manager.filter(pk=self.pk, state=start)
        changed = rows.update(state=end, **columns) == 1
        if changed:
            self.state = end
            for name, value in columns.items():
                setattr(self, name, value)
        return changed
