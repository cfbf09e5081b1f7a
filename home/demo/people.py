"""One login a role, and a second organisation that has done nothing yet. All names are invented."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from directory.actions.people import assign_role
from directory.models import Organization, User
from home.demo import organizations as org

PASSWORD = "minamo-demo"  # noqa: S105 — printed on the first screen of the demo
DOMAIN = "minamo.example"

# login, name, organisation, roles
PEOPLE = [
    ("member", "岸本 ひかり", org.NAGISA, ["member"]),
    ("partner", "沢田 実", org.SHINKIN, ["partner"]),
    ("orgadmin", "舟木 なお", org.FUNE, ["orgadmin"]),
    ("counsellor", "水野 さやか", org.SHAKYO, ["counsellor"]),
    ("supervisor", "深川 健", org.SHAKYO, ["supervisor"]),
    ("secretariat", "橋本 由紀", org.CITY, ["secretariat"]),
    ("reviewer", "浜田 のぞみ", org.SHAKYO, ["reviewer"]),
    ("editor", "小川 まなみ", org.CITY, ["editor"]),
    ("publisher", "堤 直樹", org.CITY, ["publisher"]),
    ("auditor", "関 誠", org.CITY, ["auditor"]),
    ("admin", "井出 亮", org.CITY, ["admin"]),
    # More people, so that a case has somebody who answers, and one who starts with empty hands.
    ("member2", "湊 あかね", org.YORISOI, ["member"]),
    ("member3", "泉 大介", org.KOMOREBI, ["member"]),
    ("member4", "瀬戸 まこと", org.NAGISA, ["member"]),  # reads the cases of a colleague first
    ("newcomer", "汐田 守", org.SHIOMI, ["member"]),
    # Desks that take letters have two people: one, and somebody who stands in.
    ("counsellor2", "波多野 ゆい", org.FUNE, ["counsellor"]),
    ("counsellor3", "三枝 とおる", org.FUNE, ["counsellor"]),
    ("counsellor4", "三浦 かなえ", org.CITY, ["counsellor"]),
    ("counsellor5", "岡本 りえ", org.CITY, ["counsellor"]),
]


def build(organizations: dict[str, Organization]) -> dict[str, User]:
    """People by login name, each with a verified address and their roles."""
    made = {}
    hashed = make_password(PASSWORD)  # once: the hash is slow on purpose, and everybody has the same word
    for login, name, organization, roles in PEOPLE:
        email = f"{login}@{DOMAIN}"
        user = User.objects.create(email=email, password=hashed, name=name, organization=organizations[organization])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        for role in roles:
            assign_role(user=user, role=role, organization=user.organization, by=None)
        made[login] = user
    return made
