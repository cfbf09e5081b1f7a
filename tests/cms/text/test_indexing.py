"""What the index keeps of a text."""

from cms.text.indexing import MOST_TOKENS, indexed, tokens_of, typed_ahead, typed_query
from cms.text.words import KIN


def test_words_in_order_and_the_rest_beside() -> None:
    text = indexed("居場所の窓口")
    assert text.stream == [(1, "居"), (2, "場所"), (3, "窓口")]
    beside = [token for token in text.beside if not token.startswith(KIN)]
    assert beside == ["居場所", "yいばしょ", "yばしょ", "yまどぐち", "居q場所", "場所q窓口"]


def test_words_that_the_dictionary_calls_synonyms_share_a_token() -> None:
    tokens = [
        {token for token in indexed(word).beside if token.startswith(KIN)} for word in ("高齢者", "お年寄り", "シニア")
    ]
    assert set.intersection(*tokens)
    assert not any(token.startswith(KIN) for token in indexed("ひきこもり").beside)


def test_a_phrase_is_its_pairs() -> None:
    assert tokens_of(("居", "場所", "窓口")) == ("居q場所", "場所q窓口")
    assert tokens_of(("窓口",)) == ("窓口",)


def test_no_phrase_runs_over_a_full_stop() -> None:
    assert "無料q相談" in indexed("無料の相談").beside
    assert "無料q相談" not in indexed("無料です。相談できます。").beside


def test_days_are_kept() -> None:
    assert {"d20230211", "d0211"} <= set(indexed("2023年2月11日に開きました").beside)


def test_a_very_long_text_is_cut() -> None:
    assert len(indexed("居場所の話をします。\n" * 20_000).stream) == MOST_TOKENS


def test_as_one_types() -> None:
    tokens = typed_ahead("不登校の子どもの居場所")
    for typed in ("いば", "居場", "ふとう", "子ども", "不登校の子"):
        assert any(token.startswith(part) for part in typed_query(typed) for token in tokens), typed
