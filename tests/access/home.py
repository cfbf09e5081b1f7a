"""Access rows of the room `home`."""

from typing import Any

from cms import outbox
from cms.enums import MailState
from cms.models import Mail
from tests.access import OFFICE, WORKSPACE, Row, all_of, everyone
from tests.access.directory.notifications import TITLES


def build(world: Any) -> None:
    """A mail that did not go out."""
    world.failed_mail = outbox.post(
        kind="invitation",
        to=f"{world.canary('mail.recipient')}@example.jp",
        template="directory/mail/invitation",
        context={"organization": world.canary("mail.context")},
        key="matrix",
    )
    Mail.objects.filter(pk=world.failed_mail.pk).update(state=MailState.FAILED)


ROWS: list[Row] = [
    everyone("home:search", post=200),
    everyone("home:news_list"),
    everyone("home:news_feed"),
    everyone("home:reader_settings", 302, post=302),
    everyone("home:body_detail", kwargs=lambda world: {"slug": world.body.slug}, wrong={"slug": "nosuch1"}),
    everyone("home:place_list"),
    everyone("home:place_detail", kwargs=lambda world: {"slug": world.place.slug}, wrong={"slug": "nosuch1"}),
    everyone("home:robots"),
    everyone("home:sitemap"),
    everyone("home:open_data"),
    everyone("home:open_data_catalog"),
    everyone("home:open_data_table", kwargs=lambda world: {"key": "desks"}, wrong={"key": "nosuch"}),
    everyone("home:open_data_columns", kwargs=lambda world: {"key": "desks"}, wrong={"key": "nosuch"}),
    everyone("home:open_data_codes", kwargs=lambda world: {"key": "channel-kinds"}, wrong={"key": "nosuch"}),
    Row("members:home", get=all_of(WORKSPACE, 200), shows=TITLES),
    Row("members:notification_preferences", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 200)),
    Row("members:office_mail", get=all_of(OFFICE, 200), otherwise=403),
    Row(
        "members:office_mail_kind_again",
        data=lambda world: {"kind": world.failed_mail.kind},
        post=all_of(OFFICE, 302),
        otherwise=405,
    ),
    Row(
        "members:office_mail_again",
        kwargs=lambda world: {"pk": world.failed_mail.pk},
        wrong={"pk": 999_999},
        post=all_of(OFFICE, 302),
        otherwise=405,
    ),
]
