"""A served case of our own reports, one of them hostile, and people who ask it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from served import HOSTILE, TOKEN, Visitor, local_app, team_app

from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="session")
def coded(tmp_path_factory) -> Path:
    """A case of some of the example reports and a hostile one; to be copied, never written."""
    folder = tmp_path_factory.mktemp("coded")
    hostile = folder / "hostile.jsonl"
    hostile.write_text(HOSTILE, encoding="utf-8")
    inputs = [str(path) for path in sorted(EXAMPLES.iterdir())[:10]] + [str(hostile)]
    with Case(folder / "coded.case", create=True) as case:
        code_into(inputs, case, Config(encoder=False), Defaults())
        case.merge()
    return folder / "coded.case"


@pytest.fixture
def path(coded, tmp_path) -> Path:
    """A case that a test may write to."""
    return Path(shutil.copy(coded, tmp_path / "syria.case"))


@pytest.fixture
def app(path):
    """The application of one person on this machine."""
    return local_app(path)


@pytest.fixture
def me(app):
    """The one person of this machine, signed in."""
    with Visitor(app) as visitor:
        visitor.enter(TOKEN)
        yield visitor


@pytest.fixture
def team(path):
    """An application with accounts, one of each role: ``team(role)`` signs in as one, ``team(None)`` as nobody.

    It is started once, by the first who comes, and stopped when the test is over; the others only visit.
    """
    app = team_app(path)
    with Visitor(app):

        def somebody(role: str | None) -> Visitor:
            visitor = Visitor(app)
            if role:
                visitor.sign_in(role)
            return visitor

        yield somebody
