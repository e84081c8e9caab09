"""The shipped definitions read alike: one order of tables, every change explained, every form shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

import product_defs
from catalogue.definitions.model import FieldDef
from catalogue.definitions.values_of_fields import read_field

FOLDER = Path(product_defs.__file__).parent
FILES = sorted((FOLDER / "products").glob("*/*.toml"))
ORDER = (
    "effective_from", "withdrawn", "source", "basis", "note", "note_zh", "currencies", "valid_days",
    "terms", "ask", "figures", "rate", "fees", "conditions", "documents", "cross_sell",
)  # fmt: skip


def read(file: Path) -> dict[str, Any]:
    return tomli.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_tables_stand_in_one_order(file: Path) -> None:
    for version in read(file)["versions"]:
        assert list(version) == sorted(version, key=ORDER.index), version["effective_from"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_later_version_says_what_changed(file: Path) -> None:
    for version in read(file)["versions"][1:]:
        assert version.get("note"), version["effective_from"]
        assert version.get("note_zh"), version["effective_from"]


def rows_fields() -> Iterator[Any]:
    """Every field of rows that a product states itself; the common ones are known."""
    for file in FILES:
        for version in read(file)["versions"]:
            for name, field in version.get("ask", {}).items():
                if field.get("type") == "rows":
                    yield pytest.param(name, field, id=f"{file.stem}: {name}")


@pytest.mark.parametrize(("name", "field"), list(rows_fields()))
def test_rows_show_their_form_and_it_is_taken(name: str, field: dict[str, Any]) -> None:
    columns = field["columns"]
    shown = {}
    for language in ("help", "help_zh"):
        assert field.get(language), language
        found = re.search(r"(?:\bas |如)([-\w.:;%]+[\w%])", field[language], re.ASCII)
        if found and (":" in found[1]) == (len(columns) > 1):
            shown[language] = found[1]
            rows = read_field(name, FieldDef("rows", columns=columns), found[1], "CNY")
            assert len(rows) == found[1].count(";") + 1
    assert shown or len(columns) > 1, "rows of one column need an example"
    assert len(set(shown.values())) <= 1, "one example in both languages"
