"""Writes the description of the API, from which the workbench's types are made."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from onrecord.ledger import Case
from onrecord.serve.app import create_app
from onrecord.serve.settings import Settings

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "empty.case"
    Case(path, create=True).close()
    print(json.dumps(create_app(Settings(case=path)).openapi(), ensure_ascii=False, indent=1))
