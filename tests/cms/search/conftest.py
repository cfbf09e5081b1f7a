"""Pages to be found."""

from collections.abc import Callable

import pytest
from wagtail.models import Page

from cms.models import Term
from home.models import ContentPage

Write = Callable[..., ContentPage]


@pytest.fixture
def write(db: None) -> Write:
    """write("title", "text") -> a live page below the root; nothing else is live."""
    Page.objects.filter(depth__gt=1).update(live=False)
    root = Page.get_first_root_node()

    def page(title: str, text: str = "", *, live: bool = True) -> ContentPage:
        made = ContentPage(title=title, introduction=text, live=live)
        root.add_child(instance=made)
        return made

    return page


@pytest.fixture
def words(db: None) -> Callable[..., None]:
    """words(("不登校", "登校拒否")): these groups are the whole term list."""

    def put(*groups: tuple[str, ...]) -> None:
        Term.objects.all().delete()
        for label, *aliases in groups:
            Term.objects.create(label=label, aliases="\n".join(aliases))

    return put
