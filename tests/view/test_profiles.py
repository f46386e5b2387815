"""What each data set's columns say of an event, and what stands where nothing is known."""

from __future__ import annotations

from datetime import date

import pytest
from made_events import ALEPPO, killed, party, told, value

from onrecord.lexicon.profile_codes import load_codes
from onrecord.lexicon.profiles import load_layout
from onrecord.view.check import problems
from onrecord.view.profiles.acled import acled_row
from onrecord.view.profiles.events import event_row, report_rows
from onrecord.view.profiles.gdelt import gdelt_row
from onrecord.view.profiles.happening import LeftOut
from onrecord.view.profiles.plover import plover_record, polecat_row
from onrecord.view.profiles.ucdp import priogrid, ucdp_row

CODES = load_codes()
ARMY = party("the army", "MIL", actor_id="SYR.mil", name="Syrian Arab Army")
REBELS = party("HTS fighters", "REB", group="grp.hts")
CIVILIANS = party("12 civilians", "CVL")
TWELVE = value(12.0, 12.0, low=12.0, high=12.0)


def acled(**how):
    row = acled_row(told(**how), CODES)
    assert isinstance(row, dict), row
    assert problems([row], load_layout("acled")) == []
    return row


def ucdp(**how):
    row = ucdp_row(told(**how), CODES)
    assert isinstance(row, dict), row
    assert problems([row], load_layout("ucdp")) == []
    return row


def reason(found) -> str:
    assert isinstance(found, LeftOut), found
    return found.reason


# -- ACLED ---------------------------------------------------------------------------------------------


def test_acled_names_forces_by_country_and_groups_as_acled_does():
    row = acled(modes="firearms", actor=(ARMY,), recipient=(REBELS,), toll=TWELVE)
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Syria", "State forces")
    assert (row["actor2"], row["inter2"]) == ("HTS: Hayat Tahrir al Sham", "Rebel group")
    assert row["interaction"] == "State forces-Rebel group"
    assert (row["fatalities"], row["iso"], row["region"]) == (12, 760, "Middle East")
    assert row["event_id_cnty"] == "SYRe0123456789abcdef"


def test_a_toll_that_nobody_gives_or_on_which_accounts_tie_is_empty_and_never_zero():
    nothing = acled(modes="aerial", recipient=(CIVILIANS,))
    assert nothing["fatalities"] is None
    assert "fatalities=not reported" in nothing["tags"]
    tied = acled(modes="aerial", recipient=(CIVILIANS,), toll=value(None, 9.0, 15.0, low=9.0, high=15.0))
    assert tied["fatalities"] is None
    assert "fatalities=indeterminate (9 to 15)" in tied["tags"]
    assert acled(modes="aerial", recipient=(CIVILIANS,), toll=value(0.0, 0.0, low=0.0, high=0.0))["fatalities"] == 0


def test_forces_abroad_are_external_and_unknown_attackers_are_called_as_in_the_codebook():
    russians = party("Russian warplanes", "MIL", "RUS", actor_id="RUS.mil")
    row = acled(modes="aerial", actor=(russians,), recipient=(CIVILIANS,))
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Russia", "External/Other forces")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert acled(modes="aerial", recipient=(CIVILIANS,))["actor1"] == "Unidentified Military Forces"
    bomb = acled(modes="explosives", recipient=(CIVILIANS,))
    assert (bomb["actor1"], bomb["inter1"]) == ("Unidentified Armed Group (Syria)", "Political militia")


def test_a_crowd_that_is_shot_at_comes_first_and_the_force_second():
    police = party("police", "COP", actor_id="SYR.cop")
    crowd = party("protesters", "CVL OPP")
    row = acled(modes="firearms", actor=(police,), recipient=(crowd,))
    assert (row["event_type"], row["sub_event_type"]) == ("Protests", "Excessive force against protesters")
    assert (row["actor1"], row["actor2"]) == ("Protesters (Syria)", "Police Forces of Syria")
    assert row["disorder_type"] == "Political violence; Demonstrations"
    assert "[size=no report]" in row["notes"]


def test_movements_that_are_parties_too_bear_arms_and_governments_bomb_by_their_forces():
    fmln = party("FMLN guerrillas", "PTY REB", "SLV")
    row = acled(modes="explosives", actor=(fmln,))
    assert (row["actor1"], row["inter1"]) == ("Unidentified Armed Group (El Salvador)", "Rebel group")
    assert acled(modes="aerial", actor=(party("the regime", "GOV"),))["actor1"] == "Military Forces of Syria"
    civilians = acled(modes="heavy-weapons", actor=(party("our crews", "CVL"),))
    assert (civilians["actor1"], civilians["inter1"]) == ("Unidentified Armed Group (Syria)", "Political militia")


