"""The counsellors' doors, below `/members/`. Every view of them lives in this package: the gate reads its door there."""

from django.urls import URLPattern, URLResolver, include, path

from directory.members.consultations import acting, entering, inbox, ready_texts, reception, thread, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("directory.members.consultations.handing_urls")),
    path("", include("directory.members.consultations.keeping_urls")),
    path("consultations/", inbox.consultations, name="consultations"),
    path("consultations/desk/", reception.reception, name="consultation_reception"),
    path("consultations/new/", entering.consultation_new, name="consultation_new"),
    path("consultations/ready-texts/", ready_texts.ready_texts, name="ready_texts"),
    path("consultations/ready-texts/new/<slug:slug>/", ready_texts.ready_text_new, name="ready_text_new"),
    path("consultations/ready-texts/<int:pk>/", ready_texts.ready_text, name="ready_text"),
    path("consultations/ready-texts/<int:pk>/remove/", ready_texts.ready_text_remove, name="ready_text_remove"),
    path("consultations/<uuid:pk>/", thread.consultation, name="consultation"),
    path("consultations/<uuid:pk>/readers/", thread.readers, name="consultation_readers"),
    path("consultations/<uuid:pk>/answer/", writing.consultation_answer, name="consultation_answer"),
    path("consultations/<uuid:pk>/note/", writing.consultation_note, name="consultation_note"),
    path("consultations/<uuid:pk>/facts/", writing.consultation_facts, name="consultation_facts"),
    path("consultations/<uuid:pk>/same/", writing.consultation_same, name="consultation_same"),
    path("consultations/<uuid:pk>/claim/", acting.consultation_claim, name="consultation_claim"),
    path("consultations/<uuid:pk>/assign/", acting.consultation_assign, name="consultation_assign"),
    path("consultations/<uuid:pk>/call/", acting.consultation_call, name="consultation_call"),
    path("consultations/<uuid:pk>/urgent/", acting.consultation_urgent, name="consultation_urgent"),
    path("consultations/<uuid:pk>/aside/", acting.consultation_aside, name="consultation_aside"),
    path("consultations/<uuid:pk>/back/", acting.consultation_back, name="consultation_back"),
    path("consultations/<uuid:pk>/close/", acting.consultation_close, name="consultation_close"),
]
