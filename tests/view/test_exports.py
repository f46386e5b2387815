"""Files of every profile of the example case: schema, reading back, manifests, and what never stands in them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pandas
import polars
import pyarrow.parquet
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ConfigError
from onrecord.lexicon.profiles import Layout, load_layout, load_profiles
from onrecord.view.check import problems
from onrecord.view.exports import content
from onrecord.view.writers import write_rows

TABLES = [p.name for p in load_profiles().values() if p.form in {"csv", "tsv"}]
EVENTS = [p.name for p in load_profiles().values() if p.rows in {"events", "reports of events"}]
PANDAS = {"text": "string", "integer": "Int64", "number": "Float64", "flag": "boolean", "day": "string"}
POLARS = {"text": polars.String, "integer": polars.Int64, "number": polars.Float64, "flag": polars.Boolean,
          "day": polars.Date}  # fmt: skip


@pytest.fixture(scope="session")
def exported(example, tmp_path_factory):
    """The folder with every profile of the example case, and the manifests by profile."""
    from onrecord.ledger import Case

    folder = tmp_path_factory.mktemp("out")
    with Case(example) as case:
        about = {n: case.export(folder / (n + p.ends), n) for n, p in load_profiles().items()}
    return folder, about


def path_of(exported, name: str) -> Path:
    return exported[0] / (name + load_profiles()[name].ends)


def made(case, name: str):
    from onrecord.case.filters import Filter
    from onrecord.datasets import DataSet

    found = content(name, DataSet(case.store, case.merging, Filter())._material())
    found.rows = list(found.rows)
    return found


@pytest.mark.parametrize("name", [n for n, p in load_profiles().items() if p.layout and p.form != "jsonl"])
def test_rows_of_the_example_keep_to_their_schema(case, name):
    found = made(case, name)
    assert found.rows, "the example should have a row in every profile"
    assert problems(found.rows, found.layout) == []


def test_the_layouts_have_as_many_columns_as_the_data_sets():
    assert {n: len(load_layout(n).columns) for n in ("acled", "ucdp", "polecat", "gdelt")} == {
        "acled": 31, "ucdp": 49, "polecat": 40, "gdelt": 61,
    }  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_pandas_and_polars_read_back_the_same_cells(exported, case, name):
    profile, found = load_profiles()[name], made(case, name)
    names, types = found.layout.names, [c.type for c in found.layout.columns]
    separator = "," if profile.form == "csv" else "\t"
    frame = pandas.read_csv(
        path_of(exported, name), sep=separator, header=0 if profile.header else None, names=names,
        dtype=dict(zip(names, (PANDAS[t] for t in types), strict=True)), keep_default_na=False, na_values=[""],
    )  # fmt: skip
    other = polars.read_csv(
        path_of(exported, name), separator=separator, has_header=profile.header, new_columns=list(names),
        schema_overrides=[POLARS[t] for t in types], quote_char='"' if profile.form == "csv" else None,
    )  # fmt: skip
    assert len(frame) == other.height == len(found.rows)
    for column, type_ in zip(names, types, strict=True):
        wanted = [row.get(column) for row in found.rows]
        missing = [value is None for value in wanted]
        assert frame[column].isna().tolist() == other[column].is_null().to_list() == missing, column
        if type_ == "number":
            assert frame[column].dropna().tolist() == pytest.approx([float(v) for v in wanted if v is not None]), column
        if type_ in {"integer", "flag"}:
            assert frame[column].dropna().tolist() == other[column].drop_nulls().to_list(), column
            assert other[column].to_list() == wanted, column
        if type_ == "day":
            assert other[column].to_list() == wanted, column


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_a_word_for_missing_and_none_is_a_formula(exported, name):
    profile = load_profiles()[name]
    text = path_of(exported, name).read_text(encoding="utf-8")
    style = {"delimiter": ","} if profile.form == "csv" else {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
    layout = load_layout(profile.layout)
    for row in list(csv.reader(io.StringIO(text), **style))[1 if profile.header else 0 :]:
        assert len(row) == len(layout.columns)
        for cell, column in zip(row, layout.columns, strict=True):
            assert cell not in {"NA", "NaN", "None", "null", "nan"}
            assert column.type != "text" or not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("name", ["acled", "ucdp", "events-csv", "eventreport"])
def test_readr_guesses_the_types(exported, name):
    layout = load_layout(load_profiles()[name].layout)
    script = (
        "suppressMessages(library(readr)); "
        f"d <- read_csv('{path_of(exported, name)}', na = '', guess_max = Inf, show_col_types = FALSE); "
        "stopifnot(nrow(problems(d)) == 0); "
        "cat(paste(names(d), sapply(d, function(x) class(x)[1]), sep = '\\t'), sep = '\\n')"
    )
    out = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    if "there is no package" in out.stderr:
        pytest.skip("readr is not installed")
    assert out.returncode == 0, out.stderr
    guessed = dict(line.split("\t") for line in out.stdout.splitlines())
    wanted = {"integer": "numeric", "number": "numeric", "flag": "logical", "day": "Date"}
    assert list(guessed) == list(layout.names)
    for column in layout.columns:
        # A column without any value is logical to readr, and a text of one day a day: only types can be guessed.
        if column.type != "text":
            assert guessed[column.name] in {wanted[column.type], "logical"}, column.name


def test_events_that_nobody_asserts_are_in_no_file(exported, case):
    never = {e["event_id"] for e in case.events("happened:no")}
    assert never
    for name in EVENTS:
        text = path_of(exported, name).read_text(encoding="utf-8", errors="replace")
        if name == "events-jsonl":  # an event names others that may be the same one
            text = " ".join(json.loads(line)["event_id"] for line in text.splitlines())
        assert not any(event_id in text for event_id in never), name
        assert exported[1][name]["left_out"]["not_happened"]["count"] == len(never)


def test_the_strike_is_one_row_with_its_range_and_its_denial(exported):
    acled = pandas.read_csv(path_of(exported, "acled"))
    (row,) = acled[acled["tags"].str.contains("denied by")].to_dict("records")
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert pandas.isna(row["fatalities"])
    assert "fatalities=indeterminate" in row["tags"]
    assert "accounts=3" in row["tags"]
    reports = pandas.read_csv(path_of(exported, "eventreport"))
    event_id = row["event_id_cnty"][3:]
    own = reports[reports["event_id"] == event_id]
    assert "origin" in set(own["copying"])
    assert set(own["copying"]) & {"copy", "cut"}
    assert own["deaths_best"].max() > own["deaths_best"].min()


@pytest.mark.parametrize("name", list(load_profiles()))
def test_the_manifest_says_what_is_in_the_file(exported, name):
    path, about = path_of(exported, name), exported[1][name]
    written = json.loads(path.with_name(path.name + ".manifest.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(about, default=str))
    assert written["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert written["sha256"] in written["cite"]
    assert written["case"]["case_id"] in written["cite"]
    assert written["tombstones"] == 0
    assert (written["aggregation"] == "representative") == (name in EVENTS)
    if written["events"] is not None:
        left = sum(reason["count"] for reason in written["left_out"].values())
        assert (
            written["events"] + left
            == exported[1]["events-csv"]["events"]
            + exported[1]["events-csv"]["left_out"]["not_happened"]["count"]
            + exported[1]["events-csv"]["left_out"].get("lies_ahead", {"count": 0})["count"]
        )


def test_the_same_case_gives_the_same_bytes(example, tmp_path):
    from onrecord.ledger import Case

    for name in ("acled", "gdelt", "plover", "events-csv", "annotations"):
        with Case(example) as case:
            one = case.export(tmp_path / f"one-{name}", name)["sha256"]
            two = case.export(tmp_path / f"two-{name}", name)["sha256"]
        assert one == two


def test_tags_of_hxl_stand_under_the_header(case, tmp_path):
    about = case.export(tmp_path / "tagged.csv", "acled", hxl=True)
    lines = (tmp_path / "tagged.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("\ufeffevent_id_cnty,event_date")
    assert lines[1].startswith("#event+id,#date+start,#date+year")
    frame = pandas.read_csv(tmp_path / "tagged.csv", skiprows=[1], encoding=about["format"]["encoding"])
    assert len(frame) == about["rows"]
    with pytest.raises(ConfigError, match="no HXL tags"):
        case.export(tmp_path / "tagged.CSV", "gdelt", hxl=True)


def test_parquet_has_types_and_geojson_and_geopackage_have_points(exported):
    table = pyarrow.parquet.read_table(path_of(exported, "events-parquet"))
    assert table.schema.field("date_start").type == pyarrow.date32()
    assert table.schema.field("killed_best").type == pyarrow.float64()
    whole = json.loads(path_of(exported, "events-geojson").read_text(encoding="utf-8"))
    assert len(whole["features"]) == table.num_rows
    for feature in whole["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        assert (geometry is None) == (about["latitude"] is None)
        assert geometry is None or geometry["coordinates"] == [about["longitude"], about["latitude"]]
    info = pyogrio.read_info(path_of(exported, "events-gpkg"), layer="events")
    assert (info["crs"], info["geometry_type"], info["features"]) == ("EPSG:4326", "Point", table.num_rows)
    _, _, shapes, _ = pyogrio.raw.read(path_of(exported, "events-gpkg"), layer="events")
    assert sum(shape is None for shape in shapes) == sum(f["geometry"] is None for f in whole["features"])


def test_annotations_point_at_the_words(exported, case):
    whole = json.loads(path_of(exported, "annotations").read_text(encoding="utf-8"))
    items = whole["first"]["items"]
    assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["total"] == len(items) > 100
    texts: dict[str, str] = {}
    for item in items:
        quote, position = item["target"]["selector"]
        _, _, _, report_id, *part = item["target"]["source"]["id"].split(":")
        if report_id not in texts:
            texts[report_id] = case.report(report_id)
        text = texts[report_id][part[0] if part else "text"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text.startswith(quote["prefix"] + quote["exact"] + quote["suffix"], start - len(quote["prefix"]))


def leaves(value, path=""):
    """Path and value of each leaf; lists are stepped into with []."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path, value


