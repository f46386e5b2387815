"""Recordings: passages of broadcasts and interviews that monitors set off by brackets, whose words are their speakers'.

"[begin recording] … [end recording]" is spoken by whoever was announced before it; within it, and in interviews that
are only printed, "[reporter]" and "[Maza]" at the beginning of a paragraph say whose turn it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Actor, Layers, Span

_BEGIN = re.compile(r"[\[(]begin (?:[\w.'’-]+ ){0,3}recording[^\])\n]{0,60}[\])]", re.IGNORECASE)
_END = re.compile(r"[\[(]end (?:[\w.'’-]+ ){0,3}recording[^\])\n]{0,60}[\])]", re.IGNORECASE)
_TURN = re.compile(
    r"(?:^|(?<=[\n\])])|(?<=[ \u00a0]{2}))[ \u00a0]*(?P<label>[\[(](?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,6})"
    r"(?:, [\w ]{2,30})?[\])])(?= ?\S)"
)
_ASKING = frozenset({"reporter", "question", "interviewer", "correspondent", "announcer", "moderator"})
_LEAST_TURNS = 2


@cache
def _remarks() -> frozenset[str]:
    """First words of what monitors put in brackets that is no speaker ("passage omitted")."""
    rows = read_rows(data_folder() / "bracketed_remarks.csv", ("word", "origin"))
    return frozenset(row["word"] for row in rows)


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage by one speaker: the label that names it, where there is one, and the words."""

    label: Span | None
    words: Span


def turns(layers: Layers) -> Iterator[Turn]:
    """The turns of all recordings and printed interviews of a report, in text order."""
    text = layers.report.text
    if "(" not in text and "[" not in text:
        return
    recorded = tuple(_recorded(text))
    labels = [Span(*m.span("name")) for m in _TURN.finditer(text) if _is_label(m["name"])]
    asked = sum(label.of(text).casefold() in _ASKING for label in labels)
    if not recorded and not (asked and len(labels) >= _LEAST_TURNS):
        return
    inside = [s for s in labels if asked or any(r.contains(s) for r in recorded)]
    edges = sorted({*(s.start - 1 for s in inside), *(e for r in recorded for e in (r.start, r.end)), len(text)})
    by_start = {s.start - 1: s for s in inside}
    for begin in sorted({*by_start, *(r.start for r in recorded)}):
        label = by_start.get(begin)
        start = begin if label is None else _behind(text, label.end)
        words = Span(start, next((e for e in edges if e > start), start))  # a label may end the text
        if words.of(text).strip():
            yield Turn(label, words)


def announced(layers: Layers, turn: Turn) -> Actor | None:
    """Who speaks in a recording without a label: the subject of the verb of saying right before it ("she said:
    [begin recording]"), else whoever was cited last in the sentence before."""
    start = turn.words.start
    mark = layers.report.text.rfind("[", 0, start), layers.report.text.rfind("(", 0, start)
    verb = next((t for t in reversed(layers.parse.tokens) if t.end <= max(mark) and t.text.isalpha()), None)
    if verb is not None and verb.pos == "VERB":
        subjects = [c for c in layers.parse.children[verb.index] if layers.parse.tokens[c].dep == "nsubj"]
        actor = layers.actor_at(layers.parse.tokens[subjects[0]].span) if subjects else None
        if actor is not None:
            return actor
    first = layers.parse.sentences[verb.sentence][0] if verb is not None else 0
    cited = [
        (a.cue.span.end, a.source) for a in layers.attributions
        if a.cue is not None and a.source is not None and layers.parse.tokens[first].start <= a.cue.span.end <= start
    ]  # fmt: skip
    return max(cited, key=lambda pair: pair[0])[1] if cited and verb is not None else None


def _recorded(text: str) -> Iterator[Span]:
    """What stands between the marks of recordings; an end without a beginning closes what the text begins with."""
    at = 0
    begins = list(_BEGIN.finditer(text))
    ends = list(_END.finditer(text))
    if ends and (not begins or ends[0].start() < begins[0].start()):
        yield Span(0, ends[0].start())
    for begin in begins:
        if begin.end() < at:
            continue
        at = next((e.start() for e in ends if e.start() >= begin.end()), len(text))
        yield Span(begin.end(), at)


def _is_label(name: str) -> bool:
    words = name.casefold().split()
    return words[0] not in _remarks() and not (words[0] in _ASKING and len(words) > 1)


def _behind(text: str, at: int) -> int:
    """Where the words behind a label begin."""
    close = min(i for mark in ")]" if (i := text.find(mark, at)) >= 0)
    return close + 1
