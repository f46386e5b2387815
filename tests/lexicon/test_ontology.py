"""Types, modes, quad classes and crosswalks."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.errors import DataError
from onrecord.lexicon.ontology import Ontology, load_ontology
from onrecord.lexicon.tables import data_folder
from onrecord.lexicon.triggers import COLUMNS, load_triggers
from onrecord.model import EventClaim

ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_sixteen_types_four_in_each_verbal_class(ontology: Ontology) -> None:
    quads = [t.quad for t in ontology.types.values()]
    assert len(quads) == 16
    assert quads.count("verbal cooperation") == 4
    assert quads.count("material cooperation") == 3
    assert quads.count("verbal conflict") == 4
    assert quads.count("material conflict") == 5
    assert ontology.types["ASSAULT"].quad_number == 4
    assert ontology.quad("AID") == "material cooperation"


def test_what_is_promised_or_threatened_has_another_type(ontology: Ontology) -> None:
    assert ontology.future("RETREAT") == "CONCEDE"
    assert ontology.future("CONCEDE") == "CONCEDE"
    assert ontology.future("AID") == "AGREE"
    assert ontology.future("ASSAULT") == "THREATEN"


def test_mode_of_a_speech_act_follows_from_its_content(ontology: Ontology) -> None:
    assert ontology.content_mode("REJECT", "RETREAT", ("disarm",)) == "yield"
    assert ontology.content_mode("REQUEST", "RETREAT", ("resign",)) == "change"
    assert ontology.content_mode("REQUEST", "CONSULT") == "meet"
    assert ontology.content_mode("THREATEN", "COERCE", ("arrest",)) == "arrest"
    assert ontology.content_mode("AGREE", "AID") is None


def test_cameo_codes_by_type_mode_and_mood(ontology: Ontology) -> None:
    assert ontology.cameo("COERCE", ("arrest",)) == "173"
    assert ontology.cameo("ASSAULT", ("aerial",)) == "195"
    assert ontology.cameo("ASSAULT") == "190"
    assert ontology.cameo("CONSULT", ("visit",)) == "042"
    assert ontology.cameo("AID", (), "promised") == "033"
    assert ontology.cameo("RETREAT", ("release",), "demanded") == "0253"
    assert ontology.cameo("PROTEST", ("demo",), "threatened") == "133"
    assert ontology.cameo("ACCUSE", (), "demanded") is None


def test_every_asserted_type_and_mode_has_a_cameo_code(ontology: Ontology) -> None:
    for name, kind in ontology.types.items():
        assert all(ontology.cameo(name, modes) for modes in ((), *((m,) for m in kind.modes)))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (("COERCE", ("arrest",), ("COP",), ("CVL",)), ("Strategic developments", "Arrests")),
        (("ASSAULT", ("aerial",), ("MIL",), ("CVL",)), ("Explosions/Remote violence", "Air/drone strike")),
        (("ASSAULT", ("firearms",), ("UAF",), ("CVL",)), ("Violence against civilians", "Attack")),
        (("ASSAULT", ("firearms",), ("MIL", "REB"), ()), ("Battles", "Armed clash")),
        (
            ("ASSAULT", ("abduct",), ("REB",), ("EDU",)),
            ("Violence against civilians", "Abduction/forced disappearance"),
        ),
        (("ASSAULT", ("crowd-control",), ("COP",), ("CVL",)), ("Protests", "Protest with intervention")),
        (("PROTEST", ("riot",), ("CVL",), ()), ("Riots", "Violent demonstration")),
        (("PROTEST", ("demo",), ("CVL",), ("GOV",)), ("Protests", "Peaceful protest")),
        (("CONSULT", (), ("GOV",), ()), None),
    ],
)
def test_acled_types_by_mode_and_parties(
    ontology: Ontology,
    event: tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    expected: tuple[str, str] | None,
) -> None:
    assert ontology.acled(*event) == expected


def test_acled_names_are_acleds_own(ontology: Ontology) -> None:
    for row in ontology.acled_rows:
        assert not row.acled_type or row.acled_sub_type in ACLED[row.acled_type]


def test_contexts_are_found_by_their_words(ontology: Ontology) -> None:
    assert ontology.contexts_of(["human right", "sarin", "walk"]) == ("human rights", "cbrn")


def test_a_wrong_crosswalk_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "crosswalk_cameo.csv").write_text(
        "type,mode,mood,cameo,label,origin\nAID,,,seven,aid,x\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"crosswalk_cameo\.csv:2: CAMEO code 'seven'"):
        load_ontology(tmp_path)


def test_a_type_without_quad_class_is_named(tmp_path: Path) -> None:
    text = (data_folder() / "ontology.toml").read_text(encoding="utf-8")
    broken = text.replace('quad = "verbal cooperation"', "", 1)
    (tmp_path / "ontology.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(DataError, match=r"types\.AGREE has no quad"):
        load_ontology(tmp_path)


def test_own_types_triggers_and_crosswalks_are_laid_over_ours(tmp_path: Path) -> None:
    own = """[types.DREDGE]
    definition = "Sea floor is moved."
    quad = "material conflict"
    modes = { reef = "A reef." }
    """
    (tmp_path / "ontology.toml").write_text(own, encoding="utf-8")
    head = "type,mode,mood,cameo,label,origin\n"
    (tmp_path / "crosswalk_cameo.csv").write_text(f"{head}DREDGE,,,1711,Seize,own\n", encoding="utf-8")
    (tmp_path / "triggers").mkdir()
    row = "dredge,verb,,,+,,DREDGE,reef,subj,obj,-,,,strong,,own,\n"
    columns = ",".join(COLUMNS)
    (tmp_path / "triggers" / "own.csv").write_text(f"{columns}\n{row}", encoding="utf-8")
    ontology = load_ontology(tmp_path)
    assert ontology.types["DREDGE"].quad_number == 4
    assert ontology.types["ASSAULT"].order < ontology.types["DREDGE"].order
    assert ontology.cameo("DREDGE") == "1711"
    assert ontology.cameo("ASSAULT", ("aerial",)) == load_ontology().cameo("ASSAULT", ("aerial",))
    config = onrecord.Config(encoder=False, ontology=str(tmp_path))
    (claim,) = onrecord.code("Chinese ships dredged the Spratly reef on Monday.", config=config).claims
    assert isinstance(claim, EventClaim)
    assert (claim.event_type, claim.modes, dict(claim.codes)["cameo"]) == ("DREDGE", ("reef",), "1711")


def test_a_wrong_row_of_ones_own_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "triggers").mkdir()
    row = "dredge,verb,,,+,,DREDGING,,subj,obj,-,,,strong,,own,\n"
    (tmp_path / "triggers" / "own.csv").write_text(f"# origin: own\n{','.join(COLUMNS)}\n{row}", encoding="utf-8")
    with pytest.raises(DataError, match=r"own\.csv:3"):
        load_triggers(tmp_path)
