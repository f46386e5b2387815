"""What words do to the factuality of an event: negation, modals, hedges, embedding predicates, cues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "modality.toml"
_KEYS = {"mood", "certainty", "tense", "polarity"}


@dataclass(frozen=True, slots=True)
class Operator:
    """What a word does to the event that it stands with or governs.

    ``mood``, ``certainty``, ``tense``, ``polarity`` are values of ``vocabulary.toml``, None where the word
    leaves them as they are. ``holds`` is the factuality (-3 to +3) of what it governs where the word itself
    holds, ``fails`` where it is negated (for words that govern nothing, both are the same).
    """

    name: str
    mood: str | None = None
    certainty: str | None = None
    tense: str | None = None
    polarity: str | None = None
    holds: float = 3.0
    fails: float = 3.0

    def value(self, outer: float) -> float:
        """Factuality of what the word governs, given the word's own."""
        up, down = max(outer, 0.0) / 3.0, max(-outer, 0.0) / 3.0
        return self.holds * up + self.fails * down


@dataclass(frozen=True, slots=True)
class Control:
    """Facts of grammar that the roles need: see ``[control]`` in the file."""

    object_control: frozenset[str] = frozenset()
    ditransitive: frozenset[str] = frozenset()
    transitive: frozenset[str] = frozenset()
    partitives: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()
    addressing: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    judging: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    winning_over: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    pleas: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityLexicon:
    """The tables of ``modality.toml`` by word (lower case; lemmas for verbs and nouns)."""

    negation: frozenset[str]
    negative_determiners: frozenset[str]
    negative_subjects: frozenset[str]
    negative_prepositions: frozenset[str]
    conditional_marks: frozenset[str]
    open_marks: frozenset[str]
    ongoing: frozenset[str]
    ongoing_verbs: frozenset[str]
    habitual: frozenset[str]
    states: frozenset[str]
    carried_out: frozenset[str]
    instead: frozenset[str]
    instead_ends: frozenset[str]
    short_of: frozenset[str]
    decides: frozenset[str]
    anybody: frozenset[str]
    leads: frozenset[str]
    doubts: frozenset[str]
    backs: frozenset[str]
    part_in: frozenset[str]
    momentary: frozenset[str]
    ranked: frozenset[str]
    occasions: frozenset[str]
    leads_in: frozenset[str]
    results: frozenset[str]
    implicated: frozenset[str]
    swelling: frozenset[str]
    taking_part: frozenset[str]
    histories: frozenset[str]
    practices: frozenset[str]
    inclined: frozenset[str]
    coaxing: frozenset[str]
    outcomes: frozenset[str]
    replying: frozenset[str]
    by_saying: frozenset[str]
    weighing: frozenset[str]
    handing: frozenset[str]
    charging: frozenset[str]
    charges: frozenset[str]
    performs: frozenset[str]
    evidence: frozenset[str]
    chances: frozenset[str]
    seizes: frozenset[str]
    bears_on: frozenset[str]
    proposals: frozenset[str]
    modals: Mapping[str, Operator]
    hedges: Mapping[str, Operator]
    verbs: Mapping[str, Operator]
    nouns: Mapping[str, Operator]
    adjectives: Mapping[str, Operator]
    cues: Mapping[str, Operator]
    committing_cues: frozenset[str]
    control: Control


@cache
def load_modality(extra: Path | None = None) -> ModalityLexicon:
    """The table that ships, or the file of the same name in the folder *extra* in its place.

    Raises DataError naming the table and key that is wrong.
    """
    path = data_folder() / FILE
    if extra is not None and (extra / FILE).is_file():
        path = extra / FILE
    table = read_toml(path)
    vocabulary = read_toml(data_folder() / "vocabulary.toml")
    for key in (
        "negation",
        "conditional",
        "ongoing",
        "habitual",
        "phrases",
        "modal",
        "hedge",
        "embedding",
        "cue",
        "control",
    ):
        if key not in table:
            raise DataError(path.name, None, f"no [{key}]", "Add it")
    embeddings = [(_operator(entry, vocabulary, path.name), entry) for entry in table["embedding"]]
    control = {key: frozenset(words) for key, words in table["control"].items() if key != "origin"}
    return ModalityLexicon(
        negation=frozenset(table["negation"]["words"]),
        negative_determiners=frozenset(table["negation"]["determiners"]),
        negative_subjects=frozenset(table["negation"]["subjects"]),
        negative_prepositions=frozenset(table["negation"]["prepositions"]),
        conditional_marks=frozenset(table["conditional"]["marks"]),
        open_marks=frozenset(table["conditional"]["open"]),
        ongoing=frozenset(table["ongoing"]["words"]),
        ongoing_verbs=frozenset(table["ongoing"]["verbs"]),
        habitual=frozenset(table["habitual"]["words"]),
        **_phrases(table["phrases"], path.name),
        modals=_by_word(table["modal"], vocabulary, path.name),
        hedges=_by_word(table["hedge"], vocabulary, path.name),
        verbs=_governors(embeddings, "verbs"),
        nouns=_governors(embeddings, "nouns"),
        adjectives=_governors(embeddings, "adjectives"),
        cues=_cues(table["cue"], vocabulary, path.name),
        committing_cues=frozenset(table["commits"]["cues"]),
        control=Control(**control),
    )


