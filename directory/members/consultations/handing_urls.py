"""Doors for handing on, below `/members/consultations/`."""

from django.urls import URLPattern, path

from directory.members.consultations import handing_on as views

THREAD = "consultations/<uuid:pk>"
HANDOVER = f"{THREAD}/hand-overs/<uuid:handover>"

urlpatterns: list[URLPattern] = [
    path("consultations/asked/", views.asked, name="consultations_asked"),
    path(f"{THREAD}/handing/", views.handing, name="consultation_handing"),
    path(f"{THREAD}/hand-on/", views.ask, name="consultation_hand_on"),
    path(f"{THREAD}/questions/<int:question>/answered/", views.answered, name="consultation_answered"),
    path(f"{THREAD}/questions/<int:question>/take-back/", views.question_back, name="consultation_question_back"),
    path(f"{HANDOVER}/accept/", views.accept, name="consultation_accept"),
    path(f"{HANDOVER}/decline/", views.decline, name="consultation_decline"),
    path(f"{HANDOVER}/done/", views.done, name="consultation_done"),
    path(f"{HANDOVER}/withdraw/", views.withdraw, name="consultation_withdraw"),
    path(f"{THREAD}/give-back/", views.give_back, name="consultation_give_back"),
]
