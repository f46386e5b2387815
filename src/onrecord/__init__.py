"""onrecord: news reports into event data that can be cross-examined.

``code`` turns one text into a Coding with every layer; ``Case`` opens a ledger of coded reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.10.2"

if TYPE_CHECKING:
    from onrecord.config import Config
    from onrecord.errors import OnrecordError
    from onrecord.ledger import Case
    from onrecord.model import (
        Attribution,
        Claim,
        Coding,
        ControlClaim,
        EventClaim,
        FigureClaim,
        RelationClaim,
        Report,
    )
    from onrecord.pipeline import code

__all__ = [
    "Attribution",
    "Case",
    "Claim",
    "Coding",
    "Config",
    "ControlClaim",
    "EventClaim",
    "FigureClaim",
    "OnrecordError",
    "RelationClaim",
    "Report",
    "__version__",
    "code",
]

_HOMES = {
    "Attribution": "onrecord.model",
    "Case": "onrecord.ledger",
    "Claim": "onrecord.model",
    "Coding": "onrecord.model",
    "Config": "onrecord.config",
    "ControlClaim": "onrecord.model",
    "EventClaim": "onrecord.model",
    "FigureClaim": "onrecord.model",
    "OnrecordError": "onrecord.errors",
    "RelationClaim": "onrecord.model",
    "Report": "onrecord.model",
    "code": "onrecord.pipeline",
}


def __getattr__(name: str) -> Any:
    # Late, so that ``import onrecord`` takes a hundredth of a second and not the parser's second.
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
