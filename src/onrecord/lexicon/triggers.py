"""The trigger lexicon: which words may be an event of which type, and where its parties stand.

Rows are in ``data/triggers/*.csv`` (one file a PLOVER type, and ``none.csv`` for what only looks like an
event), word classes in ``data/classes.csv``, verbs that merely carry a noun in ``data/light_verbs.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from onrecord.errors import DataError
from onrecord.lexicon.frames import Constraint, RolePath, WordClass, read_constraint, read_paths, word_class
from onrecord.lexicon.ontology import Ontology, load_ontology
from onrecord.lexicon.tables import Row, data_folder, read_rows, read_toml

TriggerPos = Literal["verb", "noun", "adj"]
Strength = Literal["strong", "weak", "metaphor"]
ComplementUse = Literal["closes", "opens"]

NONE = "NONE"
COLUMNS = (
    "lemma,pos,particle,subject,object,oblique,type,modes,actor,recipient,theme,"
    "reciprocal,complement,strength,measure,origin,note"
).split(",")
POS = ("verb", "noun", "adj")
_WIDEST = 1_000_000
_ALSO = re.compile(r"\balso ([A-Z]+)(?:/([a-z-]+))?\b")
_BY = re.compile(r"\bby ([A-Z]{3})\b")
_LIKELY = re.compile(r"\blikely ([A-Z]{3})\b")
_WHEN_NEGATED = re.compile(r"\bwhen negated\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One row: a word in a frame, and what it means there.

    ``words`` are the lemma's words, the last one the head. ``oblique`` pairs a preposition with what
    must stand behind it; behind ``to`` it may be the verb of an infinitive ("threatened to attack").
    ``event_type`` is None for a pattern that is no event. ``complement`` says whether the clause it
    governs is its content (``closes``) or the event itself (``opens``). ``also`` are further (type, mode)
    pairs that the same words are, with the same roles: a sentence to prison is SANCTION/convict and
    COERCE/arrest (written "also TYPE/mode" in the note). ``doer`` is the sector of who can only have done it where
    the words name nobody ("was lathicharged": police; "by COP" in the note). ``when_negated`` marks what is an event
    only where it is denied ("did not respond"; "when negated" in the note). ``likely_doer`` is the sector of who is
    understood to have done it where the report has just spoken of them ("likely COP" in the note). ``file`` and
    ``line`` tell where the row stands. ``toll`` marks what is an
    event only as the outcome of an act that the report tells of ("only as a toll" in the note).
    """

    words: tuple[str, ...]
    pos: TriggerPos
    particle: tuple[str, ...]
    subject: Constraint | None
    object: Constraint | None
    oblique: tuple[tuple[str, Constraint], ...]
    event_type: str | None
    modes: tuple[str, ...]
    actor: tuple[RolePath, ...]
    recipient: tuple[RolePath, ...]
    theme: tuple[RolePath, ...]
    reciprocal: bool
    complement: ComplementUse | None
    strength: Strength
    measure: str | None
    origin: str
    note: str
    file: str
    line: int
    also: tuple[tuple[str, str], ...] = ()
    doer: str | None = None
    when_negated: bool = False
    likely_doer: str | None = None
    toll: bool = False

    @property
    def head(self) -> str:
        """Lemma of the head word."""
        return self.words[-1]

    @property
    def specificity(self) -> int:
        """How much the row demands beyond its head; of the rows that fit, the highest is meant."""
        held = [c for c in (self.subject, self.object) if c is not None] + [c for _, c in self.oblique]
        extra = 4 * (len(self.words) - 1) + 3 * len(self.particle) + len(self.oblique)
        return extra + sum(c.weight for c in held)

    @property
    def breadth(self) -> int:
        """How many words its constraints admit; of rows that demand as much, the narrowest is meant.

        A row that names no words at all counts as the widest.
        """
        held = [c for c in (self.subject, self.object) if c is not None] + [c for _, c in self.oblique]
        return sum(k.size for c in held for k in c.among if not c.negated) or _WIDEST


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that only carries an eventive noun, and which of its arguments fill the noun's roles."""

    lemma: str
    particle: tuple[str, ...]
    actor: tuple[RolePath, ...]
    recipient: tuple[RolePath, ...]


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """All triggers; ``by_head`` maps (part of speech, head lemma) to rows, most demanding first.

    Of two rows that demand as much, the one that is no event comes first, then the narrower one.
    """

    triggers: tuple[Trigger, ...]
    classes: Mapping[str, WordClass]
    light_verbs: Mapping[str, tuple[LightVerb, ...]]
    by_head: Mapping[tuple[str, str], tuple[Trigger, ...]]

    def candidates(self, pos: str, head: str) -> tuple[Trigger, ...]:
        """Rows for a word of this part of speech (verb, noun, adj) and lemma, most demanding first."""
        return self.by_head.get((pos, head), ())


