"""One's own account. What is guarded by allauth follows these; see reelive.urls."""

from accounts import views
from reelive.routes import form, page, verb

urlpatterns = [
    page("", views.account_settings, name="settings", crawled=False),
    page("signup/username/", views.username_check, name="username-check", crawled=False),
    form("signup/", views.signup, name="account_signup"),
    form("logout/", views.sign_out, name="account_logout"),
    form("email/", views.email, name="account_email"),
    form("confirm-email/", views.confirm_email, name="account_email_verification_sent"),
    form("2fa/totp/activate/", views.activate_app, name="mfa_activate_totp"),
    form("3rdparty/signup/", views.social_signup, name="socialaccount_signup"),
    form("profile/", views.profile_edit, name="profile-edit"),
    form("delete/", views.account_delete, name="account-delete"),
    form("sessions/", views.sessions, name="usersessions_list"),
    verb("sessions/<int:session_id>/end/", views.session_end, name="session-end"),
]
