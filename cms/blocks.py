"""What a page is made of. Every page of ours offers the same pieces, in the reader's order of need."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "link"]

TELEPHONE = re.compile(r"[0-9+][0-9-]{1,18}|#[0-9]{4}")
SAMPLE_TELEPHONE = re.compile(r"0000-00-000\d")  # rings nowhere; demo data and tests only


class HeadingBlock(blocks.StructBlock):
    """A heading inside the page; the page's title is the only h1."""

    text = blocks.CharBlock(label=_("heading"), max_length=80)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("2", _("section")), ("3", _("below a section"))],
        default="2",
        search_index=False,  # otherwise the word for the level is found, and shown to readers as part of the text
    )

    class Meta:
        icon = "title"
        label = _("heading")
        template = "cms/blocks/heading.html"
        form_layout = ["text", "level"]


class PictureBlock(blocks.StructBlock):
    """A picture, with words for those who do not see it."""

    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), max_length=160, required=False)
    credit = blocks.CharBlock(label=_("photographer, source"), max_length=120, required=False)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "cms/blocks/picture.html"


class FileBlock(blocks.StructBlock):
    """A file to download; its kind and size are shown beside its name."""

    file = DocumentChooserBlock(label=_("file"))
    note = blocks.CharBlock(
        label=_("what is in it"), help_text=_("For people who cannot open it."), max_length=200, required=False
    )

    class Meta:
        icon = "doc-full"
        label = _("file to download")
        template = "cms/blocks/file.html"


class NoticeBlock(blocks.StructBlock):
    """A box that stands out."""

    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[
            ("soft", pgettext_lazy("notice", "good to know")),
            ("warm", pgettext_lazy("notice", "take care")),
            ("lamp", pgettext_lazy("notice", "reassuring")),
        ],
        default="soft",
        search_index=False,
    )
    title = blocks.CharBlock(label=_("heading"), max_length=80, required=False)
    text = blocks.RichTextBlock(label=_("text"), features=[*LINE_FEATURES, "ul"])

    class Meta:
        icon = "info-circle"
        label = _("notice")
        template = "cms/blocks/notice.html"


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(label=_("step"), max_length=80)
    text = blocks.TextBlock(label=pgettext_lazy("timetable", "what happens"), required=False, rows=2)


class StepsBlock(blocks.StructBlock):
    """What happens, one after the other."""

    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=2, max_num=12)

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "cms/blocks/steps.html"


class CaptionedTableBlock(TableBlock):
    """A table. The caption is demanded: it is the first thing a screen reader says."""

    def clean(self, value: Any) -> Any:
        if value and not (value.get("table_caption") or "").strip():
            raise ValidationError(_("Give the table a caption."))
        return super().clean(value)

    class Meta:
        icon = "table"
        label = _("table")
        template = "cms/blocks/table.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("words"), rows=3)
    speaker = blocks.CharBlock(
        label=_("who said it"),
        help_text=_("A role or a nickname. A real name only when the person agreed."),
        max_length=80,
        required=False,
    )

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "cms/blocks/quote.html"


class LinkValue(blocks.StructValue):
    """Where a link leads."""

    @property
    def href(self) -> str:
        """The page's address, else the one that was typed."""
        page = self.get("page")
        return str((page.url if page and page.live else "") or self.get("url") or "")


class LinkBlock(blocks.StructBlock):
    """A button that leads on: to a page of ours, or to another address."""

    text = blocks.CharBlock(label=_("words on the button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("page of this site"), required=False)
    url = blocks.URLBlock(label=_("other address"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            error = ValidationError(_("Choose a page or type an address, one of the two."))
            raise StructBlockValidationError(block_errors={"page": error})
        return cleaned

    class Meta:
        icon = "link"
        label = _("button")
        template = "cms/blocks/link.html"
        value_class = LinkValue


class ContactBlock(blocks.StructBlock):
    """Whom to ask."""

    name = blocks.CharBlock(label=_("office or desk"), max_length=80)
    telephone = blocks.CharBlock(label=_("telephone"), max_length=20, required=False)
    hours = blocks.CharBlock(label=_("when it answers"), max_length=120, required=False)
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    place = blocks.CharBlock(label=_("where"), max_length=160, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        number = cleaned.get("telephone") or ""
        if number and not TELEPHONE.fullmatch(number):
            error = ValidationError(_("Write the number in half-width digits, for example 06-1234-5678."))
            raise StructBlockValidationError(block_errors={"telephone": error})
        if SAMPLE_TELEPHONE.fullmatch(number) and not settings.DEMO:
            error = ValidationError(_("This is a sample number: it rings nowhere."))
            raise StructBlockValidationError(block_errors={"telephone": error})
        return cleaned

    class Meta:
        icon = "mail"
        label = _("contact")
        template = "cms/blocks/contact.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=120)
    answer = blocks.RichTextBlock(label=_("answer"), features=TEXT_FEATURES)


class QuestionsBlock(blocks.StructBlock):
    """Questions that open when one asks them."""

    questions = blocks.ListBlock(QuestionBlock(), label=_("questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("questions and answers")
        template = "cms/blocks/questions.html"


def content_blocks() -> list[tuple[str, blocks.Block]]:
    """The pieces for a StreamField of content. Their names are stored in the database: never rename one."""
    text = blocks.RichTextBlock(
        label=_("text"), icon="pilcrow", features=TEXT_FEATURES, template="cms/blocks/text.html"
    )
    return [
        ("text", text),
        ("heading", HeadingBlock()),
        ("notice", NoticeBlock()),
        ("steps", StepsBlock()),
        ("link", LinkBlock()),
        ("contact", ContactBlock()),
        ("picture", PictureBlock()),
        ("file", FileBlock()),
        ("table", CaptionedTableBlock(table_options={"renderer": "text", "language": "ja-JP"})),
        ("quote", QuoteBlock()),
        ("questions", QuestionsBlock()),
    ]
