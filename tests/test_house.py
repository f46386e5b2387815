"""Promises about the code that no type checker sees."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import onrecord

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "onrecord"


def importers(module: str) -> set[str]:
    pattern = re.compile(rf"^\s*(?:import|from)\s+{module}\b", re.MULTILINE)
    return {
        p.relative_to(SOURCE).as_posix() for p in SOURCE.rglob("*.py") if pattern.search(p.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(
    ("module", "home"),
    [
        ("spacy", {"parse/syntax.py"}),
        ("onnxruntime", {"parse/encoder.py"}),
        ("tokenizers", {"parse/encoder.py"}),
        ("trafilatura", {"read/page.py"}),
        ("requests", set()),
        ("urllib.request", set()),
        ("socket", set()),
    ],
)
def test_heavy_parts_live_behind_one_file(module: str, home: set[str]) -> None:
    assert importers(module) <= home


def test_sqlite_is_known_in_few_places() -> None:
    # The file of accounts is no case, and lies beside it.
    homes = ("case/", "ground/", "events/shelves.py", "serve/people_file.py")
    assert all(p.startswith(homes) for p in importers("sqlite3"))


def test_everything_public_is_there() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    assert callable(onrecord.code)


def test_import_is_light() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, onrecord; print('spacy' in sys.modules, 'onnxruntime' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "False"]


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    """Built, installed into a clean environment that sees our dependencies but not the checkout, and run."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    install = [*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = tmp_path / "venv" / "lib" / version / "site-packages"
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    text = "Police arrested three men in Basra on Wednesday, a spokesman said."
    script = (
        f"import onrecord; print(onrecord.__file__); c = onrecord.code({text!r}, published='2018-08-22'); "
        "print(c.claims[0].text, len(c.claims))"
    )
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = [str(python), "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout.splitlines()[0]
