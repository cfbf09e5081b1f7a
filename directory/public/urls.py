"""Doors for residents."""

from django.urls import URLPattern, URLResolver, include, path

from directory.public import api_docs, hsds, memo, opportunities, partnership, printing, reports, views

app_name = "directory"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/docs", api_docs.api_docs, name="api_docs"),
    path("api/openapi.json", api_docs.openapi_json, name="openapi"),
    path("api/hsds/", include(hsds.urlpatterns())),
    path("about/members/", partnership.member_list, name="member_list"),
    path("help/", views.desk_list, name="desk_list"),
    path("help/card/", printing.desk_cards, name="desk_cards"),
    path("help/memo/", memo.desk_memo, name="desk_memo"),
    path("help/checked/<slug:token>/", reports.desk_checked, name="desk_checked"),
    path("help/<slug:slug>/", views.desk_detail, name="desk_detail"),
    path("help/<slug:slug>/report/", reports.desk_report, name="desk_report"),
    path("consult/", include("directory.public.consult.urls")),
    path("volunteer/", opportunities.opportunity_list, name="opportunity_list"),
    path("volunteer/questions/<slug:token>/", opportunities.question, name="question"),
    path("volunteer/<slug:slug>/", opportunities.opportunity_detail, name="opportunity_detail"),
    path("volunteer/<slug:slug>/ask/", opportunities.ask, name="opportunity_ask"),
]
