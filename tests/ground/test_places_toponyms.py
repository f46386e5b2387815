"""Which words of a report name a place: found in conflict news, and not in people or teams."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.ground.gazetteer import Gazetteer
from onrecord.ground.toponyms import Toponym, ToponymFinder
from onrecord.model import Credit, Encoding, Span
from onrecord.parse.syntax import SpacyParser

NEWS = (
    "BEIRUT (Wire) - Syrian government jets bombed Maarat al-Numan and the outskirts of Jisr al-Shughour on Monday. "
    "Rescue workers in Idlib province said at least nine people died. Moscow said it had hit fighters near Khan "
    "Sheikhoun, Kafr Nabl and Morek. Gen. Khaled al-Masri denied it in Damascus."
)


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="module")
def finder() -> ToponymFinder:
    return ToponymFinder(Gazetteer())


def find(text: str, parser: SpacyParser, finder: ToponymFinder) -> dict[str, Toponym]:
    return {t.text: t for t in finder.find(parser.parse(text))}


def test_spans_slice_back_and_do_not_overlap(parser: SpacyParser, finder: ToponymFinder) -> None:
    found = finder.find(parser.parse(NEWS))
    assert len(found) >= 9
    for toponym in found:
        assert toponym.span.of(NEWS) == toponym.text
    for left, right in zip(found, found[1:], strict=False):
        assert left.span.end <= right.span.start


def test_arabic_towns_are_found_that_parsers_take_for_people(parser: SpacyParser, finder: ToponymFinder) -> None:
    found = find(NEWS, parser, finder)
    for name in ("Maarat al-Numan", "Jisr al-Shughour", "Khan Sheikhoun", "Kafr Nabl", "Morek"):
        assert name in found, name
        assert found[name].matches
    assert not any("Masri" in name or "Khaled" in name for name in found)


def test_usage_tells_demonyms_and_governments_from_places(parser: SpacyParser, finder: ToponymFinder) -> None:
    found = find(NEWS, parser, finder)
    assert found["Syrian"].usage == "demonym"
    assert found["Syrian"].matches[0].entry.country == "SYR"
    assert found["Moscow"].usage == "metonymic"
    assert found["Damascus"].usage == "literal"


def test_feature_words_beside_a_name_are_kept(parser: SpacyParser, finder: ToponymFinder) -> None:
    found = finder.find(parser.parse("Shells fell in Idlib province. The town of Saraqib was quiet."))
    assert [(t.text.split()[0], t.feature) for t in found] == [("Idlib", "A"), ("Saraqib", "P")]


def test_upper_case_datelines_are_found(parser: SpacyParser, finder: ToponymFinder) -> None:
    found = find(NEWS, parser, finder)
    assert found["BEIRUT"].dateline
    assert not found["Damascus"].dateline


def test_datelines_that_the_parse_leaves_out_come_from_the_credits(parser: SpacyParser, finder: ToponymFinder) -> None:
    text = "GAO, Mali (Wire) - Gunmen killed nine soldiers near the river on Friday."
    line = Span(0, 18)
    credit = Credit(kind="dateline", text=line.of(text), span=line, place=Span(0, 9))
    found = finder.find(parser.parse(text, skip=[line]), None, [credit])
    assert (found[0].text, found[0].dateline, found[0].tokens) == ("GAO", True, None)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton met Chelsea Clinton at a gala.",
        "Mr. Jordan said he would appeal.",
        "Sydney Sweeney and Austin Butler star in the film.",
    ],
)
def test_people_named_like_places_are_left_out(text: str, parser: SpacyParser, finder: ToponymFinder) -> None:
    assert finder.find(parser.parse(text)) == ()


def test_the_encoder_is_weighed_in(parser: SpacyParser, finder: ToponymFinder) -> None:
    parse = parser.parse("Fighters left Damascus for Zubairiyya on Monday.")
    word = next(t.index for t in parse.tokens if t.text == "Zubairiyya")

    def encoding(place: int | None) -> Encoding:
        scores = np.tile(np.array([0.98, 0.01, 0.01], dtype=np.float32), (len(parse.tokens), 1))
        if place is not None:
            scores[place] = (0.01, 0.98, 0.01)
        return Encoding(heads={"toponym": scores}, labels={"toponym": ("O", "B", "I")})

    assert "Zubairiyya" in {t.text for t in finder.find(parse, encoding(word))}
    (doubted,) = finder.find(parse, encoding(None))
    (sure,) = (t for t in finder.find(parse) if t.text == "Damascus")
    assert doubted.text == "Damascus"
    assert doubted.score < sure.score


def test_texts_without_places_give_nothing(parser: SpacyParser, finder: ToponymFinder) -> None:
    assert finder.find(parser.parse("He said that talks would go on, and nothing more.")) == ()
    assert finder.find(parser.parse("")) == ()
