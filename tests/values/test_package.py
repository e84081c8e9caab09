"""The package as a whole: its public names, its examples, what it imports and what that costs."""

from __future__ import annotations

import ast
import doctest
import importlib
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from catalogue import values
from catalogue.values import Money, Tenor, weekend_calendar

FOLDER = Path(values.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def test_public_names_exist_once_each():
    assert len(set(values.__all__)) == len(values.__all__)
    assert [name for name in values.__all__ if not hasattr(values, name)] == []


def test_api_that_other_layers_rely_on():
    needed = [
        "Rounding",
        "round_ratio",
        "round_fraction",
        "round_money",
        "round_places",
        "minor_digits",
        "check_currency",
        "Money",
        "parse_rate",
        "rate_text",
        "percent_text",
        "Tenor",
        "add_months",
        "month_end",
        "is_leap",
        "months_between",
        "months_begun",
        "day_count_fraction",
        "days",
        "CONVENTIONS",
        "BANK_YEAR",
        "Calendar",
        "china_calendar",
        "weekend_calendar",
        "roll",
        "add_business_days",
        "parse_decimal",
        "parse_int",
        "parse_date",
        "clean",
        "suggest",
        "limits",
    ]
    assert [name for name in needed if name not in values.__all__] == []


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    module = importlib.import_module(f"catalogue.values.{name}")
    failed, _tried = doctest.testmod(module)
    assert failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_imports_only_errors_and_this_layer(name):
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    found = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("catalogue")
    ]
    allowed = ("catalogue.errors", "catalogue.values")
    assert [module for module in found if not (module or "").startswith(allowed)] == []


def test_import_reads_no_table_and_no_numpy():
    code = (
        "import sys, catalogue.values as v; v.minor_digits('CNY'); v.Money.of(1);"
        "heavy = ('numpy', 'iso4217', 'chinese_calendar', 'difflib');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=FOLDER.parent.parent,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("value", [Money.of("12.34"), Tenor.parse("12m"), weekend_calendar()])
def test_frozen_values_compare_hash_and_copy(value):
    twin = pickle.loads(pickle.dumps(value))
    assert twin == value
    assert hash(twin) == hash(value)
    with pytest.raises(AttributeError):
        value.name = "other"


def test_limits_are_plain_constants():
    limits = values.limits
    names = [name for name in vars(limits) if name.isupper()]
    assert len(names) >= 25
    assert all(isinstance(getattr(limits, name), (int, date)) for name in names)
    assert limits.MAX_INT64_MINOR < 2**63 - 1
    # 100 years of 53 weekly rows at most
    assert limits.MAX_SCHEDULE_ROWS == limits.MAX_TENOR_YEARS * 53
