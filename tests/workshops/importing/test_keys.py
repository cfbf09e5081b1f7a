from tests.workshops.importing.tables import GOOD
from workshops.importing.keys import Ordinals, key_parts, row_key


def parts(**changed: str) -> tuple[str, ...]:
    return key_parts(GOOD | changed, municipality="")


def test_the_key_is_made_of_five_cells() -> None:
    assert parts() == ("122190", "みんなの集い", "2022-01-24", "600", "公民館")
    for field in ("municipality", "title", "start_date", "start_time", "venue"):
        assert parts(**{field: "2023-05-05"}) != parts()
    for field in ("end_date", "end_time", "description"):
        assert parts(**{field: "x"}) == parts()


def test_notation_and_width_do_not_matter() -> None:
    assert parts(start_date="令和4年1月24日", start_time="１０時", venue=" 公民館　") == parts()


def test_a_code_given_by_hand_fills_only_blanks() -> None:
    assert key_parts(GOOD | {"municipality": ""}, municipality="122190") == parts()
    assert key_parts(GOOD, municipality="332054") == parts()


def test_unreadable_cells_count_by_their_text() -> None:
    assert parts(start_date="2022-02-30")[2] == "2022-02-30"
    assert len(row_key(parts(title="\udced"), 1)) == 64


def test_repeats_get_ordinals() -> None:
    ordinals = Ordinals()
    assert [ordinals.next(parts()), ordinals.next(parts(title="別")), ordinals.next(parts())] == [1, 1, 2]
    assert row_key(parts(), 1) != row_key(parts(), 2)
