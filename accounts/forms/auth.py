"""The forms at the door are allauth's, with our words and a few refusals more."""

from functools import cache

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset_by_code import (
    PasswordResetVerificationProcess as PasswordResetProcess,
)
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    get_default_password_validators,
)
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.profile import is_offered_zone
from accounts.models import User
from accounts.one_time_codes import use_code
from reelive.text import clean_line, within_domains

HONEYPOT = settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD
WHAT_IS_GOOD = _("At least 8 characters; not a common word, and not like your name.")
USED_CODE = _("That code was used already. Wait for the next one in your app.")
NOT_ACCEPTED = _("The passkey was not accepted. Please try again.")
BLOCKED = _("Addresses at this mail service cannot be used here. Please give one at another service.")
KEY_NAME_LENGTH = 60
LONGEST_ADDRESS = 254
ASKED_FOR = "reset-asked-for"  # in the session: the name or address for which a new password was asked
FORM_LABELS = {
    "code": _("Code"),
    "email": _("E-mail"),
    "login": _("E-mail or username"),
    "name": _("Name of the passkey"),
    "oldpassword": _("Current password"),
    "password": _("Password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "passwordless": _("It signs me in alone, without my password"),
    "remember": _("Keep me signed in on this device"),
    "username": _("Username"),
}
AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


@cache
def password_lengths():
    """What a script may say of a password by its length alone, as attributes of the field.

    In characters: the least that is accepted, and the most of any that is refused as too common.
    """
    validators = {type(validator): validator for validator in get_default_password_validators()}
    return {
        "data-least": validators[MinimumLengthValidator].min_length,
        "data-longest-common": max(map(len, validators[CommonPasswordValidator].passwords)),
    }


class PlainLabels:
    """Plain labels instead of placeholders, which vanish just when they are needed."""

    help_texts = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = FORM_LABELS.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class NewAddress:
    """An address that somebody wants to be reached at from now on."""

    def clean_email(self):
        if within_domains(self.cleaned_data["email"], settings.BLOCKED_MAIL_DOMAINS):
            raise forms.ValidationError(BLOCKED)
        return super().clean_email()


class LoginForm(PlainLabels, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= AS_TYPED | {"autocomplete": "username"}
        self.fields["remember"].initial = True


class SignupForm(PlainLabels, NewAddress, account.SignupForm):
    field_order = ["username", "email", "password1", HONEYPOT, "time_zone"]
    help_texts = {
        "username": _("3 to 30 letters, digits, hyphens or underscores. Everybody sees it."),
        "email": _("Nobody sees it. You can sign in with it."),
        "password1": WHAT_IS_GOOD,
    }
    # The browser's, filled in by a script; whatever else stands in it counts as nothing.
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= AS_TYPED
        self.fields["username"].widget.attrs["data-check"] = reverse("username-check")
        self.fields["password1"].label = gettext("Password")
        self.fields["password1"].widget.attrs |= password_lengths()
        # allauth hides it by an inline style, which our policy on content forbids.
        hidden = {"class": "bait", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}
        self.fields[HONEYPOT].widget = forms.TextInput(attrs=hidden)

    def clean_time_zone(self):
        zone = self.cleaned_data["time_zone"]
        return zone if is_offered_zone(zone) else ""


class SocialSignupForm(PlainLabels, NewAddress, social.SignupForm):
    help_texts = {name: SignupForm.help_texts[name] for name in ("username", "email")}


class AddEmailForm(PlainLabels, NewAddress, account.AddEmailForm):
    """A new address counts when it is confirmed, or at once where no mail server could ask for that."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext("New e-mail address")

    def clean_email(self):
        email = super().clean_email()
        if not settings.MAIL_IS_ON and User.objects.filter(email__iexact=email).exists():
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request):
        if settings.MAIL_IS_ON:
            return super().save(request)
        change = {"from_email": self.user.email, "to_email": self.cleaned_data["email"]}
        address = self._move_to(change["to_email"])
        adapter = get_adapter()
        adapter.send_notification_mail("account/email/email_changed", self.user, change, change["from_email"])
        adapter.add_message(request, messages.SUCCESS, "account/messages/primary_email_set.txt")
        return address

    @transaction.atomic
    def _move_to(self, email):
        User.objects.filter(pk=self.user.pk).update(email=email)
        self.user.begin_mail_anew()
        EmailAddress.objects.filter(user=self.user).delete()
        return EmailAddress.objects.create(user=self.user, email=email, primary=True)


class ChangeEmailForm(PlainLabels, NewAddress, account.ChangeEmailForm):
    pass


class ChangePasswordForm(PlainLabels, account.ChangePasswordForm):
    help_texts = {"password1": WHAT_IS_GOOD}


class SetPasswordForm(PlainLabels, account.SetPasswordForm):
    help_texts = {"password1": WHAT_IS_GOOD}


class ResetPasswordForm(PlainLabels, account.ResetPasswordForm):
    """By the address or the username. What follows looks the same whether there is such a member or not."""

    email = forms.CharField(max_length=LONGEST_ADDRESS, widget=forms.TextInput(attrs=AS_TYPED))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = FORM_LABELS["login"]
        self.fields["email"].widget.attrs["autocomplete"] = "username"

    def clean_email(self):
        typed = clean_line(self.cleaned_data["email"])
        if "@" in typed:
            self.cleaned_data["email"] = forms.EmailField().clean(typed).lower()
            return super().clean_email()
        members = User.objects.filter(username=typed.lower(), is_active=True).exclude(email="")
        self.users = list(members)
        return typed

    def save(self, request, **kwargs):
        request.session[ASKED_FOR] = typed = self.cleaned_data["email"]
        if "@" in typed:
            return super().save(request, **kwargs)
        member = next(iter(self.users), None)
        state = PasswordResetProcess.initial_state(member, member.email if member else typed)
        process = PasswordResetProcess(request, state=state, user=member)
        if member:
            process.send()
        process.persist()
        return typed


class ResetPasswordKeyForm(PlainLabels, account.ResetPasswordKeyForm):
    help_texts = {"password1": WHAT_IS_GOOD}


class ReauthenticateForm(PlainLabels, account.ReauthenticateForm):
    pass


class ConfirmEmailForm(PlainLabels, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetForm(PlainLabels, account.ConfirmPasswordResetCodeForm):
    pass


class UsedOnce:
    """A code of an authenticator app is taken once, also while it still holds."""

    def clean_code(self):
        code = super().clean_code()
        is_from_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_from_app and not use_code(self.authenticator, code):
            raise forms.ValidationError(USED_CODE)
        return code


class TwoFactorForm(UsedOnce, PlainLabels, mfa.AuthenticateForm):
    help_texts = {"code": _("Six digits from your app, or one of your recovery codes.")}


class TwoFactorAgainForm(UsedOnce, PlainLabels, mfa.ReauthenticateForm):
    help_texts = TwoFactorForm.help_texts


class ActivateTOTPForm(PlainLabels, totp.ActivateTOTPForm):
    help_texts = {"code": _("The six digits that your app shows now.")}


class CredentialField(forms.JSONField):
    """What a browser hands over as a passkey. It is small and shallow, and may be sent by anybody."""

    widget = forms.HiddenInput

    def to_python(self, value):
        if value and len(value) > 20_000:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class Credential(forms.Form):
    credential = CredentialField(error_messages=dict.fromkeys(("required", "invalid"), NOT_ACCEPTED))


def judged(check):
    """Call a check of allauth's, which foresees only some of what may be wrong with a passkey."""
    try:
        return check()
    except DatabaseError:
        raise
    except Exception as error:  # a decoder fed with hostile bytes may raise anything
        if isinstance(error, forms.ValidationError) and error.code != "incorrect_code":
            raise
        raise forms.ValidationError(NOT_ACCEPTED) from error


class AddPasskeyForm(PlainLabels, Credential, webauthn.AddWebAuthnForm):
    name = forms.CharField(max_length=KEY_NAME_LENGTH, required=False)
    help_texts = {
        "name": _("So that you can tell your passkeys apart: the phone, the blue key."),
        "passwordless": _("Otherwise it is asked for after the password, as a second factor."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self):
        return judged(super().clean)


class RenamePasskeyForm(PlainLabels, webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=KEY_NAME_LENGTH)
    help_texts = {"name": AddPasskeyForm.help_texts["name"]}


class PasskeyForm(Credential, webauthn.AuthenticateWebAuthnForm):
    """The second factor; also the base of signing in with it alone, and of confirming who one is."""

    def clean_credential(self):
        return judged(super().clean_credential)


class PasskeyLoginForm(PasskeyForm, webauthn.LoginWebAuthnForm):
    pass


class PasskeyAgainForm(PasskeyForm, webauthn.ReauthenticateWebAuthnForm):
    pass
