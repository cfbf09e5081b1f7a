"""What residents meet when they register in the demo city: a waiting list, a host's questions, and what was said after."""

from cms.dates import now
from home.demo.writing import Chance
from workshops.actions import feedback
from workshops.actions.capacity import change_policy
from workshops.actions.registrations import Party, register
from workshops.enums import CapacityPolicy, Mood, QuestionKind
from workshops.models import Event, Occurrence, Question

#: Full, with a list: who waits there, as (name, people).
FULL = "スマートフォンの、ひとり分教室"
WAITING = (("たね", 1), ("こはる", 1))
ASKS = "灯りをつくる夕べ"
QUESTIONS: tuple[tuple[str, str, QuestionKind, list[str], int], ...] = (
    ("灯りは、いくつつくりますか", "和紙を切っておくために聞きます", QuestionKind.NUMBER, [], 7),
    ("和紙の色", "", QuestionKind.CHOICE, ["しろ", "きなり", "あい"], 7),
    ("においや音で、にがてなものがあれば", "部屋をえらぶために聞きます", QuestionKind.SHORT, [], 14),
)
SAID = (
    ("市民のつどい「となりの灯り」", Mood.WARM, "となりの席の人と、はじめて話しました。", True),
    ("市民のつどい「となりの灯り」", Mood.FINE, "字幕があって助かりました。", True),
    ("市民のつどい「となりの灯り」", Mood.SO_SO, "", False),
    ("つながりサポーター講座　第3回", Mood.FINE, "最初の一言が、少しわかった気がします。", False),
    ("オンラインで話す 不登校の親の会", Mood.WARM, "カメラを切ったままで、よかった。", True),
)


def build(chance: Chance) -> None:
    """After the calendar; what is missing from it is passed over."""
    full = Occurrence.objects.select_related("event").filter(event__title=FULL, starts_at__gt=now()).first()
    if full:
        change_policy(occurrence=full, policy=CapacityPolicy.WAITLIST, waiting_limit=10, by=None)
        for name, people in WAITING:
            register(occurrence=full, party=Party(name=name, people=people), key=chance.key())
    asks = Event.objects.filter(title=ASKS).first()
    if asks:
        for order, (text, hint, kind, choices, days) in enumerate(QUESTIONS):
            Question.objects.create(
                event=asks, order=order, text=text, hint=hint, kind=kind, choices=choices, kept_days=days
            )
    for title, mood, words, may_quote in SAID:
        occurrence = Occurrence.objects.select_related("event").filter(event__title=title).first()
        if occurrence and feedback.is_open(occurrence):
            feedback.say(occurrence=occurrence, once=chance.key()[:40], mood=mood, words=words, may_quote=may_quote)
