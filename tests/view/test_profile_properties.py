"""Whatever an event is like, each layout has a row that keeps to its schema, or a reason why it has none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_events import ALEPPO, killed, party, told, value

from onrecord.lexicon.actor_rows import SECTORS
from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.profile_codes import load_codes
from onrecord.lexicon.profiles import left_out_words, load_layout
from onrecord.view.check import problems
from onrecord.view.profiles import Tally, build
from onrecord.view.profiles.acled import acled_row
from onrecord.view.profiles.events import event_row, report_rows
from onrecord.view.profiles.gdelt import gdelt_row
from onrecord.view.profiles.happening import LeftOut
from onrecord.view.profiles.plover import polecat_row
from onrecord.view.profiles.ucdp import ucdp_row

CODES = load_codes()
BUILDERS = {
    "acled": acled_row,
    "ucdp": ucdp_row,
    "polecat": polecat_row,
    "gdelt": gdelt_row,
    "events": lambda event, _: event_row(event),
    "eventreport": lambda event, _: report_rows(event),
}
IDS = (None, "SYR", "SYR.mil", "RUS.gov", "grp.hts", "grp.ahrar", "igo.un", "per.bashar-al-assad", "no.such.id")
COUNTRIES = (None, "SYR", "USA", "KOS", "IGO", "NGO", "DPR", "TWN", "PSE")


@st.composite
def parties(draw):
    sectors = draw(st.lists(st.sampled_from(sorted(SECTORS)), max_size=3, unique=True))
    more = {"actor_id": draw(st.sampled_from(IDS)), "group": draw(st.sampled_from((None, "grp.hts", "SYR.mil")))}
    words = draw(
        st.sampled_from(("the army", "a gunman", "12 civilians", "angry villagers", "Aleppo", "=HYPERLINK(1)"))
    )
    return party(words, " ".join(sectors), draw(st.sampled_from(COUNTRIES)), **more)


@st.composite
def tolls(draw):
    low, high = sorted(draw(st.tuples(st.integers(0, 90), st.integers(0, 90))))
    best = draw(st.sampled_from((None, float(low), float(high))))
    return value(best, float(low), float(high), low=float(low), high=float(high), open_high=draw(st.booleans()))


@st.composite
def events(draw):
    types = load_ontology().types
    event_type = draw(st.sampled_from(sorted(types)))
    modes = draw(st.lists(st.sampled_from(sorted(types[event_type].modes) or [""]), max_size=2, unique=True))
    country = draw(st.sampled_from(sorted(CODES.countries)))
    precision = draw(st.sampled_from(("point", "town", "district", "province", "country", "region", None)))
    lat = draw(st.one_of(st.none(), st.floats(-90, 90)))
    lon = None if lat is None else draw(st.floats(-180, 180))
    place = ALEPPO | {"country": country, "precision": precision, "lat": lat, "lon": lon}
    first = date(2018, 1, 1) + timedelta(days=draw(st.integers(0, 300)))
    last = first + timedelta(days=draw(st.sampled_from((0, 1, 6, 7, 30, 31, 365, 700))))
    return told(
        event_type,
        modes=" ".join(modes),
        actor=tuple(draw(st.lists(parties(), max_size=2))),
        recipient=tuple(draw(st.lists(parties(), max_size=2))),
        place=draw(st.sampled_from((None, place))),
        start=draw(st.sampled_from((None, first.isoformat()))),
        end=last.isoformat(),
        figures=tuple(draw(st.lists(st.just(killed(12, 12, 12, "12 civilians")), max_size=1))),
        toll=draw(st.one_of(st.none(), tolls())),
        basis=draw(st.sampled_from(("named", "inferred"))),
        contexts=tuple(draw(st.lists(st.sampled_from(("terrorism", "military", "health")), max_size=2, unique=True))),
        happened=draw(st.booleans()),
        published=draw(st.sampled_from((None, "2018-09-09", "2019-12-31T23:00:00-05:00"))),
    )


@pytest.mark.parametrize("layout", list(BUILDERS))
@given(event=events())
def test_every_event_has_a_sound_row_or_a_reason(layout, event):
    made = BUILDERS[layout](event, CODES)
    if isinstance(made, LeftOut):
        assert made.reason in left_out_words()
        return
    assert problems(made if isinstance(made, list) else [made], load_layout(layout)) == []


@given(event=events())
def test_a_toll_is_the_aggregated_number_or_empty(event):
    made, toll = acled_row(event, CODES), event.figure("killed")
    if not isinstance(made, LeftOut):
        assert made["fatalities"] == toll["best"]
    made = ucdp_row(event, CODES)
    if not isinstance(made, LeftOut):
        assert made["best"] == toll["best"]
        assert made["low"] <= made["high"]
        sides = [made[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
        assert [d for d in sides if d is not None] == ([] if toll["best"] is None else [toll["best"]])


@given(found=st.lists(events(), max_size=5))
def test_every_event_is_counted_once_as_kept_or_left_out(found):
    from onrecord.lexicon.profiles import find_profile

    tally = Tally()
    rows = list(build(find_profile("acled"), found, CODES, tally))
    assert len(rows) == tally.events
    assert tally.events + sum(map(len, tally.left_out.values())) == len(found)
    assert all(event.event["happened"] for event in found if not tally.left_out)