def test_plover_records_keep_to_their_schema(exported):
    layout = load_layout("plover")
    columns = {c.name: c for c in layout.columns}
    records = [json.loads(line) for line in path_of(exported, "plover").read_text(encoding="utf-8").splitlines()]
    assert records
    for record in records:
        for path, value in leaves(record):
            if columns[path].type == "day" and value is not None:
                value = date.fromisoformat(value)
            found = problems([{path: value}], Layout("plover", (columns[path],)))
            assert found == [], (record["id"], path)
        missing = {name.split("[")[0].split(".")[0] for name in columns} - set(record)
        assert missing == set()


def test_another_aggregation_and_an_earlier_day_give_other_rows(case, tmp_path):
    usual = case.export(tmp_path / "a.csv", "acled", "type:ASSAULT denied", aggregation="conservative")
    assert usual["aggregation"] == "conservative"
    assert pandas.read_csv(tmp_path / "a.csv")["fatalities"].notna().all()
    assert case.export(tmp_path / "b.csv", "events-csv", as_of="2000-01-01")["rows"] == 0
    assert polars.read_csv(tmp_path / "b.csv").columns == list(load_layout("events").names)


def test_rows_of_events_are_a_table_without_asking_for_accounts(case):
    table = case.events().arrow()
    assert table.num_rows == len(case.events())
    assert set(table.column_names) < set(load_layout("events").names)
    assert table.schema.field("date_start").type == pyarrow.date32()
    assert case.claims().pandas()["happened"].sum() > 10


