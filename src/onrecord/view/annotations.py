"""The evidence of claims as W3C Web Annotations: where in a report's text each value stands, by quote and by position.

After the Web Annotation Data Model (W3C Recommendation, 2017): TextQuoteSelector with exact, prefix and suffix,
TextPositionSelector with start and end in Unicode code points, end after the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onrecord.view import describe

Json = Mapping[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix: enough to tell repeated words apart


def annotation_collection(
    claims: Iterable[Json], report: Callable[[str], Json], name: str
) -> tuple[dict[str, Any], list[str]]:
    """An AnnotationCollection of the evidence of *claims*, and the ids of claims that no words are left of.

    *report* gives a report with its text by id; *name* is an IRI for the collection.
    """
    items: list[dict[str, Any]] = []
    wordless: list[str] = []
    texts: dict[str, Json] = {}
    for claim in claims:
        report_id = claim["report_id"]
        if report_id not in texts:
            texts = {report_id: report(report_id)}  # claims come report by report: one text at a time is enough
        made = list(_annotations(claim, texts[report_id]))
        items += made
        if not made:
            wordless.append(claim["claim_id"])
    page = {"id": f"{name}/page/1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection", "total": len(items), "first": page}
    return whole, wordless


def _annotations(claim: Json, report: Json) -> Iterable[dict[str, Any]]:
    marks = dict.fromkeys((m.field, m.start, m.end, m.role) for m in describe.marks(claim, titles=True))
    head = f"{describe.head(claim)}; {describe.mood(claim)}"
    for n, (field, start, end, role) in enumerate(marks, 1):
        text = report.get(field)
        if not text:
            continue
        yield {
            "id": f"urn:onrecord:claim:{claim['claim_id']}:{n}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": role},
                {"type": "TextualBody", "purpose": "describing", "value": head},
                {"id": f"urn:onrecord:claim:{claim['claim_id']}", "purpose": "linking"},
            ],
            "target": {
                "type": "SpecificResource",
                "source": _source(report, field),
                "selector": _where(text, start, end),
            },
        }


def _source(report: Json, field: str) -> dict[str, Any]:
    """The text that positions count in: the report's own, which need not be what its address shows today."""
    part = "" if field == "text" else f":{field}"
    source = {"id": f"urn:onrecord:report:{report['report_id']}{part}", "type": "Text", "format": "text/plain"}
    return source | {key: report[name] for key, name in (("language", "language"), ("via", "url")) if report.get(name)}


def _where(text: str, start: int, end: int) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": text[start:end]}
    quote |= {"prefix": text[max(start - _AROUND, 0) : start], "suffix": text[end : end + _AROUND]}
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
