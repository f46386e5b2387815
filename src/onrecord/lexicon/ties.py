"""Words of control over territory and of ties between actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.lexicon.tables import data_folder, read_rows, read_toml


@dataclass(frozen=True, slots=True)
class ControlWord:
    """A word that says who holds, takes, loses or contests a place.

    ``holder`` and ``place`` tell where the two stand: subj, obj, by, of, or a preposition;
    ``object`` is the noun that a verb needs with it ("take control of"), "" when none.
    """

    lemma: str
    pos: str
    particle: str
    object: str
    change: str
    holder: str
    place: str
    mood: str


@dataclass(frozen=True, slots=True)
class RelationWord:
    """A word that ties two actors: a verb (subject, object), a noun of an office or membership
    (its holder, of whom), or an adjective joined to a name ("Turkey-backed")."""

    lemma: str
    pos: str
    particle: str
    relation: str
    turned: bool


@dataclass(frozen=True, slots=True)
class Ties:
    """Control words and relation words by (part of speech, lemma); place nouns; words of shares."""

    control: Mapping[tuple[str, str], tuple[ControlWord, ...]]
    relations: Mapping[tuple[str, str], tuple[RelationWord, ...]]
    place_nouns: frozenset[str]
    shares: Mapping[str, tuple[float | None, float | None]]


@cache
def load_ties(folder: Path | None = None) -> Ties:
    """``data/control.csv``, ``data/relations.csv`` and ``data/territory.toml``; DataError for a bad row."""
    folder = folder or data_folder()
    vocabulary = read_toml(folder / "vocabulary.toml")
    territory = read_toml(folder / "territory.toml")
    control: dict[tuple[str, str], list[ControlWord]] = {}
    columns = ("lemma", "pos", "particle", "object", "change", "holder", "place", "mood", "origin")
    for row in read_rows(folder / "control.csv", columns):
        word = ControlWord(
            row["lemma"],
            row.one_of("pos", ("verb", "noun", "adj")),
            row["particle"],
            row["object"],
            row.one_of("change", vocabulary["control_change"]),
            row["holder"],
            row["place"],
            row.one_of("mood", ("", *vocabulary["mood"])),
        )
        control.setdefault((word.pos, word.lemma), []).append(word)
    relations: dict[tuple[str, str], list[RelationWord]] = {}
    for row in read_rows(folder / "relations.csv", ("lemma", "pos", "particle", "relation", "turned", "origin")):
        tie = RelationWord(
            row["lemma"],
            row.one_of("pos", ("verb", "noun", "adj", "joined")),
            row["particle"],
            row.one_of("relation", vocabulary["relation"]),
            row.one_of("turned", ("", "yes")) == "yes",
        )
        relations.setdefault((tie.pos, tie.lemma), []).append(tie)
    return Ties(
        {key: tuple(sorted(words, key=lambda w: (not w.object, not w.particle))) for key, words in control.items()},
        {key: tuple(sorted(words, key=lambda w: not w.particle)) for key, words in relations.items()},
        frozenset(territory["place_nouns"]),
        {w: (entry.get("low"), entry.get("high")) for w, entry in territory["shares"].items()},
    )
