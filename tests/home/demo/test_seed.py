"""The demo city: whole, the same every time, never twice."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from wagtail.models import Page

from casebook.enums import CardState, CaseState, OfferState
from casebook.models import Access, Case, LearningCard, Offer
from casebook.queries.tallies import figures
from cms import dates
from cms.guard import Reason
from directory.codes import code_hash
from directory.enums import CODE_STATES
from directory.models import Channel, Consultation, ConsultationDesk, DeskReception, Handover, Organization, User
from directory.queries.consultations.receptions import rows_of
from directory.roles import ROLES
from home.demo import people
from home.demo.consultations import WITH_THE_CODE, demo_code
from home.demo.writing import Chance
from home.models import NewsPage
from workshops.enums import EventStatus, Format, RegistrationMode, Unit
from workshops.models import Event, EventResult, FormationStep, Occurrence, Registration

pytestmark = pytest.mark.django_db


def seed() -> str:
    """Run the command; what it says."""
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    """Rows of everything that the city is made of."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if not t.startswith("django_session")]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def test_a_real_city_is_never_filled_with_samples(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        seed()
    assert Organization.objects.count() == 0


def test_lots_are_always_the_same(settings) -> None:
    assert [Chance().slug() for _ in range(2)] == [Chance().slug() for _ in range(2)]
    assert Chance().key() == Chance().key()
    assert " ".join(demo_code()) in (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")


def test_the_city_is_whole_and_never_seeded_twice(settings, client: Client) -> None:
    """One test, because filling the city takes seconds."""
    settings.DEMO = True
    seed()
    first = counts()
    check_numbers()
    check_no_number_rings()
    check_logins(client)
    check_public_pages(client)
    check_cases()
    check_consultations()
    assert "nothing was changed" in seed()
    Organization.objects.filter(name="みなも信用金庫").update(name="変えた名前")
    seed()
    assert Organization.objects.filter(name="変えた名前").exists()
    after = counts()
    changed = {table for table in after if after[table] != first[table]}
    assert changed <= {"django_tasks_database_dbtaskresult", "cms_throttlehit", "cms_cache"}
    assert Page.find_problems() == ([], [], [], [], [])


def check_numbers() -> None:
    """What issue 1 asks for."""
    assert Organization.objects.filter(is_public=True).count() >= 12
    assert ConsultationDesk.objects.public().count() >= 15
    assert Channel.objects.filter(hours="24/7").values("desk").distinct().count() >= 2
    assert Event.objects.public().count() >= 25
    assert NewsPage.objects.published().count() >= 10
    assert FormationStep.objects.count() == 4
    assert Event.objects.filter(status=EventStatus.CANCELLED).exists()
    assert Event.objects.filter(format=Format.ONLINE).exists()
    assert Event.objects.filter(unit=Unit.PARTY, registration_mode=RegistrationMode.HERE).exists()
    assert EventResult.objects.filter(attended__gt=0).count() >= 5
    seats = [(o.taken, o.capacity) for o in Occurrence.objects.exclude(capacity=None).filter(taken__gt=0)]
    assert any(taken == capacity for taken, capacity in seats), "one is full"
    assert any(0 < capacity - taken <= 3 and capacity > 5 for taken, capacity in seats), "one is nearly full"
    assert Registration.objects.count() >= 40
    span = Occurrence.objects.order_by("starts_on").values_list("starts_on", flat=True)
    assert (span.last() - span.first()).days >= 100


def check_no_number_rings() -> None:
    """Samples only; national lines are stored, unconfirmed, and nobody sees them."""
    numbers = Channel.objects.filter(kind="phone")
    assert {c.phone.kind for c in numbers.filter(desk__is_national=False)} == {"sample"}
    assert ConsultationDesk.objects.national().count() == 3
    assert not ConsultationDesk.objects.public().filter(is_national=True).exists()


def check_logins(client: Client) -> None:
    """One a role, with the password on the first screen."""
    for role in ROLES:
        user = User.objects.get(email=f"{role}@{people.DOMAIN}")
        assert user.active_roles() == {role}
        assert user.check_password(people.PASSWORD)
        assert user.emailaddress_set.filter(verified=True, primary=True).exists()
    newcomer = User.objects.get(email=f"newcomer@{people.DOMAIN}")
    assert not Case.objects.filter(organization=newcomer.organization).exists()
    publisher = User.objects.get(email=f"publisher@{people.DOMAIN}")
    assert list(publisher.groups.values_list("name", flat=True)) == ["Moderators"]


def check_public_pages(client: Client) -> None:
    """They answer, and were published by way of revisions."""
    for path in ["/", "/about/", "/news/", "/search/?q=眠れない"]:
        assert client.get(path).status_code == 200
    for page in Page.objects.live().filter(depth__gte=4):
        assert page.latest_revision_id is not None
        assert page.live_revision_id == page.latest_revision_id
        assert client.get(page.url).status_code == 200, page.url


def check_cases() -> None:
    """A case in every state of its life, with answers; what people wrote passed the guard like anywhere."""
    states = Counter(Case.objects.values_list("state", flat=True))
    assert set(states) == set(CaseState) - {CaseState.EXPIRED}
    assert (sum(states.values()), states[CaseState.RELEASED], states[CaseState.CLOSED]) == (14, 5, 3)
    assert Offer.objects.filter(state=OfferState.ACCEPTED).count() == 4
    assert Access.objects.values("user").distinct().count() >= 2
    marked = Case.objects.get(state=CaseState.SUBMITTED)
    assert ([d.reason for d in marked.dismissed], marked.changed) == ([Reason.PUBLIC], {"PERSON": 1, "AGE": 1})
    cards = Counter(LearningCard.objects.values_list("state", flat=True))
    assert cards == {CardState.SHOWN: 8, CardState.WAITING: 1}
    assert len(figures(dates.now())) == 3


def check_consultations() -> None:
    """One in every state, in an order that can have been; two people at each desk; the code of the README opens its own."""
    states = Counter(Consultation.objects.values_list("state", flat=True))
    assert set(states) == set(CODE_STATES)
    assert (sum(states.values()), Consultation.objects.filter(is_urgent=True).count()) == (18, 1)
    desks = DeskReception.objects.open()
    assert (desks.count(), desks.filter(is_receiving=True).count()) == (3, 1)
    assert not any(row.missing for row in rows_of(each.desk for each in desks.select_related("desk")))
    for it in Consultation.objects.prefetch_related("messages"):
        moments = [it.received_at, *(message.at for message in it.messages.all())]
        assert moments == sorted(moments), it.number
        assert max(moments) <= dates.now(), it.number
    shown = Consultation.objects.by_code(code_hash(demo_code())).get()
    assert (shown.number, shown.consent_questions.get().state) == (WITH_THE_CODE, "asked")
    assert Handover.objects.filter(kind="consultation", subject__in=Consultation.objects.values("pk")).count() == 2
    counsellor = User.objects.get(email=f"counsellor@{people.DOMAIN}")
    assert {it.desk.name for it in Consultation.objects.kept_by(counsellor)} == {"くらしの相談"}
    assert not Consultation.objects.visible_to(User.objects.get(email=f"secretariat@{people.DOMAIN}")).exists()
