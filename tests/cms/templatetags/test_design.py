"""Icons, windows, the town, fields: what reaches the reader."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.exceptions import TemplateDoesNotExist
from django.test import RequestFactory

from cms.templatetags import design, streets

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
ICONS = sorted(path.stem for path in (COMPONENTS / "icons").glob("*.svg"))


class Visit(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="Any name will do.")
    mail = forms.EmailField(label="Mail", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    age = forms.ChoiceField(label="Age", choices=[("", "choose"), ("40", "40s")])
    how = forms.ChoiceField(label="How", choices=[("a", "by mail"), ("b", "here")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=[("w", "wheelchair"), ("s", "signs")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Agreed")
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date", "class": "own"}))
    key = forms.CharField(widget=forms.HiddenInput)


def draw(source: str, **context: Any) -> str:
    return Template("{% load design %}" + source).render(Context(context))


def field(name: str, *, data: dict[str, Any] | None = None, options: str = "") -> str:
    return draw("{% field form." + name + " " + options + " %}", form=Visit(data))


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_hidden_from_screen_readers_and_takes_its_colour_from_the_words(name: str) -> None:
    drawn = draw('{% icon "' + name + '" %}')
    assert drawn.startswith('<svg class="i" viewBox="0 0 24 24" aria-hidden="true"')
    assert "fill=" not in drawn
    assert "style=" not in drawn


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(TemplateDoesNotExist):
        draw('{% icon "nobody-drew-this" %}')


@pytest.mark.parametrize(
    ("state", "css", "moon"),
    [
        ("on", "win on", 0),
        ("all", "win on all", 1),
        ("soon", "win soon", 0),
        ("off", "win off", 0),
        ("full", "win full", 0),
    ],
)
def test_a_window_says_its_state_by_class(state: str, css: str, moon: int) -> None:
    drawn = draw('{% window "' + state + '" %}')
    assert f'<svg class="{css}"' in drawn
    assert drawn.count('class="moon"') == moon


def test_a_window_has_its_sizes_and_no_others() -> None:
    assert 'class="win on card"' in draw('{% window "on" "card" %}')
    with pytest.raises(TemplateSyntaxError):
        draw('{% window "on" "huge" %}')
    with pytest.raises(TemplateSyntaxError):
        draw('{% window "ajar" %}')


@pytest.mark.parametrize("lit", range(15))
def test_the_town_lights_exactly_as_many_windows_as_desks_are_open(lit: int) -> None:
    drawn = draw("{% town lit True %}", lit=lit)
    assert len(re.findall(r'class="house \w lit"', drawn)) == lit
    assert drawn.count('class="shine"') == drawn.count('class="knot"') == lit
    assert 'class="lantern lit"' in drawn


def test_more_open_desks_than_houses_light_all_houses() -> None:
    assert draw("{% town 40 %}").count('class="shine"') == len(streets.ROOFS) == 14
    assert draw("{% town -1 %}").count('class="shine"') == 0


def test_the_lighthouse_is_dark_unless_a_desk_never_closes() -> None:
    drawn = draw("{% town 3 False %}")
    assert 'class="lantern"' in drawn
    assert 'class="beam"' not in drawn


def test_the_thread_runs_from_west_to_east_over_the_lit_roofs() -> None:
    assert streets.knots(3) == [(686, 134), (768, 117), (929, 116)]
    assert streets.thread(0) == "M-10 120 Q657 170 1324 86"
    assert streets.thread(2).count("Q") == 3


def test_drawings_carry_no_inline_style() -> None:
    drawings = [*COMPONENTS.rglob("*.svg")]
    assert [path.name for path in drawings if re.search(r"\sstyle=|<style|<script", path.read_text())] == []


def test_a_field_names_its_hint_and_says_that_it_is_required() -> None:
    drawn = field("name", options='size="mid" autocomplete="name"')
    assert '<label for="id_name">Name<span class="must">※必須</span></label>' in drawn
    assert '<div class="hint" id="id_name_hint">Any name will do.</div>' in drawn
    assert 'aria-describedby="id_name_hint"' in drawn
    assert 'class="input mid"' in drawn
    assert 'autocomplete="name"' in drawn
    assert "aria-invalid" not in drawn


def test_an_optional_field_says_so_and_the_word_can_be_chosen_or_hidden() -> None:
    assert '<span class="may">書かなくてもよい</span>' in field("mail")
    assert '<span class="may">later</span>' in field("mail", options='word="later"')
    assert "<span class=" not in field("mail", options='word=""')


def test_an_error_stands_above_the_control_and_is_read_with_it() -> None:
    drawn = field("name", data={"name": ""})
    assert 'class="field bad"' in drawn
    assert 'aria-describedby="id_name_hint id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert drawn.index('id="id_name_error"') < drawn.index("<input")


def test_what_was_typed_stays_and_is_escaped() -> None:
    drawn = field("mail", data={"mail": '"><b>髙﨑𠮷@'})
    assert "<b>" not in drawn
    assert 'value="&quot;&gt;&lt;b&gt;髙﨑𠮷@"' in drawn


def test_each_kind_of_control_has_its_class() -> None:
    assert '<textarea name="note"' in field("note")
    assert 'class="area"' in field("note")
    assert '<select name="age"' in field("age")
    assert 'class="select"' in field("age")
    assert 'class="input short own"' in field("day", options='size="short"')


@pytest.mark.parametrize(("name", "kind"), [("how", "radio"), ("needs", "checkbox")])
def test_choices_are_a_fieldset_with_a_legend(name: str, kind: str) -> None:
    drawn = field(name, options="two_up=True")
    assert drawn.count("<fieldset") == drawn.count("<legend") == 1
    assert drawn.count(f'type="{kind}"') == drawn.count('class="choice"') == 2
    assert 'class="choices two-up"' in drawn
    assert f'for="id_{name}_0"' in drawn
    assert f'id="id_{name}_0"' in drawn


def test_a_single_tick_has_one_label_around_it() -> None:
    drawn = field("agreed")
    assert drawn.count("<label") == 1
    assert '<label class="choice" for="id_agreed"><input type="checkbox"' in drawn


def test_the_summary_counts_and_leads_to_each_field() -> None:
    form = Visit({"name": "a", "mail": "a@", "age": "40", "day": "2026-12-19", "agreed": "on", "key": "k"})
    drawn = draw("{% error_summary form %}", form=form)
    assert re.findall(r'<a href="(#\w+)">(\w+)</a>', drawn) == [("#id_mail", "Mail"), ("#id_how_0", "How")]
    assert "あと2つ、直すと送れます。" in drawn
    assert "書いたものは残っています。" in drawn
    assert 'role="alert" tabindex="-1" autofocus' in drawn


def test_the_summary_takes_formsets_and_sentences_of_no_field() -> None:
    formset = forms.formset_factory(Visit, extra=1)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""}
    )
    form = Visit({})
    form.add_error(None, "Too late.")
    drawn = draw("{% error_summary form formset message='Almost.' %}", form=form, formset=formset)
    assert "Almost." in drawn
    assert "Too late." in drawn
    assert "#id_form-0-mail" not in drawn


def test_no_summary_when_all_is_well() -> None:
    assert draw("{% error_summary form %}", form=Visit()).strip() == ""


def test_hidden_fields_are_drawn_without_label() -> None:
    assert draw("{% form_hidden form %}", form=Visit()).strip() == '<input type="hidden" name="key" id="id_key">'


@pytest.mark.parametrize(
    ("path", "attribute"),
    [("/help/", ' aria-current="page"'), ("/help/x/", ' aria-current="true"'), ("/events/", ""), ("/helpless/", "")],
)
def test_the_current_page_is_marked(path: str, attribute: str) -> None:
    assert draw('{% current "/help/" %}', request=RequestFactory().get(path)) == attribute


def test_sample_numbers_are_told_from_real_ones() -> None:
    assert [design.is_sample(number) for number in ("0000-00-0001", "0865-69-2121", "", None)] == [
        True, False, False, False,
    ]  # fmt: skip
    assert design.tel("0865-69-2121") == "0865692121"
    assert design.tel("#9999") == "#9999"
