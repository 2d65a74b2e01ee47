"""The door's own rules: which names may be had, where a sign-in may lead, how letters are sent."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.hooks import hooks
from accounts.mail import NOTICE_SECONDS, code_seconds, in_language_of, post
from accounts.models import RetiredName, User
from reelive.formats import span
from reelive.ratelimit import too_fast
from reelive.text import canonical_username
from reelive.toasts import toast

WRONG_PAIR = _("That name and password do not belong together. Check both and try again.")
WRONG_CODE = _("That code is not right. Check it and try again.")
TOO_MANY = _("Too many tries. Wait a few minutes, then try again.")
LONGEST_ADDRESS = 254
GOODBYE = "account/email/account_deleted"
# What a letter may hold by which one gets into an account.
SECRETS = {"code", "key", "activate_url", "password_reset_url"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is suspended."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": WRONG_PAIR,
        "email_taken": _("Somebody is signed up with this address. If it is you, sign in."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your password."),
        "invalid_login": WRONG_PAIR,
        "rate_limited": lazy(too_fast, str)(),
        "same_as_current": _("This is the address that you gave before."),
        "too_many_login_attempts": TOO_MANY,
        "username_password_mismatch": WRONG_PAIR,
        "username_taken": _("This username is taken; please choose another."),
    }

    def new_user(self, request):
        """A new member keeps the theme that they chose as a visitor."""
        theme = request.COOKIES.get("theme")
        return User(theme=theme) if theme in User.Theme.values else User()

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.time_zone = form.cleaned_data.get("time_zone") or user.time_zone
        if commit:
            with transaction.atomic():
                user.save()
                RetiredName.objects.refuse(user.username)
        request.changes_pages = True  # a member page appears
        return user

    def pre_login(self, request, user, **kwargs):
        user.end_suspension()
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, *, signup, **kwargs):
        places = [welcome(request, user) for welcome in hooks("on_login")]
        response = super().post_login(request, user, signup=signup, **kwargs)
        if signup and response.url != reverse("welcome"):  # they go back to where they came from
            link = {"link": reverse("welcome"), "link_text": gettext("Three things to begin with")}
            toast(request, gettext("Welcome to Reelive."), **link)
        return next((HttpResponseRedirect(place) for place in places if place), response)

    def get_signup_redirect_url(self, request):
        return reverse("welcome")

    def clean_username(self, username, shallow=False):
        try:
            username = canonical_username(username)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not shallow and RetiredName.objects.holds(username):
            raise self.validation_error("username_taken")
        return super().clean_username(username, shallow)

    def clean_email(self, email):
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(gettext("This address is too long to be one."))
        return email

    validate_unique_email = clean_email

    def set_password(self, user, password):
        """Whoever knew the old password is out, on every other device."""
        super().set_password(user, password)
        user.end_sessions(but=self.request.session.session_key)

    def confirm_email(self, request, email_address):
        try:
            with transaction.atomic():
                confirmed = super().confirm_email(request, email_address)
                if confirmed:
                    email_address.user.begin_mail_anew()
                return confirmed
        except IntegrityError:
            context = {"email": email_address.email}
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, context)
            return False

    # Where things lead.

    def is_safe_url(self, url):
        """Only places on this site: a path from its root."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_password_change_redirect_url(self, request):
        return reverse("settings")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("settings" if self.request.user.is_authenticated else "account_login")

    def get_email_confirmation_url(self, request, emailconfirmation):
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    # Letters.

    def send_mail(self, template_prefix, email, context):
        """Post a letter in the language of its member. What waits goes with them, but for the goodbye."""
        seconds = code_seconds(template_prefix) if "code" in context else NOTICE_SECONDS
        addressee = context.get("user") or member_at(email)
        with in_language_of(addressee):
            context = {"email": email, "site_url": settings.SITE_URL, "lasts": span(seconds)} | context
            message = self.render_mail(template_prefix, email, context)
        is_goodbye = template_prefix == GOODBYE
        is_kept = not is_goodbye and not SECRETS & set(context)
        post(message, None if is_goodbye else addressee, seconds, is_kept)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email)


def member_at(email):
    """Whose address it is, confirmed or not; None when nobody's."""
    return next(iter(filter_users_by_email(email)), None)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Switch two-factor sign-in off before you change your address."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with two-factor sign-in; switch it on first."
        ),
        "incorrect_code": WRONG_CODE,
        "unverified_email": _(
            "Confirm your e-mail address first; then you can switch two-factor sign-in on."
        ),
    }

    def get_totp_label(self, user):
        return user.username

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1} if count else gettext("Passkey")

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Reelive"}
