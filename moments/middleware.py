"""The reader's sight: read from the cookies once, written back when a view has changed it."""

from django.utils.cache import patch_cache_control

from moments.sight import HORIZONS, NOTHING, REVEALED, Sight
from reelive.cookies import keep_cookie


class ReadersSight:
    """Readers who carry nothing are not looked up; a page for those who do is kept for nobody else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        carried = NOTHING
        if HORIZONS in request.COOKIES or REVEALED in request.COOKIES:
            carried = request.user.sight = Sight.read(request.COOKIES)
        response = self.get_response(request)
        new = getattr(request, "new_sight", None)
        if new is not None:
            self._write(response, carried, new)
        if new is not None or carried is not NOTHING:
            patch_cache_control(response, private=True)
        return response

    def _write(self, response, before, after):
        was = before.cookies()
        for name, value in after.cookies().items():
            if value and value != was[name]:
                keep_cookie(response, name, value)
            elif was[name] and not value:
                response.delete_cookie(name, samesite="Lax")
