"""The command line: one file a command; only here are exit statuses and progress bars.

Exit status: 0 done; 1 done, but some input was rejected or something did not re-read; 2 wrong usage
or settings; 3 the case, a model or the disk failed.
"""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

from onrecord.errors import CaseError, CaseUsage, ConfigError, ModelError, NotACase, OnrecordError

app = typer.Typer(
    name="onrecord",
    help="Turns news reports into event data that can be cross-examined.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

OK, SOME_REJECTED, USAGE, FAILED = 0, 1, 2, 3


def main() -> None:
    """Runs the command line; errors of ours are printed as one message, never as a traceback."""
    from onrecord.cli import commands  # noqa: F401 - each command registers itself

    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(OK)
    except OnrecordError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"onrecord: {error}", markup=False)
        wrong_usage = isinstance(error, (ConfigError, NotACase, CaseUsage))
        wrong_usage = wrong_usage or not isinstance(error, (CaseError, ModelError))
        sys.exit(USAGE if wrong_usage else FAILED)
    except KeyboardInterrupt:
        Console(stderr=True).print("onrecord: stopped; what was coded is in the case. Run it again to go on.")
        sys.exit(130)