@cache
def load_triggers(extra: Path | None = None) -> TriggerLexicon:
    """The lexicon that ships, with the rows of the folder *extra* laid over it.

    *extra* has the files of ``data/`` that it changes, under the same names: ``triggers/*.csv``,
    ``classes.csv``, ``light_verbs.csv``, ``lemma_slips.csv``. Its row replaces a shipped one with the same
    lemma, part of speech, particle and constraints (type NONE switches it off), others are added; classes
    grow.
    Raises DataError naming file and line for the first bad row.
    """
    folders = [data_folder()] if extra is None else [data_folder(), extra]
    if extra is not None and not extra.is_dir():
        raise DataError(str(extra), None, "no such folder of knowledge files", "Name a folder that exists")
    classes = _load_classes(folders)
    ontology = load_ontology(extra)
    measures = frozenset(read_toml(data_folder() / "vocabulary.toml")["measure"])
    found: dict[tuple[str, ...], Trigger] = {}
    for folder in folders:
        seen: dict[tuple[str, ...], Trigger] = {}
        for path in sorted((folder / "triggers").glob("*.csv")):
            for row in read_rows(path, COLUMNS):
                key = tuple(row[c] for c in COLUMNS[:6])
                if key in seen:
                    first = seen[key]
                    raise row.wrong(
                        f"{key[0]!r} stands in {first.file}:{first.line} with the same frame", "Keep one row"
                    )
                seen[key] = _trigger(row, classes, ontology, measures)
        found.update(seen)
    triggers = tuple(found.values())
    slips = _load_slips(folders)
    return TriggerLexicon(
        triggers,
        MappingProxyType(classes),
        _load_light_verbs(folders, classes, slips),
        _by_head(triggers, slips),
    )


def _by_head(
    triggers: Iterable[Trigger], slips: Mapping[str, tuple[str, ...]]
) -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
    heads: dict[tuple[str, str], list[Trigger]] = {}
    for trigger in triggers:
        heads.setdefault((trigger.pos, trigger.head), []).append(trigger)
        for slip in slips.get(trigger.head, ()) if trigger.pos == "verb" else ():
            heads.setdefault(("verb", slip), []).append(trigger)
    for rows in heads.values():
        rows.sort(key=lambda t: (-t.specificity, t.event_type is not None, t.breadth))
    return MappingProxyType({head: tuple(rows) for head, rows in heads.items()})


def _files(folders: Iterable[Path], name: str) -> Iterator[Path]:
    return (folder / name for folder in folders if (folder / name).is_file())


def _load_classes(folders: Iterable[Path]) -> dict[str, WordClass]:
    members: dict[str, set[str]] = {}
    for path in _files(folders, "classes.csv"):
        for row in read_rows(path, ("class", "lemma", "origin")):
            lemma = row["lemma"]
            if not row["class"] or not lemma.lstrip("%#") or (lemma[0] not in "%#" and lemma != lemma.lower()):
                raise row.wrong(
                    f"{lemma!r} is no member of a class",
                    "Write a lemma in lower case, %LABEL for an entity label or #CODE for a sector",
                )
            members.setdefault(row["class"], set()).add(lemma)
    return {name: word_class(name, words) for name, words in members.items()}


