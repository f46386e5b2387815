"""Whom grammar, owners, offices and what is told of a crime allow a pronoun or description to stand for."""

from __future__ import annotations

import pytest

import onrecord


def meant(text: str, word: str) -> list[str | None]:
    """What each *word* of *text* is taken for, in text order; None where it stays unresolved."""
    coded = onrecord.code(text, published="2016-04-18")
    ties = {r.mention.start: r.antecedent.text for r in coded.references}
    starts = [i for i in range(len(text)) if text.startswith(word, i)]
    return [ties.get(i) for i in starts]


def test_nobody_is_him_in_a_clause_of_which_he_is_the_subject() -> None:
    text = "Karim Saleh praised Idris Bello on Monday. Bello rose and thanked him for the praise."
    assert meant(text, "him") == ["Karim Saleh"]


def test_two_who_are_the_subject_together_are_neither_him() -> None:
    text = "Karim Saleh and Idris Bello turned on Daud Moreno on Monday. They criticized him for his remarks."
    assert meant(text, "him") == ["Daud Moreno"]


def test_who_is_asked_to_do_something_may_do_it_to_who_asks() -> None:
    text = "Karim Saleh asked Leila Haddad to support him on Monday."
    assert meant(text, "him ") == ["Karim Saleh"]


def test_what_is_told_of_ones_own_is_the_owners() -> None:
    text = "Idris Bello criticized Karim Saleh. One of Saleh's weaknesses is his refusal to talk, Bello said."
    assert meant(text, "his ") == ["Karim Saleh"]
    text = "Idris Bello attended Karim Saleh's news conference in Harma, where he refused to resign."
    assert meant(text, "he ") in (["Karim Saleh"], ["Idris Bello"])  # as the clause hangs on the conference or not
    text = "Idris Bello spoke on Monday before Karim Saleh's speech after his visit to Harma."
    assert meant(text, "his ") == ["Karim Saleh"]


def test_who_says_a_whole_sentence_is_no_he_in_it() -> None:
    text = (
        '"There is no one tougher than Nadia Osei," said Alma Tantal, the party chairwoman. "She has been a champion '
        'of our values and I congratulate her on the victory."'
    )
    assert meant(text, "She") == ["Nadia Osei"]
    assert meant(text, "her on") == ["Nadia Osei"]


def test_who_speaks_is_known_by_what_he_was_called_before() -> None:
    text = (
        "Pope Francis met Karim Saleh, the mayor of Harma, where the pope lives. "
        '"When I came down, I greeted him and nothing more," the pope told reporters.'
    )
    assert meant(text, "him ") == ["Karim Saleh"]


def test_part_of_a_sentence_in_quotation_marks_may_be_told_of_who_says_it() -> None:
    text = 'Karim Saleh said he "would never betray his voters" and praised Idris Bello.'
    assert meant(text, "his ") == ["Karim Saleh"]


def test_the_officer_who_tells_of_a_crime_is_neither_victim_nor_suspect() -> None:
    text = (
        "A 27-year-old city man was shot twice on Tuesday, police said. The victim had a wound in the back, said Capt. "
        "Eugene Dexter. The victim told authorities a man approached him and robbed him. The suspect ran away."
    )
    assert "Eugene Dexter" not in [*meant(text, "The victim"), *meant(text, "The suspect")]
    assert meant(text, "him ") == ["The victim"]


def test_an_office_of_a_state_is_not_held_by_whom_the_registry_knows_for_others() -> None:
    text = "Hillary Clinton spoke in Harma on Monday. Crowds threatened the state chairwoman in a fight over delegates."
    assert meant(text, "the state chairwoman") == [None]
    text = "Nadia Osei, the state chairwoman, spoke in Harma on Monday. Crowds threatened the state chairwoman."
    assert meant(text, "the state chairwoman")[1] == "Nadia Osei"


@pytest.mark.parametrize(("words", "name"), [("The pontiff", "Francis"), ("The pope", "Francis")])
def test_the_pope_is_the_pontiff(words: str, name: str) -> None:
    text = f"Pope Francis spoke of peace on Saturday. {words} met Karim Saleh in Harma."
    assert meant(text, words) == [name]


def test_a_front_runner_is_who_led_on_the_day() -> None:
    text = (
        "Ted Cruz, the Republican senator, spoke in Harma on Saturday. Donald Trump was elsewhere, and Cruz thanked "
        "his voters. The GOP front-runner complained of the rules."
    )
    assert meant(text, "The GOP front-runner") == ["Donald Trump"]
