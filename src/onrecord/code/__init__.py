"""Code: who did what to whom, how many, who holds what, and how sure."""

from __future__ import annotations

from onrecord.code.arguments import Arguments
from onrecord.code.events import EventCoder
from onrecord.code.factuality import token_factuality
from onrecord.code.links import link_claims
from onrecord.lexicon.coding import CodingTables
from onrecord.model import Claim, Layers

__all__ = ["code_claims", "token_factuality"]


def code_claims(layers: Layers, lexicon: CodingTables) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The claims of one report and the candidates that were not coded, each in text order.

    ``claim_id`` is "", links refer to other claims by ``key``. Rejected candidates have ``status`` "rejected"
    and a ``reason``.
    """
    arguments = Arguments(layers.parse, lexicon.modality.control)
    coded, rejected = EventCoder(layers, lexicon, arguments).code()
    return tuple(link_claims(coded)), tuple(rejected)
