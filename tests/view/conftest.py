"""The example case, coded once for all tests of what is shown and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Path:
    """The path of a case with all example reports, merged."""
    path = tmp_path_factory.mktemp("example") / "example.case"
    with Case(path, create=True) as case:
        code_into([str(REPORTS)], case, Config(encoder=False), Defaults())
        case.merge()
    return path


@pytest.fixture
def case(example):
    with Case(example) as found:
        yield found
