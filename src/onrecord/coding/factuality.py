"""Factuality of each predicate of a report, for who wants the layer and not only the claims."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.coding.modality import NOT_YET, ModalityReader
from onrecord.coding.predicates import may_be_predicate
from onrecord.lexicon.coding import CodingTables
from onrecord.model import Layers, Token


def token_factuality(layers: Layers, lexicon: CodingTables) -> tuple[float | None, ...]:
    """One number from -3 to +3 for each token that may be a predicate (verbs, predicative adjectives, nouns),
    None for the rest, as the author of the report holds it.

    The encoder's value where there is an encoder with that head, else by the rules of ``modality``.
    """
    arguments = Arguments(layers.parse, lexicon.modality.control)
    reader = ModalityReader(arguments, lexicon.modality)
    encoding = layers.encoding
    learned = encoding.heads.get("factuality") if encoding is not None else None
    values: list[float | None] = []
    for token in layers.parse.tokens:
        if not may_be_predicate(token):
            values.append(None)
        elif learned is not None:
            values.append(round(max(-3.0, min(3.0, float(learned[token.index][0]))), 3))
        else:
            values.append(_by_rule(token, reader))
    return tuple(values)


def _by_rule(token: Token, reader: ModalityReader) -> float:
    state = reader.state(token.index, frozenset())
    value = min(state.value, 2.0) if state.mood in NOT_YET else state.value
    return round(max(-3.0, min(3.0, value)), 3)
