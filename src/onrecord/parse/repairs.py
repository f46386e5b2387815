"""Mending readings that the parser gets wrong in the commonest sentences of news.

"Rebel fighters arrested 24 people, residents said." is read as if the fighters had been arrested and
had said so: two subjects for one verb of saying. The participle then is the past tense it looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FORCES = frozenset({"police", "army", "military", "rebel", "militia", "forces"})
_ACTS = frozenset({"firing", "shelling", "bombing", "shooting"})
_AIMED = frozenset({"at", "on", "upon", "into", "towards"})


@dataclass(slots=True)
class Readings:
    """What the parser made of the words of one stretch, to be rewritten: heads are absolute, *base* the first."""

    heads: list[int]
    deps: list[str]
    tags: list[str]
    poses: list[str]
    lemmas: list[str]
    base: int


def mend_fronted_clauses(words: Sequence[str], heads: list[int], deps: list[str], tags: list[str], base: int) -> None:
    """Rewrites *heads* (absolute, *base* the first), *deps* and *tags* in place where a verb has two subjects.

    The first subject, cut off by a comma from the second, becomes the subject of the participle that
    follows it, and the participle the content of the verb.
    """
    subjects: dict[int, list[int]] = {}
    for i, dep in enumerate(deps):
        if dep in {"nsubj", "nsubjpass"}:
            subjects.setdefault(heads[i] - base, []).append(i)
    for verb, found in subjects.items():
        if len(found) != 2:
            continue
        first, second = found
        if "," not in words[first:second]:
            continue
        participle = next(
            (i for i in range(first + 1, second) if heads[i] - base == first and deps[i] == "acl" and tags[i] == "VBN"),
            None,
        )
        if participle is None:
            continue
        heads[first], deps[first] = base + participle, "nsubj"
        heads[participle], deps[participle], tags[participle] = base + verb, "ccomp", "VBD"


def mend_named_acts(words: Sequence[str], readings: Readings) -> None:
    """Rewrites *readings* in place where what a force does is a noun behind its name ("died in police firing",
    "police firing claimed two lives") and was read as a clause about the force ("police who were firing")."""
    for i in range(1, len(words)):
        if words[i].lower() not in _ACTS:
            continue
        if _resorted_to(readings, i) and not _is_clause(words, readings, i):
            readings.deps[i], readings.tags[i] = "pobj", "NN"
            readings.poses[i], readings.lemmas[i] = "NOUN", words[i].lower()
            continue
        if words[i - 1].lower() not in _FORCES:
            continue
        if not _tied(readings, i) or _is_clause(words, readings, i):
            continue
        force = i - 1
        if readings.heads[i] == readings.base + force:  # the act stands for both
            readings.heads[i], readings.deps[i] = readings.heads[force], readings.deps[force]
            if readings.heads[i] == readings.base + force:
                readings.heads[i] = readings.base + i
            for j, head in enumerate(readings.heads):
                if head == readings.base + force and j not in {force, i}:
                    readings.heads[j] = readings.base + i
        if readings.deps[i] == "pcomp":
            readings.deps[i] = "pobj"
        readings.heads[force], readings.deps[force] = readings.base + i, "compound"
        readings.tags[i], readings.poses[i], readings.lemmas[i] = "NN", "NOUN", words[i].lower()


def _resorted_to(readings: Readings, act: int) -> bool:
    return readings.deps[act] == "pcomp" and readings.lemmas[max(0, act - 2) : act] == ["resort", "to"]


def _tied(readings: Readings, act: int) -> bool:
    """Whether an act and the force before it hang together as one noun phrase could."""
    force, base = act - 1, readings.base
    if readings.heads[act] == base + force:
        return readings.deps[act] == "acl" and readings.deps[force] in {"nsubj", "nsubjpass", "pobj", "dobj", "conj"}
    if readings.heads[force] != base + act:
        return False
    return readings.deps[act] in {"pobj", "pcomp", "dobj", "conj", "nsubj", "nsubjpass"}


def _is_clause(words: Sequence[str], readings: Readings, act: int) -> bool:
    """Whether a gerund has what only a verb has: an object, an auxiliary, what is fired at."""
    for j, head in enumerate(readings.heads):
        if head == readings.base + act and j != act:
            if readings.deps[j] in {"dobj", "aux", "neg", "prt"}:
                return True
            if readings.deps[j] == "prep" and words[j].lower() in _AIMED:
                return True
    return False
