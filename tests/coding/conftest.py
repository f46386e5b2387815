"""Coders that give the claims of a text built with ``layered.build``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from layered import build

from onrecord.coding import code_claims
from onrecord.lexicon.coding import CodingLexicon, load_coding
from onrecord.model import EventClaim

Coder = Callable[..., list[EventClaim]]


@pytest.fixture(scope="session")
def lexicon() -> CodingLexicon:
    return load_coding()


@pytest.fixture
def coded(lexicon: CodingLexicon) -> Coder:
    """Codes a text built with *build*'s arguments; gives the event claims."""

    def run(text: str, **layers: Any) -> list[EventClaim]:
        claims, _ = code_claims(build(text, **layers), lexicon)
        return [c for c in claims if isinstance(c, EventClaim)]

    return run


@pytest.fixture
def rejected(lexicon: CodingLexicon) -> Coder:
    """Codes a text and gives the candidates that were not coded."""

    def run(text: str, **layers: Any) -> list[EventClaim]:
        _, dropped = code_claims(build(text, **layers), lexicon)
        return [c for c in dropped if isinstance(c, EventClaim)]

    return run
