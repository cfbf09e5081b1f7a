"""Pictures and files of the public pages. Nothing private is ever one of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture without camera data: position and device are removed on upload (Wagtail's renditions would keep them)."""

    alt_text = models.CharField(
        _("text for people who do not see the picture"),
        max_length=200,
        blank=True,
        help_text=_("What the picture says, in one sentence. Leave empty when it is only decoration."),
    )

    admin_form_fields = (*Image.admin_form_fields, "alt_text")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.alt_text


class PictureRendition(AbstractRendition):
    """A size of a picture."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class File(AbstractDocument):
    """A file to download from a public page."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = [("choose_document", "Can choose document")]
