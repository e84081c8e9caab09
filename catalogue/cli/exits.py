"""Exit codes and messages: every error becomes lines on stderr and a code, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

DEBUG_VARIABLE = "CATALOGUE_DEBUG"
MAX_MESSAGE_CHARS = 1_000
MAX_ECHO = 80
_BAD_PATH = (
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EACCES,
    errno.ENAMETOOLONG,
    errno.ELOOP,
)
"""A path that was given wrongly; anything else that the system refuses is a failure to read or write."""
DONE, NO, BAD_INPUT, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
_LONG_WORD = re.compile(r"'([^'\s]{81,})'")
_ENDLESS = re.compile(r"[!-~]{301,}")  # a path may be long, but not that long


class ReaderGone(Exception):  # noqa: N818 - not an error: the reader of a pipe has what it wanted
    """Standard output was closed by its reader (`| head`)."""


def run(invoke: Callable[[], Any], *, debug: bool = False) -> int:
    """Run a command line and give its exit code; output is flushed, whatever happens."""
    debug = debug or os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")
    try:
        code = _coded(invoke)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except (BrokenPipeError, ReaderGone):
        _silence(sys.stdout)
        return DONE
    except KeyboardInterrupt as error:
        _tell([" ".join(["interrupted", *_notes(error)])])
        return INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _explained(error)


def _coded(invoke: Callable[[], Any]) -> int:
    """What a command returns; click hands back the code of `ctx.exit(code)` as its value."""
    try:
        value = invoke()
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except SystemExit as leave:
        if (
            "PacifyFlush" in type(sys.stdout).__name__
        ):  # click ends so when its echo finds no reader
            raise ReaderGone from leave
        return leave.code if isinstance(leave.code, int) else DONE
    return value if isinstance(value, int) and not isinstance(value, bool) else DONE


def _notes(error: BaseException | None) -> Iterator[str]:
    """What was being done, as noted on an error or on those that it came from."""
    while error is not None:
        yield from getattr(error, "__notes__", ())
        error = error.__cause__


def _explained(error: Exception) -> int:
    """The message of an error on stderr, and its code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        _say([error.ctx.get_help()] if error.ctx else [])
        return BAD_INPUT
    if isinstance(error, click.UsageError):
        _tell([error.format_message()])
        if error.ctx is not None:
            _say([f"Try '{_clean(error.ctx.command_path)} --help'."])
        return BAD_INPUT
    if isinstance(error, click.ClickException):
        _tell([error.format_message()])
        return BAD_INPUT
    problems = getattr(error, "problems", None)
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        _tell(problems or [str(error)])
        return code
    if isinstance(error, OSError):
        _silence(sys.stdout)
        where = f" '{_clean(str(error.filename), MAX_ECHO)}'" if error.filename else ""
        _tell([f"cannot read or write{where}: {error.strerror or error}"])
        return BAD_INPUT if error.errno in _BAD_PATH else FAILED
    what = f"internal error: {type(error).__name__}: {error}"
    _tell([f"{what}; please report it ({DEBUG_VARIABLE}=1 shows where)"])
    return FAILED


def _tell(problems: Iterable[str]) -> None:
    """Each finding as `Error: …`, at most 20."""
    from catalogue.values.limits import MAX_FINDINGS

    found = list(problems)
    lines = [f"Error: {_clean(problem)}" for problem in found[:MAX_FINDINGS]]
    if len(found) > MAX_FINDINGS:
        lines.append(f"and {len(found) - MAX_FINDINGS} more")
    _say(lines)


def note(text: str) -> None:
    """One cleaned line on stderr beside the data: a warning, a remark."""
    _say([_clean(text)])


def _say(lines: Iterable[str]) -> None:
    with contextlib.suppress(
        OSError, ValueError
    ):  # stderr may be closed or full: nothing is left to say
        for line in lines:
            click.echo(line.encode("utf-8", "backslashreplace").decode(), err=True)


def _clean(text: str, limit: int = MAX_MESSAGE_CHARS) -> str:
    from catalogue.values.text import clean

    short = _LONG_WORD.sub(lambda match: f"'{clean(match[1])}'", text)
    short = _ENDLESS.sub(lambda match: clean(match[0]), short)
    return clean(short, limit)


def _silence(stream: Any) -> None:
    """Point a broken stream at nothing, so that the interpreter does not fail again at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
