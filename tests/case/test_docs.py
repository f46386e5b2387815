"""The pages on tables and filters say what the code says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from onrecord.case import schema
from onrecord.case.filters import KEYS

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "schema_docs.py"))


@pytest.mark.parametrize("path", SCRIPT["PAGES"])
def test_the_page_is_up_to_date(path):
    said = (ROOT / path).read_text(encoding="utf-8")
    assert said == SCRIPT["PAGES"][path](), "run python scripts/schema_docs.py"


def test_every_table_column_and_view_is_on_the_page(store):
    page = SCRIPT["schema_page"]()
    own = re.compile(r"(reports|quotes|claims|actors)_fts_|places_at_|sqlite_")
    tables = store.file.connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    for (name,) in tables.fetchall():
        if own.match(name):
            continue
        assert f"### {name}\n" in page
        section = page.split(f"### {name}\n")[1].split("### ")[0]
        if name in schema.LEDGER:
            columns = store.file.connection.execute(f"SELECT name FROM pragma_table_info('{name}')")
            assert all(f"| `{column}` |" in section for (column,) in columns), name


def test_every_key_of_the_filter_language_is_on_its_page():
    page = SCRIPT["filters_page"]()
    assert all(f"| `{key}` |" in page for key in KEYS)
