"""Mending readings that the parser gets wrong in the commonest sentences of news.

"Rebel fighters arrested 24 people, residents said." is read as if the fighters had been arrested and
had said so: two subjects for one verb of saying. The participle then is the past tense it looks like.
"""

from __future__ import annotations

from collections.abc import Sequence


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
