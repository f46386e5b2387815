"""Names that the registry does not have: what of the words is a name, and which names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.case.naming import key_of, name_in, name_key, stem_of
from onrecord.model import Actor, Span, Via


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Dr. Samer Darwish", "Samer Darwish"),
        ("Mustafa Haj Omar, a volunteer with the White Helmets", "Mustafa Haj Omar"),
        ("The group’s spokesman, Imad al-Din Mujahid", "Imad al-Din Mujahid"),
        ("rebel commander Sami Darwish", "Sami Darwish"),
        ("Maj. Gen. Mikhail Ivanov", "Mikhail Ivanov"),
        ("Abu Yasser, a teacher who asked not to be named", "Abu Yasser"),
        ("the Red Crescent", "Red Crescent"),
        ("Muhammad bin Salman", "Muhammad bin Salman"),
        ("Laurel County Clerk Ann Roe", "Ann Roe"),
        ("Senate President Idris Vane", "Idris Vane"),
        ("Councilman Paul Ward", "Paul Ward"),
        ("the army’s Captain Omar Aziz", "Omar Aziz"),
        ("Rebel groups in the town", None),
        ("Fighters of Ahrar al-Sham", None),
        ("residents of Ain Issa", None),
        ("the towns of Khan Sheikhoun", None),
        ("MAARAT AL-NUMAN", None),
        ("Government troops", None),
        ("he", None),
        ("two men", None),
        ("Warplanes", None),
        ("", None),
    ],
)
def test_a_name_is_told_from_the_words_around_it(words, name):
    assert name_in(words) == name


def test_one_word_is_a_name_only_where_grounding_says_so():
    assert (name_in("Assad"), name_in("Assad", alone=True)) == (None, "Assad")
    assert name_in("Syria’s", alone=True) is None
    assert name_in("Russian", alone=True) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sami Darwish", "Sami al-Darwish"),
        ("Mohammed Hussein", "Muhammad Husayn"),
        ("Sergei Ivanov", "Sergey Ivanov"),
        ("José Núñez", "Jose Nunez"),
        ("Imad al-Din", "Imad Al Din"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert key_of(one, "SYR") == key_of(other, "SYR")


def test_a_pronoun_is_named_by_what_it_stands_for_and_a_known_actor_by_nothing():
    he = Actor(
        text="he", span=Span(0, 2), basis="coreference", country="SYR", via=Via(text="Sami Darwish", span=Span(3, 15))
    )
    found = name_key(he)
    assert found is not None
    assert (found.name, found.key) == ("Sami Darwish", "p:sami-darwish:SYR")
    assert name_key(Actor(text="he", span=Span(0, 2), actor_id="SYR.gov", via=he.via)) is None


@given(st.text(max_size=60), st.booleans())
def test_any_words_give_a_name_that_gives_itself_again(words, alone):
    name = name_in(words, alone)
    if name is not None:
        assert name_in(name, True) in (name, None)
        assert stem_of(key_of(name, "SYR")) == key_of(name, None)
        assert " " not in key_of(name, None)
