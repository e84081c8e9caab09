"""`catalogue new-plugin`: the project that it writes is installed, quoted and tested as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue import InputError
from catalogue.plugin.scaffold import new_plugin

from ..fresh import NEW as NAME  # noqa: TID252 - tests are no package to import from
from ..fresh import Fresh  # noqa: TID252


@pytest.fixture
def project(fresh: Fresh) -> Path:
    """A new project, installed when the environment was made."""
    return fresh.packages / NAME


def test_its_own_tests_pass_untouched(fresh: Fresh, project: Path) -> None:
    ran = fresh.pytest([], plugins=NAME, folder=project)
    assert ran.code == 0, ran.out
    assert "9 passed" in ran.out


def test_it_is_listed_and_works(fresh: Fresh, project: Path) -> None:
    assert NAME in fresh.catalogue("list", plugins=NAME).out
    rows = fresh.catalogue("plugins", "--format", "json", plugins=NAME).data["plugins"]
    assert {row["state"] for row in rows if row["distribution"] == NAME} == {"ok"}
    assert fresh.catalogue("validate", str(project / "harvest_loan/defs"), plugins=NAME).code == 0


def test_the_command_of_its_readme_quotes_it(fresh: Fresh, project: Path) -> None:
    readme = (project / "README.md").read_text("utf-8")
    line = next(line for line in readme.splitlines() if "catalogue quote" in line)
    words = line.split("catalogue ", 1)[1].split()
    ran = fresh.catalogue(*words, "--format", "json", plugins=NAME)
    assert ran.code == 0, ran.err
    # level payment of 100,000 at 6 % for twelve months: 8,606.64 (any loan table)
    assert ran.data["schedule"][0]["payment"] == "8606.64"
    # 0.4 % of 100,000 since 2024
    assert ran.data["totals"]["fees"] == "400.00"


def test_the_older_version_prices_as_it_then_stood(fresh: Fresh, project: Path) -> None:
    ran = fresh.catalogue(
        "quote", NAME, "--amount", "100000", "--tenor", "12m", "--as-of", "2023-12-31",
        "--format", "json", plugins=NAME,
    )  # fmt: skip
    assert ran.data["totals"]["fees"] == "500.00"  # 0.5 % until 2023


def test_nothing_that_is_there_is_overwritten(fresh: Fresh, project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.toml")}
    ran = fresh.catalogue("new-plugin", NAME, folder=project.parent)
    assert ran.code == 2
    assert "exists; nothing was written" in ran.err
    assert {path: path.read_bytes() for path in project.rglob("*.toml")} == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("class", "is a word of Python"),
        ("json", "is a module's name already"),
        ("tests", "is a module's name already"),
        ("catalogue", "is a module's name already"),
        ("home-loan", "is a product of the catalogue"),
    ],
)
def test_a_name_that_could_not_work_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        new_plugin(name, tmp_path, "0.1.0")
    assert list(tmp_path.iterdir()) == []
