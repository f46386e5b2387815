"""A mention: a name, a description or a pronoun, with what its own words say of whom it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Actor, Span

Sort = Literal["person", "group", "body", "place", "thing"]
Kind = Literal["name", "noun", "pronoun"]

MALE, FEMALE = (
    frozenset(("mr", "mr.", "sir", "lord", "king", "prince", "sheikh", "imam", "father", "brother")),
    frozenset(("mrs", "mrs.", "ms", "ms.", "miss", "madam", "lady", "queen", "princess", "mother", "sister")),
)
_MALE_NOUNS = frozenset(
    "boy nephew grandfather gentleman monk man father brother son husband uncle congressman spokesman chairman"
    " businessman king".split()
)
_FEMALE_NOUNS = frozenset(
    "lady actress heiress heroine waitress hostess girl grandmother niece nun woman mother sister daughter wife aunt"
    " widow congresswoman spokeswoman chairwoman businesswoman queen".split()
)
_NO_MAN = (
    "woman",
    "human",
    "german",
    "roman",
    "ottoman",
    "talisman",
    "norman",
    "shaman",
    "freshman",
    "layman",
    "ombudsman",
)
TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady prof prof. gen gen. col col. lt lt. maj maj. capt capt. sgt sgt."
    " adm adm. brig brig. sen sen. rep rep. gov gov. rev rev. st st. president minister senator representative"
    " governor general colonel major captain lieutenant secretary judge justice sheikh imam ayatollah king prince"
    " queen pope ambassador mayor sheriff chancellor premier prime vice former".split()
)
SHORT_TITLES = {
    "sen": "senator",
    "rep": "congressman",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "maj": "major",
    "capt": "captain",
    "sgt": "sergeant",
    "adm": "admiral",
    "prof": "professor",
    "dr": "doctor",
    "rev": "priest",
    "congresswoman": "congressman",
    "spokeswoman": "spokesman",
    "chairwoman": "chairman",
}
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]{2,})?")
_PARTICLES = frozenset(
    ("al", "el", "the", "de", "of", "and", "bin", "ibn", "von", "van", "jr", "sr", "ii", "iii", "iv")
)

PARTISANS = frozenset(
    "republican democrat independent socialist libertarian tory conservative liberal communist".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention; ``first`` to ``last`` are its tokens without relative clause and apposition.

    ``gender`` is "m", "f", for pronouns also "n" (it), "p" (they), "1" (I, we), "y" (you), "2" (both,
    the two) and "r" (who, which, that).
    ``words`` are the words that describe it (title, modifiers, apposition) in lower case, ``name`` the parts
    of a name; ``actor`` is what the registry knows of it. ``sure`` is false where a given name alone tells the gender.
    """

    head: int
    first: int
    last: int
    span: Span
    kind: Kind
    sort: Sort | None
    gender: str | None
    plural: bool
    definite: bool
    subject: bool
    offices: frozenset[str]
    words: frozenset[str]
    name: tuple[str, ...] = ()
    actor: Actor | None = None
    sure: bool = False

    @property
    def actor_id(self) -> str | None:
        return self.actor.actor_id if self.actor is not None else None


def name_parts(text: str) -> tuple[str, ...]:
    """Parts of a name in lower case, without titles, possessive and brackets: "Mr. Al-Jolani's" is (al, jolani)."""
    text = re.sub(r"['’]s?$", "", re.sub(r"\s*\(.*", "", text))
    return tuple(p for p in (m.lower() for m in _PIECE.findall(text)) if p not in TITLES)


@lru_cache(maxsize=8192)
def core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts that tell one name from another."""
    kept = tuple(p for p in parts if p not in _PARTICLES)
    return kept or parts


def gender_of(words: Sequence[str]) -> str | None:
    if any(w in _MALE_NOUNS or _is_man(w) for w in words):
        return "m"
    return "f" if any(w in _FEMALE_NOUNS or (w.endswith("woman") and len(w) > 5) for w in words) else None


def _is_man(word: str) -> bool:
    """Whether a word is made with "man": "radioman"; not "German", "woman" and the like."""
    return len(word) > 6 and word.endswith("man") and not word.endswith(_NO_MAN)


def offices_of(lexicon: CueLexicon, words: Sequence[str]) -> frozenset[str]:
    found = set()
    for i, word in enumerate(words):
        role = lexicon.roles.get(f"{words[i - 1]} {word}" if i else word) or lexicon.roles.get(word)
        if role is not None:
            found.add(role.office)
    return frozenset(found)
