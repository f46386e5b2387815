"""The trigger lexicon that ships, and what happens to bad rows and to a user's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.triggers import COLUMNS, Trigger, TriggerLexicon, load_triggers

HEADER = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def lexicon() -> TriggerLexicon:
    return load_triggers()


def overlay(folder: Path, *rows: str) -> Path:
    """A folder of a user's own with these trigger rows."""
    (folder / "triggers").mkdir(exist_ok=True)
    (folder / "triggers" / "own.csv").write_text("\n".join(("# origin: test", HEADER, *rows)) + "\n", encoding="utf-8")
    return folder


def first(lexicon: TriggerLexicon, pos: str, head: str, **arguments: str) -> Trigger:
    """The row that is meant when the named arguments stand there as single words."""
    for row in lexicon.candidates(pos, head):
        if len(row.words) > 1 or row.particle != tuple(arguments.get("particle", "").split()):
            continue
        core = (("subject", row.subject), ("object", row.object))
        fits = all(c is None or c.admits(arguments.get(name)) for name, c in core)
        if fits and all(c.admits(arguments.get(p)) for p, c in row.oblique):
            return row
    raise AssertionError(f"nothing fits {head} {arguments}")


def test_every_type_has_many_rows_and_non_events_are_there(lexicon: TriggerLexicon) -> None:
    counts = Counter(t.event_type for t in lexicon.triggers)
    assert set(counts) == {*load_ontology().types, None}
    assert len(lexicon.triggers) - counts[None] >= 2000
    assert counts[None] >= 250
    assert all(counts[name] >= 100 for name in load_ontology().types)


def test_every_mode_has_at_least_ten_rows(lexicon: TriggerLexicon) -> None:
    counts = Counter((t.event_type, mode) for t in lexicon.triggers for mode in t.modes)
    asked = {(name, mode) for name, kind in load_ontology().types.items() for mode in kind.modes}
    assert not {pair for pair in asked if counts[pair] < 10}


def test_candidates_come_most_demanding_first(lexicon: TriggerLexicon) -> None:
    for rows in lexicon.by_head.values():
        ranks = [(-row.specificity, row.event_type is not None, row.breadth) for row in rows]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("pos", "head", "arguments", "meant"),
    [
        ("verb", "arrest", {"object": "man"}, "COERCE/arrest"),
        ("verb", "arrest", {"object": "decline"}, None),
        ("verb", "shoot", {"object": "protester"}, "ASSAULT/firearms"),
        ("verb", "shoot", {"object": "film"}, None),
        ("verb", "kill", {"subject": "gunman", "object": "man"}, "ASSAULT/"),
        ("verb", "kill", {"subject": "earthquake", "object": "man"}, None),
        ("verb", "kill", {"subject": "senator", "object": "bill"}, None),
        ("verb", "strike", {"object": "deal"}, "AGREE/"),
        ("verb", "open", {"object": "fire"}, "ASSAULT/firearms"),
        ("verb", "open", {"object": "investigation"}, "ACCUSE/investigate"),
        ("verb", "lift", {"object": "curfew"}, "CONCEDE/"),
        ("verb", "lift", {"object": "sanction"}, "RETREAT/"),
        ("verb", "lift", {"object": "siege"}, "RETREAT/withdraw"),
        ("verb", "hand", {"particle": "over", "object": "weapon"}, "RETREAT/disarm"),
        ("verb", "impose", {"object": "sanction"}, "SANCTION/discontinue"),
        ("verb", "impose", {"object": "curfew"}, "COERCE/curfew"),
        ("verb", "seize", {"object": "town"}, None),
        ("verb", "seize", {"object": "asset"}, "COERCE/seize"),
        ("verb", "seize", {"object": "soldier"}, "ASSAULT/abduct"),
        ("verb", "summon", {"object": "ambassador"}, "ACCUSE/disapprove"),
        ("verb", "issue", {"object": "warrant"}, "THREATEN/arrest"),
        ("verb", "expel", {"object": "diplomat"}, "SANCTION/expel"),
        ("verb", "recall", {"object": "ambassador"}, "SANCTION/withdraw"),
        ("verb", "declare", {"object": "ceasefire"}, "CONCEDE/"),
        ("verb", "observe", {"object": "ceasefire"}, "RETREAT/ceasefire"),
        ("verb", "decline", {"to": "comment"}, None),
        ("verb", "battle", {"object": "cancer"}, None),
        ("verb", "storm", {"particle": "off"}, None),
        ("verb", "stage", {"object": "rally"}, "PROTEST/demo"),
        ("verb", "deploy", {"object": "missile"}, "MOBILIZE/weapons"),
        ("verb", "deploy", {"object": "troop"}, "MOBILIZE/troops"),
        ("verb", "refuse", {"to": "withdraw"}, "REJECT/yield"),
        ("verb", "threaten", {"subject": "rebel", "to": "attack"}, "THREATEN/violence"),
        ("verb", "gherao", {"object": "minister"}, "PROTEST/demo"),
        ("verb", "lathicharge", {"object": "crowd"}, "ASSAULT/crowd-control"),
    ],
)
def test_the_meant_row_comes_first(
    lexicon: TriggerLexicon, pos: str, head: str, arguments: dict[str, str], meant: str | None
) -> None:
    row = first(lexicon, pos, head, **arguments)
    found = None if row.event_type is None else f"{row.event_type}/{row.modes[0] if row.modes else ''}"
    assert found == meant, f"{row.file}:{row.line}"


