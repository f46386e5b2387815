"""One report that the case cannot hold costs only itself; a case that cannot be written ends the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.config import Config
from onrecord.errors import CaseError
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

CONFIG = Config(encoder=False)
TEXTS = ("Police arrested three men in Basra on Wednesday.", "Rebels released 18 villagers.", "Troops left the town.")


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(TEXTS)))
    return str(path)


def test_an_erased_report_in_the_input_is_named_and_the_rest_is_coded(tmp_path: Path, table: str) -> None:
    with Case(tmp_path / "c.case", create=True) as case:
        code_into([table], case, CONFIG, Defaults())
        case.erase("1", reason="a court order", who="Lead")
        again = code_into([table], case, Config(encoder=False, max_chars=10_000), Defaults())
        assert again.coded == 2
        (refused,) = again.rejected
        assert "was erased from this case" in refused.reason
        assert [i["reason"] for i in case.rejected_inputs()] == [refused.reason]
        assert case.verify().ok


def test_a_full_disk_is_no_fault_of_a_report(tmp_path: Path, table: str) -> None:
    with Case(tmp_path / "c.case", create=True) as case:
        pages = case.store.file.connection.execute("PRAGMA page_count").fetchone()[0]
        case.store.file.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CaseError, match="disk is full"):
            code_into([table], case, CONFIG, Defaults())
        assert case.rejected_inputs() == []
