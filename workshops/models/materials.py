"""Materials (資料): workshop kits and templates that members give each other, with their versions, uses and log."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from cms.models import Theme
from cms.models.base import neutral_slug
from cms.privatefiles import KeptFile
from directory.models import Organization
from directory.roles import Door, doors_of
from workshops.enums import FileRole, Licence, MaterialAudience, MaterialKind

NEW_FOR = dt.timedelta(days=30)


class MaterialQuerySet(models.QuerySet["Material"]):
    """Questions about materials."""

    def visible_to(self, user: Any) -> MaterialQuerySet:
        """What this person may read: the secretariat all, the giving organisation its own, others by audience.

        What was taken down stays for those two. Nobody without a working role.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        roles = user.active_roles()
        if "secretariat" in roles:
            return self.all()
        if Door.WORKSPACE not in doors_of(roles):
            return self.none()
        meant = Q(audience=MaterialAudience.MEMBERS)
        if "member" in roles:
            meant |= Q(audience=MaterialAudience.CORE)
        sight = Q(withdrawn_at=None) & meant
        if user.organization_id:
            sight |= Q(organization=user.organization_id)
        return self.filter(sight)

    def kept_by(self, user: Any) -> MaterialQuerySet:
        """What this person may change and take down: the own organisation's; the secretariat's hand reaches all."""
        visible = self.visible_to(user)
        if not user.is_authenticated or "secretariat" in user.active_roles():
            return visible
        return visible.filter(organization=user.organization_id)

    def standing(self) -> MaterialQuerySet:
        """Not taken down."""
        return self.filter(withdrawn_at=None)

    def newest(self, limit: int = 5) -> MaterialQuerySet:
        """The latest first, by the day of their version. Ask `visible_to` before."""
        return self.standing().select_related("organization").order_by("-renewed_at", "-pk")[:limit]


class Material(models.Model):
    """Something members can use again. Its files stand in versions; the current one is `version_number`."""

    public_id = models.CharField(max_length=12, unique=True, default=neutral_slug, editable=False)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("what the material is for"), max_length=2000)
    organization = models.ForeignKey(
        Organization, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="materials"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MaterialKind.choices, default=MaterialKind.KIT)
    minutes = models.PositiveSmallIntegerField(_("how long it takes, in minutes"), null=True, blank=True)
    group_size = models.PositiveSmallIntegerField(_("for how many people at most"), null=True, blank=True)
    licence = models.CharField(_("how it may be used"), max_length=10, choices=Licence.choices, default=Licence.BY)
    audience = models.CharField(
        _("who sees it"), max_length=10, choices=MaterialAudience.choices, default=MaterialAudience.MEMBERS
    )
    themes = TaggableManager(through="workshops.ThemedMaterial", verbose_name=_("themes"), blank=True)
    words = models.TextField(editable=False, default="")  # for cms.search.private
    version_number = models.PositiveSmallIntegerField(default=1, editable=False)
    renewed_at = models.DateTimeField(default=timezone.now, editable=False)  # of the current version
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by_office = models.BooleanField(default=False, editable=False)  # then it alone puts it back

    wagtail_reference_index_ignore = True

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["-renewed_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["-renewed_at"], name="material_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_new(self) -> bool:
        """Given or renewed within the last weeks."""
        return timezone.now() - self.renewed_at < NEW_FOR

    @property
    def is_withdrawn(self) -> bool:
        """Taken down: only the giving organisation and the secretariat still see it."""
        return self.withdrawn_at is not None


class ThemedMaterial(ItemBase):
    """A material carries a theme."""

    tag = models.ForeignKey(Theme, related_name="themed_materials", on_delete=models.CASCADE)
    content_object = models.ForeignKey(Material, related_name="themed_items", on_delete=models.CASCADE)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="material_theme_once")]


class MaterialVersion(models.Model):
    """A state of a material: when, by whom, what changed."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    note = models.TextField(_("what changed"), max_length=1000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["material", "-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="material_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class MaterialFileQuerySet(models.QuerySet["MaterialFile"]):
    """Questions about files."""

    def visible_to(self, user: Any) -> MaterialFileQuerySet:
        """Those of visible materials. One that waits for its form (no material yet) is handed out to nobody."""
        return self.filter(material__in=Material.objects.visible_to(user))

    def waiting(self, user: Any, draft: str) -> MaterialFileQuerySet:
        """Taken in with a form that could not be kept yet."""
        return self.filter(material=None, uploaded_by=user, draft=draft)

    def current(self) -> MaterialFileQuerySet:
        """Of the version that holds now."""
        return self.filter(material__isnull=False, last_version=None)

    def of_version(self, number: int) -> MaterialFileQuerySet:
        """Those that a version had."""
        return self.filter(Q(last_version=None) | Q(last_version__gte=number), first_version__lte=number)


class MaterialFile(KeptFile):
    """One file, from its first version to its last. Replacing it never deletes it: earlier versions can be read."""

    material = models.ForeignKey(Material, null=True, on_delete=models.CASCADE, related_name="files")
    draft = models.CharField(max_length=36, blank=True)  # of the form it came with, until that is kept
    role = models.CharField(_("what it is"), max_length=10, choices=FileRole.choices, default=FileRole.OTHER)
    title = models.CharField(_("title"), max_length=120)
    first_version = models.PositiveSmallIntegerField(default=1)
    last_version = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: still in use

    objects: ClassVar[Any] = MaterialFileQuerySet.as_manager()

    class Meta:
        ordering = ["material", "uploaded_at", "title"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(last_version=None) | Q(last_version__gte=F("first_version")), name="material_file_in_order"
            )
        ]


class MaterialUse(models.Model):
    """Where it was used and what came of it, told by whoever used it. No names of private people."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="uses")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    used_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120)
    people = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=600, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    told_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["material", "-used_on", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.used_on} {self.place}"


class MaterialDownload(models.Model):
    """Who took which file when. Read by the giving organisation and the secretariat; kept a year."""

    file = models.ForeignKey(MaterialFile, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["file", "-at"], name="material_download_log")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%Y-%m-%d}"
