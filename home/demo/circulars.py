"""Circulars and inquiries in different states: an inquiry under way, a circular half read, a closed one with shared answers, a draft."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from cms import dates
from cms.forms import checked_upload
from directory.models import Organization, User
from home.demo import organizations as org
from workshops.actions import circulars as actions
from workshops.actions.circulars import Asked
from workshops.models import Circular, Reply

WINTER = (
    "年末年始（12月29日から1月3日）に、相談・居場所・食べものの受けとりができるところを一覧にし、市の広報と、"
    "各団体の窓口にお配りします。\n\n一日でも、数時間でも、電話だけでも、教えてください。"
    "「できない」という回答も、空白を知るために大切です。"
)
WINTER_ASKED = [
    Asked("この期間に、何かできる日がありますか", "yes_no"),
    Asked("いちばん近い形はどれですか", "choice", ["電話・文字で話せる", "立ちよれる場所がある", "食べものを渡せる", "同行・訪問ができる", "できない"]),
    Asked("何人くらいまで受けられますか", "number", required=False),
    Asked("日と時間、気をつけること", "long", required=False),
]  # fmt: skip
RULES = (
    "11月の連携会議で、運営ルールの改正（第4条　事例を見せる範囲）が決まりました。"
    "新しい文は「運営ルール」から読めます。\n\n各団体で、事例を読む方にお伝えください。"
    "12月からは、新しいルールに同意した方だけが、事例の部屋に入れます。"
)
STUDY = "来年度の勉強会で取りあげてほしいことを、教えてください。多かったものから順に、日をさがします。"
STUDY_ASKED = [
    Asked(
        "聞きたいこと", "choice", ["断られたあとの関わり", "文字の相談", "お金の相談のつなぎ方", "夜のしめ方", "ほか"]
    ),
    Asked("そのわけを、ひとこと", "short", required=False),
]
STUDY_ANSWERS = {
    org.NAGISA: ("断られたあとの関わり", "いちばん長くつづくところなので"),
    org.FUNE: ("文字の相談", "ほかの団体の型を知りたい"),
    org.YORISOI: ("夜のしめ方", "電話番を守るために"),
    org.SHAKYO: ("お金の相談のつなぎ方", ""),
    org.KOMOREBI: ("断られたあとの関わり", "親の会でもよく出ます"),
    org.HOUKATSU_EAST: ("断られたあとの関わり", ""),
    org.FOODBANK: ("お金の相談のつなぎ方", "玄関で聞かれます"),
}
WINTER_ANSWERS = {
    org.NAGISA: (True, "立ちよれる場所がある", 8, "毎日。夜は泊まれます。女性だけの日あり。"),
    org.FUNE: (True, "電話・文字で話せる", None, "12月31日と1月2日、13時から21時。文字のみ。"),
    org.SHAKYO: (False, "できない", None, "職場全体が休み。貸付の相談は1月4日から。"),
    org.FOODBANK: (True, "食べものを渡せる", 20, "12月30日のみ。前日までに連絡ください。"),
}


def build(people: dict[str, User], organizations: dict[str, Organization]) -> None:
    """As the secretariat would have sent them, on days that have passed."""
    office = people["secretariat"]
    today = dates.today()
    study = make(office, "来年度の勉強会：聞きたいこと", STUDY, today, "inquiry", STUDY_ASKED, shares=True)
    answered(study, organizations, STUDY_ANSWERS, people["member"])
    Reply.objects.filter(circular=study, organization=organizations[org.SHINKIN]).update(state="declined")
    actions.close(circular=study, by=office)
    backdate(study, today, sent=40, due=25)
    rules = make(
        office, "運営ルールの改正のお知らせ（第4条）", RULES, today + dt.timedelta(days=10), "notice", [], pdf=True
    )
    for reply in Reply.objects.filter(circular=rules, organization__kana__gte="な").order_by("pk")[:7]:
        Reply.objects.filter(pk=reply.pk).update(state="read", read_at=dates.now() - dt.timedelta(days=1))
    backdate(rules, today, sent=4, due=-10)
    winter = make(office, "年末年始にできること（照会）", WINTER, today + dt.timedelta(days=3), "inquiry", WINTER_ASKED)
    answered(
        winter,
        organizations,
        {name: said for name, said in WINTER_ANSWERS.items() if name != org.NAGISA},
        people["member2"],
    )
    ours = Reply.objects.filter(circular=winter, organization=organizations[org.NAGISA]).get()
    questions = list(winter.questions.all())
    said = dict(
        zip(
            (f"q{each.pk}" for each in questions),
            ("yes", "立ちよれる場所がある", "8", "毎日。夜は泊まれます。"),
            strict=True,
        )
    )
    actions.keep_reply_draft(circular=winter, by=people["member"], draft=said)
    Reply.objects.filter(pk=ours.pk).update(state="read", read_at=dates.now(), read_by=people["member"])
    backdate(winter, today, sent=9, due=-3)
    actions.keep_draft(
        circular=Circular(), by=office,
        values={"kind": "notice", "title": "合同研修の日程（1月）", "text": "下書きです。日が決まったら送ります。", "due_on": today + dt.timedelta(days=30), "to": "all"},
    )  # fmt: skip


def make(
    by: User,
    title: str,
    text: str,
    due_on: dt.date,
    kind: str,
    asked: list[Asked],
    *,
    shares: bool = False,
    pdf: bool = False,
) -> Circular:
    """Written and sent."""
    values = {"kind": kind, "title": title, "text": text, "due_on": due_on, "to": "all", "shares_answers": shares}
    files = (
        [
            checked_upload(
                SimpleUploadedFile(
                    "改正の新旧.txt", "第4条　旧：コアメンバー\n第4条　新：相手にえらばれた団体".encode()
                ),
                megabytes=1,
            )
        ]
        if pdf
        else []
    )
    circular = actions.keep_draft(circular=Circular(), by=by, values=values, questions=asked, files=files)
    return actions.send(circular=circular, by=by)


def answered(circular: Circular, organizations: dict[str, Organization], answers: dict[str, tuple], by: User) -> None:  # type: ignore[type-arg]
    """Answers of these organisations, by a person of the demo."""
    questions = list(circular.questions.all())
    for name, values in answers.items():
        given = {str(each.pk): value for each, value in zip(questions, values, strict=True) if value not in (None, "")}
        rows = Reply.objects.filter(circular=circular, organization=organizations[name])
        reply = rows.get()
        reply.answers, reply.state = given, "answered"
        reply.read_at = reply.answered_at = dates.now() - dt.timedelta(days=2)
        reply.answered_by = by if by.organization_id == reply.organization_id else None
        reply.save()


def backdate(circular: Circular, today: dt.date, *, sent: int, due: int) -> None:
    """So that it has a past."""
    day = dates.now() - dt.timedelta(days=sent)
    changes: dict[str, object] = {"sent_at": day, "changed_at": day, "due_on": today - dt.timedelta(days=due)}
    if circular.closed_at or Circular.objects.get(pk=circular.pk).is_closed:
        changes["closed_at"] = dates.now() - dt.timedelta(days=due - 1)
        replied = dates.now() - dt.timedelta(days=sent - 8)
        Reply.objects.filter(circular=circular, answered_at__isnull=False).update(answered_at=replied, read_at=replied)
    Circular.objects.filter(pk=circular.pk).update(**changes)
