"""What any depth of the code may raise in the place of an answer; the middleware turns each into a page."""

from django.utils.translation import gettext_lazy as _


class Moved(Exception):
    """What was asked for has another address now."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url


class GoneForGood(Exception):
    """What was here has left for good; `sentence` says who or what."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class SignInFirst(Exception):
    """This is for members: `response` leads whoever is signed out to the sign-in, and back."""

    def __init__(self, response):
        super().__init__("Sign in first.")
        self.response = response


class Refused(Exception):
    """A verb refuses, and its text tells the person why.

    A form shows it and keeps what was typed; where there is no form, a page does.
    """

    sentence = _("That cannot be done.")

    def __init__(self, sentence: str = ""):
        super().__init__(str(sentence or self.sentence))