def test_a_prison_sentence_is_an_arrest_as_well(lexicon: TriggerLexicon) -> None:
    row = first(lexicon, "verb", "sentence", object="man", to="prison")
    assert (row.event_type, row.modes, row.also) == ("SANCTION", ("convict",), (("COERCE", "arrest"),))


def test_forms_that_parsers_lemmatise_wrongly_are_found(lexicon: TriggerLexicon) -> None:
    assert any(t.head == "rape" for t in lexicon.candidates("verb", "rap"))
    assert any(v.lemma == "stage" for v in lexicon.light_verbs["stag"])


def test_light_verbs_tell_whose_roles_they_carry(lexicon: TriggerLexicon) -> None:
    (face,) = lexicon.light_verbs["face"]
    assert (face.actor, [str(p) for p in face.recipient]) == ((), ["subj"])
    assert {v.particle for v in lexicon.light_verbs["carry"]} == {("out",)}


def test_constraints_hold_for_names_sectors_and_compounds(lexicon: TriggerLexicon) -> None:
    classes = lexicon.classes
    assert classes["territory"].holds("Aleppo", entity="GPE")
    assert classes["armed"].holds("Taliban", sectors=("REB",))
    assert classes["riotgear"].holds("gas", modifiers=("tear",))
    assert not classes["riotgear"].holds("gas", modifiers=("natural",))
    assert classes["gunnery"].holds("fire", modifiers=("Israeli",))


def test_a_users_row_replaces_switches_off_and_adds(tmp_path: Path) -> None:
    folder = overlay(
        tmp_path,
        "bandh,noun,,,,,NONE,,-,-,-,,,strong,,my desk,",
        "tyre burning,noun,,,,,PROTEST,obstruct,by|poss,-,-,,,strong,,my desk,",
    )
    lexicon = load_triggers(folder)
    assert [t.event_type for t in lexicon.candidates("noun", "bandh")] == [None]
    tyres = next(t for t in lexicon.candidates("noun", "burning") if t.words == ("tyre", "burning"))
    assert (tyres.event_type, tyres.modes, tyres.file) == ("PROTEST", ("obstruct",), "own.csv")
    assert len(lexicon.triggers) == len(load_triggers().triggers)


def test_a_users_class_grows_ours(tmp_path: Path) -> None:
    (tmp_path / "classes.csv").write_text("class,lemma,origin\nprotest,morcha yatra,my desk\n", encoding="utf-8")
    protest = load_triggers(tmp_path).classes["protest"]
    assert protest.holds("yatra", modifiers=("morcha",))
    assert protest.holds("rally")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("bomb,verb,,,,,ATTACK,,subj,obj,-,,,strong,,x,", "ATTACK"),
        ("bomb,verb,,,,,ASSAULT,nuclear,subj,obj,-,,,strong,,x,", "no mode 'nuclear'"),
        ("bomb,verb,,,,,ASSAULT,,agent,obj,-,,,strong,,x,", "path 'agent'"),
        ("bomb,verb,,,@tower,,ASSAULT,,subj,obj,-,,,strong,,x,", "class '@tower'"),
        ("bomb,verb,,,Tower,,ASSAULT,,subj,obj,-,,,strong,,x,", "'Tower'"),
        ("bomb,verb,thither,,,,ASSAULT,,subj,obj,-,,,strong,,x,", "particle 'thither'"),
        ("bomb,verb,,,,wherefore:+,ASSAULT,,subj,obj,-,,,strong,,x,", "no preposition"),
        ("bomb,verb,,,,,ASSAULT,,subj,obj,-,,,mighty,,x,", "strength"),
        ("bomb,verb,,,,,ASSAULT,,subj,obj,-,,,strong,souls,x,", "measure"),
        ("bomb,verb,,,,,ASSAULT,,subj,obj,-,,,strong,,,", "no origin"),
        ("bomb,verb,,,,,NONE,aerial,-,-,-,,,strong,,x,", "modes"),
        ("bomb,verb,,,,,ASSAULT,,subj,obj,-,,,strong,,x,also COERCE/weather", "COERCE/weather"),
        ("bomb,verb,,,,,ASSAULT,,subj,obj,-,,,strong", "cells"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path: Path, row: str, problem: str) -> None:
    with pytest.raises(DataError, match=r"own\.csv:3: ") as caught:
        load_triggers(overlay(tmp_path, row))
    assert problem in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("own.csv", 3)


def test_two_rows_with_one_frame_are_an_error(tmp_path: Path) -> None:
    row = "zap,verb,,,,,ASSAULT,,subj,obj,-,,,strong,,x,"
    with pytest.raises(DataError, match=r"own\.csv:4: .*own\.csv:3"):
        load_triggers(overlay(tmp_path, row, row))


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        load_triggers(tmp_path / "nowhere")
