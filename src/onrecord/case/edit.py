"""Corrections: one value of a claim, named by its path, gets another value or other words.

Paths are those of the claim as JSON: ``event_type``, ``modality.mood``, ``actor[0].name``, ``time``,
``figures[1].low``; ``actor[+]`` is a new last member of a list.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from onrecord.case.codec import Json, dumps, reread
from onrecord.case.evidence import Texts, misreads
from onrecord.case.vocabulary import LISTS, closed_lists
from onrecord.errors import BadReview
from onrecord.model import Claim
from onrecord.model.wire import claim_from_json, claim_to_json

_STEP = re.compile(r"([a-z_0-9]+)((?:\[(?:\d+|\+)\])*)")
FIXED = ("claim_id", "report_id", "kind", "run_id", "version", "status", "reason", "rationale", "links")


def steps(path: str) -> list[str | int]:
    """The keys and positions of *path*; -1 is ``[+]``. CaseError when it is no path."""
    found: list[str | int] = []
    for part in path.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise BadReview(f"{path!r} is no path. Write it as in the claim's JSON: event_type, actor[0].name")
        found.append(match[1])
        found += [-1 if at == "+" else int(at) for at in re.findall(r"\[(\d+|\+)\]", match[2])]
    if found[0] in FIXED:
        raise BadReview(f"{found[0]} cannot be corrected. Reject the claim, or correct another value")
    return found


def corrected(claim: Claim, path: str, value: Any, texts: Texts) -> Claim:
    """*claim* with *value* at *path*.

    A value that has a ``span`` and no ``text`` gets the words of the span; None takes a member of a list
    away. Raises CaseError when the path leads nowhere, the value does not fit, or its span does not re-read.
    """
    whole = claim_to_json(claim)
    _set(whole, steps(path), _with_words(copy.deepcopy(value), texts), path)
    _check_lists(whole)
    try:
        changed = claim_from_json(whole)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadReview(
            f"{path}: {dumps(value)} does not fit there ({error}). Give it the form it has in JSON"
        ) from error
    if not _within(whole, claim_to_json(changed)):
        raise BadReview(f"{path}: {dumps(value)} has keys that a claim does not have there. Leave them out")
    for misread in misreads(whole, texts):
        raise BadReview(f"{misread}. Give the span that holds the words")
    return changed


def value_at(whole: Json, path: str) -> Any:
    """The value at *path* of a claim as JSON, None where there is none."""
    at: Any = whole
    for step in steps(path):
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            return None
    return at


def _with_words(value: Any, texts: Texts) -> Any:
    if isinstance(value, dict) and value.get("span") is not None and "text" not in value:
        value["text"] = reread(value["span"], texts[value.get("field") or "text"])
    return value


def _set(whole: Json, where: list[str | int], value: Any, path: str) -> None:
    at: Any = whole
    for step in where[:-1]:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
        if at is None:
            raise BadReview(f"{path}: this claim has nothing at {step!r}. Correct the value above it as a whole")
    last = where[-1]
    if isinstance(at, list) and isinstance(last, int):
        _set_member(at, last, value, path)
    elif isinstance(at, dict) and last in at:
        at[last] = value
    else:
        raise BadReview(f"{path}: this claim has no {last!r}. Look at its JSON for the names of values")


def _set_member(at: list[Any], last: int, value: Any, path: str) -> None:
    if last >= len(at):
        raise BadReview(f"{path}: the list has {len(at)} members. Write [+] for a new one")
    if last == -1:
        at.append(value)
    elif value is None:
        del at[last]
    else:
        at[last] = value


def _within(value: Any, whole: Any) -> bool:
    """Whether all that *value* says is in *whole*, which may say more."""
    if isinstance(value, dict):
        return isinstance(whole, dict) and all(k in whole and _within(v, whole[k]) for k, v in value.items())
    if isinstance(value, list):
        same = isinstance(whole, list) and len(value) == len(whole)
        return same and all(_within(v, w) for v, w in zip(value, whole, strict=True))
    return bool(value == whole)


def _check_lists(value: Any, path: str = "") -> None:
    if isinstance(value, list):
        for item in value:
            _check_lists(item, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_lists(item, f"{path}.{key}" if path else key)
    elif path in LISTS and value is not None:
        allowed = closed_lists()[LISTS[path]]
        if value not in allowed:
            raise BadReview(f"{path}: {value!r} is not known. Use one of: {', '.join(allowed)}")
