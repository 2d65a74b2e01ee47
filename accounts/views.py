"""Pages of one's own account: what it holds and how it is guarded, the profile, the theme, the way out."""

import math
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.views import (
    ConfirmEmailVerificationCodeView,
    EmailView,
    LogoutView,
    SignupView,
    email_verification_sent,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.socialaccount.views import SignupView as SocialSignupView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import (
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.deletion import delete_account
from accounts.forms.profile import LeavingForm, ProfileForm
from accounts.models import User
from accounts.one_time_codes import use_code
from accounts.security import security_overview
from accounts.sessions import sessions_of
from reelive.cookies import keep_cookie
from reelive.fields import give_keeper, keep_pictures
from reelive.headers import forgotten
from reelive.held_uploads import Keeper
from reelive.ratelimit import TooMany, check, too_fast
from reelive.shortcuts import back_to, member_required, take_draft


class RetryOnConflict:
    """Of two who want the same name or address at once, the second gets the form back."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:
            again = self._cached_form = self.get_form_class()(**self.get_form_kwargs())
            if again.is_valid():
                again.add_error(
                    None, gettext("Somebody else did the same at the very same time. Please try again.")
                )
            return self.form_invalid(again)


class SafeSignupView(RetryOnConflict, SignupView):
    pass


class SafeSocialSignupView(RetryOnConflict, SocialSignupView):
    pass


class SafeEmailView(RetryOnConflict, EmailView):
    pass


class ConfirmView(ConfirmEmailVerificationCodeView):
    """The code also proves an address anew that was confirmed before and has refused letters since."""

    def _verify_form_valid(self, form):
        address, response = self._process.email_address, super()._verify_form_valid(form)
        if address.user_id and address.user.mail_refused and address.email == address.user.email:
            address.user.begin_mail_anew()
            messages.success(self.request, gettext("Your address is confirmed, and letters go there again."))
        return response


class SafeActivateView(ActivateTOTPView):
    """The code that switches the app on has been used: nobody who saw it signs in with it."""

    def form_valid(self, form):
        response = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        use_code(app, form.cleaned_data["code"])
        return response


class ForgettingLogoutView(LogoutView):
    def post(self, *args, **kwargs):
        return forgotten(super().post(*args, **kwargs))


signup = SafeSignupView.as_view()
sign_out = ForgettingLogoutView.as_view()
activate_app = login_required(SafeActivateView.as_view())
social_signup = SafeSocialSignupView.as_view()
email = SafeEmailView.as_view()


def confirm_email(request):
    """By a code; without a mail server there is nothing to confirm."""
    by_code = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED
    return ConfirmView.as_view()(request) if by_code else email_verification_sent(request)


@never_cache
def username_check(request):
    """Whether somebody could sign up with this name, in a sentence for the form of the sign-up."""
    try:
        name = get_adapter().clean_username(request.GET.get("username", ""))
    except ValidationError as error:
        return JsonResponse({"free": False, "says": " ".join(error.messages)})
    return JsonResponse({"free": True, "says": gettext("@%(name)s is free.") % {"name": name}})


@member_required
def account_settings(request):
    return render(request, "account/settings.html", {"guards": security_overview(request)})


@member_required(draft_for=[ProfileForm])
def profile_edit(request):
    member = User.objects.get(pk=request.user.pk)
    form = ProfileForm(
        request.POST or None, request.FILES or None, instance=member, initial=take_draft(request)
    )
    give_keeper(form, Keeper(request))
    status = 200
    if request.method == "POST":
        status = _refusal(form, member)
        if not status:
            form.save()
            messages.success(request, gettext("Your profile is saved."))
            return HttpResponseRedirect(member.get_absolute_url())
    keep_pictures(form)
    response = render(request, "account/profile.html", {"form": form}, status=status)
    if status == 429:
        response["Retry-After"] = form.retry_after
    return response


def _refusal(form, member):
    """The status that says why the profile is not saved; 0 when nothing stands in its way."""
    if not form.is_valid():
        return 422
    try:
        if form.cleaned_data["avatar"]:
            check("upload", member)
    except TooMany as refusal:
        form.retry_after = math.ceil(refusal.retry_after)
        form.add_error("avatar", refusal.sentence)
        return 429
    return 0


@member_required
@reauthentication_required
def account_delete(request):
    form = LeavingForm(request.POST or None)
    refused = request.method == "POST" and not form.is_valid()
    if request.method != "POST" or refused:
        return render(request, "account/delete.html", {"form": form}, status=422 if refused else 200)
    get_adapter().send_notification_mail("account/email/account_deleted", request.user)
    delete_account(request.user, form.takes_texts)
    logout(request)
    messages.success(request, gettext("Your account is deleted. Thank you for having been here."))
    return forgotten(HttpResponseRedirect(reverse("home")))


@member_required
def sessions(request):
    """The devices that are signed in; a POST signs all the others out."""
    devices = sessions_of(request.user, request.session.session_key)
    if request.method == "POST":
        for device in devices:
            if not device.is_here:
                device.end()
        messages.success(request, gettext("Every other device is signed out."))
        return HttpResponseRedirect(reverse("usersessions_list"))
    return render(request, "usersessions/usersession_list.html", {"devices": devices})


@member_required
def session_end(request, session_id):
    device = get_object_or_404(UserSession, pk=session_id, user=request.user)
    if device.is_current():
        logout(request)
        return forgotten(HttpResponseRedirect(reverse("home")))
    device.end()
    messages.success(request, gettext("That device is signed out."))
    return HttpResponseRedirect(reverse("usersessions_list"))


def too_many_tries(request):
    """What allauth answers when somebody knocks too often; its limits reach over a minute."""
    response = render(request, "429.html", {"sentence": too_fast(60)}, status=429)
    response["Retry-After"] = 60
    return response


@csrf_exempt
def theme(request):
    """Switch the theme: the member's own, and this browser's in a cookie.

    A visitor has no token yet, and with one for everybody no page could be kept by a cache: the browser
    says itself where the form was sent from.
    """
    choice = request.POST.get("theme")
    if choice not in User.Theme.values:
        return HttpResponseBadRequest(
            gettext("There is no such theme."), content_type="text/plain; charset=utf-8"
        )
    if request.user.is_authenticated:
        return _switch_member(request, choice)
    if not _from_here(request):
        return HttpResponseForbidden(
            gettext("This form was sent from another site."), content_type="text/plain"
        )
    return _switched(request, choice)


@csrf_protect
def _switch_member(request, choice):
    request.user.use_theme(choice)
    return _switched(request, choice)


def _switched(request, choice):
    by_script = request.headers.get("Sec-Fetch-Dest") == "empty"
    response = HttpResponse(status=204) if by_script else back_to(request, "home")
    keep_cookie(response, "theme", choice)
    return response


def _from_here(request):
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
