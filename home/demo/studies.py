"""Study sessions of the members: one that has been, with notes, and two to come."""

import datetime as dt
from typing import Any

from cms.dates import now
from directory.models import Organization, User
from home.demo import organizations as org
from workshops.actions import studies
from workshops.actions.events import Plan
from workshops.models import Material, Occurrence, StudySession

NOTES = """三つの場面で、断られたあとの一言をためしました。

・「また来ますね」より「来週の水曜に前を通ります」のほうが、返事がしやすい。
・断られたことを、次の人に伝える。「先週は玄関まで」と一行だけ。
・電話に出ないときは、手紙。封筒は団体の名前のないものを使う。

次の会までに、それぞれ一度ためして、うまくいかなかった話を持ちよります。"""


def at(days: int, hour: int, minute: int = 0) -> dt.datetime:
    """That time of day, so many days from now."""
    return (now() + dt.timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def build(staff: dict[str, User], organizations: dict[str, Organization]) -> None:
    """Three sessions with answers."""
    secretariat, fune = staff["secretariat"], staff["orgadmin"]
    voices = hold(
        secretariat, 12, (14, 16), organizations[org.MIZUBE], title="声かけの実際 ― 断られたあとに", audience="members",
        summary="断られたあと、次にどう声をかけるか。三人一組で、短い場面をためします。",
        speaker="みなも学園大学　波多野 しおり", prepare="資料「断られたあとの声かけ」第2版の1枚目だけ、読んできてください。",
        venue_name="水辺のいえ 2階", capacity=16, format="both", online_link="https://meet.minamo.example/koe",
    )  # fmt: skip
    text = hold(
        fune, 26, (18, 20), organizations[org.FUNE], title="文字で話すときの間", audience="core",
        summary="返事が来ない三日間を、どう待つか。文字の相談の実例（つくり話）から考えます。",
        speaker="NPO法人ふね", venue_name="", format="online", online_link="https://meet.minamo.example/moji",
    )  # fmt: skip
    past = hold(
        secretariat, 2, (14, 16), organizations[org.MIZUBE], title="事例の書きかた ― 三つの練習", audience="members",
        summary="名前を書かずに、困りごとだけを残す書きかた。", speaker="事務局", venue_name="中央公民館 和室", capacity=20,
    )  # fmt: skip
    wish = "家族が先に出てくるときの、ひとこと目をききたいです。"
    answers = [
        ("counsellor", "venue", wish),
        ("member2", "venue", ""),
        ("partner", "online", ""),
        ("reviewer", "absent", ""),
    ]
    for login, answer, asked in answers:
        studies.answer(session=voices, by=staff[login], answer=answer, wish=asked)
        studies.answer(session=past, by=staff[login], answer="absent" if answer == "absent" else "venue")
    studies.answer(session=text, by=staff["member3"], answer="online")
    studies.note(session=past, by=secretariat, notes=NOTES)
    been(past, 20)
    voices.materials.set(Material.objects.filter(title__startswith="断られたあと"))
    past.materials.set(Material.objects.filter(title__startswith="事例の書きかた"))


def hold(by: User, days: int, hours: tuple[int, int], host: Organization, **fields: Any) -> StudySession:
    """A session of that host, so many days from now."""
    capacity = fields.pop("capacity", None)
    plan = Plan(starts_at=at(days, hours[0]), ends_at=at(days, hours[1]), capacity=capacity)
    fields.setdefault("format", "venue")
    return studies.hold(by=by, plan=plan, host=host, **fields)


def been(session: StudySession, days_ago: int) -> None:
    """It was some weeks ago. Written past the actions, which take no answers for a time that is over."""
    date = Occurrence.objects.get(event=session.event)
    date.starts_at, date.ends_at = at(-days_ago, 14), at(-days_ago, 16)
    date.save()
