"""Exports and sensitivity from the command line: files, tables, plots, and messages that say what to do."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from onrecord.cli import app, commands
from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

assert commands  # each command registers itself with the app
REPORTS = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def strike(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("strike") / "strike.case"
    with Case(path, create=True) as case:
        code_into([str(p) for p in sorted(REPORTS.glob("0[1-7]-*.md"))], case, Config(encoder=False), Defaults())
    return path


def onrecord(*args: str | Path) -> str:
    done = CliRunner().invoke(app, [str(a) for a in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_file_and_its_manifest(strike, tmp_path):
    out = tmp_path / "acled.csv"
    asked = ("type:ASSAULT", "denied")
    said = onrecord("export", strike, "--profile", "acled", *asked, "-o", out, "--aggregation", "informative")
    assert f"{out}: 1 row" in said
    about = json.loads((tmp_path / "acled.csv.manifest.json").read_text(encoding="utf-8"))
    assert (about["profile"], about["filter"], about["aggregation"]) == (
        "acled",
        "type:ASSAULT denied",
        "informative",
    )
    for reason in about["left_out"].values():
        assert f"{reason['count']} left out: {reason['because']}" in said
    (row,) = csv.DictReader(out.open(encoding="utf-8", newline=""))
    assert row["fatalities"] not in {"", "0"}


def test_the_list_of_profiles_names_them_and_their_other_names(strike):
    said = onrecord("export", strike, "--list")
    assert all(name in said for name in ("claims-jsonl", "acled", "ucdp-ged", "gdelt", "annotations"))


def test_without_a_profile_or_a_file_it_says_what_is_missing(strike):
    done = CliRunner().invoke(app, ["export", str(strike), "--profile", "acled"])
    assert done.exit_code == 2
    assert "-o FILE" in done.output


def test_sensitivity_as_table_json_csv_and_plot(strike, tmp_path):
    plot, table = tmp_path / "plot.svg", tmp_path / "table.csv"
    said = onrecord("sensitivity", strike, "--plot", plot, "--csv", table)
    assert "3+ accounts" in said
    assert "12 ways to count" in said
    rows = [json.loads(line) for line in onrecord("sensitivity", strike, "--json").splitlines()]
    assert len(rows) == 12
    with table.open(encoding="utf-8", newline="") as stream:
        assert [int(r["events"]) for r in csv.DictReader(stream)] == [r["events"] for r in rows]
    assert ElementTree.parse(plot).getroot().attrib["role"] == "img"
    assert "SYR" in onrecord("sensitivity", strike, "--by", "place")


def test_divergence_of_reports_and_of_accounts(strike):
    by_report = [json.loads(line) for line in onrecord("sensitivity", strike, "--divergence", "--json").splitlines()]
    killed = next(r for r in by_report if r["field"] == "killed")
    assert killed["mean_range"] > 0
    assert "mean dscore" in onrecord("sensitivity", strike, "--divergence", "--per", "accounts", "--at-least", "2")


def test_erased_reports_are_told_in_the_manifest_and_gone_from_the_file(strike, tmp_path):
    path = tmp_path / "own.case"
    shutil.copy(strike, path)
    with Case(path) as case:
        case.merge()
        report = case.reports()[0]["report_id"]
        case.erase(report, reason="a court order", who="ada")
    said = onrecord("export", path, "--profile", "eventreport", "-o", tmp_path / "reports.csv")
    assert "erased on request" in said
    about = json.loads((tmp_path / "reports.csv.manifest.json").read_text(encoding="utf-8"))
    assert about["tombstones"] == 1
    assert report not in (tmp_path / "reports.csv").read_text(encoding="utf-8")
