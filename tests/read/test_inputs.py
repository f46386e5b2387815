"""What a user names on the command line becomes reports, or a named reason why not."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.model import Rejected, Report
from onrecord.read import Defaults, make_report, read_inputs

WIRE = "Rebels released 18 villagers on Friday in exchange for four captured fighters, the Red Crescent said."


def read(*paths: Path | str, **defaults: str) -> list[Report | Rejected]:
    return list(read_inputs([str(p) for p in paths], Defaults(**defaults)))


def reports(*paths: Path | str, **defaults: str) -> list[Report]:
    return [r for r in read(*paths, **defaults) if isinstance(r, Report)]


def reasons(*paths: Path | str) -> list[str]:
    return [r.reason for r in read(*paths) if isinstance(r, Rejected)]


def test_plain_text_keeps_its_bytes_and_takes_what_the_caller_says(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WIRE, encoding="utf-8")
    (report,) = reports(file, published="2018-08-31", outlet="Riverside Radio")
    assert report.text == WIRE
    assert report.original == file.read_bytes()
    assert (report.published, report.outlet, report.language) == ("2018-08-31", "Riverside Radio", "en")


def test_front_matter_wins_over_the_caller_and_other_keys_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\noutlet: Levant Wire\npublished: 2018-09-08T11:40:00+03:00\ndesk: mena\n---\n{WIRE}")
    (report,) = reports(file, published="2001-01-01", outlet="Somebody")
    assert report.text == WIRE
    assert report.outlet == "Levant Wire"
    assert report.published == "2018-09-08T11:40:00+03:00"
    assert report.published_day == "2018-09-08"
    assert ("desk", "mena") in report.meta


def test_a_day_in_front_matter_stays_a_day(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\npublished: 2018-09-08\n---\n{WIRE}")
    assert reports(file)[0].published == "2018-09-08"


def test_a_time_that_cannot_be_read_is_kept_as_given_and_the_report_undated(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": WIRE, "published": "last Tuesday"}))
    (report,) = reports(file)
    assert report.published is None
    assert ("published_as_given", "last Tuesday") in report.meta


def test_a_mail_date_keeps_its_zone(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": WIRE, "published": "Sat, 08 Sep 2018 11:40:00 +0300"}))
    assert reports(file)[0].published == "2018-09-08T11:40:00+03:00"


def test_html_gives_the_article_without_menu_and_footer(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    body = "".join(f"<p>{WIRE} The exchange took place near the town of Atme in the north.</p>" for _ in range(4))
    file.write_text(
        "<html><head><title>Exchange</title><meta property='og:site_name' content='Riverside Radio'></head>"
        f"<body><nav>Home World Sport</nav><article><h1>Exchange</h1>{body}</article>"
        "<footer>Subscribe to our newsletter</footer></body></html>"
    )
    (report,) = reports(file)
    assert WIRE in report.text
    assert "Subscribe" not in report.text
    assert report.media_type == "text/html"
    assert report.outlet == "Riverside Radio"


def test_a_broken_line_costs_only_that_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        json.dumps({"id": "1", "text": WIRE}) + "\n{broken\n" + json.dumps({"id": "2", "text": WIRE}) + "\n[]\n"
    )
    found = read(file)
    assert [r.supplied_id for r in found if isinstance(r, Report)] == ["1", "2"]
    assert [r.origin.rsplit(":", 1)[1] for r in found if isinstance(r, Rejected)] == ["2", "4"]


def test_csv_columns_that_have_no_field_become_meta(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('id,text,outlet,desk\n7,"Rebels, in Idlib, freed 18 villagers.",Levant Wire,mena\n')
    (report,) = reports(file)
    assert report.text == "Rebels, in Idlib, freed 18 villagers."
    assert report.meta == (("desk", "mena"),)


def test_csv_without_a_text_column_says_which_columns_there_are(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,body\n1,hello\n")
    assert "id, body" in reasons(file)[0]


def test_csv_row_with_a_missing_cell_is_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'id,text,outlet\n1,"{WIRE}",x\n2,short\n')
    found = read(file)
    assert isinstance(found[0], Report)
    assert isinstance(found[1], Rejected)
    assert found[1].origin.endswith(":3")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("nul.txt", b"Troops \x00 moved", "NUL"),
        ("latin.txt", "Le général a démenti".encode("cp1252"), "byte 0xe9"),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", "no article text"),
        ("long.txt", b"x" * 50_000_000, "bytes, more than"),
        ("front.md", b"---\na: [1\n---\ntext", "front matter"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    (found,) = read(file)
    assert isinstance(found, Rejected)
    assert said in found.reason
    assert found.origin == str(file)
    assert found.remedy


def test_the_encoding_that_the_caller_names_is_used(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("The général denied it and the army said so too.".encode("cp1252"))
    assert "général" in reports(file, encoding="cp1252")[0].text


def test_half_a_surrogate_pair_in_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "broken \\ud83d emoji"}')
    assert "surrogate" in reasons(file)[0]


def test_a_loop_of_links_ends_and_every_file_is_read_once(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.txt").write_text(WIRE)
    os.symlink(tmp_path, inner / "loop")
    assert [r.origin for r in reports(tmp_path)] == [str(inner / "a.txt")]


def test_files_of_other_types_in_a_folder_are_named_not_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WIRE)
    (tmp_path / "b.zip").write_bytes(b"PK")
    (tmp_path / ".hidden.txt").write_text(WIRE)
    found = read(tmp_path)
    assert [type(r) for r in found] == [Report, Rejected]
    assert ".zip" in found[1].reason


def test_a_path_that_leads_nowhere_is_rejected() -> None:
    assert reasons("/no/such/*.txt") == ["no such file or folder"]


def test_standard_input_is_told_apart_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps({"id": "9", "text": WIRE}).encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert reports("-")[0].supplied_id == "9"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Regierung hat am Mittwoch die Angriffe in Idlib scharf verurteilt und Hilfe gefordert.", "de"),
        ("قال الجيش إن الطائرات قصفت المدينة صباح اليوم", "ar"),
        ("Le gouvernement a annoncé mercredi la libération de douze prisonniers de guerre.", "fr"),
        ("Police arrest 3", "en"),
        ("UN Secretary-General Antonio Guterres spoke.", "en"),
        ("the army denied today that its jets had killed civilians in the town", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert make_report({"text": text}, origin="x", defaults=Defaults()).language == language


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_any_text_is_kept_to_the_letter(text: str) -> None:
    try:
        report = make_report({"text": text}, origin="x", defaults=Defaults())
    except ReadError:
        assert not text.strip() or "\x00" in text
        return
    assert report.text == text
    again = make_report({"text": text}, origin="elsewhere", defaults=Defaults())
    assert again.report_id == report.report_id


def test_the_id_changes_with_each_thing_that_identifies_a_report() -> None:
    base = {"text": WIRE, "title": "t", "outlet": "o", "published": "2018-08-31", "url": "u", "id": "1"}
    ids = {make_report(base, origin="x", defaults=Defaults()).report_id}
    for key, value in base.items():
        other = base | {key: "2018-09-01" if key == "published" else value + "x"}
        ids.add(make_report(other, origin="x", defaults=Defaults()).report_id)
    assert len(ids) == 1 + len(base)
