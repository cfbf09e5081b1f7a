"""Who: people and organisations. Migration 0001 holds these two alone; see docs/adr."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from directory.enums import OrganizationKind

if TYPE_CHECKING:
    from directory.models.roles import RoleAssignment


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Questions about organisations."""

    def current(self, on: dt.date) -> OrganizationQuerySet:
        """Organisations that have not ended on that day (JST)."""
        return self.filter(models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=on))

    def public(self) -> OrganizationQuerySet:
        """Those whose public profile residents may read."""
        return self.filter(is_public=True)


class Organization(models.Model):
    """A body that takes part: the city itself, a council of social welfare, an NPO, a company …"""

    name = models.CharField(_("name"), max_length=200)
    kana = models.CharField(_("reading"), max_length=200, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind.choices, default=OrganizationKind.NPO)
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    is_public = models.BooleanField(_("shown to residents"), default=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["kana", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    use_in_migrations = False  # True would tie migration 0001 to this module for ever

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who can sign in once a role is assigned. The address is stored in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Django's command line asks for this; the flag opens no members' door (see directory.gate)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with a login. What they may do comes from their active roles, never from is_superuser."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    wagtail_reference_index_ignore = True  # "used in …" of Wagtail's admin names no person

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]
    role_assignments: models.Manager[RoleAssignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_without_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as the person writes it: one field, any script."""
        return self.name

    def get_short_name(self) -> str:
        """The same: Japanese names are not cut."""
        return self.name

    def active_roles(self) -> set[str]:
        """Names of the roles this person holds today (JST); asked once a request."""
        if not hasattr(self, "_active_roles"):
            self._active_roles = set(self.role_assignments.active().values_list("role", flat=True))  # type: ignore[attr-defined, arg-type]
        return self._active_roles

    def forget_roles(self) -> None:
        """After a change of roles in the same request."""
        self.__dict__.pop("_active_roles", None)
        self.__dict__.pop("_pledge_state", None)
