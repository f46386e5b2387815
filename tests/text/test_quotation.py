"""Quotation marks: what is paired, and that one odd mark does not spoil the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotation import find_quotations


def _spans(text: str) -> list[str]:
    return [q.span.of(text) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"Stay," he said. "It is late."', ['"Stay,"', '"It is late."']),
        ("“Stay,” he said. “It is late.”", ["“Stay,”", "“It is late.”"]),
        ("‘Stay,’ he said. ‘It’s late.’", ["‘Stay,’", "‘It’s late.’"]),
        ("'Stay,' he said. 'It's late.'", ["'Stay,'", "'It's late.'"]),
        ("''Stay,'' he said. ''It's late.''", ["''Stay,''", "''It's late.''"]),
        ("„Bleib“, he said. «Reste», she said.", ["„Bleib“", "«Reste»"]),
        ("``Stay,'' he said.", ["``Stay,''"]),
        ('“Stay," he said.', ['“Stay,"']),
        ("”Stay,” he said.", ["”Stay,”"]),
        ("“Stay“, he said.", ["“Stay“"]),
    ],
)
def test_marks_of_every_make_are_paired(text: str, wanted: list[str]) -> None:
    assert _spans(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The rebels' camp and the army's tents in the '90s.",
        "It’s the guards’ turn, said nobody.",
        'He is 6\'2" tall and it snowed 5".',
        "Rock 'n' roll till dawn.",
    ],
)
def test_apostrophes_and_measures_are_no_quotation_marks(text: str) -> None:
    assert _spans(text) == []


def test_a_quotation_inside_another_names_it_as_parent() -> None:
    text = "“She told me ‘no’ twice,” he said."
    outer, inner = find_quotations(text)
    assert (outer.parent, inner.parent) == (None, 0)
    assert inner.inner.of(text) == "no"


def test_a_possessive_inside_single_marks_does_not_close_them() -> None:
    text = "‘I know the rebels’ plan,’ he said."
    assert _spans(text) == ["‘I know the rebels’ plan,’"]


def test_an_open_quotation_goes_on_where_the_next_paragraph_opens_with_a_mark() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” she said."
    found = find_quotations(text)
    assert [q.inner.of(text) for q in found] == ["One.", "Two.", "Three,"]
    assert [q.continues for q in found] == [False, True, True]
    assert [q.closed for q in found] == [False, False, True]


def test_a_quotation_runs_over_an_unmarked_paragraph_to_its_closing_mark() -> None:
    text = "“One.\nTwo.\nThree,” she said."
    found = find_quotations(text)
    assert [q.inner.of(text) for q in found] == ["One.", "Two.", "Three,"]
    assert [q.continues for q in found] == [False, True, True]


def test_a_paragraph_boundary_resets_an_odd_mark() -> None:
    text = 'He said "nothing.\n\nThe road is shut.\n\n"Go home," she said.'
    assert _spans(text)[-1] == '"Go home,"'
    assert not any("road" in s for s in _spans(text))


def test_a_missing_closing_mark_costs_only_its_own_quotation() -> None:
    found = _spans('"We will win, he said. "It is over," he added.')
    assert found[-1] == '"It is over,"'


def test_a_missing_opening_mark_costs_only_its_own_quotation() -> None:
    text = 'We will win," he said. "It is over," he added.'
    found = find_quotations(text)
    assert [q.opened for q in found] == [False, True]
    assert found[1].span.of(text) == '"It is over,"'


@given(st.text(alphabet="ab .,\n\"“”‘’'«»„", max_size=80))
def test_spans_stay_in_the_text_and_parents_hold_their_children(text: str) -> None:
    found = find_quotations(text)
    assert list(found) == sorted(found, key=lambda q: (q.span.start, -q.span.end))
    for q in found:
        assert 0 <= q.span.start <= q.inner.start < q.inner.end <= q.span.end <= len(text)
        if q.parent is not None:
            assert found[q.parent].span.contains(q.span)
