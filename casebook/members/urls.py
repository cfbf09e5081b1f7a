"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from casebook.members import offers, review, views

urlpatterns: list[URLPattern] = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/new/", views.case_new, name="case_new"),
    path("cases/review/", review.case_review_list, name="case_review_list"),
    path("cases/<uuid:pk>/", views.case_detail, name="case_detail"),
    path("cases/<uuid:pk>/edit/", views.case_edit, name="case_edit"),
    path("cases/<uuid:pk>/submit/", views.case_submit, name="case_submit"),
    path("cases/<uuid:pk>/close/", views.case_close, name="case_close"),
    path("cases/<uuid:pk>/withdraw/", views.case_withdraw, name="case_withdraw"),
    path("cases/<uuid:pk>/review/", review.case_review, name="case_review"),
    path("cases/<uuid:pk>/release/", review.case_release, name="case_release"),
    path("cases/<uuid:pk>/return/", review.case_return, name="case_return"),
    path("cases/<uuid:pk>/offer/", offers.case_offer, name="case_offer"),
    path("cases/<uuid:pk>/offers/<uuid:offer>/accept/", offers.offer_accept, name="offer_accept"),
    path("cases/<uuid:pk>/offers/<uuid:offer>/decline/", offers.offer_decline, name="offer_decline"),
    path("cases/<uuid:pk>/offers/<uuid:offer>/withdraw/", offers.offer_withdraw, name="offer_withdraw"),
]
