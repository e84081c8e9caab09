"""Keeping the process as it was around foreign code: decimal context, folder, recursion limit, output."""

from __future__ import annotations

import contextlib
import decimal
import dis
import os
import sys
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Run a plugin's code; what it changes of the process is put back, what it prints goes to stderr."""
    folder = os.getcwd()
    limit = sys.getrecursionlimit()
    with (
        decimal.localcontext(),
        warnings.catch_warnings(),
        contextlib.redirect_stdout(sys.stderr),
    ):
        try:
            yield
        finally:
            if sys.getrecursionlimit() != limit:
                sys.setrecursionlimit(limit)
            if os.getcwd() != folder:
                os.chdir(folder)


def interrupted(error: BaseException) -> bool:
    """Whether Ctrl-C was pressed, as against a plugin that raises KeyboardInterrupt itself.

    What the keyboard interrupts is at any instruction but `raise`.
    """
    frame = error.__traceback__
    if not isinstance(error, KeyboardInterrupt) or frame is None:
        return False
    while frame.tb_next is not None:
        frame = frame.tb_next
    return dis.opname[frame.tb_frame.f_code.co_code[frame.tb_lasti]] != "RAISE_VARARGS"
