"""Puts the viewer on the request, and what changed in their browser's cookies on the answer."""

from django.utils.functional import SimpleLazyObject

from moments.viewer.browser import Browser
from moments.viewer.offline import name_viewer
from moments.viewer.viewer import viewer_of


class ViewerMiddleware:
    """`request.viewer` is a Member or a Visitor. A page that asks for nobody looks nobody up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        browser = Browser(request.COOKIES)
        request.viewer = SimpleLazyObject(lambda: viewer_of(request, browser))
        response = self.get_response(request)
        browser.write_to(response)
        name_viewer(request, response)
        return response