def _load_slips(folders: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """Wrong lemmas that parsers give forms of a verb, by that verb (stage: stag)."""
    slips: dict[str, tuple[str, ...]] = {}
    for path in _files(folders, "lemma_slips.csv"):
        for row in read_rows(path, ("slip", "lemma", "origin")):
            slips[row["lemma"]] = (*slips.get(row["lemma"], ()), row["slip"])
    return slips


def _load_light_verbs(
    folders: Iterable[Path], classes: Mapping[str, WordClass], slips: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[LightVerb, ...]]:
    found: dict[tuple[str, str], LightVerb] = {}
    for path in _files(folders, "light_verbs.csv"):
        for row in read_rows(path, ("lemma", "particle", "actor", "recipient", "note", "origin")):
            key = (row["lemma"], row["particle"])
            found[key] = LightVerb(
                row["lemma"],
                _particle(row, classes),
                read_paths(row, "actor", classes["preposition"]),
                read_paths(row, "recipient", classes["preposition"]),
            )
    grouped: dict[str, list[LightVerb]] = {}
    for verb in found.values():
        for lemma in (verb.lemma, *slips.get(verb.lemma, ())):
            grouped.setdefault(lemma, []).append(verb)
    return MappingProxyType(
        {lemma: tuple(sorted(verbs, key=lambda v: -len(v.particle))) for lemma, verbs in grouped.items()}
    )


def _trigger(row: Row, classes: Mapping[str, WordClass], ontology: Ontology, measures: frozenset[str]) -> Trigger:
    if not row["lemma"] or row["lemma"] != row["lemma"].lower():
        raise row.wrong(f"lemma {row['lemma']!r}", "Write the lemma in lower case")
    if not row["origin"]:
        raise row.wrong("no origin", "Say where the row's knowledge comes from")
    event_type = row.one_of("type", (*ontology.types, NONE))
    modes = row.items("modes")
    if event_type == NONE and modes:
        raise row.wrong(f"modes {row['modes']!r} of no event", "Leave modes blank where the type is NONE")
    for mode in modes:
        if mode not in ontology.types[event_type].modes:
            known = ", ".join(ontology.types[event_type].modes) or "none"
            raise row.wrong(f"{event_type} has no mode {mode!r}", f"It has: {known}")
    measure = row.one_of("measure", ("", *sorted(measures)))
    prepositions = classes["preposition"]
    return Trigger(
        words=tuple(row["lemma"].split()),
        pos=cast(TriggerPos, row.one_of("pos", POS)),
        particle=_particle(row, classes),
        subject=read_constraint(row, "subject", row["subject"], classes),
        object=read_constraint(row, "object", row["object"], classes),
        oblique=_oblique(row, classes),
        event_type=None if event_type == NONE else event_type,
        modes=modes,
        actor=read_paths(row, "actor", prepositions),
        recipient=read_paths(row, "recipient", prepositions),
        theme=read_paths(row, "theme", prepositions),
        reciprocal=row.one_of("reciprocal", ("", "yes")) == "yes",
        complement=cast("ComplementUse | None", row.one_of("complement", ("", "closes", "opens")) or None),
        strength=cast(Strength, row.one_of("strength", ("strong", "weak", "metaphor"))),
        measure=measure or None,
        origin=row["origin"],
        note=row["note"],
        file=row.file,
        line=row.line,
        also=_also(row, ontology),
        doer=found.group(1) if (found := _BY.search(row["note"])) else None,
        when_negated=_WHEN_NEGATED.search(row["note"]) is not None,
        likely_doer=found.group(1) if (found := _LIKELY.search(row["note"])) else None,
        toll=row["note"] == "only as a toll",
    )


def _also(row: Row, ontology: Ontology) -> tuple[tuple[str, str], ...]:
    """The second type of the same words, where the note names one as "also TYPE/mode"."""
    pairs: list[tuple[str, str]] = []
    for name, mode in _ALSO.findall(row["note"]):
        if name not in ontology.types or (mode and mode not in ontology.types[name].modes):
            raise row.wrong(f"note names {name}/{mode}, which is no type and mode", "Write also TYPE/mode")
        pairs.append((name, mode))
    return tuple(pairs)


def _particle(row: Row, classes: Mapping[str, WordClass]) -> tuple[str, ...]:
    words = tuple(row["particle"].split())
    for word in words:
        if word not in classes["particle"].lemmas and word not in classes["preposition"].lemmas:
            raise row.wrong(f"particle {word!r} is not known", "Use a particle or preposition of classes.csv")
    return words


def _oblique(row: Row, classes: Mapping[str, WordClass]) -> tuple[tuple[str, Constraint], ...]:
    pairs: list[tuple[str, Constraint]] = []
    for part in row.items("oblique"):
        preposition, _, text = part.partition(":")
        if preposition not in classes["preposition"].lemmas:
            raise row.wrong(f"oblique {part!r} starts with no preposition", "Write preposition:constraint")
        constraint = read_constraint(row, "oblique", text or "+", classes)
        assert constraint is not None
        pairs.append((preposition, constraint))
    return tuple(pairs)
