"""Names: a namesake of the registry is not taken for the person whom the report has introduced in full."""

from __future__ import annotations

from onrecord.attribute.coreference import find_references
from onrecord.model import Actor, Span
from onrecord.parse.syntax import SpacyParser


def test_a_bare_surname_is_the_person_named_in_full_and_not_the_namesake() -> None:
    text = (
        "Nora Brandt chairs the school council of Tamra. Brandt takes a milder view. She said that the money was there."
    )
    start = text.index("Brandt takes")
    known = Actor(
        text="Brandt", span=Span(start, start + len("Brandt")), actor_id="per.paul-brandt", name="Paul Brandt"
    )
    ties = {r.mention: r.antecedent.text for r in find_references(SpacyParser().parse(text), (known,))}
    at = text.index("She said")
    assert ties[Span(at, at + len("She"))] == "Nora Brandt"


def test_a_bare_surname_is_the_one_introduced_and_not_another_whom_the_report_names_later() -> None:
    text = (
        "Jonas Brandt chairs the council of Tamra. Brandt wants a new school. He said that the money was there. "
        "His uncle, former minister Paul Brandt, did not comment."
    )
    start = text.index("Brandt wants")
    known = (
        Actor(text="Brandt", span=Span(start, start + len("Brandt")), actor_id="per.paul-brandt", name="Paul Brandt"),
        Actor(text="Paul Brandt", span=_at(text, "Paul Brandt"), actor_id="per.paul-brandt", name="Paul Brandt"),
    )
    ties = {r.mention: r.antecedent.text for r in find_references(SpacyParser().parse(text), known)}
    at = text.index("He said")
    assert ties[Span(at, at + len("He"))] == "Jonas Brandt"


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_a_title_tells_namesakes_apart() -> None:
    text = "Hillary Clinton spoke in Harma. Bill Clinton was there. Mr. Clinton said that he would stay."
    known = tuple(
        Actor(text=words, span=_at(text, words), actor_id=actor_id, name=name)
        for words, actor_id, name in (
            ("Hillary Clinton", "per.hillary-clinton", "Hillary Clinton"),
            ("Bill Clinton", "per.bill-clinton", "Bill Clinton"),
        )
    )
    start = text.index("Mr. Clinton") + len("Mr. ")
    bare = Actor(text="Clinton", span=Span(start, start + 7), actor_id="per.hillary-clinton", name="Hillary Clinton")
    ties = {r.mention: r.antecedent.text for r in find_references(SpacyParser().parse(text), (*known, bare))}
    at = text.index("he would")
    assert ties[Span(at, at + 2)] == "Bill Clinton"
