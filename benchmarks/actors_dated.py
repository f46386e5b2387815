"""Scores who is named on which day: ``python benchmarks/actors_dated.py [FILE.jsonl]``.

The data and the rules of scoring are in ``benchmarks/judged/README.md``: an actor is right when the
entity that the words resolve to bears one of the acceptable names, and its country and primary sector
are acceptable on the day of publication.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import onrecord
from onrecord.lexicon.actors import ActorTables, fold, load_actors
from onrecord.model import Actor, Span

Json = dict[str, Any]


def mention_at(actors: Iterable[Actor], span: Span, head: int) -> Actor | None:
    """The mention that the marked words are: one that ends where they do, else the shortest around them.

    *head* is a code point of the head word of *span*.
    """
    over = [a for a in actors if a.span is not None and a.span.start <= head < a.span.end]
    over += [a for a in actors if a.span is not None and a not in over and a.span.overlaps(span)]
    if not over:
        return None
    return min(
        over, key=lambda a: (not _covers(a, head), a.span is not None and a.span.end != span.end, _apart(a, span))
    )


def _covers(actor: Actor, head: int) -> bool:
    return actor.span is not None and actor.span.start <= head < actor.span.end


def _apart(actor: Actor, span: Span) -> int:
    assert actor.span is not None
    return abs(actor.span.start - span.start) + abs(actor.span.end - span.end)


def head_of(text: str, span: Span) -> int:
    """A code point of the head word: the last one before "of" or a comma, else the last of all."""
    words = span.of(text)
    cut = min((i for i in (words.find(" of "), words.find(",")) if i > 0), default=len(words))
    return span.start + cut - 1


def names_of(entity_id: str | None, name: str | None, tables: ActorTables) -> set[str]:
    """All names of an entity, folded."""
    entity = tables.entity(entity_id) if entity_id else None
    names = [name or "", *((entity.name, *entity.aliases) if entity is not None else ())]
    return {fold(n) for n in names if n}


def acceptable(value: str | None, wanted: Any) -> bool:
    """Whether *value* is the wanted one or among them."""
    return value in (wanted if isinstance(wanted, list) else [wanted])


def verdict(actor: Actor | None, gold: Json, tables: ActorTables) -> tuple[str, bool]:
    """One of right, unresolved, other (another entity), country, sector; and whether the person was found."""
    if actor is None or actor.actor_id is None:
        return "unresolved", False
    names = names_of(actor.actor_id, actor.name, tables)
    person = fold(gold["name"]) in names
    if not names & {fold(n) for n in (gold["name"], *gold["also"])}:
        return "other", False
    if not acceptable(actor.country, gold["country"]):
        return "country", person
    primary = actor.sectors[0] if actor.sectors else None
    return ("right" if acceptable(primary, gold["sectors"]) else "sector"), person


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the misses and the shares; always 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    default = Path(__file__).resolve().parent / "judged" / "actors-dated.jsonl"
    parser.add_argument("file", nargs="?", type=Path, default=default)
    options = parser.parse_args(arguments)
    tables = load_actors()
    counts: Counter[str] = Counter()
    titles: Counter[bool] = Counter()
    for line in options.file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        actors = onrecord.code(row["text"], published=row["published"]).actors
        for gold in row["actors"]:
            span = Span(*gold["span"])
            actor = mention_at(actors, span, head_of(row["text"], span))
            found, person = verdict(actor, gold, tables)
            counts[found] += 1
            if gold.get("title_only"):
                titles[person] += 1
            if found != "right":
                got = actor and (actor.text, actor.actor_id, actor.country, actor.sectors[:1])
                wanted = (gold["name"], gold["country"], gold["sectors"])
                print(f"{row['id']} {row['published']} {found}: {span.of(row['text'])!r} is {wanted}, got {got}")
    total = sum(counts.values())
    print(f"right {counts['right']} of {total} = {counts['right'] / max(total, 1):.3f}; {dict(counts)}")
    print(f"offices without a name: person in office found {titles[True]} of {sum(titles.values())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
