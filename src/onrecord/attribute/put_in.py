"""Put in: what goes on behind words of saying that stand within a sentence, and who says it where a day was taken for
the speaker ("Officers searched the house, police said Thursday, and arrested two men")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribute.clauses import child, speaker, trimmed
from onrecord.attribute.quoted import Statement
from onrecord.model import Parse

_SAYING = frozenset({"say", "report", "add", "announce", "confirm"})
_OWN = ("nsubj", "nsubjpass", "aux", "auxpass", "expl")
_WHEN = frozenset({"DATE", "TIME"})
_MARKS = frozenset({'"', "“", "”", "''", "``"})


def on_both_sides(parse: Parse, one: Statement, found: Sequence[Statement]) -> Statement:
    """*one* with the second half of the clause that its cue interrupts, where the parser joined that to the cue."""
    if one.hit is None or one.hit.entry.pos != "verb" or parse.tokens[one.hit.head].lemma not in _SAYING:
        return one
    cue = parse.tokens[one.hit.head]
    before = [p for p in one.pieces if p.end <= cue.start]
    joined = child(parse, cue.index, "conj")
    if not before or len(before) != len(one.pieces) or joined is None or cue.tag != "VBD":
        return one
    half, link = parse.tokens[joined], child(parse, cue.index, "cc")
    if link is None or half.tag not in ("VBD", "VBN") or child(parse, joined, *_OWN) is not None:
        return one
    inside = parse.tokens_in(before[-1])
    apart = link > one.hit.last and parse.tokens[link - 1].text == ","
    if not inside or parse.tokens[inside[0]].sentence != cue.sentence or _quoted(parse, inside[0], inside[-1]):
        return one
    part = trimmed(parse, link, half.right)
    if not apart or part is None or one.source is None or one.source < inside[-1] or half.lemma in _SAYING:
        return one
    piece = parse.span(*part)
    if any(p.overlaps(piece) for s in found if s is not one for p in s.pieces):
        return one
    return replace(one, pieces=(*one.pieces, piece))


def with_speaker(parse: Parse, one: Statement) -> Statement:
    """*one* with who speaks, where the day or the medium behind the cue was taken for the source ("Ana Lira said
    Wednesday", "said by telephone")."""
    if one.hit is None or one.source is None or one.source < one.hit.last or one.hit.entry.pos != "verb":
        return one
    token = parse.tokens[one.source]
    above = parse.tokens[token.head]
    day = token.entity in _WHEN and token.dep == "npadvmod" and token.head == one.hit.head
    bare = token.tag == "NN" and not parse.children[token.index]
    medium = bare and token.dep == "pobj" and (above.lower, above.dep, above.head) == ("by", "prep", one.hit.head)
    if not day and not medium:
        return one
    subject = speaker(parse, one.hit.head)
    if subject is None or subject == one.source or _told(parse, one, subject):
        first, _ = parse.sentences[token.sentence]
        named = (i for i in range(one.hit.first - 1, first - 1, -1) if parse.tokens[i].entity == "PERSON")
        subject = next((i for i in named if not _told(parse, one, i)), None)
    return replace(one, source=subject, source_part=None)


def _told(parse: Parse, one: Statement, index: int) -> bool:
    """Whether a token stands in what is said."""
    return any(piece.contains(parse.tokens[index].span) for piece in one.pieces)


def _quoted(parse: Parse, first: int, last: int) -> bool:
    return any(parse.tokens[i].text in _MARKS for i in range(max(0, first - 1), last + 2))