def test_what_cannot_be_written_says_what_to_do(case, tmp_path):
    with pytest.raises(ConfigError, match="One of: claims-jsonl"):
        case.export(tmp_path / "x", "nothing")
    with pytest.raises(ConfigError, match="Name another place"):
        case.export(tmp_path / "no" / "x", "acled")
    with pytest.raises(ConfigError, match="no folder"):
        case.export(tmp_path / "x", "acled", tables=tmp_path / "no")
    assert list(tmp_path.iterdir()) == []


@given(st.text(min_size=1))
def test_text_of_any_kind_survives_and_runs_nothing(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    layout = load_layout("quotes")
    write_rows(path, [{"quote_id": "q", "text": text}], load_profiles()["quotes-csv"], layout)
    with path.open(encoding="utf-8", newline="") as stream:
        _, row = list(csv.reader(stream))
    cell = row[layout.names.index("text")]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    # Only carriage returns and NUL are not kept as they are.
    same = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert cell in {same, f"'{same}"}


def test_a_check_names_row_column_and_value():
    layout = load_layout("acled")
    found = problems([{"event_id_cnty": "x", "event_date": "2018-09-08", "inter1": "Nobody", "more": 1}], layout)
    assert "row 1: 'more' is no column of acled" in found
    assert "row 1, event_date: '2018-09-08' is no day" in found
    assert "row 1, inter1: 'Nobody' is not in its list" in found
    assert "row 1, year: is empty and may not be" in found