_PHRASES = (
    "states",
    "carried_out",
    "instead",
    "short_of",
    "decides",
    "anybody",
    "leads",
    "doubts",
    "backs",
    "part_in",
    "momentary",
    "ranked",
    "occasions",
    "leads_in",
    "results",
    "implicated",
    "swelling",
    "taking_part",
    "histories",
    "practices",
    "inclined",
    "coaxing",
    "outcomes",
    "replying",
    "by_saying",
    "weighing",
    "handing",
    "charging",
    "charges",
    "performs",
    "evidence",
    "chances",
    "seizes",
    "bears_on",
    "proposals",
)


def _phrases(table: Mapping[str, Any], file: str) -> dict[str, frozenset[str]]:
    """The word lists of [phrases], and the last words of those that say that something else happened."""
    missing = [key for key in _PHRASES if key not in table]
    if missing:
        raise DataError(file, None, f"[phrases] lacks {', '.join(missing)}", "Add it")
    found = {key: frozenset(table[key]) for key in _PHRASES}
    return {**found, "instead_ends": frozenset(phrase.rsplit(" ", 1)[-1] for phrase in found["instead"])}


def _operator(entry: Mapping[str, Any], vocabulary: Mapping[str, Any], file: str, name: str = "") -> Operator:
    """The operator of one table entry; ``value`` gives holds and fails at once."""
    name = name or entry.get("name") or "/".join(entry.get("words", ())[:2])
    for key in _KEYS & entry.keys():
        if entry[key] not in vocabulary[key]:
            raise DataError(file, None, f"{name}: {key} {entry[key]!r}", f"Use one of: {', '.join(vocabulary[key])}")
    value = float(entry.get("value", entry.get("factuality", 3.0)))
    holds, fails = float(entry.get("holds", value)), float(entry.get("fails", value))
    if not (-3 <= holds <= 3 and -3 <= fails <= 3):
        raise DataError(file, None, f"{name}: a value beyond -3 to 3", "Factuality runs from -3 to 3")
    mood, certainty, tense, polarity = (entry.get(k) for k in ("mood", "certainty", "tense", "polarity"))
    return Operator(name, mood, certainty, tense, polarity, holds, fails)


def _by_word(entries: list[Mapping[str, Any]], vocabulary: Mapping[str, Any], file: str) -> Mapping[str, Operator]:
    table: dict[str, Operator] = {}
    for entry in entries:
        operator = _operator(entry, vocabulary, file)
        for word in entry["words"]:
            if word in table:
                raise DataError(file, None, f"{word!r} is listed twice", "Keep it in one list")
            table[word] = operator
    return MappingProxyType(table)


def _governors(embeddings: list[tuple[Operator, Mapping[str, Any]]], key: str) -> Mapping[str, Operator]:
    """Operators by governing word; a word of two lists keeps the first."""
    table: dict[str, Operator] = {}
    for operator, entry in embeddings:
        for word in entry.get(key, ()):
            table.setdefault(word, operator)
    return MappingProxyType(table)


def _cues(entries: Mapping[str, Mapping[str, Any]], vocabulary: Mapping[str, Any], file: str) -> Mapping[str, Operator]:
    for name in entries:
        if name not in vocabulary["cue_class"]:
            raise DataError(file, None, f"cue.{name} is no class", f"Use one of: {', '.join(vocabulary['cue_class'])}")
    return MappingProxyType(
        {name: _operator(entry, vocabulary, file, f"cue.{name}") for name, entry in entries.items()}
    )
