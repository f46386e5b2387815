"""Cases made from a small report of our own."""

from __future__ import annotations

import pytest
from small_case import RUN, Clock, coding

from onrecord.case.store import CaseStore


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    """A case with one coded report."""
    with CaseStore.open(tmp_path / "small.case", create=True, clock=clock) as found:
        with found.writer(RUN) as writer:
            writer.add(coding())
        yield found
