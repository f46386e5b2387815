"""``onrecord serve`` prints where it is found, lets one person in by that address, and stops when told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys

import httpx2
import pytest
from typer.testing import CliRunner

from onrecord.cli import app, commands
from onrecord.errors import ConfigError
from onrecord.serve.run import serve
from onrecord.serve.settings import Settings


def test_a_case_is_served_until_it_is_stopped(path):
    run = "from onrecord.cli import main; main()"
    command = [sys.executable, "-u", "-c", run, "serve", str(path), "--port", "0", "--who", "Ines"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/enter\?token=\S+", line)
        assert found, line
        with httpx2.Client(base_url=f"http://127.0.0.1:{found[1]}", timeout=60) as browser:
            assert browser.get(found[0]).headers["location"] == "/"
            assert browser.get("/api/v1/session").json()["person"] == {"name": "Ines", "role": "admin"}
            assert browser.get("/api/v1/claims?limit=1").json()["total"] > 0
            assert browser.get("/").headers["content-type"].startswith("text/html")
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(30) in (0, -signal.SIGINT, 130)


def test_the_address_is_reached_from_the_moment_it_is_printed(path):
    class Reached(Exception):
        pass

    def follow(line: str) -> None:
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", line)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=30):
            raise Reached

    with pytest.raises(Reached):
        serve(Settings(case=path, port=0, who="Ines"), follow)


def refused(path, *given: str) -> str:
    assert commands
    done = CliRunner().invoke(app, ["serve", str(path), *given])
    assert isinstance(done.exception, ConfigError)
    return str(done.exception)


def test_other_machines_are_not_served_without_accounts(path):
    assert "--team" in refused(path, "--host", "0.0.0.0")


def test_a_port_that_is_taken_is_named(path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "--port" in refused(path, "--port", str(taken.getsockname()[1]))
