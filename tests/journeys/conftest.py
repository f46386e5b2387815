"""One coded case for all journeys, a copy for each, a browser, and visits that end well."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from workbench import Visit, chromium, code_examples, served


@pytest.fixture(scope="session")
def coded(tmp_path_factory) -> Path:
    """The example case; to be copied, never written."""
    return code_examples(tmp_path_factory.mktemp("journeys") / "examples.case")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        # The sandbox does not work for root, who runs the tests on most build machines.
        args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        found = play.chromium.launch(executable_path=chromium(), args=args)
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(coded, tmp_path_factory) -> Iterator[str]:
    """A served copy of the case, shared by the journeys of a module that only read."""
    with served(
        Path(shutil.copy(coded, tmp_path_factory.mktemp("read") / "examples.case")), "--token", "journey"
    ) as url:
        yield url


@pytest.fixture
def own_address(coded, tmp_path) -> Iterator[str]:
    """A served copy of the case that one journey may write to."""
    with served(Path(shutil.copy(coded, tmp_path / "examples.case")), "--token", "journey", "--who", "anna") as url:
        yield url


@pytest.fixture
def reader(browser, address) -> Iterator[Visit]:
    """Somebody who looks."""
    visit = Visit(browser, address)
    yield visit
    visit.close()


@pytest.fixture
def coder(browser, own_address) -> Iterator[Visit]:
    """Somebody who corrects."""
    visit = Visit(browser, own_address)
    yield visit
    visit.close()
