"""What a plugin did wrong, in words: its error and line, its answer, its arguments."""

from __future__ import annotations

import inspect
import re
from typing import Any

from catalogue.plugin import hookspecs
from catalogue.plugin.discovery import EntryPoint
from catalogue.values.text import clean


def error_words(error: BaseException, entry: EntryPoint | None = None) -> str:
    """The error's kind and text, and the line of the plugin's package that it came from."""
    name = type(error).__name__
    try:
        text = str(error)
    except Exception:  # its own __str__ is broken
        text = ""
    told = f"{name}: {text}" if text else name
    return f"{told}{_place(error, entry)}" if entry is not None else told


def _place(error: BaseException, entry: EntryPoint) -> str:
    """` (gold.plugin, line 12)`: the innermost frame of the plugin's own package."""
    package = entry.module.partition(".")[0]
    found, frame = "", error.__traceback__
    while frame is not None:
        module = frame.tb_frame.f_globals.get("__name__", "")
        if isinstance(module, str) and module.partition(".")[0] == package:
            found = f" ({module}, line {frame.tb_lineno})"
        frame = frame.tb_next
    return found


def raised_in(error: BaseException, entry: EntryPoint) -> bool:
    """Whether the plugin's own package raised it, not the core that the plugin called."""
    frame, module = error.__traceback__, ""
    while frame is not None:
        module, frame = str(frame.tb_frame.f_globals.get("__name__", "")), frame.tb_next
    return module.partition(".")[0] == entry.module.partition(".")[0]


def wrong_arguments(plugin: Any) -> str | None:
    """Which hook takes an argument that no hook of its name is given."""
    for hook in hookspecs.HOOKS:
        known = hookspecs.hook_parameters(hook)
        try:
            taken = inspect.signature(getattr(plugin, hook)).parameters
        except Exception:  # no such hook, or nothing that can be looked at
            continue
        unknown = [name for name in taken if name not in known]
        if unknown:
            return (
                f"hook {hook!r} takes {', '.join(unknown)}, which it is not given;"
                f" its arguments are {', '.join(known)}"
            )
    return None


def answer_words(value: Any) -> str:
    """Its type and text; the place in memory is left out, so that two runs say the same."""
    try:
        text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
    except Exception:  # its own __repr__ is broken
        return type(value).__name__
    return f"{type(value).__name__} {clean(text)}"
