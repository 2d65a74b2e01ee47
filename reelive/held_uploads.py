"""Pictures of forms that came back: each waits for a day, so that nobody has to find it again; one of a draft
waits as long as the draft does.

It is encoded anew at once, lies in a table, and can be seen by its owner alone, under an address that nobody
guesses. What a visitor chose is taken over by the member as whom they sign in.
"""

import re
from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from reelive.images import WIDTHS
from reelive.ratelimit import check, check_visitor, network_of

KEPT_FOR = timedelta(days=1)
LARGEST_UPLOAD = 1024 * 1024  # bytes of one
OF_ONE = 3  # of a member, or of a network of visitors
OF_DRAFTS, OF_ALL_DRAFTS = 20, 512 * LARGEST_UPLOAD  # of a member; bytes of all together
OF_MEMBERS, OF_VISITORS = 192 * LARGEST_UPLOAD, 64 * LARGEST_UPLOAD  # bytes of all together
LONGEST_TOKEN = 43
TOKEN = re.compile(rf"[\w-]{{1,{LONGEST_TOKEN}}}", re.ASCII)


class HeldUploadManager(models.Manager):
    def hold(self, picture, member, network):
        """Keep a reelive.images.Picture; the oldest go where there are many. None when it is too large."""
        data = next((data for data in map(picture.webp, WIDTHS[::-1]) if len(data) <= LARGEST_UPLOAD), None)
        if data is None:
            return None
        held = self.create(member=member, network=network, content=data, size=len(data))
        of_forms = self.filter(kept_until=None)
        mine = of_forms.filter(member=member, network=network).order_by("-created", "-pk")
        self.filter(pk__in=list(mine.values_list("pk", flat=True)[OF_ONE:])).delete()
        self._make_room(
            of_forms.filter(member__isnull=member is None), OF_VISITORS if member is None else OF_MEMBERS
        )
        return held

    def keep_until(self, token, member, until):
        """Keep the member's picture of this token for longer than a day, as far as there is room for it.

        Args:
            token: empty where there is no picture.
            member: their key.
            until: the time; None ends that, and the day of the picture holds again.

        Returns whether it is kept; also where there is no such picture.
        """
        mine = self.filter(token=token, member=member)
        if token and until is not None:
            others = self.filter(kept_until__isnull=False).exclude(token=token)
            size = others.aggregate(all=Sum("size"))["all"] or 0
            if others.filter(member=member).count() >= OF_DRAFTS or size > OF_ALL_DRAFTS - LARGEST_UPLOAD:
                return not mine.exists()
        mine.update(kept_until=until)
        return True

    def _make_room(self, rows, most):
        while (rows.aggregate(all=Sum("size"))["all"] or 0) > most:
            rows.filter(pk=rows.order_by("created", "pk").values_list("pk", flat=True)[0]).delete()

    def find(self, token, member):
        """What is kept under this token for the member; None when it is over, or somebody else's."""
        if not TOKEN.fullmatch(token):
            return None
        return self.current(member).filter(token=token).first()

    def current(self, member):
        own = Q(member=None) | Q(member=member) if member else Q(member=None)
        now = timezone.now()
        of_today = Q(created__gt=now - KEPT_FOR, created__lte=now + KEPT_FOR)
        return self.filter(own, of_today | Q(kept_until__gt=now))

    def forget_old(self, now, most):
        """Delete up to so many that are over, or were kept by a clock that was ahead; how many they were."""
        over = self.filter(Q(created__lte=now - KEPT_FOR) | Q(created__gt=now + KEPT_FOR))
        over = over.filter(Q(kept_until=None) | Q(kept_until__lte=now))
        return self.filter(pk__in=list(over.values_list("pk", flat=True)[:most])).delete()[0]


def new_token():
    return token_urlsafe(32)


class HeldUpload(models.Model):
    token = models.CharField(max_length=LONGEST_TOKEN, unique=True, default=new_token)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    network = models.CharField(max_length=45, blank=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    created = models.DateTimeField(default=timezone.now, db_index=True)
    # Until when the draft lasts whose picture it is; None where it is of none.
    kept_until = models.DateTimeField(null=True, db_index=True)

    objects = HeldUploadManager()

    def __str__(self):
        return f"{self.size} bytes, {self.created}"


class Keeper:
    """Keeps pictures for whoever sent a request, and finds them again."""

    def __init__(self, request):
        self.request = request
        self.member = request.user if request.user.is_authenticated else None

    def spend(self):
        """Raises TooMany for a viewer who has had enough pictures kept."""
        if self.member:
            check("held", self.member)
        else:
            check_visitor("held", self.request)

    def hold(self, picture):
        """The token of a picture that is kept from now on, or an empty string."""
        network = "" if self.member else network_of(self.request)
        held = HeldUpload.objects.hold(picture, self.member, network)
        return held.token if held else ""

    def find(self, token):
        """The kept picture as WebP, or None. A member takes over what they chose as a visitor."""
        held = HeldUpload.objects.find(token, self.member)
        if held and self.member and held.member_id is None:
            HeldUpload.objects.filter(pk=held.pk).update(member=self.member, network="")
        return held and bytes(held.content)


@never_cache
def held_upload(request, token):
    """The picture, for its owner."""
    member = request.user if request.user.is_authenticated else None
    held = HeldUpload.objects.find(token, member)
    if held is None:
        raise Http404
    response = HttpResponse(bytes(held.content), content_type="image/webp")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
