"""Code tables of desks.csv: code → word."""

from collections.abc import Iterable

from cms.open_data import CodeTable
from directory.enums import ChannelKind, OrganizationKind
from directory.hours.weekly import HolidayRule
from directory.models import Concern
from directory.phones import PhoneKind

NUMBER_KINDS = {
    PhoneKind.E164: "日本の電話番号計画の番号",
    PhoneKind.SHORT: "#や3けたの短い番号（#9999、189など）",
    PhoneKind.SAMPLE: "見本（体験版だけにある、つながらない番号）",
}
HOLIDAY_RULES = {
    HolidayRule.CLOSED: "祝日は休み",
    HolidayRule.OWN_HOURS: "祝日には祝日の受付時間がある",
    HolidayRule.AS_WEEKDAY: "祝日でも曜日のとおり",
}


def concerns() -> Iterable[tuple[str, str]]:
    """The concerns as they stand today: the list is edited, a code never changes its meaning."""
    return Concern.objects.values_list("code", "name")


def words(table: dict) -> Iterable[tuple[str, str]]:
    """A fixed table."""
    return [(str(code), word) for code, word in table.items()]


TABLES = (
    CodeTable("channel-kinds", "連絡の手段", lambda: [(code, str(word)) for code, word in ChannelKind.choices]),
    CodeTable("number-kinds", "番号の種類", lambda: words(NUMBER_KINDS)),
    CodeTable("holiday-rules", "祝日の受付", lambda: words(HOLIDAY_RULES)),
    CodeTable(
        "organization-kinds", "団体の種類", lambda: [(code, str(word)) for code, word in OrganizationKind.choices]
    ),
    CodeTable("concerns", "困りごと", concerns),
)
