"""The rules of みなも市: three versions so far, the third in force since a few days; a change of it is being talked about."""

from __future__ import annotations

import datetime as dt

from cms.dates import now, today
from directory.actions import charter as actions
from directory.actions import charter_comments as comments
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
    (
        "コアメンバーの団体と事務局は、いつでも変更を提案できます。提案には、意見を出せる期間を設けます。",
        "事務局は、変更を提案できます。",
    ),
)
# (number, in force since how many days, where it was decided, what changed)
DECIDED = (
    (1, 430, "設立の会議", "はじめての運営ルールです。"),
    (2, 160, "コアメンバー会議（第2回）", "知り合いの事例からはずれる人をえらべるようにしました。小さな数は外に出しません。変更は、どのコアメンバーからも提案できます。"),
    (3, 5, "コアメンバー会議（第4回）", "撮影とほかの道具への入力をしないことを書きました。紙は番号をつけて回収します。見直しは半年ごとにします。"),
)  # fmt: skip
ACCEPTED = ("member", "member2", "member3", "secretariat", "reviewer", "member4")
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
    made: dict[int, CharterVersion] = {}
    wording = texts()
    for number, days, where, changes in DECIDED:
        since = dt.timedelta(days=days)
        made[number] = CharterVersion.objects.create(
            charter=charter, number=number, state=CharterState.DECIDED, text=wording[number], changes=changes,
            base=made.get(number - 1), organization=by.organization, decided_by=by, decided_on=today() - since - dt.timedelta(days=7),
            proposed_by=by, proposed_at=now() - since - dt.timedelta(days=35), decided_at=now() - since - dt.timedelta(days=7),
            decided_where=where, in_force_from=today() - since,
        )  # fmt: skip
    return made


def accepted(user: User, version: CharterVersion, days: int) -> None:
    """This person accepted that version so many days ago."""
    Pledge.objects.create(user=user, version=version, pledged_on=today() - dt.timedelta(days=days))


PROPOSAL = (
    ("申し出には、いつまでに何をするかを書きます。", "申し出には、だれが、いつまでに何をするかを書きます。期日の3日前に、書いた団体へようすを伝えます。"),
    ("\n3　紙で使うときは番号をつけ、終わったらすべて回収します。", "\n3　紙は使いません。会議では、画面で読みます。"),
)  # fmt: skip
WHY = "期日がすぎた申し出が、いくつかそのままになっています。待っている団体が安心できるように、途中のようすを伝える一文を足します。紙の回収もれを心配する声があり、画面だけで読むことにします。"


def talked_about(charter: Charter, staff: dict[str, User]) -> None:
    """A proposal of a core member, what others said, and one answer; all through the actions, as people would."""
    draft, _together = actions.start(by=staff["member2"], charter=charter)
    text = draft.text
    for old, new in PROPOSAL:
        text = text.replace(old, new)
    actions.write(by=staff["member2"], draft=draft, text=text, changes=WHY)
    actions.propose(by=staff["member2"], draft=draft, comments_until=today() + dt.timedelta(days=12))
    said = comments.comment(
        by=staff["member3"], version=draft, article="第6条",
        text="画面だけにすると、会議の場で目の弱い方が読みにくくなります。大きな文字で映すなど、読める工夫も書けないでしょうか。",
    )  # fmt: skip
    comments.answer(
        by=staff["secretariat"],
        comment=said,
        text="会議の部屋に大きな画面を用意できます。次の会議で、条文に入れるかを話し合います。",
    )
    comments.comment(
        by=staff["member"],
        version=draft,
        article="第7条",
        text="3日前の連絡に賛成です。ひとことで済むように、押すだけのボタンがあると助かります。",
    )
    comments.comment(
        by=staff["partner"], version=draft, article="", text="全体に賛成です。パートナーにも分かりやすくなりました。"
    )


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
    talked_about(charter, staff)
