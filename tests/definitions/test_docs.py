"""docs/definitions.md: its tables are those of the classes, every block of TOML is valid, its example holds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import tomli

from catalogue import Ask, Catalogue, Customer
from catalogue.bundles.model import Benefit, BundleLine, BundleVersion
from catalogue.definitions.library import Library, Root
from catalogue.definitions.reference import refreshed, tables
from catalogue.errors import InputError
from catalogue.plugin.registry import Registry
from catalogue.products.loan import Loan
from catalogue.quotes.catalogue import definition_roots
from catalogue.quotes.validation import validate_path
from catalogue.scoring.model import Factor, Grade, ScorecardVersion

PAGE = (Path(__file__).parents[2] / "docs/definitions.md").read_text("utf-8")
TABLES = tables((BundleVersion, BundleLine, Benefit, ScorecardVersion, Factor, Grade))
BLOCKS = [
    (PAGE[: found.start()].count("\n") + 1, found[1])
    for found in re.finditer(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
]
FILES = {
    found[1]: text
    for _, text in BLOCKS
    if (found := re.match(r"# file: (\S+)\n", text)) is not None
}
GOLD = "products/company-loans/gold-loan.toml"


def test_the_tables_are_up_to_date() -> None:
    assert refreshed(PAGE, TABLES) == PAGE, "run: python scripts/definition_tables.py"


def test_every_table_of_the_classes_is_on_the_page() -> None:
    shown = set(re.findall(r"<!-- keys: (\w+) -->", PAGE))
    assert shown == set(TABLES) - {"Band"}


def test_a_table_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="keys: no table 'FeeDeff'; did you mean 'FeeDef'"):
        refreshed("<!-- keys: FeeDeff -->\n<!-- end -->", TABLES)


def test_every_key_has_a_meaning() -> None:
    bare = [
        (name, line)
        for name, table in TABLES.items()
        for line in table.splitlines()
        if name != "common_fields" and line.endswith("|  |")
    ]
    assert bare == []


def whole_folder(folder: Path) -> None:
    """The page's files, with its fragments as later versions of the gold loan."""
    head, example = FILES[GOLD].split("[[examples]]")
    later = [text for _, text in BLOCKS if not text.startswith("# file: ")]
    texts = {**FILES, GOLD: "\n".join([head, *later, f"[[examples]]{example}"])}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_every_block_is_valid(tmp_path: Path) -> None:
    whole_folder(tmp_path)
    report = validate_path(tmp_path, definition_roots(None, ()))
    assert [item.text() for item in report.findings] == []
    assert report.counts["products"] == 2
    gold = tomli.loads((tmp_path / GOLD).read_text("utf-8"))
    assert len(gold["versions"]) == len(BLOCKS) - len(FILES) + 1  # each fragment is a version


def test_the_product_of_the_page_alone_gives_its_example(tmp_path: Path) -> None:
    path = tmp_path / GOLD
    path.parent.mkdir(parents=True)
    path.write_text(FILES[GOLD], "utf-8")
    registry = Registry([])
    registry.add(Loan(), "gold-loan", product=True)
    roots = [*definition_roots(None, ()), Root("page", tmp_path)]
    cat = Catalogue(Library(roots), registry, date(2024, 11, 1))
    (example,) = cat["gold-loan"].examples
    quote = cat.quote(Ask("gold-loan", example.ask), Customer(dict(example.customer)))
    # LPR of one year on 2024-11-01 is 3.10 %, + 1 %
    assert quote.to_dict()["rate"]["annual"] == "0.041"
    (fee,) = quote.to_dict()["fees"]
    assert fee["amount"] == example.expect["fees.storage.amount"] == "900.00"
    assert [check.outcome for check in quote.checks if check.by == "definition"] == ["pass", "pass"]


def test_the_overlay_of_the_page_changes_one_thing(tmp_path: Path) -> None:
    path = tmp_path / "products/personal-loans/home-loan.toml"
    path.parent.mkdir(parents=True)
    path.write_text(FILES["products/personal-loans/home-loan.toml"], "utf-8")
    cat = Catalogue.load(tmp_path, date(2024, 11, 1), entries=())
    plain = Catalogue.load(as_of=date(2024, 11, 1), entries=())
    mine, theirs = cat["home-loan"].at(cat.as_of), plain["home-loan"].at(cat.as_of)
    assert mine is not None
    assert theirs is not None
    assert (mine.valid_days, theirs.valid_days) == (15, 30)
    assert (mine.fees, mine.conditions, mine.rate) == (theirs.fees, theirs.conditions, theirs.rate)
