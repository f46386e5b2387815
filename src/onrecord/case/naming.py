"""Names of those whom the registry does not know: what of a slot's words is a name, and whom it means in a case.

A key is made of the name and the country alone, so that it is the same in whatever order reports come. Two
mentions whose names differ in title, article, accents or a known spelling have one key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.case.codec import dumps
from onrecord.case.folding import fold
from onrecord.lexicon.naming import NamingLexicon, load_naming
from onrecord.model import Actor

PREFIX = "p:"
# What follows one of these says more of the one who was named before.
_BREAK = re.compile(r"\s*(?:[,;:()\[\]“”\"]|\s[–—-]\s|\b(?:who|which|whose|that)\b)\s*")
_WORD = re.compile(r"[^\s]+")
_ARTICLES = frozenset(("al", "el", "an", "ar", "as", "ash", "at", "az", "the"))
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name as written, without titles, and the country of the one it names, where one is known."""

    name: str
    country: str | None

    @property
    def key(self) -> str:
        """The provisional actor that the name means: ``p:sami-darwish:SYR``, without a country ``p:sami-darwish``."""
        return key_of(self.name, self.country)

    @property
    def identity(self) -> str:
        """Name and country as JSON."""
        return dumps([self.name, self.country])


def key_of(name: str, country: str | None) -> str:
    """The id of the provisional actor that *name* means beside *country*."""
    stem = PREFIX + "-".join(_parts(name))
    return f"{stem}:{country}" if country else stem


def stem_of(key: str) -> str:
    """A provisional actor's id without its country."""
    return PREFIX + key.removeprefix(PREFIX).partition(":")[0]


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    known = load_naming()
    words = [known.spellings.get(word, word) for word in fold(name).split()]
    kept = [word for word in words if word not in _ARTICLES]
    return tuple(kept or words)


def name_key(slot: Actor) -> NameKey | None:
    """Who *slot* names, or stands for by reference, where the registry does not know them; None for everyone else."""
    if slot.actor_id is not None or slot.name is not None:
        return None
    # Whoever a pronoun or a description stands for is named by what it was resolved through.
    own = slot.via.text if slot.via is not None else slot.text
    found = name_in(own or "", alone=slot.via is None and slot.basis == "named")
    return None if found is None else NameKey(found, slot.country)


@lru_cache(maxsize=8192)
def name_in(words: str, alone: bool = False) -> str | None:
    """The name in *words* ("Dr. Samer Darwish, a surgeon" gives "Samer Darwish"); None where there is none.

    A single word counts only with *alone*: at the beginning of a sentence any word has a capital.
    """
    known = load_naming()
    for piece in _BREAK.split(words)[:4]:
        found = _name(piece or "", known)
        if found is None:
            return None
        if found and (len(found) > 1 or (alone and len(found[0]) > 2)):
            return " ".join(found)
    return None


def _name(piece: str, known: NamingLexicon) -> list[str] | None:
    """The words in capitals that *piece* ends with, without titles; None where they name what it belongs to."""
    tokens = [token.strip(".’'`‘“”\"") for token in _WORD.findall(re.sub(r"[’']s\b", "", piece))]
    tokens = [token for token in tokens if token]
    at = len(tokens)
    while at and (_is_name(tokens[at - 1]) or (at < len(tokens) and tokens[at - 1].lower() in known.particles)):
        at -= 1
    before = tokens[at - 1].lower() if at else ""
    if at < len(tokens) and before in known.belonging and not (before == "the" and at == 1):
        return None
    found = tokens[at:]
    offices = [i for i, token in enumerate(found[:-2]) if token.lower() in known.offices]
    found = found[offices[-1] + 1 :] if offices else found
    while found and found[0].lower() in known.titles:
        found = found[1:]
    nobody = not found or found[0].lower() in known.no_names or " ".join(found).lower() in known.no_names
    if nobody or len(found) > _LONGEST:
        return []
    if all(token.lower() in known.titles | known.particles for token in found):
        return []
    # Datelines and headlines stand in capitals; an acronym is short.
    shouted = "".join(found)
    return [] if shouted.isupper() and len(shouted) > 6 else found


def _is_name(token: str) -> bool:
    return token[0].isupper() or re.match(r"(?:al|el|an|ar|as|ash|at|az)[-‘’'][A-ZÀ-Þ]", token) is not None


__all__ = ["NameKey", "key_of", "name_in", "name_key", "stem_of"]
