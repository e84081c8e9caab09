"""new-plugin: a whole project that validates, quotes and imports no test library to be written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import invoke


def test_the_project_is_written_and_its_definition_is_valid(tmp_path: Path) -> None:
    ran = invoke("new-plugin", "gold-loan", "--output", str(tmp_path))
    assert ran.code == 0, ran.err
    assert "gold-loan/pyproject.toml" in ran.out.splitlines()
    assert all((tmp_path / line).is_file() for line in ran.out.splitlines())
    text = (tmp_path / "gold-loan/pyproject.toml").read_text("utf-8")
    assert 'gold-loan = "gold_loan.plugin:plugin"' in text
    assert invoke("validate", str(tmp_path / "gold-loan/gold_loan/defs")).code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Gold", "'Gold' is not a code: lower-case words joined by hyphens"),
        ("../gold", "is not a code"),
        ("1-loan", "is not a code"),
        ("a" * 65, "at most 64 characters"),
    ],
)
def test_a_name_that_is_no_code(tmp_path: Path, name: str, said: str) -> None:
    ran = invoke("new-plugin", name, "--output", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "gold-loan").mkdir()
    ran = invoke("new-plugin", "gold-loan", "--output", str(tmp_path))
    assert ran.code == 2
    assert "exists; nothing was written" in ran.err
    assert list((tmp_path / "gold-loan").iterdir()) == []
    assert invoke("new-plugin", "x", "--output", str(tmp_path / "none")).code == 2


def test_no_test_library_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom catalogue.cli.main import cli\n"
        f"cli.main(['new-plugin', 'gold-loan', '--output', {str(tmp_path)!r}], standalone_mode=False)\n"
        "print(sorted({'pytest', 'hypothesis', 'jsonschema'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
