"""What a city says once about itself, for every page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.municipality import validate_municipality_code


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Names, office, quick exit, notice, profile of the city."""

    service_name = models.CharField(_("name of the service"), max_length=60, default="つながり")
    municipality_name = models.CharField(_("municipality"), max_length=60, blank=True)
    municipality_code = models.CharField(_("municipality code (6 digits)"), max_length=6, blank=True)
    partnership_name = models.CharField(_("name of the partnership"), max_length=120, blank=True)
    population = models.PositiveIntegerField(_("population (persons)"), null=True, blank=True)
    area_km2 = models.DecimalField(_("area (km²)"), max_digits=8, decimal_places=2, null=True, blank=True)
    profile_as_of = models.DateField(_("population and area as of"), null=True, blank=True)
    office_name = models.CharField(_("office in charge"), max_length=120, blank=True)
    office_phone = models.CharField(_("telephone of the office"), max_length=30, blank=True)
    office_email = models.EmailField(_("e-mail of the office"), blank=True)
    office_hours = models.CharField(_("hours of the office"), max_length=120, blank=True)
    quick_exit_url = models.URLField(_("where 'close now' leads"), default="https://www.jma.go.jp/")
    notice_on = models.BooleanField(_("show the notice on every page"), default=False)
    notice_text = models.CharField(_("notice"), max_length=300, blank=True)
    emergency_text = models.CharField(_("in danger to life (shown beside 119 and 110)"), max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("service_name"),
                FieldPanel("municipality_name"),
                FieldPanel("municipality_code"),
                FieldPanel("partnership_name"),
            ],
            _("Names"),
        ),
        MultiFieldPanel(
            [FieldPanel("population"), FieldPanel("area_km2"), FieldPanel("profile_as_of")], _("Profile of the city")
        ),
        MultiFieldPanel(
            [
                FieldPanel("office_name"),
                FieldPanel("office_phone"),
                FieldPanel("office_email"),
                FieldPanel("office_hours"),
            ],
            _("Office"),
        ),
        MultiFieldPanel([FieldPanel("notice_on"), FieldPanel("notice_text")], _("Notice")),
        MultiFieldPanel([FieldPanel("quick_exit_url"), FieldPanel("emergency_text")], _("Safety")),
    ]

    def clean(self) -> None:
        """A municipality code that is none would go out with every table of open data."""
        super().clean()
        if self.municipality_code:
            try:
                validate_municipality_code(self.municipality_code)
            except ValidationError as error:
                raise ValidationError({"municipality_code": error}) from error

    class Meta:
        verbose_name = _("site settings")
