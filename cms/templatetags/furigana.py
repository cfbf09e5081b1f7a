"""Kana above kanji for readers who asked for it."""

from django import template
from django.template.base import NodeList, Parser, Token

from cms import readings

register = template.Library()


class FuriganaNode(template.Node):
    """What stands between the tags, with ruby when this reader wants it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        """Other readers get exactly what stands there."""
        html = self.nodelist.render(context)
        request = context.get("request")
        if request is not None:
            request.differs_by_reader = True
        if not getattr(context.get("reader"), "furigana", False):
            return html
        return readings.with_readings(html, keep=request is not None and readings.may_keep(request))


@register.tag
def furigana(parser: Parser, token: Token) -> FuriganaNode:
    """``{% furigana %}…{% endfurigana %}`` round whole blocks of HTML; ``data-no-ruby`` on an element leaves it out."""
    nodelist = parser.parse(("endfurigana",))
    parser.delete_first_token()
    return FuriganaNode(nodelist)
