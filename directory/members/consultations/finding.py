"""What the views of this room have in common: who is here, and one way to find a consultation."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from directory.models import Consultation, User
from directory.models.consultations.consultations import ConsultationQuerySet

JOINED = ("desk__organization", "handed_from", "counsellor", "entered_by", "same_person_as")


def signed_in(request: HttpRequest) -> User:
    """The gate let only people with a login through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def find(request: HttpRequest, pk: UUID) -> Consultation:
    """One this person may read. Foreign, taken back, kept for a reason or missing: the same Http404."""
    return _one(Consultation.objects.visible_to(signed_in(request)), pk)


def find_kept(request: HttpRequest, pk: UUID) -> Consultation:
    """One that this person's desk has now. Http404, too, for the desk that handed it on and only reads along."""
    return _one(Consultation.objects.kept_by(signed_in(request)), pk)


def _one(among: ConsultationQuerySet, pk: UUID) -> Consultation:
    found = among.select_related(*JOINED).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
