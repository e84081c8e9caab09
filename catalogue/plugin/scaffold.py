"""`catalogue new-plugin`: a project whose tests pass as it is written."""

from __future__ import annotations

import keyword
import re
import sys
from importlib.resources import files
from pathlib import Path
from string import Template

from catalogue.errors import InputError
from catalogue.plugin.discovery import BUILT_IN, PRODUCTS, find_entry_points
from catalogue.values.limits import MAX_CODE_CHARS
from catalogue.values.text import clean

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_FILES = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "plugin.py.txt": "{module}/plugin.py",
    "definition.toml.txt": "{module}/defs/products/{code}.toml",
    "test_conformance.py.txt": "tests/test_conformance.py",
}


def new_plugin(name: str, folder: Path, version: str) -> list[Path]:
    """Write a plugin project into `folder`/`name`.

    Args:
        name: the product's code, also the name of the project: lower-case words joined by hyphens.
        folder: where the project's own folder is made.
        version: the lowest version of this package that it needs.

    Returns:
        the files written, relative to the project's folder.

    Raises:
        InputError: the name cannot be a code, is taken, or the project's folder exists.
    """
    if not _CODE.match(name) or len(name) > MAX_CODE_CHARS:
        raise InputError(
            f"NAME: {clean(repr(name))} is not a code: lower-case words joined by hyphens, as gold-loan,"
            f" at most {MAX_CODE_CHARS} characters"
        )
    module = name.replace("-", "_")
    taken = _taken(name, module)
    if taken is not None:
        raise InputError(f"NAME: {name!r} {taken}; take another, as my-{name}")
    target = folder / name
    if target.exists():
        raise InputError(f"NAME: {target} exists; nothing was written")
    words = {
        "name": name,
        "code": name,
        "module": module,
        "class_name": "".join(part.capitalize() for part in name.split("-")),
        "title": name.replace("-", " ").capitalize(),
        "version": version,
    }
    written = []
    for source, where in _FILES.items():
        text = files("catalogue").joinpath("testing", "template", source).read_text("utf-8")
        written.append(_write(target / where.format(**words), Template(text).substitute(words)))
    written.append(_write(target / module / "__init__.py", f'"""The plugin of {name}."""\n'))
    written.append(_write(target / module / "defs/__init__.py", '"""The definitions."""\n'))
    return sorted(path.relative_to(target) for path in written)


def _taken(name: str, module: str) -> str | None:
    """Why no package of ours may have the name: Python or another package would not find theirs."""
    if keyword.iskeyword(module):
        return "is a word of Python"
    if any(
        entry.group == PRODUCTS and entry.distribution == BUILT_IN and entry.name == name
        for entry in find_entry_points().entries
    ):
        return "is a product of the catalogue"
    if module in sys.stdlib_module_names or module in ("catalogue", "pytest", "tests"):
        return "is a module's name already"
    return None


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
