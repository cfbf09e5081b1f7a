"""What a second edition of a table changes, and what it leaves to the staff."""

import datetime as dt

import pytest
from wagtail.models import Page

from cms.dates import JST
from tests.workshops.importing.tables import table
from workshops.actions.importing import Outcome, import_rows
from workshops.importing.rows import read_events
from workshops.models import Event, EventIndexPage, EventPage, Occurrence

pytestmark = pytest.mark.django_db


def bring(*rows: dict[str, str], **options: bool) -> Outcome:
    return import_rows(reading=read_events(table(*rows)), by=None, **options)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.new, outcome.changed, outcome.same


def test_an_event_with_its_occurrence_and_its_live_page() -> None:
    bring({"description": "いちど見に来てください", "capacity": "10組", "host": "公民館", "status": "中止"})
    event, page, occurrence = Event.objects.get(), EventPage.objects.get(), Occurrence.objects.get()
    assert (event.title, event.host_text, event.venue_name) == ("みんなの集い", "公民館", "公民館")
    assert (event.municipality_code, event.unit, event.is_cancelled) == ("122190", "party", True)
    assert (event.registration_mode, event.takes_registrations) == ("none", False)
    assert occurrence.starts_at == dt.datetime(2022, 1, 24, 10, tzinfo=JST)
    assert (occurrence.starts_on, occurrence.ends_on) == (dt.date(2022, 1, 24), dt.date(2022, 1, 24))
    assert (occurrence.capacity, occurrence.all_day) == (10, False)
    assert (page.live, page.title, page.slug, page.event) == (True, event.title, event.slug, event)
    assert page.get_parent().specific == EventIndexPage.objects.get()
    assert "いちど見に来てください" in str(page.body)


def test_the_page_tree_stays_sound_and_is_searched_at_once() -> None:
    bring(*({"title": f"催し{number}"} for number in range(5)))
    bring({"title": "六つめ"})
    assert Page.find_problems() == ([], [], [], [], [])
    index = EventIndexPage.objects.get()
    assert (index.numchild, index.get_children().count()) == (6, 6)
    index.add_child(instance=EventPage(title="手で足した頁"))
    assert Page.find_problems() == ([], [], [], [], [])
    assert [page.title for page in EventPage.objects.search("六つめ")] == ["六つめ"]


def test_all_day_ends_at_midnight_after_its_last_day() -> None:
    bring({"start_time": "", "end_time": "", "end_date": "2022-01-25"})
    occurrence = Occurrence.objects.get()
    assert (occurrence.all_day, occurrence.starts_on, occurrence.ends_on) == (
        True,
        dt.date(2022, 1, 24),
        dt.date(2022, 1, 25),
    )


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(40):
        bring(*({"title": f"催し{number}"} for number in range(200)))
    with django_assert_max_num_queries(12):
        assert counts(bring(*({"title": f"催し{number}"} for number in range(200)))) == (0, 0, 200)


def test_what_the_table_changes_is_changed_field_by_field() -> None:
    bring({"description": "前", "capacity": "10"}, {"title": "ほか"})
    before = Event.objects.get(title="ほか").changed_at
    changed = {"description": "後", "capacity": "12", "end_time": "12:00", "host": "市"}
    assert counts(bring(changed, {"title": "ほか"})) == (0, 1, 1)
    event = Event.objects.get(title="みんなの集い")
    occurrence, page = event.occurrences.get(), event.proses.get().page
    assert (event.host_text, occurrence.capacity) == ("市", 12)
    assert occurrence.ends_at == dt.datetime(2022, 1, 24, 12, tzinfo=JST)
    assert ("後" in str(page.body), page.live) == (True, True)
    assert Event.objects.get(title="ほか").changed_at == before
    assert counts(bring(changed, {"title": "ほか"})) == (0, 0, 2)


def test_what_staff_corrected_stays_and_is_said() -> None:
    bring({"access": "駅から5分", "audience": "市民"})
    Event.objects.update(access="駅の東口から歩いて7分")
    outcome = bring({"access": "駅から10分", "audience": "どなたでも"})
    event = Event.objects.get()
    assert (event.access, event.audience) == ("駅の東口から歩いて7分", "どなたでも")
    assert counts(outcome) == (0, 1, 0)
    assert [remark.line for remark in outcome.remarks] == [2]
    assert counts(bring({"access": "駅から10分", "audience": "どなたでも"})) == (0, 0, 1)


def test_a_page_that_staff_work_on_is_left_alone() -> None:
    bring({"description": "前"})
    page = EventPage.objects.get()
    page.title = "下書きの題"
    page.save_revision()
    outcome = bring({"description": "後"})
    page.refresh_from_db()
    assert ("前" in str(page.body), page.has_unpublished_changes) == (True, True)
    assert (counts(outcome), len(outcome.remarks)) == ((0, 0, 1), 1)


def test_saving_in_the_editor_without_a_change_is_no_correction() -> None:
    bring({"description": "前"})
    page = EventPage.objects.get()
    page.body[0].value.source = '<p data-block-key="a1b2c">前</p>'
    page.save_revision().publish()
    assert counts(bring({"description": "後"})) == (0, 1, 0)
    assert "後" in str(EventPage.objects.get().body)


def test_an_event_that_takes_registrations_here_keeps_times_and_seats() -> None:
    bring({"capacity": "10", "audience": "市民"})
    Event.objects.update(registration_mode="here")
    Occurrence.objects.update(taken=8)
    outcome = bring({"capacity": "5", "end_time": "15:00", "status": "中止", "audience": "どなたでも"})
    event, occurrence = Event.objects.get(), Occurrence.objects.get()
    assert (event.registration_mode, event.is_cancelled, event.audience) == ("here", False, "どなたでも")
    assert (occurrence.capacity, occurrence.taken) == (10, 8)
    assert occurrence.ends_at == dt.datetime(2022, 1, 24, 11, 30, tzinfo=JST)
    assert len(outcome.remarks) == 1


def test_publication_is_the_staffs_decision() -> None:
    bring({"description": "前"})
    EventPage.objects.get().unpublish()
    bring({"description": "後"})
    assert not EventPage.objects.get().live
    bring({"title": "下書き", "description": "前"}, draft=True)
    bring({"title": "下書き", "description": "後"})
    draft = EventPage.objects.get(title="下書き")
    assert (draft.live, "後" in str(draft.body)) == (False, True)


def test_a_deleted_page_is_not_made_again() -> None:
    bring({})
    EventPage.objects.get().delete()
    assert counts(bring({"description": "後"})) == (0, 0, 1)
    assert not EventPage.objects.exists()


def test_rows_that_left_the_table_leave_their_events_alone() -> None:
    bring({}, {"title": "つぎ"})
    assert counts(bring({"title": "つぎ"})) == (0, 0, 1)
    assert Event.objects.public().count() == 2


def test_a_dry_run_decides_the_same_and_writes_nothing() -> None:
    bring({"description": "前"})
    outcome = bring({"description": "後"}, {"title": "新しい"}, dry_run=True)
    assert counts(outcome) == (1, 1, 0)
    assert Event.objects.count() == 1
    assert "前" in str(EventPage.objects.get().body)
