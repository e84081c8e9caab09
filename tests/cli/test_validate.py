"""validate and schema: findings with place and remedy, codes, forms; schemas that fit the shipped files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import tomli

from .conftest import LEND, invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "mine"
    made.mkdir()
    return made


def test_a_valid_folder_is_nought(toy: Callable, folder: Path) -> None:
    (folder / "lend2.toml").write_text(LEND.replace('"lend"', '"lend2"'), "utf-8")
    ran = toy("validate", str(folder), "--format", "json")
    assert ran.code == 0, ran.out
    assert ran.data["valid"] is True
    assert ran.data["files"]["products"] == 1
    assert ran.data["findings"] == []


def test_every_fault_is_told_with_file_line_key_and_remedy(toy: Callable, folder: Path) -> None:
    broken = LEND.replace('"lend"', '"lend2"').replace("rate = 0.01", "rat = 0.01")
    broken = broken.replace("effective_from = 2020-01-01", 'effective_from = "2020-01-01"')
    head, tail = broken.rsplit('source = "tariff"', 1)
    broken = f'{head}source = "tarif"{tail}'
    file = folder / "lend2.toml"
    file.write_text(broken, "utf-8")
    ran = toy("validate", str(folder))
    assert ran.code == 1
    line = broken.splitlines().index('effective_from = "2020-01-01"') + 1
    assert f"{file}:{line}: versions[0].effective_from: " in ran.out
    assert "unknown source 'tarif'; did you mean 'tariff'?" in ran.out
    assert "Invalid" in ran.out
    assert toy("validate", str(file)).code == 1


def test_json_and_csv_hold_every_finding_and_the_table_twenty(toy: Callable, folder: Path) -> None:
    fields = "\n".join(f"key{number} = 1" for number in range(30))
    (folder / "lend2.toml").write_text(
        LEND.replace('"lend"', '"lend2"', 1).replace("[sources", f"{fields}\n\n[sources", 1),
        "utf-8",
    )
    words = ("validate", str(folder))
    findings = toy(*words, "--format", "json").data["findings"]
    assert len(findings) >= 30
    assert set(findings[0]) == {"file", "line", "key", "message", "severity"}
    rows = list(csv.DictReader(io.StringIO(toy(*words, "--format", "csv").out)))
    assert len(rows) == len(findings)
    table = toy(*words).out
    assert f"and {len(findings) - 20} more (--all shows all)" in table
    assert toy(*words, "--all").out.count("key29") >= 1


def test_a_line_is_never_wrapped(toy: Callable, folder: Path) -> None:
    deep = folder / ("very-long-name-of-a-folder-" * 4) / "products"
    deep.mkdir(parents=True)
    (deep / "odd.toml").write_text("code = 3\n", "utf-8")
    out = toy("validate", str(deep.parent)).out
    assert any(str(deep / "odd.toml") in line and "code" in line for line in out.splitlines())


def test_without_a_path_all_that_is_in_use_is_read(toy: Callable, toy_defs: Path) -> None:
    data = toy("validate", "--format", "json").data
    assert data["files"]["products"] > 2
    (toy_defs / "products/toys/odd.toml").write_text('code = "odd"\n', "utf-8")
    again = toy("validate", "--format", "json")
    assert again.code == 1
    assert any("odd.toml" in finding["file"] for finding in again.data["findings"])


def test_chinese(toy: Callable, folder: Path) -> None:
    assert "有效" in toy("validate", str(folder), "--lang", "zh").out


def test_strict_counts_remarks(toy: Callable, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "stray.toml").write_text("x = 1\n", "utf-8")
    assert toy("validate", str(folder)).code == 0
    assert "it is not read" in toy("validate", str(folder)).out
    assert toy("validate", str(folder), "--strict").code == 1


def test_schemas_fit_the_shipped_files() -> None:
    import catalogue_product_defs

    root = Path(catalogue_product_defs.__file__).parent
    for kind, pattern in (
        ("product", "products/**/*.toml"),
        ("rates", "rates/*.toml"),
        ("facts", "facts.toml"),
    ):
        schema = invoke("schema", kind).data
        checker = jsonschema.Draft202012Validator(schema)
        for path in sorted(root.glob(pattern)):
            data = tomli.loads(path.read_text("utf-8"))
            wrong = [
                error for error in checker.iter_errors(_plain(data)) if error.validator != "type"
            ]
            assert [error.message for error in wrong] == [], path.name


def _plain(value: object) -> object:
    """TOML dates as JSON has them."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def test_all_schemas_and_a_folder_of_them(tmp_path: Path) -> None:
    whole = invoke("schema").data
    assert {"product.schema.json", "rates.schema.json", "bundle.schema.json"} <= set(whole)
    ran = invoke("schema", "--folder", str(tmp_path))
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(whole)


def test_an_overlay_that_repeats_only_its_code_keeps_the_name(toy: Callable, folder: Path) -> None:
    (folder / "lend.toml").write_text(
        'code = "lend"\n\n[[versions]]\neffective_from = 2025-01-01\nwithdrawn = true\n', "utf-8"
    )
    words = ("list", "--defs", str(folder), "--family", "toys", "--format", "json")
    assert [item["name"] for item in toy(*words).data] == ["Toy loan", "Toy account"]
    assert [i["code"] for i in toy(*words, "--as-of", "2025-01-01").data] == ["keep"]
