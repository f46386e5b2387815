"""Whom a pronoun stands for in an event: not whom the event itself excludes, and nobody where that is in doubt."""

from __future__ import annotations

import onrecord
from onrecord.model import Actor, EventClaim

DATELINE = "KAVASH, March 4 (Wire) - "


def party(text: str, word: str, role: str) -> list[Actor]:
    """The parties in *role* of the last event told by *word*."""
    coded = onrecord.code(DATELINE + text, published="2018-03-05")
    told = [c for c in coded.claims if isinstance(c, EventClaim) and (c.trigger.text or "") == word]
    assert told
    return list(getattr(told[-1], role))


def through(actors: list[Actor]) -> list[tuple[str | None, str | None]]:
    return [(a.text, a.via.text if a.via is not None else None) for a in actors]


def test_those_arrested_are_whom_police_arrested_before_and_not_the_police() -> None:
    text = (
        "The sheriff's office arrested nine people in Harma on Sunday. All went without incident, the Sheriff's "
        "Office said. They were arrested for theft."
    )
    assert through(party(text, "arrested", "recipient")) == [("They", "nine people")]


def test_who_is_quoted_is_no_he_in_his_own_words() -> None:
    text = 'Karim Saleh said of the gunman: "If he killed ten soldiers, he should hang."'
    assert through(party(text, "killed", "actor")) == [("he", "the gunman")]
    text = 'Karim Saleh said of the bomb: "If he killed ten soldiers, he should hang."'
    (actor,) = party(text, "killed", "actor")
    assert (actor.text, actor.basis, actor.via) == ("he", "unresolved", None)


def test_a_question_word_is_nobody() -> None:
    text = "The minister did not say who attacked the convoy near Harma on Sunday."
    assert party(text, "attacked", "actor") == []


def test_some_of_a_party_are_not_the_party() -> None:
    (actor,) = party("Half a dozen Senate Democrats condemned the army on Monday.", "condemned", "actor")
    assert actor.actor_id is None
    assert actor.sectors == ("LEG",)
    (whole,) = party("The Democratic Party condemned the army on Monday.", "condemned", "actor")
    assert whole.actor_id is not None


def test_what_is_resigned_is_not_resigned_from_its_holder() -> None:
    text = "Karim Saleh has advised the chairman, Idris Bello, to resign his position on Monday."
    assert party(text, "resign", "recipient") == []


def test_people_under_somebody_suffer_themselves() -> None:
    text = "General Karim Saleh attended the funeral of his subordinates who were killed by rebels on Monday."
    assert through(party(text, "killed", "recipient")) == [("his subordinates", None)]


def test_two_told_of_above_go_before_others_of_an_earlier_sentence() -> None:
    text = "Officials met in Harma. Leila Haddad was visiting her father there when they were attacked by gunmen."
    found = party(text, "attacked", "recipient")
    assert through(found) == [("they", "Leila Haddad"), ("they", "her father")]


def test_a_stranger_told_by_age_is_nobody_known() -> None:
    text = (
        "The film tells of the assault on a reporter by Corey Lewandowski, Donald Trump's campaign manager. It also "
        "includes video of the 78-year-old Trump supporter who hit a guard last week."
    )
    coded = onrecord.code(text, published="2018-03-05")
    ties = [r.antecedent.text for r in coded.references if "78" in r.mention.of(text)]
    assert ties == []


def test_a_people_is_not_the_part_of_it_named_before() -> None:
    text = "It speaks for American Muslims in the capital. Donald Trump condemned Muslims on Tuesday."
    assert through(party(text, "condemned", "recipient")) == [("Muslims", None)]


def test_the_officer_who_tells_of_an_arrest_is_not_the_one_arrested() -> None:
    text = (
        "Police Chief Daniel Sato said a teacher was injured. Idris Bello was taken into custody on Monday, police Lt. "
        "Daniel Sato said. He was formally arrested on Tuesday, Sato said."
    )
    assert through(party(text, "arrested", "recipient")) == [("He", "Idris Bello")]


def test_the_one_to_be_charged_is_who_was_named_beside_the_chief() -> None:
    text = (
        "Police Chief Daniel Sato identified the man on Friday as Idris Bello of Harma, who was listed in stable "
        "condition at the hospital. Sato said he will be charged with theft."
    )
    ((words, who),) = through(party(text, "charged", "recipient"))
    assert (words, "Idris Bello" in (who or "")) == ("he", True)


def test_who_tells_of_a_killing_was_not_killed() -> None:
    text = "The case is open. Anna Novak vanished in May. Mary Bello said she believes Idris Sato murdered her."
    assert through(party(text, "murdered", "recipient")) == [("her", "Anna Novak")]


def test_behind_a_semicolon_he_is_the_subject_before_it() -> None:
    text = (
        "Daniel Moore told the judge that he was clean. Moore was jailed on Monday. John Carter, 56, was on the run "
        "from drug charges in Harma; he shot a guard on Sunday, according to court documents."
    )
    assert through(party(text, "shot", "actor")) == [("he", "John Carter")]


def test_the_state_is_no_river() -> None:
    text = (
        "A bridge over the Mississippi River is to be mended. The school district would replace money that was cut "
        "by the state on Monday."
    )
    assert through(party(text, "cut", "actor")) == [("the state", None)]


def test_they_behind_two_names_are_both() -> None:
    text = "Karim Saleh and Idris Bello met in Harma on Monday. They criticized the army."
    assert [a.via.text for a in party(text, "criticized", "actor") if a.via] == ["Karim Saleh", "Idris Bello"]


def test_departments_are_all_that_were_named_together() -> None:
    text = (
        "The State Department and the Department of Homeland Security followed all rules, officials said. The "
        "departments criticized the army on Monday."
    )
    assert [(a.text, a.name) for a in party(text, "criticized", "actor")] == [
        ("The departments", "United States Department of State"),
        ("The departments", "United States Department of Homeland Security"),
    ]


def test_several_delegates_are_not_one_man() -> None:
    text = (
        "Ted Cruz and Karim Saleh spoke in Harma. Cruz won delegates on Saturday. The remaining two delegates "
        "condemned the army."
    )
    assert all(a.basis != "coreference" for a in party(text, "condemned", "actor"))


def test_we_are_those_as_whom_somebody_speaks() -> None:
    text = '"These plans are weak," Karim Saleh said in Harma. "We as Democrats condemn the army."'
    (actor,) = party(text, "condemn", "actor")
    assert (actor.text, actor.via.text if actor.via else None) == ("We", "Democrats")
    text = '"These plans are weak," Karim Saleh said in Harma. "We condemn the army."'
    (actor,) = party(text, "condemn", "actor")
    assert actor.via is not None
    assert actor.via.text == "Karim Saleh"
