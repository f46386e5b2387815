"""Coders at work: a wrong actor corrected by its words, undone; two people code blind and read their agreement."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import expect
from workbench import Visit, served, sign_in


def _claim(visit: Visit, line: str) -> dict:
    return visit.ask(f"/claims?limit=1&q={line}")["items"][0]


def _did(visit: Visit, actor: str, wanted: int | None = None) -> int:
    """How many claims have *actor* as the one who did it; waits a little for *wanted*, as lists follow a write."""
    for _ in range(240):
        found = {a["actor_id"]: a["did"] for a in visit.ask("/actors?limit=200")["items"]}.get(actor, 0)
        if wanted in (None, found):
            break
        visit.page.wait_for_timeout(250)
    return found


def test_corrects_a_wrong_actor_by_its_words_sees_the_count_change_and_undoes(coder):
    report = next(r for r in coder.ask("/reports?limit=100")["items"] if r["supplied_id"] == "lw-0908-1")
    claim = _claim(coder, f"report:{report['report_id']}%20type:ACCUSE%20actor:TUR")
    before = _did(coder, "TUR")
    page = coder.open("/review", claim=claim["claim_id"])
    page.get_by_role("radio", name="who Turkey").check()
    coder.select_words("Rebel groups in the town")
    assert "Rebel groups in the town" in page.locator(".pending").inner_text()
    page.keyboard.press("Enter")
    page.get_by_text("Recorded: who is “Rebel groups in the town”.").wait_for()
    assert _did(coder, "TUR", before - 1) == before - 1
    coder.open("/actors")
    page.get_by_label("name", exact=True).fill("Turkey")
    coder.rest()
    assert f"did {before - 1} " in page.get_by_role("list", name="Actors").inner_text()
    page = coder.open("/review", claim=claim["claim_id"])
    page.locator("li", has_text="correct").get_by_role("button", name="Undo").click()
    page.get_by_role("status").get_by_text("Taken back").wait_for()
    coder.rest()
    assert _did(coder, "TUR", before) == before
    # Nothing is overwritten: the correction and its undoing both stay on record.
    said = page.get_by_role("region", name="Said of it so far").inner_text()
    assert "taken back" in said


def test_moves_a_span_by_keyboard_alone_across_wide_characters(coder):
    claim = _claim(coder, "type:ASSAULT%20killed%3E=12")
    page = coder.open("/review", claim=claim["claim_id"])
    page.get_by_role("radio", name="where").focus()
    page.keyboard.press("Space")
    page.keyboard.press("w")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    chosen = page.locator(".text .caret").all_inner_texts()
    page.keyboard.press("Enter")
    assert "".join(chosen) in page.locator(".pending").inner_text()
    expect(page.get_by_role("button", name="Record correction")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Recorded: where").wait_for()
    place = coder.ask(f"/claims/{claim['claim_id']}")["place"]
    assert place["text"] == "".join(chosen)


def test_accepts_rejects_comments_and_undoes_by_keyboard(coder):
    page = coder.open("/review")
    waiting = coder.ask("/reviews/queue?limit=1")["total"]
    page.get_by_role("region", name="The claim", exact=True).focus()
    page.keyboard.press("a")
    page.get_by_text("Recorded: accepted.").wait_for()
    page.wait_for_selector("[role=radiogroup]")
    coder.rest()
    page.get_by_role("region", name="The claim", exact=True).focus()
    page.keyboard.press("x")
    page.get_by_label("why it is no claim").fill("a repetition")
    page.keyboard.press("Enter")
    page.get_by_text("Recorded: rejected.").wait_for()
    assert coder.ask("/reviews/queue?limit=1")["total"] == waiting - 2
    coder.rest()
    page.get_by_role("region", name="The claim", exact=True).focus()
    page.keyboard.press("u")
    page.get_by_text("Taken back: rejected.").wait_for()
    assert coder.ask("/reviews/queue?limit=1")["total"] == waiting - 1


def _judge(visit: Visit, name: str, kinds: list[str]) -> None:
    page = visit.open("/settings")
    page.get_by_label("reviews are kept under the name").fill(name)
    page.get_by_role("button", name="Change").click()
    page.get_by_text(f"kept under {name}").wait_for()
    visit.open("/agreement")
    page.get_by_role("link", name="Judge").click()
    visit.rest()
    tasks = visit.ask("/rounds/September/tasks")["items"]
    assert all(task["judged"] == {} for task in tasks)
    for task, kind in zip(tasks, kinds, strict=True):
        visit.open("/review", round="September", claim=task["claim_id"])
        assert page.locator("[data-claim]").count() == 0  # nothing of what was coded is shown
        page.get_by_role("combobox", name="event type").select_option(kind)
        page.get_by_text(f"event type: {kind}").wait_for()
        page.get_by_role("combobox", name="mood", exact=True).select_option("asserted")
        page.get_by_text("modality.mood: asserted").wait_for()


def test_two_people_code_a_sample_blind_and_read_their_agreement(coder):
    page = coder.open("/agreement")
    page.get_by_label("name", exact=True).fill("September")
    page.get_by_label("coders, with commas").fill("anna, ben")
    page.get_by_label("claims", exact=True).fill("3")
    page.get_by_label("of the filter").fill("kind:event")
    page.get_by_role("button", name="Draw").click()
    page.get_by_text("Begun: 3 claims for anna and ben.").wait_for()
    _judge(coder, "anna", ["ASSAULT", "AID", "CONSULT"])
    _judge(coder, "ben", ["ASSAULT", "AID", "THREATEN"])
    coder.open("/agreement")
    page.get_by_role("link", name="Agreement", exact=True).last.click()
    coder.rest()
    row = [cell.inner_text() for cell in page.get_by_role("row", name="event type").get_by_role("cell").all()]
    assert row[1] == "3"
    assert row[2] == "anna, ben"
    assert row[3] == "67 %"
    # Six judgements, two of three pairs alike: observed 2/6, expected (36 - 10)/30, so alpha is 1 - 10/26.
    assert row[4] == "0.615"
    dispute = page.locator(".dispute")
    assert "CONSULT" in dispute.inner_text()
    assert "THREATEN" in dispute.inner_text()
    dispute.get_by_role("listitem").filter(has_text="CONSULT").get_by_role("button", name="This holds").first.click()
    page.get_by_text("Settled: event type is CONSULT.").wait_for()


def test_a_team_has_accounts_and_a_reader_cannot_review(browser, coded, tmp_path):
    case = Path(shutil.copy(coded, tmp_path / "team.case"))
    with served(case, "--team", env={"ONRECORD_ADMIN_PASSWORD": "a long first password"}) as url:
        visit = Visit(browser, url, signed_in=False)
        page = visit.page
        sign_in(page, "admin", "a long first password")
        visit.open("/settings")
        page.get_by_label("name", exact=True).fill("ines")
        page.get_by_label("password").fill("another long password")
        page.get_by_role("button", name="Add").click()
        page.get_by_text("ines may sign in as reader.").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("heading", name="Sign in").wait_for()
        sign_in(page, "ines", "another long password")
        visit.open("/review")
        assert page.get_by_role("button", name="Accept").count() == 0
        assert "ines" in page.get_by_role("banner").inner_text()
        visit.close()
