"""Statements as they are found, and the quotations of a report while cues and speakers are linked to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from onrecord.attribute.clauses import has_verb
from onrecord.attribute.cues import Hit
from onrecord.model import Parse, Span
from onrecord.text.quotation import Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Cue, source head and content spans of one attribution; ``continued`` as in Attribution.

    ``hit`` and ``source`` of a continued one are those of the statement it goes on from. ``source_part`` is the
    token range of the source where it is known, else it follows from the head.
    """

    hit: Hit | None
    source: int | None
    pieces: tuple[Span, ...]
    continued: bool = False
    score: float | None = None
    source_part: tuple[int, int] | None = None


@dataclass(slots=True)
class Quoted:
    """The quotations of a report with what is known of each while it is being linked."""

    parse: Parse
    quotations: tuple[Quotation, ...]
    found: list[Statement] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)  # quotation -> statement
    around: dict[int, int] = field(default_factory=dict)  # token -> innermost quotation
    first: list[int] = field(default_factory=list)  # quotation -> its first token
    by_head: dict[int, int] = field(default_factory=dict)  # cue token -> statement
    by_paragraph: dict[int, list[int]] = field(default_factory=dict)  # of their last piece

    def __post_init__(self) -> None:
        for i, q in enumerate(self.quotations):
            inside = self.parse.tokens_in(q.span)
            self.around.update(dict.fromkeys(inside, i))
            self.first.append(inside[0] if inside else 0)

    def home(self, span: Span) -> int | None:
        """Index of the innermost quotation that holds *span*."""
        token = self.parse.token_at(span.start)
        found = None if token is None else self.around.get(token)
        while found is not None and not self.quotations[found].inner.contains(span):
            found = self.quotations[found].parent
        return found

    def touching(self, span: Span) -> list[int]:
        """Numbers of the quotations that overlap *span* or begin within two code points behind it."""
        inside = self.parse.tokens_in(span)
        found = set[int]()
        number = self.around.get(inside[0]) if inside else None
        while number is not None:
            found.add(number)
            number = self.quotations[number].parent
        k = bisect_left(self.quotations, span.start, key=lambda q: q.span.start)
        while k < len(self.quotations) and self.quotations[k].span.start <= span.end + 2:
            found.add(k)
            k += 1
        return sorted(found)

    def add(self, statement: Statement) -> None:
        """Takes a new statement; its number is that of the last."""
        self._note(len(self.found), statement)
        self.found.append(statement)

    def change(self, number: int, pieces: tuple[Span, ...]) -> None:
        """Gives statement *number* other pieces."""
        self.found[number] = replace(self.found[number], pieces=pieces)
        self._note(number, self.found[number])

    def _note(self, number: int, statement: Statement) -> None:
        if statement.hit is not None and not statement.continued:
            self.by_head.setdefault(statement.hit.head, number)
        here = self.by_paragraph.setdefault(self.parse.paragraph_of(statement.pieces[-1].start), [])
        if number not in here[-1:]:
            here.append(number)

    def statement_like(self, number: int) -> bool:
        """Whether a quotation is more than a word or phrase held at arm's length ("so-called")."""
        q = self.quotations[number]
        words = [i for i in self.parse.tokens_in(q.inner) if self.parse.tokens[i].pos != "PUNCT"]
        if not words:
            return False
        last = q.inner.of(self.parse.text).rstrip()[-1:]
        if last in ",!?" and self.parse.tokens[words[0]].text[:1].isupper():
            return True
        if last in ".…" and len(words) >= 2 and self.parse.tokens[words[0]].text[:1].isupper():
            return True
        return len(words) >= 4 and has_verb(self.parse, q.inner)


def merged(pieces: Iterable[Span]) -> tuple[Span, ...]:
    """Pieces in text order, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(pieces):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
