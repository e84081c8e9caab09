"""Which files of a folder are definitions; a listing reads this too, so it imports nothing heavy."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISLNK

from catalogue.errors import DefinitionError
from catalogue.values import limits

_NOT_PRODUCTS = ("sources", "facts")


def definition_files(folder: Path, kind: str) -> list[Path]:
    """The definition files of a kind, in order of name; links out of the folder are left out.

    Raises:
        DefinitionError: more files, or more bytes in all, than one kind may have.
    """
    base = folder / kind
    found = list(base.rglob("*.toml")) if base.is_dir() else []
    if kind == "products" and folder.is_dir():
        found += [path for path in folder.glob("*.toml") if path.stem not in _NOT_PRODUCTS]
    if len(found) > limits.MAX_FOLDER_FILES:
        raise DefinitionError(
            f"{base}: {len(found)} files are over the limit of {limits.MAX_FOLDER_FILES}"
        )
    stats = [path.lstat() for path in found]
    size = sum(stat.st_size for stat in stats)
    if size > limits.MAX_FOLDER_BYTES:
        raise DefinitionError(
            f"{base}: {size} bytes are over the limit of {limits.MAX_FOLDER_BYTES}"
        )
    inside = folder.resolve()
    links = base.is_symlink()
    return sorted(
        path
        for path, stat in zip(found, stats, strict=True)
        if not (links or S_ISLNK(stat.st_mode)) or inside in path.resolve().parents
    )
