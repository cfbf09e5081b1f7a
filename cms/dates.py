"""Japanese time: JST, eras, fiscal years, and how dates are said to readers."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

JST = ZoneInfo("Asia/Tokyo")
WEEKDAYS = "月火水木金土日"
ERAS = ((dt.date(2019, 5, 1), "令和"), (dt.date(1989, 1, 8), "平成"), (dt.date(1926, 12, 25), "昭和"))


def now() -> dt.datetime:
    """This moment, aware, in Asia/Tokyo (a ZoneInfo, which the opening-hours library asks for)."""
    return timezone.localtime(timezone.now(), JST)


def today() -> dt.date:
    """The date in Japan, whatever the server's zone."""
    return now().date()


def jst(moment: dt.datetime) -> dt.datetime:
    """An aware moment as a Japanese clock shows it."""
    return timezone.localtime(moment, JST)


def weekday(day: dt.date) -> str:
    """One kanji: 月 … 日."""
    return WEEKDAYS[day.weekday()]


def era_year(day: dt.date) -> str:
    """「令和8年」; the first year is 元年. Before 1926 the Gregorian year is given."""
    for start, name in ERAS:
        if day >= start:
            year = day.year - start.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def japanese_date(day: dt.date) -> str:
    """「12月19日（土）」."""
    return f"{day.month}月{day.day}日（{weekday(day)}）"


def japanese_date_with_year(day: dt.date) -> str:
    """「2026年12月19日」: where the era would only be in the way."""
    return f"{day.year}年{day.month}月{day.day}日"


def japanese_date_long(day: dt.date) -> str:
    """「2026年（令和8年）12月19日（土）」; of a moment its day in Japan."""
    if isinstance(day, dt.datetime):
        day = jst(day).date()
    return f"{day.year}年（{era_year(day)}）{japanese_date(day)}"


def japanese_time(moment: dt.time | dt.datetime) -> str:
    """「9時」「8時30分」, 24-hour clock; an aware moment is read in JST."""
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = jst(moment)
    return f"{moment.hour}時" + (f"{moment.minute}分" if moment.minute else "")


def near_words(moment: dt.datetime) -> str:
    """When something happened, as one says it: 「きょう 16時12分」「きのう 9時」「12月1日（火）」, older with the year."""
    at, this_day = jst(moment), today()
    if at.date() == this_day:
        return f"きょう {japanese_time(at)}"
    if at.date() == this_day - dt.timedelta(days=1):
        return f"きのう {japanese_time(at)}"
    return japanese_date(at) if at.year == this_day.year else f"{at.year}年{japanese_date(at)}"


def fiscal_year(day: dt.date) -> int:
    """The Japanese fiscal year, April to March: 2027-03-31 belongs to 2026."""
    return day.year if day.month >= 4 else day.year - 1
