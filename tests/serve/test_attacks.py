"""What somebody might try: scripts in the texts, paths out of the folder, forged writes, stolen tokens, floods."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
import time
from dataclasses import replace

import pytest
import uvicorn
from served import PASSWORD, ROLES, SCRIPT, TOKEN, Visitor, local_app, team_app

from onrecord.errors import ConfigError
from onrecord.serve.run import PatientProtocol, configured, serve
from onrecord.serve.settings import Settings


def hostile_report(me):
    return next(r for r in me.said("/reports", limit=100)["items"] if SCRIPT in (r["title"] or ""))


def test_a_stored_script_comes_back_as_inert_json_in_every_field(me):
    report = me.get(f"/api/v1/reports/{hostile_report(me)['report_id']}")
    assert report.headers["content-type"] == "application/json"
    assert report.headers["x-content-type-options"] == "nosniff"
    assert report.json()["byline"] == SCRIPT
    claim = next(c for c in report.json()["claim_list"])["claim_id"]
    for body in (
        {"claim_id": claim, "action": "comment", "why": SCRIPT},
        {"claim_id": claim, "action": "assign", "to": SCRIPT[:70], "why": SCRIPT},
        {"claim_id": claim, "action": "correct", "path": "contexts", "value": [SCRIPT]},
    ):
        assert me.write("POST", "/reviews", body).status_code in (201, 422)
    assert me.write("PUT", "/session", {"name": SCRIPT[:70]}).status_code == 200
    view = {"name": SCRIPT[:70], "page": "events", "q": "", "state": {SCRIPT: SCRIPT}}
    assert me.write("POST", "/views", view).status_code == 201
    addresses = ["/claims", "/quotes", "/reports", "/reviews", "/reviews/queue", "/views", "/session", "/overview",
                 "/actors", "/places", "/events", "/claims/facets", f"/claims/{claim}/why", "/diff", "/audit",
                 "/search?q=arrested"]  # fmt: skip
    for address in addresses:
        answer = me.get(f"/api/v1{address}")
        assert answer.headers["content-type"] == "application/json", address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"].partition("script-src")[2].partition(";")[0]


def test_an_error_that_repeats_a_script_is_no_page(me):
    for address in (f"/claims/{SCRIPT}", f"/events?q={SCRIPT}", f"/events?as_of={SCRIPT[:30]}", f"/{SCRIPT}"):
        answer = me.get(f"/api/v1{address}")
        assert answer.headers["content-type"] in ("application/problem+json", "application/json")


def test_the_original_is_never_shown_by_the_browser(me):
    answer = me.get(f"/api/v1/reports/{hostile_report(me)['report_id']}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "<" not in answer.headers["content-disposition"]


def test_exports_of_hostile_text_run_nothing_in_a_spreadsheet(me):
    text = me.get("/api/v1/exports/claims-csv").text
    assert not re.search(r'(^|,)"?[=@+]', text, re.MULTILINE)


@pytest.mark.parametrize(
    "address",
    [
        "/../settings.py",
        "/%2e%2e/settings.py",
        "/..%2f..%2fpyproject.toml",
        "/assets/../../app.py",
        "/assets/%2e%2e/%2e%2e/app.py",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/..%5c..%5csettings.py",
        "/.hidden",
        "/index.html%00.js",
        "/%00",
        "/" + "a" * 5000 + ".js",
    ],
)
def test_no_path_leads_out_of_the_folder(path, tmp_path, address):
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html>the workbench")
    (tmp_path / "settings.py").write_text("secret")
    (folder / ".hidden").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "settings.py")
    with Visitor(local_app(path, static=folder)) as visitor:
        answer = visitor.get(address)
        assert answer.status_code in (200, 404)
        assert "secret" not in answer.text
        assert "root:" not in answer.text
        assert visitor.get("/link.txt").status_code == 404
        assert "the workbench" in visitor.get("/events/e1").text


@pytest.mark.parametrize("name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "r%00", "%2e%2e"])
def test_ids_are_no_paths(me, name):
    for kind in ("reports", "claims", "quotes", "actors", "places", "events", "views"):
        assert me.get(f"/api/v1/{kind}/{name}").status_code in (404, 422)


def test_a_write_without_the_token_of_the_session_is_refused(me):
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    body = {"claim_id": claim, "action": "accept"}
    for token in ("", "x", "a" * 32, "é"):
        answer = me.request("POST", "/api/v1/reviews", json=body, headers={"X-CSRF-Token": token.encode()})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:onrecord:problem:bad-csrf")
    assert me.request("POST", "/api/v1/reviews", json=body).status_code == 403
    assert me.said("/reviews")["total"] == 0


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://127.0.0.1:9999"}],
)  # fmt: skip
def test_a_write_from_a_page_of_another_site_is_refused(me, headers):
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    answer = me.write("POST", "/reviews", {"claim_id": claim, "action": "accept"}, **headers)
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:onrecord:problem:wrong-origin"


def test_a_form_of_another_site_cannot_write(me):
    # What a form can send: no header of its own, no JSON.
    answer = me.request("POST", "/api/v1/reviews", data={"claim_id": "c", "action": "accept"})
    assert answer.status_code == 403


def test_the_token_of_another_session_does_not_fit(team):
    one, other = team("coder"), team("editor")
    claim = one.said("/claims", limit=1)["items"][0]["claim_id"]
    one.csrf, other.csrf = other.csrf, one.csrf
    assert one.write("POST", "/reviews", {"claim_id": claim, "action": "accept"}).status_code == 403


def test_the_printed_address_works_once(app):
    with Visitor(app) as first:
        first.enter(TOKEN)
        assert first.said("/claims", limit=1)
        second = Visitor(app)
        assert second.get(f"/enter?token={TOKEN}").headers["location"] == "/?entry=refused"
        assert second.get("/api/v1/claims").status_code == 401
        answer = second.request("POST", "/api/v1/session", json={"token": TOKEN})
        assert answer.status_code == 401


def test_tokens_cannot_be_guessed_at_speed(app):
    with Visitor(app) as visitor:
        answers = [visitor.request("POST", "/api/v1/session", json={"token": f"t{i}"}).status_code for i in range(40)]
    assert 429 in answers


def test_a_token_opens_nothing_where_there_are_accounts(path):
    app = team_app(path, token=TOKEN)
    app.people.new_token()
    with Visitor(app) as visitor:
        visitor.get(f"/enter?token={TOKEN}")
        assert visitor.get("/api/v1/claims").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app, path):
    with Visitor(app) as visitor:
        cookie = visitor.get(f"/enter?token={TOKEN}").headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
    behind = local_app(path, public_url="https://desk.example")
    with Visitor(behind, "desk.example") as visitor:
        cookie = visitor.get(f"/enter?token={TOKEN}").headers["set-cookie"]
        assert "Secure" in cookie
        assert cookie.startswith("__Host-")


def test_signing_out_ends_the_session_for_good(me):
    cookie = dict(me.cookies)
    assert me.write("DELETE", "/session").status_code == 204
    me.cookies.update(cookie)
    assert me.get("/api/v1/claims").status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8321.evil.example", "", "127.0.0.1:8321@evil"]
)
def test_another_host_name_is_not_answered(me, host):
    for address in ("/", "/api/v1/session", "/api/v1/claims", f"/enter?token={TOKEN}"):
        answer = me.get(address, headers={"Host": host})
        assert answer.status_code == 421, address


def test_localhost_is_answered(app):
    with Visitor(app, "localhost:8321") as visitor:
        visitor.enter(TOKEN)


def test_a_body_that_is_too_large_is_refused(path):
    with Visitor(local_app(path, body_limit=10_000)) as me:
        me.enter(TOKEN)
        body = {"claim_id": "c", "action": "comment", "why": "x" * 20_000}
        assert me.write("POST", "/reviews", body).status_code == 413
        # Without a length beforehand it is counted as it comes.
        parts = (b"x" * 1000 for _ in range(20))
        answer = me.request("POST", "/api/v1/reviews", content=parts, headers={"X-CSRF-Token": me.csrf})
        assert answer.status_code == 413


def test_values_that_are_too_long_or_too_many_are_refused(me):
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    for body in (
        {"claim_id": claim, "action": "comment", "why": "x" * 5000},
        {"claim_id": "c" * 200, "action": "accept"},
        {"claim_id": claim, "action": "delete"},
        {"claim_id": claim, "action": "accept", "role": "admin"},
    ):
        assert me.write("POST", "/reviews", body).status_code == 422
    assert me.get("/api/v1/events", params={"q": "x" * 5000}).status_code == 422
    assert me.get("/api/v1/claims", params={"limit": 10_000}).status_code == 422


def test_deeply_nested_json_is_refused(me):
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    value = "[" * 50_000 + "1" + "]" * 50_000
    deep = f'{{"claim_id":"{claim}","action":"correct","path":"time","value":{value}}}'
    answer = me.request("POST", "/api/v1/reviews", content=deep, headers={"X-CSRF-Token": me.csrf,
                        "Content-Type": "application/json"})  # fmt: skip
    assert answer.status_code in (400, 422)


def test_words_of_a_filter_are_never_sql(me):
    total = me.said("/claims")["total"]
    for line in ("actor:\"'; DROP TABLE claims; --\"", "place:%", "\"' OR 1=1\"", "title:\"a' OR 'b'\"", "claim:'",
                 'words NEAR( "', "a* OR b", "^x", "{a}: b"):  # fmt: skip
        assert me.get("/api/v1/claims", params={"q": line}).status_code in (200, 400), line
    assert me.said("/claims")["total"] == total


# -- roles -----------------------------------------------------------------------------------

READ, REVIEW, DECIDE, MANAGE = range(4)
# The least role of each write: what a reader may not, a coder may, and so on.
WRITES = {
    ("PUT", "/session"): None,
    ("POST", "/session"): None,
    ("DELETE", "/session"): READ,
    ("POST", "/views"): READ,
    ("PUT", "/views/{view_id}"): READ,
    ("DELETE", "/views/{view_id}"): READ,
    ("POST", "/reviews"): REVIEW,
    ("POST", "/reviews/{review_id}/undo"): REVIEW,
    ("POST", "/rounds/{name}/judgements"): REVIEW,
    ("POST", "/events/merge"): DECIDE,
    ("POST", "/events/{event_id}/split"): DECIDE,
    ("POST", "/merges/{merge_id}/undo"): DECIDE,
    ("POST", "/actors/{actor_id}/{action}"): DECIDE,
    ("POST", "/places/{place_id}/{action}"): DECIDE,
    ("POST", "/corrections/{correction_id}/undo"): DECIDE,
    ("POST", "/rounds"): DECIDE,
    ("POST", "/rounds/{name}/adjudications"): DECIDE,
    ("POST", "/users"): MANAGE,
    ("PATCH", "/users/{name}"): MANAGE,
}
READS = {"/rounds/{name}/tasks": REVIEW, "/rounds/{name}/agreement": DECIDE, "/users": MANAGE, "/audit": MANAGE}
OPEN = {"/session", "/health"}
# Bodies that are well formed, so that only the role decides; what they speak of is not there.
BODIES = {
    "/views": {"name": "a view", "page": "events"},
    "/views/{view_id}": {"name": "a view", "page": "events"},
    "/reviews": {"claim_id": "c0", "action": "accept"},
    "/rounds/{name}/judgements": {"claim_id": "c0", "path": "event_type", "value": "ASSAULT"},
    "/events/merge": {"members": ["c0", "c1"]},
    "/events/{event_id}/split": {"members": ["c0", "c1"]},
    "/actors/{actor_id}/{action}": {"why": "so", "members": ["none"]},
    "/places/{place_id}/{action}": {"why": "so", "members": ["none"]},
    "/rounds": {"name": "r", "coders": ["a", "b"], "size": 1000},
    "/rounds/{name}/adjudications": {"claim_id": "c0", "path": "event_type", "why": "so"},
    "/users": {"name": "reader", "password": PASSWORD, "role": "reader"},
    "/users/{name}": {"active": True},
}


def described(app):
    paths = app.openapi()["paths"]
    return [(method.upper(), path.removeprefix("/api/v1")) for path, item in paths.items() for method in item]


def test_every_write_has_a_role(app):
    writes = {(method, path) for method, path in described(app) if method not in ("GET", "HEAD")}
    assert writes == set(WRITES)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_nobody_does_more_than_their_role(team, role):
    visitor = team(role)
    rank = ROLES.index(role) if role else -1
    for method, path in described(visitor.app):
        least = WRITES.get((method, path), READS.get(path, READ))
        if least is None or (method, path) == ("DELETE", "/session"):
            continue
        address = re.sub(r"\{\w+\}", "nobody", path.replace("{action}", "merge"))
        if method == "GET":
            answer = visitor.get(f"/api/v1{address}")
        else:
            answer = visitor.write(method, address, BODIES.get(path, {}))
        if role is None:
            assert (answer.status_code == 401) == (path not in OPEN), (method, path)
        elif rank < least:
            assert answer.status_code == 403, (role, method, path)
            assert answer.json()["type"] == "urn:onrecord:problem:not-allowed"
        else:
            assert answer.status_code not in (401, 403), (role, method, path)


def test_nobody_makes_themselves_an_admin(team):
    coder = team("coder")
    assert coder.write("PATCH", "/users/coder", {"role": "admin"}).status_code == 403
    assert coder.write("PUT", "/session", {"name": "admin"}).status_code == 403
    assert coder.write("POST", "/views", {"name": "x", "page": "events", "owner": "admin"}).status_code == 422


def test_another_role_counts_at_once(team):
    admin, editor = team("admin"), team("editor")
    assert editor.said("/session")["person"]["role"] == "editor"
    assert admin.write("PATCH", "/users/editor", {"role": "reader"}).status_code == 200
    assert editor.get("/api/v1/claims").status_code == 401
    again = team("editor")
    assert again.said("/session")["may"] == ["read"]


def test_a_closed_account_is_out_at_once(team):
    admin, coder = team("admin"), team("coder")
    admin.write("PATCH", "/users/coder", {"active": False})
    assert coder.get("/api/v1/claims").status_code == 401
    answer = team(None).request("POST", "/api/v1/session", json={"name": "coder", "password": PASSWORD})
    assert answer.status_code == 401


def test_the_last_admin_stays(team):
    admin = team("admin")
    assert admin.write("PATCH", "/users/admin", {"role": "reader"}).status_code == 409
    assert admin.write("PATCH", "/users/admin", {"active": False}).status_code == 409


def test_a_coder_takes_back_only_what_was_theirs(team):
    editor, coder = team("editor"), team("coder")
    claim = coder.said("/claims", limit=1)["items"][0]["claim_id"]
    done = editor.write("POST", "/reviews", {"claim_id": claim, "action": "accept"}).json()["review_id"]
    assert coder.write("POST", f"/reviews/{done}/undo", {}).status_code == 403
    own = coder.write("POST", "/reviews", {"claim_id": claim, "action": "accept"}).json()["review_id"]
    assert editor.write("POST", f"/reviews/{own}/undo", {}).status_code == 201


def test_views_of_others_are_theirs(team):
    coder, reader = team("coder"), team("reader")
    made = coder.write("POST", "/views", {"name": "mine", "page": "events", "q": "denied"}).json()["view_id"]
    assert reader.get(f"/api/v1/views/{made}").status_code == 404
    coder.write("PUT", f"/views/{made}", {"name": "ours", "page": "events", "q": "denied", "shared": True})
    assert reader.said(f"/views/{made}")["name"] == "ours"
    assert reader.write("DELETE", f"/views/{made}").status_code == 403
    assert reader.write("POST", "/views", {"name": "x", "page": "events", "shared": True}).status_code == 403


# -- signing in ------------------------------------------------------------------------------


def test_wrong_passwords_lock_an_account_and_tell_nothing(team):
    visitor = team(None)

    def try_(name, password):
        return visitor.request("POST", "/api/v1/session", json={"name": name, "password": password})

    unknown, wrong = try_("nobody", PASSWORD), try_("coder", "wrong")
    assert (unknown.status_code, unknown.json()) == (wrong.status_code, wrong.json())
    for _ in range(5):
        try_("coder", "wrong")
    assert try_("coder", PASSWORD).status_code == 401
    admin = team("admin")
    locked = next(u for u in admin.said("/users")["items"] if u["name"] == "coder")
    assert locked["locked_until"]
    admin.write("PATCH", "/users/coder", {"password": "another password"})
    assert try_("coder", "another password").status_code == 200


def test_sign_ins_are_in_the_audit_without_passwords(team):
    visitor = team(None)
    visitor.request("POST", "/api/v1/session", json={"name": "coder", "password": "wrong-secret"})
    admin = team("admin")
    lines = admin.said("/audit")["items"]
    assert ("coder", "sign in", False) in {(line["who"], line["what"], line["ok"]) for line in lines}
    assert ("admin", "sign in", True) in {(line["who"], line["what"], line["ok"]) for line in lines}
    assert "wrong-secret" not in json.dumps(lines)


def test_sessions_end_by_themselves(path):
    now = [1000.0]
    app = team_app(path, session_idle=100, session_life=300)
    app.people._clock = lambda: now[0]
    with Visitor(app) as visitor:
        visitor.sign_in("coder")
        for _ in range(3):
            now[0] += 90
            assert visitor.get("/api/v1/claims?limit=1").status_code == 200
        now[0] += 90
        assert visitor.get("/api/v1/claims?limit=1").status_code == 401
        visitor.sign_in("coder")
        now[0] += 101
        assert visitor.get("/api/v1/claims?limit=1").status_code == 401


def test_passwords_and_tokens_are_not_kept_as_they_are(team, path):
    visitor = team("coder")
    data = path.with_name(path.name + ".people").read_bytes()
    log = path.with_name(path.name + ".people-wal")
    data += log.read_bytes() if log.exists() else b""
    assert PASSWORD.encode() not in data
    (cookie,) = visitor.cookies.values()
    assert cookie.encode() not in data
    assert b"argon2id" in data


def test_the_file_of_people_is_readable_by_its_owner_alone(team, path):
    assert path.with_name(path.name + ".people").stat().st_mode & 0o077 == 0


def test_too_many_requests_are_slowed_down(path):
    with Visitor(local_app(path, reads_a_minute=20)) as me:
        me.enter(TOKEN)
        answers = [me.get("/api/v1/health") for _ in range(30)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_other_machines_need_accounts(path):
    with pytest.raises(ConfigError, match="--team"):
        serve(Settings(case=path, host="0.0.0.0", port=0), print)


# -- slow clients ----------------------------------------------------------------------------


@pytest.fixture
def running(path):
    """A server on a port of its own, with little patience."""
    app = team_app(path, body_patience=0.5)
    config = configured(replace(app.settings, port=0))
    listening = config.bind_socket()
    port = listening.getsockname()[1]
    app._guard._hosts = frozenset({f"127.0.0.1:{port}"})
    config.app = app
    config.http = type("Hasty", (PatientProtocol,), {"patience": 0.5})
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join(10)


def received(connection, seconds=5):
    connection.settimeout(seconds)
    data = b""
    try:
        while part := connection.recv(65536):
            data += part
    except ConnectionResetError:
        pass
    return data


def test_a_head_that_never_ends_is_cut_off(running):
    with socket.create_connection(("127.0.0.1", running)) as connection:
        connection.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0")
        assert received(connection) == b""


def test_a_connection_that_says_nothing_is_cut_off(running):
    with socket.create_connection(("127.0.0.1", running)) as connection:
        assert received(connection) == b""


def test_a_body_that_never_ends_is_cut_off(running):
    head = f"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:{running}\r\nContent-Length: 1000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running)) as connection:
        connection.sendall(head.encode() + b'{"name":')
        assert b" 408 " in received(connection)


def test_two_lengths_are_refused(running):
    head = (
        f"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:{running}\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", running)) as connection:
        connection.sendall(head.encode())
        assert b" 200 " not in received(connection)


def test_others_are_answered_meanwhile(running):
    slow = [socket.create_connection(("127.0.0.1", running)) for _ in range(50)]
    with socket.create_connection(("127.0.0.1", running)) as connection:
        request = f"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{running}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        assert b" 200 " in received(connection)
    for one in slow:
        one.close()
