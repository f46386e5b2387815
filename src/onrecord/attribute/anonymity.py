"""Anonymity: the words by which a report says that it keeps a name back, with the reason that it gives."""

from __future__ import annotations

import re

from onrecord.model import Parse, Slot, Span

_NAME = r"(?:his|her|their)\s+(?:(?:full|real|last|family|own)\s+)?names?"
_ANONYMOUS = re.compile(
    "|".join(
        (
            r"(?:(?:speaking|spoke|talking|talked)\s+)?(?:on|under)\s+(?:the\s+)?conditions?\s+of\s+anonymity",
            r"(?:(?:speaking|spoke|talking|talked)\s+)?on\s+(?:the\s+)?conditions?\s+(?:that\s+)?(?:he|she|they)\s+"
            r"(?:not\s+be|remain)\s+\w+",
            r"(?:(?:who|and)\s+)?(?:asked|requested|wished|wanted|preferred|insisted|agreed|chose|demanded)\s+"
            rf"(?:to\s+remain\s+(?:anonymous|nameless|unnamed)|to\s+be\s+anonymous|anonymity|not\s+to\s+be\s+"
            rf"(?:named|identified|quoted\s+by\s+name)|that\s+{_NAME}\s+(?:not\s+be|be\s+withheld)[^.,]*)",
            rf"(?:who\s+)?(?:declined|refused)\s+to\s+(?:be\s+(?:named|identified)|give\s+{_NAME})",
            r"(?:who\s+)?(?:gave|giving|using|used|provided)\s+only\s+(?:his|her|their|a)\s+(?:first|given)\s+names?",
            r"(?:who\s+)?(?:identified|identifying|named|naming)\s+(?:himself|herself|themselves)\s+only\s+(?:as|by)\s+[^.,]*",
            r"(?:who\s+)?(?:was|were|is|are)(?:\s+not|n[’']t)\s+authori[sz]ed\s+to\s+"
            r"(?:speak|talk|brief|comment|discuss|release|give|make)[^.,”\"]*",
            r"(?:speaking|who\s+spoke)\s+anonymously|anonymously",
            r"whose\s+names?\s+(?:was|were|has|have|is|are)\s+(?:been\s+|being\s+)?(?:withheld|changed)",
        )
    ),
    re.IGNORECASE,
)
_HINTS = ("anonym", "name", "identif", "authori", "condition")  # one of them is in all of these phrases
_REASON = re.compile(
    r"\s*,?\s*(?:because|since|as\s+(?:he|she|they)|citing|for\s+fear|out\s+of\s+fear|fearing|given|due\s+to|"
    r"for\s+(?:security|safety)|in\s+order\s+to|to\s+(?:discuss|speak|describe|talk|protect))[^.,;”\"]*",
    re.IGNORECASE,
)


def anonymity(parse: Parse, near: Span) -> Slot | None:
    """The words that say why a source is not named, in the sentence of *near*, with the reason given."""
    first = parse.tokens_in(near)
    if not first:
        return None
    sentence = parse.sentence_span(parse.tokens[first[0]].sentence)
    words = sentence.of(parse.text).lower()
    if not any(hint in words for hint in _HINTS):
        return None
    match = _ANONYMOUS.search(parse.text, sentence.start, sentence.end)
    if match is None:
        return None
    end = match.end()
    reason = _REASON.match(parse.text, end, sentence.end)
    if reason is not None:
        end = reason.end()
    span = Span(match.start(), end)
    return Slot(text=span.of(parse.text), span=span, basis="described")


def is_anonymity(parse: Parse, cue: Span) -> bool:
    """Whether a cue is part of the words that keep a name back ("spoke on condition of anonymity")."""
    words = anonymity(parse, cue)
    return words is not None and words.span is not None and words.span.overlaps(cue)


def without(pieces: tuple[Span, ...], words: Slot | None) -> tuple[Span, ...]:
    """Pieces of a content that do not lie within those *words*; all of them where nothing else is left."""
    if words is None or words.span is None:
        return pieces
    kept = tuple(p for p in pieces if not words.span.contains(p))
    return kept or pieces
