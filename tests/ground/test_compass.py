"""Words of the compass: a half of a country that the report speaks of, and no province elsewhere."""

from __future__ import annotations

import onrecord


def _country(text: str, words: str) -> list[str | None]:
    found = onrecord.code(text, published="2018-08-22").actors
    return [a.country for a in found if a.text == words]


def test_the_south_is_no_province_of_a_country_that_is_not_told_of() -> None:
    assert _country("Rebels in the South attacked the North.", "the South") == [None]


def test_the_west_is_not_a_province_of_cameroon_where_moscow_speaks() -> None:
    found = _country("Relations between Moscow and the West worsened after the raid.", "the West")
    assert found == [None]


def test_the_west_is_a_province_where_its_country_is_told_of() -> None:
    assert _country("In Cameroon, gunmen burned schools in the West on Monday.", "the West") == ["CMR"]
