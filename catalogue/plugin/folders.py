"""The folder of a package, found without importing the package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def package_folder(dotted: str) -> Path | None:
    """`package.sub.folder` → its path, or None if the package is not there.

    Only the top package is looked up (which runs no code of it); the rest is a path below it.
    """
    top, *rest = dotted.split(".")
    spec = find_spec(top)
    if spec is None or not spec.submodule_search_locations:
        return None
    for location in spec.submodule_search_locations:
        folder = Path(location).joinpath(*rest)
        if folder.is_dir():
            return folder
    return None