def test_words_that_only_name_the_place_are_no_party():
    row = acled(modes="aerial", recipient=(party("Aleppo", "CVL"),))
    assert row["actor2"] is None


def test_whom_a_protest_is_against_takes_no_part_in_it():
    row = acled(event_type="PROTEST", modes="demo", actor=(party("workers", "LAB"),), recipient=(party("it", "GOV"),))
    assert (row["actor1"], row["actor2"], row["interaction"]) == ("Protesters (Syria)", None, "Protesters only")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"start": None}, "no_day"),
        ({"start": "2018-01-01", "end": "2018-12-31"}, "day_too_vague"),
        ({"place": None}, "no_place"),
        ({"place": ALEPPO | {"precision": "country"}}, "place_too_vague"),
        ({"place": ALEPPO | {"lat": None}}, "place_not_found"),
        ({"event_type": "ACCUSE"}, "no_code"),
        ({"event_type": "AGREE", "modes": "", "actor": (REBELS,)}, "no_code"),
        ({"modes": "", "recipient": (party("a woman", "CVL"),)}, "not_political"),
        ({"modes": "firearms", "actor": (party("a gunman", "UAF"),), "recipient": (CIVILIANS,)}, "not_political"),
        ({"modes": "firearms", "actor": (ARMY,)}, "sides_unclear"),
        ({"event_type": "SANCTION", "modes": "convict", "recipient": (party("him", "OPP"),)}, "no_code"),
    ],
)
def test_what_acled_cannot_say_stays_out_with_a_reason(how, why):
    assert reason(acled_row(told(**({"modes": "aerial"} | how)), CODES)) == why


def test_an_inferred_day_or_place_is_one_step_less_precise():
    sure = acled(modes="aerial", recipient=(CIVILIANS,))
    guessed = acled(modes="aerial", recipient=(CIVILIANS,), basis="inferred")
    assert (sure["time_precision"], sure["geo_precision"]) == (1, 1)
    assert (guessed["time_precision"], guessed["geo_precision"]) == (2, 2)
    assert "event_date=inferred; location=inferred" in guessed["tags"]


def test_a_longer_interval_has_its_middle_day():
    week = acled(modes="aerial", recipient=(CIVILIANS,), start="2018-09-03", end="2018-09-09")
    assert (week["event_date"], week["time_precision"]) == (date(2018, 9, 6), 2)
    month = acled(modes="aerial", recipient=(CIVILIANS,), start="2018-09-01", end="2018-09-30", published=None)
    assert (month["event_date"], month["time_precision"]) == (date(2018, 9, 15), 3)


# -- UCDP ----------------------------------------------------------------------------------------------


def test_a_state_is_side_a_whoever_attacks():
    row = ucdp(actor=(REBELS,), recipient=(ARMY,), toll=TWELVE, figures=(killed(12, 12, 12, "12 soldiers"),))
    assert (row["type_of_violence"], row["side_a"]) == (1, "Government of Syria")
    assert row["side_b"] == "Hay'at Tahrir al-Sham"
    assert (row["gwnoa"], row["gwnob"], row["country_id"]) == (652, None, 652)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_unknown"], row["best"]) == (12, None, None, 12)
    assert row["conflict_name"] is None
    assert row["dyad_name"] == "Government of Syria - Hay'at Tahrir al-Sham"


def test_one_sided_violence_has_civilians_as_side_b_and_their_deaths_in_one_column():
    row = ucdp(actor=(ARMY,), recipient=(CIVILIANS,), toll=TWELVE)
    assert (row["type_of_violence"], row["side_b"], row["deaths_civilians"]) == (3, "Civilians", 12)
    assert row["relid"] == "SYR-2018-3-e0123456789abcdef"
    assert row["id"] == int("0123456789abc", 16)


def test_two_groups_fight_without_a_state_and_deaths_of_nobody_knows_whom_are_unknown():
    other = party("Ahrar al-Sham", "REB", actor_id="grp.ahrar", name="Ahrar al-Sham")
    row = ucdp(actor=(REBELS,), recipient=(other,), toll=TWELVE, figures=(killed(12, 12, 12),))
    assert (row["type_of_violence"], row["deaths_unknown"]) == (2, 12)
    assert row["deaths_civilians"] is None


def test_tied_tolls_have_a_range_and_no_best():
    row = ucdp(actor=(ARMY,), recipient=(CIVILIANS,), toll=value(None, 9.0, 15.0, low=9.0, high=15.0))
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"]) == (None, 9, 15, None)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"toll": None}, "no_deaths"),
        ({"actor": ()}, "sides_unclear"),
        ({"actor": (party("gunmen", "UAF"),)}, "sides_unclear"),
        ({"recipient": ()}, "sides_unclear"),
        ({"event_type": "COERCE"}, "no_code"),
        ({"start": None}, "no_day"),
    ],
)
def test_what_is_no_event_to_ucdp_stays_out(how, why):
    usual = {"actor": (ARMY,), "recipient": (CIVILIANS,), "toll": TWELVE}
    assert reason(ucdp_row(told(**(usual | how)), CODES)) == why


