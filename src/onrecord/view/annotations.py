"""The evidence of claims as W3C Web Annotations: where in a report's text each value stands, by quote and by position.

After the Web Annotation Data Model (W3C Recommendation, 2017): TextQuoteSelector with exact, prefix and suffix,
TextPositionSelector with start and end in Unicode code points, end after the last one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from onrecord.view import describe

Json = Mapping[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix: enough to tell repeated words apart


def annotate(
    claims: Iterable[Json], report: Callable[[str], Json], wordless: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """An annotation for each stretch of words that *claims* rest on.

    *report* gives a report with its text by id; *wordless* is told the id of each claim that no words are left of.
    """
    texts: dict[str, Json] = {}
    for claim in claims:
        report_id = claim["report_id"]
        if report_id not in texts:
            texts = {report_id: report(report_id)}  # claims come report by report: one text at a time is enough
        made = list(_annotations(claim, texts[report_id]))
        yield from made
        if not made:
            wordless(claim["claim_id"])


def collection(items: Iterable[Json], name: str) -> Iterator[str]:
    """The text of an AnnotationCollection of one page, an annotation a line; *name* is an IRI for it."""
    head = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection"}
    page = {"id": f"{name}/page/1", "type": "AnnotationPage", "startIndex": 0}
    yield f'{json.dumps(head)[:-1]}, "first": {json.dumps(page)[:-1]}, "items": [\n'
    total = 0
    for item in items:
        yield (",\n" if total else "") + json.dumps(item, ensure_ascii=False)
        total += 1
    yield f'\n]}}, "total": {total}}}\n'


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
