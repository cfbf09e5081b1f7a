"""The URL map (docs/architecture.md). Rooms are named by string; the one namespace `members` is made here."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import views

members: list[URLPattern | URLResolver] = [
    path("", include("home.members.urls")),
    path("", include("directory.members.urls")),
    path("", include("workshops.members.urls")),
    path("", include("casebook.members.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("accounts/signup/", views.closed),
    re_path("^accounts/(3rdparty|social)/", views.closed),
    path("accounts/", include("directory.public.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("members/", include((members, "members"))),
    # One login for everyone; people and groups are worked on in the office, by roles (design §3.1).
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="admin_login"),
    re_path(r"^admin/(users|groups|bulk/directory/user|bulk/auth/group)/", views.closed),
    re_path(r"^admin/account/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.public.urls")),
    path("", include("directory.public.urls")),
    path("", include("workshops.public.urls")),
]

if settings.MEDIA_SERVED_BY_US:
    # A demo has no nginx. Files of the document library go through their own view only.
    urlpatterns += [
        re_path(r"^media/(documents|wagtail_uploads)/", views.closed),
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    ]

urlpatterns += [path("", include(wagtail_urls))]
