"""The files of a folder of definitions: which count, and how many of how many bytes are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.cli.headers import read_headers
from catalogue.definitions.folder import definition_files
from catalogue.definitions.library import Library, Root
from catalogue.errors import DefinitionError
from catalogue.values import limits


def folder(path: Path, files: int, size: int = 10) -> Path:
    (path / "rates").mkdir()
    for number in range(files):
        (path / "rates" / f"r{number}.toml").write_text("#" * size, "utf-8")
    return path


def test_files_of_a_kind_and_products_at_the_top(tmp_path: Path) -> None:
    folder(tmp_path, 2)
    for name in ("lend", "sources", "facts"):
        (tmp_path / f"{name}.toml").touch()
    assert [path.name for path in definition_files(tmp_path, "rates")] == ["r0.toml", "r1.toml"]
    assert [path.name for path in definition_files(tmp_path, "products")] == ["lend.toml"]
    assert definition_files(tmp_path, "bundles") == []


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    folder(inside, 1)
    (tmp_path / "outside.toml").touch()
    (inside / "rates" / "link.toml").symlink_to(tmp_path / "outside.toml")
    assert [path.name for path in definition_files(inside, "rates")] == ["r0.toml"]


@pytest.mark.parametrize(
    ("limit", "most", "says"),
    [("MAX_FOLDER_FILES", 3, "4 files are over the limit of 3"),
     ("MAX_FOLDER_BYTES", 39, "40 bytes are over the limit of 39")],
)  # fmt: skip
def test_too_many_files_or_bytes_are_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, says: str
) -> None:
    folder(tmp_path, 4)
    assert len(definition_files(tmp_path, "rates")) == 4
    monkeypatch.setattr(limits, limit, most + 1)
    assert len(definition_files(tmp_path, "rates")) == 4
    monkeypatch.setattr(limits, limit, most)
    with pytest.raises(DefinitionError, match=f"rates: {says}$"):
        Library([Root("--defs", tmp_path)]).paths("rates")


def test_a_listing_keeps_the_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FOLDER_BYTES", 1)
    with pytest.raises(DefinitionError, match=r"over the limit of 1$"):
        read_headers([str(tmp_path)])


def test_a_folder_that_is_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder(outside, 1)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "rates").symlink_to(outside / "rates")
    assert definition_files(inside, "rates") == []
    (inside / "products").mkdir()
    (inside / "products" / "loans").symlink_to(outside / "rates")
    assert definition_files(inside, "products") == []
