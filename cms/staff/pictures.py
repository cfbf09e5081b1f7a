"""The form that staff upload pictures with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.uploads import UNREADABLE


class CarefulImageField(WagtailImageField):
    """Wagtail's field answers a picture that is cut off with an error 500; this one says so beside the field."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except UNREADABLE as error:
            message = _("This picture cannot be read. Save it again as JPEG or PNG.")
            raise ValidationError(message, code="broken") from error


class PictureForm(BaseImageForm):
    """Wagtail's form with that field."""

    file = CarefulImageField(label=_("picture"), widget=forms.FileInput(BaseImageForm.Meta.widgets["file"].attrs))
