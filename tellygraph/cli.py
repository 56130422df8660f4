"""The command line: the commands of `commands/` under one name, and errors mapped to exit codes.

Exit codes: 0 done; 1 `check` found violations, or an error of no other kind; 2 what was given cannot be used;
3 the graph cannot be opened or reached; 130 interrupted; 141 nobody reads the output any more.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from . import console
from .commands import COMMANDS
from .commands.shared import graph_option
from .errors import TellygraphError

_INTERRUPTED, _PIPE_CLOSED = 130, 141


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line (`sys.argv` where none is given) and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name the terminal has no letters for is no reason to stop
    try:
        code = commands.main(arguments, prog_name="tellygraph", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except TellygraphError as error:
        console.say(f"Error: {error}")
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nInterrupted.", err=True)
        code = _INTERRUPTED
    except (BrokenPipeError, _ReaderGoneError):
        # Keep Python from complaining when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _PIPE_CLOSED
    sys.exit(code if isinstance(code, int) else 0)


class _ReaderGoneError(Exception):
    """Whoever read our output has gone, as `head` does."""


class _Commands(click.Group):
    """All commands; click itself would end with 1 where stdout is closed, which is the code of an error here."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error


@click.group(cls=_Commands, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tellygraph", message="%(prog)s %(version)s")
@graph_option
def commands() -> None:
    """Turn television reviews into linked data: facts with the exact words they came from."""
