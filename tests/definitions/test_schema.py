"""The JSON Schemas that editors use: as fresh as the classes, and every shipped file fits them."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import catalogue_product_defs
import jsonschema
import pytest
import tomli

from catalogue.definitions.schema import schema_text
from catalogue.quotes.validation import all_schemas

DEFS = Path(catalogue_product_defs.__file__).parent
SCHEMAS = all_schemas()
PATTERNS = {
    "product": "products/**/*.toml",
    "rates": "rates/*.toml",
    "bundle": "bundles/*.toml",
    "scorecard": "scorecards/*.toml",
    "policy": "policies/*.toml",
    "facts": "facts.toml",
    "sources": "sources.toml",
}
FILES = [(kind, path) for kind, pattern in PATTERNS.items() for path in sorted(DEFS.glob(pattern))]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_shipped_schema_is_that_of_the_classes(name: str) -> None:
    path = DEFS / "schema" / name
    shipped = path.read_text("utf-8") if path.is_file() else ""
    assert shipped == schema_text(SCHEMAS[name]), (
        f"{name} is not up to date; run: catalogue schema --folder product_defs/schema"
    )


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_is_itself_a_schema(name: str) -> None:
    schema = json.loads(schema_text(SCHEMAS[name]))
    jsonschema.Draft202012Validator.check_schema(schema)


def as_json(value: Any) -> Any:
    """A TOML value as an editor's checker sees it: numbers as numbers, dates as text."""
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[f"{k}-{p.stem}" for k, p in FILES])
def test_a_shipped_file_fits_its_schema(kind: str, path: Path) -> None:
    data = tomli.loads(path.read_text("utf-8"), parse_float=Decimal)
    checker = jsonschema.Draft202012Validator(
        SCHEMAS[f"{kind}.schema.json"], format_checker=jsonschema.FormatChecker()
    )
    wrong = [
        f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(as_json(data))
    ]
    assert wrong == []


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[f"{k}-{p.stem}" for k, p in FILES])
def test_two_readers_of_toml_agree(kind: str, path: Path) -> None:
    text = path.read_text("utf-8")
    assert tomllib.loads(text, parse_float=Decimal) == tomli.loads(text, parse_float=Decimal)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("product", 'code = "a"\nnaem = "b"\n'),
        ("product", 'code = "A B"\n'),
        ("product", "versions = []\n"),
        ("product", 'code = "a"\n[[versions]]\nwithdrawn = true\n'),
        ("product", 'code = "a"\n[[versions]]\neffective_from = 2020-01-01\nvalid_days = "x"\n'),
        (
            "product",
            'code = "a"\n[[versions]]\neffective_from = 2020-01-01\n'
            '[versions.conditions.c]\ntest = { fact = "customer.age", minimum = 1 }\n',
        ),
        ("rates", 'code = "a"\n'),
        ("facts", '[age]\ntype = "integer"\nlabel = "a"\nlabel_zh = "b"\n'),
        ("sources", '[one]\ntitel = "a"\n'),
        ("bundle", 'code = "a"\n[[versions]]\neffective_from = 2020-01-01\nline = 1\n'),
        ("scorecard", 'code = "a"\n[[versions]]\neffective_from = 2020-01-01\ngrades = 3\n'),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(kind: str, text: str) -> None:
    checker = jsonschema.Draft202012Validator(SCHEMAS[f"{kind}.schema.json"])
    assert list(checker.iter_errors(as_json(tomli.loads(text, parse_float=Decimal))))
