"""Validating files where they lie: a folder's own sources and facts, families as folders, faults of syntax."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.definitions.library import Root
from catalogue.quotes.catalogue import definition_roots
from catalogue.quotes.validation import Report, validate_path

LOAN = """\
code = "loan"
name = "Loan"
name_zh = "贷款"
family = "loans"
segment = "company"

[[versions]]
effective_from = 2020-01-01
source = "house"
basis = "bank"

[versions.figures]
share = 0.8

[versions.conditions.stars]
test = { fact = "customer.stars", min = 3 }
reason = "Three stars"
reason_zh = "三星"
"""
FILES = {
    "products/loans/loan.toml": LOAN,
    "sources.toml": '[house]\ntitle = "House rules"\n',
    "facts.toml": '[stars]\ntype = "int"\nlabel = "Stars"\nlabel_zh = "星级"\n',
}


@pytest.fixture(scope="module")
def roots() -> list[Root]:
    return definition_roots(None, ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def told(report: Report) -> list[str]:
    return [finding.text() for finding in report.errors]


def test_one_file_is_read_with_the_sources_and_facts_of_its_folder(
    folder: Path, roots: list[Root]
) -> None:
    assert told(validate_path(folder, roots)) == []
    assert told(validate_path(folder / "products/loans/loan.toml", roots)) == []
    alone = folder.parent / "loan.toml"
    alone.write_text(LOAN, "utf-8")
    assert any("unknown source 'house'" in text for text in told(validate_path(alone, roots)))
    assert any("customer.stars" in text for text in told(validate_path(alone, roots)))
    alone.unlink()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "sources.toml",
            '[house]\ntitel = "x"\n',
            "house.titel: unknown key; did you mean 'title'?",
        ),
        ("facts.toml", '[stars]\ntype = "integer"\n', "'integer' is not one of money"),
    ],
)
def test_shared_files_are_read_themselves(
    folder: Path, roots: list[Root], name: str, text: str, words: str
) -> None:
    path = folder / name
    path.write_text(text, "utf-8")
    found = told(validate_path(path, roots))
    assert any(words in item and item.startswith(f"{path}:") for item in found), found


def test_a_family_is_the_folder(folder: Path, roots: list[Root]) -> None:
    path = folder / "products/loans/loan.toml"
    path.write_text(LOAN.replace('family = "loans"', 'family = "cards"'), "utf-8")
    assert told(validate_path(folder, roots)) == [
        f"{path}:4: family: 'cards' is not the file's folder, 'loans'"
    ]


def test_a_fault_of_syntax_names_its_file_and_line_once(folder: Path, roots: list[Root]) -> None:
    path = folder / "products/loans/loan.toml"
    path.write_text(LOAN + "\nshare = = 1\n", "utf-8")
    (finding,) = validate_path(folder, roots).errors
    assert (finding.file, finding.line, finding.key) == (str(path), LOAN.count("\n") + 2, "")
    assert finding.message.startswith("not valid TOML")
    assert finding.text().count(str(path)) == 1


def test_a_broken_file_does_not_hide_the_others(folder: Path, roots: list[Root]) -> None:
    (folder / "products/loans/broken.toml").write_bytes(b"\0")
    (folder / "products/loans/other.toml").write_text(LOAN.replace('"loan"', '"other"').replace("0.8", '"0.8"'), "utf-8")  # fmt: skip
    found = told(validate_path(folder, roots))
    assert len(found) == 2
    assert any("broken.toml: is a binary file" in text for text in found)
    assert any("'0.8' is a number in quotes" in text for text in found)


def test_progress_is_told_for_every_file(folder: Path, roots: list[Root]) -> None:
    seen: list[str] = []
    report = validate_path(folder, roots, seen.append)
    assert seen == [str(folder / "products/loans/loan.toml")]
    assert report.counts["products"] == 1
    assert report.to_dict()["valid"] is True
