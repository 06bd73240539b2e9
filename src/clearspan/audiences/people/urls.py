"""The account's addresses. Of django-allauth's pages these only: what is not offered cannot be misused."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path
from django.views.generic import RedirectView

from clearspan.audiences.people import entrance, second_factor_views
from clearspan.audiences.people.entrance import by_password

to_account = RedirectView.as_view(pattern_name="account")
to_second_factor = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("login/", entrance.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", to_account, name="account_email"),  # an address is what an admin has invited
    path("password/change/", by_password(account.password_change), name="account_change_password"),
    path("password/set/", by_password(account.password_set), name="account_set_password"),
    path("password/reset/", by_password(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", by_password(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_password(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        by_password(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("oidc/", entrance.to_provider, name="oidc_login"),
    path("oidc/callback/", entrance.from_provider, name="oidc_callback"),
    path("second-factor/", second_factor_views.mine, name="mfa_index"),
    path("second-factor/asked/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("second-factor/keys/", to_second_factor, name="mfa_list_webauthn"),
    path("second-factor/keys/new/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("second-factor/keys/again/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second-factor/keys/<int:pk>/off/", second_factor_views.remove_key, name="mfa_remove_webauthn"),
]
