"""What ships to the browser: small, without inline scripts, and with the licences of what is built in."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import onrecord.serve

STATIC = Path(onrecord.serve.__file__).parent / "static"


def test_the_bundle_is_small_enough_for_a_slow_line():
    files = [p for p in STATIC.rglob("*") if p.is_file() and STATIC / "map" not in p.parents]
    packed = sum(len(gzip.compress(p.read_bytes())) for p in files)
    assert packed < 700_000, f"{packed} bytes gzipped, without the map's data"


def test_the_page_has_no_script_or_style_of_its_own():
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.search(r"<script(?![^>]*\bsrc=)", page) is None
    assert "<style" not in page
    assert not re.search(r"(src|href)=\"(https?:)?//", page)


def test_the_map_has_the_provinces_of_every_country_that_it_names():
    names = (STATIC / "map" / "names.json").read_text(encoding="utf-8")
    found = re.findall(r'"iso":"(\w+)"', names)
    assert len(found) > 200
    assert [iso for iso in found if not (STATIC / "map" / "provinces" / f"{iso}.json").is_file()] == []


def test_licences_of_what_is_built_in_come_with_it():
    said = (STATIC / "licences.txt").read_text(encoding="utf-8")
    assert all(name in said for name in ("maplibre-gl", "svelte", "@observablehq/plot"))
