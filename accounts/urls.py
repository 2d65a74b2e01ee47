"""One's own account. What is guarded by allauth follows these; see reelive.urls."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.account_settings, name="settings"),
    path("signup/", views.signup, name="account_signup"),
    path("email/", views.email, name="account_email"),
    path("3rdparty/signup/", views.social_signup, name="socialaccount_signup"),
    path("profile/", views.profile_edit, name="profile-edit"),
    path("delete/", views.account_delete, name="account-delete"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("sessions/<int:session_id>/end/", views.session_end, name="session-end"),
]
