"""One report as a self-contained page: its words, and the claims that rest on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

from onrecord.view import describe

Json = Mapping[str, Any]


def report_page(report: Json, claims: Sequence[Json], attributions: Iterable[Json] = (), footer: str = "") -> str:
    """HTML of *report* with *claims* beside it; opens without network or server.

    A hover on a claim lights its words, a click on words lists the claims that rest on them. Text
    of the report only ever reaches the page as JSON and ``textContent``, never as markup.
    """
    data = {
        "text": report["text"],
        "title": report.get("title") or _first_line(report["text"]),
        "about": " · ".join(_about(report)),
        "credit": " · ".join(_credit(report)),
        "claims": [_card(claim) for claim in claims],
        "marks": [
            {"c": n, "s": mark.start, "e": mark.end, "r": mark.role}
            for n, claim in enumerate(claims)
            for mark in describe.marks(claim)
        ],
        "said": [span for a in attributions for span in a.get("content", [])],
        "foot": footer,
    }
    template = Template(files("onrecord").joinpath("view/templates/report.html").read_text(encoding="utf-8"))
    title = str(data["title"]).replace("&", "&amp;").replace("<", "&lt;")
    blob = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return template.substitute(title=title, data=blob)


def _card(claim: Json) -> dict[str, Any]:
    return {
        "kind": claim["kind"],
        "head": describe.head(claim),
        "sub": "background" if claim.get("background") else "",
        "mood": describe.mood(claim),
        "happened": describe.happened(claim),
        "text": claim["text"],
        "rows": [list(row) for row in describe.rows(claim)],
        "chain": [{"label": label, "src": cited} for label, cited in describe.chain(claim)],
    }


def _first_line(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 90 else line[:87].rsplit(" ", 1)[0] + " …"


def _about(report: Json) -> Iterable[str]:
    yield report.get("outlet") or "outlet not known"
    yield f"published {report['published']}" if report.get("published") else "time of publication not known"
    if report.get("byline"):
        yield str(report["byline"])
    if report.get("url"):
        yield str(report["url"])


def _credit(report: Json) -> Iterable[str]:
    yield f"report {report['report_id']}"
    if report.get("replaces"):
        yield f"replaces {report['replaces']}"
    if report.get("language") not in (None, "en"):
        yield f"language {report['language']}: kept, not coded"
