"""Pictures and files of the public pages. Nothing private is ever one of these."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from cms.uploads import CleanPicture, check_file, cleaned_picture


def is_new(file: FieldFile) -> bool:
    """Whether a file was given that is not in the storage yet."""
    return bool(file) and not file._committed  # type: ignore[attr-defined]


class CleanPictureFieldFile(WagtailImageFieldFile):
    """The last gate before the storage: whatever way a picture came, it is drawn anew first."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        if not isinstance(content, CleanPicture):
            content = cleaned_picture(content)
            name = content.name or name
        super().save(name, content, save)


class PictureField(WagtailImageField):
    """Wagtail's field behind that gate. Migrations see Wagtail's."""

    attr_class = CleanPictureFieldFile

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


class Picture(AbstractImage):
    """A picture without camera data: place and device go on upload (Wagtail's renditions would keep them)."""

    file = PictureField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
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

    def clean(self) -> None:
        """Draws a new picture anew here already: size and hash are taken from it, and a refusal stands by its field."""
        super().clean()
        self.draw_anew()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.draw_anew()
        super().save(*args, **kwargs)

    def draw_anew(self) -> None:
        """Replace a picture that was just given by its clean copy; raises ValidationError at "file"."""
        if not is_new(self.file) or isinstance(self.file.file, CleanPicture):
            return
        try:
            self.file = cleaned_picture(self.file.file)  # type: ignore[assignment]
        except ValidationError as error:
            raise ValidationError({"file": error}) from error


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

    def clean(self) -> None:
        super().clean()
        self.check_content()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_content()
        super().save(*args, **kwargs)

    def check_content(self) -> None:
        """A file that was just given is what it says; raises ValidationError at "file"."""
        if not is_new(self.file):
            return
        try:
            check_file(self.file.file, self.file.name or "")
        except ValidationError as error:
            raise ValidationError({"file": error}) from error
