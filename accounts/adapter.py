"""The door's own rules: which names may be had, where a sign-in may lead, how letters are sent."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.mail import deliver
from accounts.models import User
from accounts.partners import partners
from reelive.text import canonical_username

WRONG_PAIR = "That name and password do not belong together. Check both and try again."
WRONG_CODE = "That code is not right. Check it and try again."
TOO_MANY = "Too many tries. Wait a few minutes, then try again."
LONGEST_ADDRESS = 254


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is suspended.",
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": WRONG_PAIR,
        "email_taken": "Somebody is signed up with this address. If it is you, sign in.",
        "enter_current_password": "This is not your current password.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password.",
        "invalid_login": WRONG_PAIR,
        "rate_limited": "That was a bit fast. Wait a moment, then try again.",
        "same_as_current": "This is the address that you gave before.",
        "too_many_login_attempts": TOO_MANY,
        "username_password_mismatch": WRONG_PAIR,
        "username_taken": "This username is taken; please choose another.",
    }

    def new_user(self, request):
        """A newcomer keeps the theme that they chose as a visitor."""
        theme = request.COOKIES.get("theme")
        return User(theme=theme) if theme in User.Theme.values else User()

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        if commit:
            with transaction.atomic():
                user.save()
        return user

    def pre_login(self, request, user, **kwargs):
        user.end_suspension()
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        for welcome in partners("welcome"):
            welcome(request, user)
        return super().post_login(request, user, **kwargs)

    def clean_username(self, username, shallow=False):
        try:
            username = canonical_username(username)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return super().clean_username(username, shallow)

    def clean_email(self, email):
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError("This address is too long to be one.")
        return email

    validate_unique_email = clean_email

    def set_password(self, user, password):
        """Whoever knew the old password is out, on every other device."""
        super().set_password(user, password)
        here = self.request.session.session_key
        for session in UserSession.objects.filter(user=user).exclude(session_key=here):
            session.end()

    def confirm_email(self, request, email_address):
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
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
        context = {"email": email, "site_url": settings.SITE_URL} | context
        letter = self.render_mail(template_prefix, email, context)
        deliver.enqueue(letter.subject, letter.body, letter.from_email, letter.to)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "Switch two-factor sign-in off before you change your address.",
        "cannot_generate_recovery_codes": "Recovery codes come with two-factor sign-in; switch it on first.",
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your e-mail address first; then you can switch two-factor sign-in on.",
    }

    def get_totp_label(self, user):
        return user.username

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Reelive"}
