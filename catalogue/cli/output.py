"""Writing a command's output: all of it at once, to standard output or into a file, never half."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import click

from catalogue.cli.exits import ReaderGone

_UNSAFE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def check_output(output: str | None) -> None:
    """Refuse, before any work, a file that cannot be written."""
    if output is None:
        return
    path = Path(output)
    if not output or path.is_dir():
        raise click.BadParameter(f"{output!r} is a folder; name a file", param_hint="'--output'")
    if not path.absolute().parent.is_dir():
        raise click.BadParameter(
            f"{output!r}: the folder {str(path.parent)!r} is not there", param_hint="'--output'"
        )


def write(content: str | bytes, output: str | None = None) -> None:
    """Write to standard output, or replace a file whole."""
    if output is None:
        _to_stdout(content)
        return
    path = Path(output)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # /dev/null, a named pipe
        path.write_bytes(data)
        return
    _replace(path.resolve(), data)


def _to_stdout(content: str | bytes) -> None:
    stream = sys.stdout
    if stream is None:  # closed by the caller (`>&-`)
        raise OSError(errno.EBADF, "standard output is closed")
    try:
        if isinstance(content, bytes):
            stream.flush()
            stream.buffer.write(content)
        else:
            reconfigure = getattr(stream, "reconfigure", None)
            if (
                reconfigure is not None
            ):  # a lone surrogate or a narrow encoding must not end in a traceback
                reconfigure(errors="backslashreplace")
            stream.write(content)
        stream.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error


def _replace(path: Path, data: bytes) -> None:
    """A temporary file in the same folder, then os.replace."""
    import tempfile

    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def encodes_unicode(output: str | None) -> bool:
    """Whether the place where output goes takes every character."""
    encoding = "utf-8" if output is not None else getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().startswith("utf")


def json_text(text: str, output: str | None = None) -> str:
    r"""JSON that no terminal obeys and every encoding takes, with the same data.

    json escapes C0 controls only; C1, DEL, bidirectional and lone surrogate characters become ``\uXXXX`` here,
    and everything beyond ASCII where the output cannot hold it.
    """
    import unicodedata

    narrow = not encodes_unicode(output)
    unsafe = {
        char
        for char in set(text)
        if char != "\n"
        and (unicodedata.category(char) in _UNSAFE or (narrow and not char.isascii()))
    }
    return text.translate({ord(char): _escaped(char) for char in unsafe}) if unsafe else text


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def on_terminal(output: str | None) -> bool:
    """Whether the output goes to a terminal that a person reads."""
    try:
        return output is None and sys.stdout is not None and sys.stdout.isatty()
    except ValueError:  # a closed stream
        return False
