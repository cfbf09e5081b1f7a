"""Ruby in HTML: nothing but ruby is ever added, and nothing is ever lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.text.furigana import furigana

OURS = re.compile(r"<ruby>([^<]*)<rp>\(</rp><rt>[ぁ-ゖー]+</rt><rp>\)</rp></ruby>")
KANA = '<span class="kana">'
READ = "<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>"


def without(html: str) -> str:
    """What came in, when nothing that came in looked like ours."""
    return re.sub(rf"{re.escape(KANA)}((?:(?!</span>).)*)</span>", r"\1", OURS.sub(r"\1", html), flags=re.DOTALL)


def ruby(base: str, reading: str) -> str:
    return f"<ruby>{base}{READ.format(reading)}"


PIECES = st.sampled_from(
    [
        "漢字", "3日に2人", "方が", "&nbsp;", "&amp;", "&#x65E5;", "&", "<", ">", '"', "'", "=", "<p>", "</p>", "<P CLASS=x>", "</DIV >", "<b>",
        "</b>", "<br/>", "<br>", "<!-- 日本 -->", "<!--", "-->", "<!doctype html>", '<a title="日本 > 国" href=/x/>', "</a>", "<a title='日",
        "<script>if (a<b) 漢 = '</p>'</script>", "<script>", "</script>", "<textarea>漢", "</textarea>", "<svg><text>図</text></svg>", "<svg/>",
        '<span lang="en">漢</span>', "<span>", "</span>", "<code>", "</code>", "<select><option>県</select>", "<div data-no-ruby>", "</div>",
        "<ruby>神島<rp>(</rp><rt>かみしま</rt></ruby>", "<ruby>", "<rt>", "</rt>", "</ruby>", '<input value="漢字">', "\n", "  ", "\x00", "ｶﾅ", "人気のない道", "<",
        "</", "<?xml 日?>", "<pre>", "</pre>",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map("".join))
def test_take_the_ruby_away_and_the_bytes_are_those_that_came_in(html: str) -> None:
    made = furigana(html)
    assert without(made) == without(html)
    assert furigana(made) == made


@pytest.mark.parametrize(
    "html",
    [
        "<script>var 漢 = '字'</script>", "<style>.漢{}</style>", "<textarea>漢字</textarea>", "<title>漢字</title>",
        "<select><option>漢字</option></select>", "<datalist><option>漢字</datalist>", "<code>漢字</code>", "<pre>漢字</pre>", "<kbd>漢字</kbd>",
        "<svg><text>漢字</text></svg>", "<math><mi>漢</mi></math>", "<template>漢字</template>", "<noscript>漢字</noscript>",
        '<p lang="en">漢字</p>', "<p lang=zh-Hans>漢字</p>", '<p translate="no">漢字</p>', "<p data-no-ruby>漢<b>字</b></p>", "<p contenteditable>漢字</p>",
        '<input value="漢字">', '<img alt="漢字">', '<a title="漢字" aria-label="漢字">かな</a>', "<!-- 漢字 -->", "<ruby>神島<rt>かみしま</rt></ruby>",
        "<head><meta content=漢字></head>", "かなカナkana123", "", " \n ", "&#28450;",
    ],
)  # fmt: skip
def test_left_alone(html: str) -> None:
    assert furigana(html) == html


def test_japanese_inside_japanese_is_read() -> None:
    assert furigana('<p lang="ja">字</p>') == f'<p lang="ja">{KANA}{ruby("字", "じ")}</span></p>'


def test_words_are_read_across_inline_elements_and_entities() -> None:
    made = furigana("<p>電話の&nbsp;方が<a href=/x/>話しやすい</a>です。</p>")
    assert ruby("方", "ほう") in made
    assert "の&nbsp;<ruby>" in made


def test_block_elements_and_cells_side_by_side_end_a_word() -> None:
    assert ruby("人", "ひと") in furigana("<li>2</li><li>人</li>")
    assert ruby("日", "ひ") in furigana("<span>相談</span><span>日の出</span>")


def test_the_heads_of_a_calendar_are_days_of_the_week() -> None:
    assert ruby("水", "すい") in furigana('<tr><th scope="col">火</th><th scope="col">水</th></tr>')
    assert ruby("水", "みず") in furigana("<p>水を飲む</p>")


def test_a_word_torn_by_markup_gets_no_wrong_half() -> None:
    assert furigana("3<b>日</b>") == "3<b>日</b>"


def test_text_stays_together_for_boxes_that_part_their_children() -> None:
    assert furigana("<button><svg></svg>会いに行く</button>") == (
        f"<button><svg></svg>{KANA}{ruby('会', 'あ')}いに{ruby('行', 'い')}く</span></button>"
    )


def test_an_attribute_that_never_ends_swallows_the_rest_as_in_a_browser() -> None:
    assert furigana('<a title="日本>漢字') == '<a title="日本>漢字'
