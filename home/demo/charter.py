"""The rules of みなも市: three versions so far, the third in force since a few days; a change of it is being talked about."""

from __future__ import annotations

import datetime as dt

from cms.dates import now, today
from directory.actions.charter import first_text
from directory.enums import CharterState
from directory.models import Charter, CharterVersion, Pledge, User

# What the third version says, and what stood there before it.
SINCE_THIRD = (
    ("写しをとらず、撮影せず、ほかの道具に入れません。", "写しをとりません。"),
    ("\n3　紙で使うときは番号をつけ、終わったらすべて回収します。", ""),
    ("事例は半年ごとに見直し、", "事例は1年ごとに見直し、"),
)
SINCE_SECOND = (
    ("知り合いや利害のある人は、はずせます。", ""),
    ("\n2　数を外に出すときは、小さな数を伏せます。", ""),
    ("コアメンバーの団体と事務局は、いつでも変更を提案できます。提案には、意見を出せる期間を設けます。", "事務局は、変更を提案できます。"),
)
# (number, in force since how many days, where it was decided, what changed)
DECIDED = (
    (1, 430, "設立の会議", "はじめての運営ルールです。"),
    (2, 160, "コアメンバー会議（第2回）", "知り合いの事例からはずれる人をえらべるようにしました。小さな数は外に出しません。変更は、どのコアメンバーからも提案できます。"),
    (3, 5, "コアメンバー会議（第4回）", "撮影とほかの道具への入力をしないことを書きました。紙は番号をつけて回収します。見直しは半年ごとにします。"),
)  # fmt: skip
ACCEPTED = ("member", "member2", "member3", "secretariat", "reviewer")
NOT_YET = ("partner",)  # the second version opens the casebook for nine more days
# newcomer@ has accepted nothing, on purpose: the page of the pledge is the first thing to be seen.


def earlier(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    """The text before those changes."""
    for new, old in changes:
        text = text.replace(new, old)
    return text


def texts() -> dict[int, str]:
    """The wording of each version."""
    third = first_text()
    second = earlier(third, SINCE_THIRD)
    return {3: third, 2: second, 1: earlier(second, SINCE_SECOND)}


def decided(charter: Charter, by: User) -> dict[int, CharterVersion]:
    """The versions that were decided, by number."""
    made, wording = {}, texts()
    for number, days, where, changes in DECIDED:
        since = dt.timedelta(days=days)
        made[number] = CharterVersion.objects.create(
            charter=charter, number=number, state=CharterState.DECIDED, text=wording[number], changes=changes,
            proposed_by=by, proposed_at=now() - since - dt.timedelta(days=35), decided_at=now() - since - dt.timedelta(days=7),
            decided_where=where, in_force_from=today() - since,
        )  # fmt: skip
    return made


def accepted(user: User, version: CharterVersion, days: int) -> None:
    """This person accepted that version so many days ago."""
    Pledge.objects.create(user=user, version=version, pledged_on=today() - dt.timedelta(days=days))


def build(staff: dict[str, User]) -> None:
    """The rules and who has accepted them."""
    charter = Charter.objects.create(
        title="運営ルール", purpose="事例を安心して持ち寄るための約束です。", is_pledged=True, sort_order=10
    )
    versions = decided(charter, staff["secretariat"])
    for login in (*ACCEPTED, *NOT_YET):
        accepted(staff[login], versions[2], 150)
    for days, login in enumerate(ACCEPTED):
        accepted(staff[login], versions[3], days)
