"""The README's examples do what they say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_sixty_seconds_and_the_python_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = next(b for b in blocks("sh") if "cat strike.txt" in b)
    text = shell.split("$ cat strike.txt\n")[1].split("\n$ ")[0].rstrip("\n")
    (tmp_path / "strike.txt").write_text(text, encoding="utf-8")
    command = re.search(r"\$ \.venv/bin/onrecord (code .*)", shell)
    assert command is not None
    args = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command.group(1))]
    run = [sys.executable, "-c", "from onrecord.cli import main; main()", *args]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = next(line for line in shell.splitlines() if "Claims:" in line)
    assert done.stderr.strip() == said
    monkeypatch.chdir(tmp_path)
    (python,) = blocks("python")
    expected = next(line for line in python.splitlines() if line.startswith("# COERCE"))
    out = subprocess.run([sys.executable, "-c", python], capture_output=True, text=True, check=False)
    assert out.returncode == 0, out.stderr
    assert out.stdout.splitlines()[0] == expected.removeprefix("# ")


def test_every_file_that_the_readme_names_is_there() -> None:
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / path).exists(), path
