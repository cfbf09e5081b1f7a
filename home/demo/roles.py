"""The table of roles, as the first cities drew it (Kasaoka), in plain words."""

from directory.enums import OrganizationKind as Kind
from directory.models import RoleStatement

ROLES = [
    (Kind.CITY, "みなも市", "", ["支えるしくみを動かす", "すすむ方向を示す", "体制をととのえる"]),
    (Kind.COUNCIL_OF_SOCIAL_WELFARE, "社会福祉協議会", "", ["生活支援コーディネーターを置く", "支えるしくみを後ろから支える"]),
    (Kind.NPO, "支援団体", "NPO法人など", ["孤独・孤立への取組を、現場でおこなう"]),
    (Kind.COMPANY, "民間企業", "", ["見守りの協定にもとづいて協力する"]),
    (Kind.SUPPORT_CENTER, "地域包括支援センター", "", ["困っている人に気づく", "むずかしいときは専門職へつなぐ"]),
    (Kind.RESIDENTS, "住民のみなさん", "民生委員、自治会ほか", ["困っている人に気づく", "身近な支えの輪をつくる"]),
    (Kind.SCHOOL, "学校", "", ["話せる大人と、居場所をふやす"]),
    (Kind.PUBLIC_BODY, "公共の施設", "図書館ほか", ["だまっていてよい場所をひらく", "窓口の案内を置く"]),
]  # fmt: skip


def build() -> None:
    """The rows, in their order."""
    for order, (kind, label, examples, duties) in enumerate(ROLES, start=1):
        RoleStatement.objects.create(kind=kind, label=label, examples=examples, duties=duties, sort_order=order * 10)
