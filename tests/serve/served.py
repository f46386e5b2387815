"""Applications to be tested, and visitors who keep cookie and token as a browser does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from onrecord.serve.app import Guarded, create_app
from onrecord.serve.settings import Settings

TOKEN = "the-token-of-this-test"
PASSWORD = "correct horse battery"
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'
ROLES = ("reader", "coder", "editor", "admin")
HOSTILE = json.dumps(
    {
        "id": f"evil-{SCRIPT}",
        "text": f"Police arrested 12 men in Basra on Wednesday, {SCRIPT} a spokesman said. "
        f"“{SCRIPT} the army shelled Mosul and killed five people,” the governor said in a video.",
        "title": f"Arrests in Basra {SCRIPT}",
        "outlet": f"Gulf {SCRIPT}",
        "published": "2018-08-23",
        "url": "javascript:alert(1)",
        "byline": SCRIPT,
        "note": SCRIPT,
    }
)


def local_app(path: Path, **more: Any) -> Guarded:
    """The application of one person, who enters with TOKEN (once)."""
    app = create_app(Settings(case=path, token=TOKEN, who="Ines", **more))
    app.people.new_token()
    return app


def team_app(path: Path, **more: Any) -> Guarded:
    """An application with an account of each role, named as the role."""
    app = create_app(Settings(case=path, team=True, **more))
    for role in ROLES:
        app.people.add(role, PASSWORD, role)
    return app


class Visitor(TestClient):
    """A browser: keeps its cookie, and sends the session's token with every write."""

    def __init__(self, app: Guarded, host: str = "127.0.0.1:8321") -> None:
        super().__init__(app, base_url=f"http://{host}", follow_redirects=False, raise_server_exceptions=False)
        self.csrf = ""

    def enter(self, token: str) -> None:
        """Opens the printed address."""
        assert super().request("GET", f"/enter?token={token}").headers["location"] == "/"
        self.csrf = self.said("/session")["csrf"]

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Signs in with an account."""
        answer = super().request("POST", "/api/v1/session", json={"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        self.csrf = answer.json()["csrf"]

    def said(self, address: str, **query: Any) -> Any:
        """The JSON of a question that must be answered."""
        answer = self.get(f"/api/v1{address}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def write(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """The answer to a write."""
        return self.request(method, f"/api/v1{address}", json=body, headers={"X-CSRF-Token": self.csrf, **headers})
