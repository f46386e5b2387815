"""Drafts: a coding made ready for the case, before any transaction is opened.

A draft holds the compact JSON, its hashes, keys and compressed bodies, and has been checked: each span
re-reads, or ReportRefused names the one that does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from onrecord.case.chain import content_of_coding, content_of_row
from onrecord.case.codec import Json, compact, deflate, dumps, pack_layers, pack_original
from onrecord.case.evidence import Texts, misreads
from onrecord.case.keys import ClaimKeys, QuoteKeys, claim_keys, quote_keys
from onrecord.errors import ReportRefused
from onrecord.model import Claim, Coding, Report
from onrecord.model.wire import claim_to_json
from onrecord.model.wire_coding import layers_to_json, report_to_json

# Columns of claims, not repeated in bodies.
OWN = ("claim_id", "report_id", "run_id", "version")


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report with its hashes checked or filled in."""

    report: Report
    content: bytes
    original: tuple[str, bytes | None] | None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One claim: compact JSON, compressed body, keys, and the words of its clause."""

    claim_id: str
    text: str
    body: bytes
    keys: ClaimKeys
    words: str


@dataclass(frozen=True, slots=True)
class CodingDraft:
    """One coding: its layers, claims (rejected candidates last) and attributions."""

    report: ReportDraft
    run_id: str
    layers: bytes
    content: bytes
    claims: tuple[ClaimDraft, ...]
    coded: int
    quotes: tuple[tuple[QuoteKeys, str], ...]


@contextmanager
def writable(report_id: str) -> Iterator[None]:
    """Turns values that no case can hold (lone surrogates, NaN) into ReportRefused."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise ReportRefused(
            f"report {report_id}: its text has a code point that is no character, at {error.start}. "
            "Read it again with another encoding"
        ) from error
    except ValueError as error:
        raise ReportRefused(
            f"report {report_id}: a value cannot be written ({error}). "
            "Nothing of this report was written; mend the stage that gave it"
        ) from error


def texts_of(report: Report) -> Texts:
    """What spans of *report* point into."""
    return {"text": report.text, "title": report.title}


def draft_report(report: Report) -> ReportDraft:
    """*report* ready to be written; ReportRefused when its hashes are not those of its text and bytes."""
    if "\x00" in report.text:
        raise ReportRefused(f"report {report.report_id}: its text holds a NUL. Remove it when reading; it is no text")
    original = report.original
    found = hashlib.sha256(report.text.encode()).hexdigest()
    first = hashlib.sha256(original).hexdigest() if original else None
    for name, said, is_so in (
        ("text", report.text_sha256, found),
        ("original", report.original_sha256, first),
    ):
        if said and is_so and said != is_so:
            raise ReportRefused(
                f"report {report.report_id}: {name}_sha256 says {said}, its {name} hashes to {is_so}. "
                "Read the report again"
            )
    known = replace(report, text_sha256=found, original_sha256=report.original_sha256 or first or "", original=b"")
    packed = pack_original(original, report.text) if original else None
    return ReportDraft(known, content_of_report(known, len(report.text)), packed)


def content_of_report(report: Report, characters: int) -> bytes:
    """The content hash of a report: of its publication, and of its text and bytes by their hashes."""
    return content_of_row(report_to_json(report, with_text=False) | {"characters": characters})


def compact_claim(claim: Claim, texts: Texts) -> Json:
    """The compact JSON of *claim*; ReportRefused names the first span that does not re-read."""
    value = claim_to_json(claim)
    for misread in misreads(value, texts):
        raise ReportRefused(
            f"report {claim.report_id}, claim {claim.claim_id}: {misread}. "
            "Nothing of this report was written; mend the stage that gave the span"
        )
    out: Json = compact({key: v for key, v in value.items() if key not in OWN}, texts)
    return out


def draft_claim(claim: Claim, texts: Texts, dictionary: bytes) -> ClaimDraft:
    """*claim* ready to be written."""
    text = dumps(compact_claim(claim, texts))
    return ClaimDraft(claim.claim_id, text, deflate(text, dictionary), claim_keys(claim, texts), claim.text)


def draft_coding(coding: Coding, dictionary: bytes) -> CodingDraft:
    """*coding* ready to be written; ReportRefused when a span does not re-read or a value is no JSON."""
    report = draft_report(coding.report)
    texts = texts_of(coding.report)
    layers = layers_to_json(coding)
    for misread in misreads(layers, texts):
        raise ReportRefused(
            f"report {coding.report.report_id}: {misread}. "
            "Nothing of this report was written; mend the stage that gave the span"
        )
    packed = dumps(compact(pack_layers(layers), texts))
    claims = tuple(draft_claim(claim, texts, dictionary) for claim in (*coding.claims, *coding.rejected))
    content = content_of_coding(
        coding.report.report_id, coding.run_id, packed, ((claim.claim_id, claim.text) for claim in claims)
    )
    quotes = (quote_keys(i, attribution, texts) for i, attribution in enumerate(coding.attributions))
    text = coding.report.text
    return CodingDraft(
        report=report,
        run_id=coding.run_id,
        layers=deflate(packed, dictionary),
        content=content,
        claims=claims,
        coded=len(coding.claims),
        quotes=tuple((keys, text[keys.start : keys.end]) for keys in quotes),
    )