def test_cells_of_prio_grid_count_from_the_south_west_corner():
    assert priogrid(-89.75, -179.75) == 1
    assert priogrid(89.75, 179.75) == 259_200
    assert priogrid(90, 180) == 259_200


def test_identifiers_of_dyads_come_from_a_table_of_ones_own(tmp_path):
    head = "side_a,side_b,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,side_a_new_id,side_b_new_id,origin"
    line = "Government of Syria,Civilians,3,7,Seventh,8,9,10,mine"
    (tmp_path / "ucdp_dyads.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    row = ucdp_row(told(actor=(ARMY,), recipient=(CIVILIANS,), toll=TWELVE), load_codes(tmp_path))
    assert (row["conflict_new_id"], row["conflict_name"], row["dyad_new_id"]) == (7, "Seventh", 8)
    assert (row["side_a_new_id"], row["side_b_new_id"]) == (9, 10)


# -- PLOVER, POLECAT, GDELT ----------------------------------------------------------------------------


def test_plover_writes_null_where_nothing_is_known():
    record = plover_record(told(modes="aerial", recipient=(CIVILIANS,), deniers=("the army",)), CODES)
    assert (record["event"], record["mode"], record["quad_code"]) == (["ASSAULT"], ["aerial"], "MATERIAL CONFLICT")
    assert record["actor"] == []
    assert record["size"] == {"dead": None, "injured": None, "arrested": None}
    assert (record["event_loc"]["resolution"], record["event_loc"]["geonameid"]) == (4, 170063)
    assert "denied by the army" in record["comment"]


def test_polecat_has_forty_columns_with_names_and_raw_names():
    row = polecat_row(told(actor=(ARMY,), recipient=(CIVILIANS,)), CODES)
    assert list(row) == list(load_layout("polecat").names)
    assert (row["Actor Name"], row["Actor Name Raw"], row["Actor COW"]) == ("Syrian Arab Army", "the army", 652)
    assert (row["Recipient Name"], row["Recipient Name Raw"]) == (None, "12 civilians")
    assert problems([row], load_layout("polecat")) == []


@pytest.mark.parametrize("build", [polecat_row, gdelt_row])
def test_a_year_is_no_day(build):
    assert reason(build(told(start="2018-01-01", end="2018-12-31"), CODES)) == "day_too_vague"
    assert reason(build(told(start=None), CODES)) == "no_day"


def test_gdelt_keeps_leading_zeros_and_uses_cameo_for_actors_and_fips_for_places():
    row = gdelt_row(told("CONSULT", modes="visit", actor=(ARMY,), recipient=(party("Iraq", "", "IRQ"),)), CODES)
    assert list(row) == list(load_layout("gdelt").names)
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("042", "042", "04")
    assert (row["QuadClass"], row["GoldsteinScale"], row["AvgTone"]) == (1, 1.9, None)
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor2CountryCode"]) == ("SYRMIL", "SYR", "IRQ")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["Actor1Geo_Type"]) == (4, "SY", 0)
    assert (row["SQLDATE"], row["DATEADDED"]) == (20180908, 20180909080000)
    assert row["FractionDate"] == pytest.approx(2018 + (9 * 30 + 8) / 365, abs=1e-4)
    assert problems([row], load_layout("gdelt")) == []


def test_kosovo_is_xkx_in_the_ledger_and_kos_in_plover():
    place = ALEPPO | {"country": "XKX", "name": "Pristina"}
    assert polecat_row(told(place=place), CODES)["Country"] == "KOS"
    assert event_row(told(place=place))["country"] == "XKX"
    assert acled(modes="aerial", recipient=(CIVILIANS,), place=place)["iso"] is None


# -- reports of events ---------------------------------------------------------------------------------


def test_a_row_of_a_report_has_what_that_report_gives():
    (row,) = report_rows(told(actor=(ARMY,), figures=(killed(12, None, None), killed(5, 5, 5, "children"))))
    assert (row["deaths_best"], row["deaths_low"], row["deaths_high"]) == (12, 12, None)
    assert (row["actor1"], row["actor1_precision"], row["place_precision_rank"]) == ("Syrian Arab Army", 3, 5)
    assert (row["voice"], row["copying"], row["date_days"]) == ("r0", "origin", 1)
    assert problems([row], load_layout("eventreport")) == []
