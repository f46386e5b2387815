"""The filter language: what is written is what is meant, and what is wrong is named."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.case.filters import KEYS, Filter, Term
from onrecord.errors import CaseError

values = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=8)
spaced = st.builds(lambda a, b: f"{a} {b}", values, values)
named = st.builds(
    Term,
    st.sampled_from(["actor", "speaker.name", "place", "outlet", "type"]),
    st.sampled_from([":", "="]),
    st.lists(values | spaced, min_size=1, max_size=3).map(tuple),
    st.booleans(),
)
numbers = st.builds(
    Term,
    st.sampled_from(["factuality", "confidence", "killed"]),
    st.sampled_from([">", ">=", "<", "<=", "="]),
    st.integers(-9, 9).map(lambda n: (str(n),)),
    st.booleans(),
)
phrases = st.builds(Term, st.just("words"), st.just(":"), st.tuples(values | spaced), st.booleans(), st.just(True))


@given(st.lists(named | numbers | phrases).map(tuple))
def test_a_filter_written_down_reads_as_the_same_filter(terms):
    assert Filter.parse(str(Filter(terms))) == Filter(terms)


@given(st.text(max_size=40))
def test_any_line_is_a_filter_or_an_error_in_words(line):
    with suppress(CaseError):
        Filter.parse(line)


def test_terms_read_as_written():
    assert Filter.parse(
        'type:ASSAULT,COERCE -mood:denied killed>=5 speaker:"White Helmets" "red line" rifle*'
    ).terms == (
        Term("type", ":", ("ASSAULT", "COERCE")),
        Term("mood", ":", ("denied",), negated=True),
        Term("killed", ">=", ("5",)),
        Term("speaker", ":", ("White Helmets",)),
        Term("words", ":", ("red line",), quoted=True),
        Term("words", ":", ("rifle*",)),
    )


def test_words_of_a_command_line_keep_their_spaces():
    assert Filter.of(["speaker:White Helmets", "mood:denied"]).terms[0] == Term("speaker", ":", ("White Helmets",))
    assert Filter.of(None) == Filter.of("") == Filter()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("typ:ASSAULT", "Did you mean type"),
        ("zzz:1", "Keys are"),
        ("mood:angry", "One of: asserted"),
        ("factuality>high", "no number"),
        ("actor>3", "has no order"),
        ("from:yesterday", "2018-08-31"),
        ("within:36.1,36.6", "50km"),
        ("within:136.1,36.6,5km", "50km"),
        ("bbox:1,2,3", "west,south,east,north"),
        ("type:", "no value"),
        ('speaker:"open', "not closed"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(line, words):
    with pytest.raises(CaseError, match=words):
        Filter.parse(line)


def test_every_key_says_what_it_is_for():
    assert all(KEYS.values())
