"""The example packages, installed as a stranger would: they do what they say, and break nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..fresh import EXAMPLES, Fresh, Ran  # noqa: TID252 - tests are no package to import from

DAY = ("--as-of", "2024-11-01")
JSON = (*DAY, "--format", "json")
REMITTANCE = ("quote", "domestic-remittance", "--amount", "50000")
SAVINGS = ("quote", "time-savings", "--amount", "10000", "--tenor", "1y")
HOME = (
    "quote", "home-loan", "--amount", "800000", "--tenor", "30y", "--set", "property_price=1200000",
)  # fmt: skip
BROKEN = {
    "broken-import": "ImportError: the driver of the branch printer is missing",
    "broken-raise": "hook 'fees' raised KeyError: 'tariff of 2019'",
    "broken-type": "hook 'eligibility' returned float 12.5; expected a list of Check",
    "broken-spelling": "unknown hook 'elligibility'; did you mean 'eligibility'?",
    "broken-exit": "cannot be imported: SystemExit: the branch is closed",
    "broken-interrupt": "hook 'fees' raised KeyboardInterrupt",
    "broken-recursion": "hook 'eligibility' raised RecursionError",
    "broken-write": "hook 'eligibility' raised TypeError: 'mappingproxy' object does not support",
    "broken-fee": "hook 'fees' raised TypeError: fee 'stamp': amount is float",
    "broken-arguments": "hook 'fees' takes branch, which it is not given",
    "broken-attribute": "module 'broken_everything.raising' has no attribute 'no_such_plugin'",
}


def without_remarks(ran: Ran) -> dict[str, object]:
    """The quote but for what must name the plugins: remarks, the list of plugins, and the id made of it."""
    return {k: v for k, v in ran.data.items() if k not in ("warnings", "plugins", "quote_id")}


def test_every_package_says_what_it_is_and_is_in_the_list() -> None:
    told = (EXAMPLES / "README.md").read_text("utf-8")
    for package in (path for path in EXAMPLES.iterdir() if path.is_dir()):
        assert f"`{package.name}`" in told
        assert (package / "README.md").read_text("utf-8").startswith(f"# {package.name}\n")


# -- a surcharge --------------------------------------------------------------------------------


def test_a_branch_adds_a_fee_to_a_product_that_it_does_not_own(fresh: Fresh) -> None:
    plain = fresh.catalogue(*REMITTANCE, *JSON)
    there = fresh.catalogue(
        *REMITTANCE, *JSON, "--set", "customer.branch=airport", "--set", "count=3",
        plugins="branch-surcharge",
    )  # fmt: skip
    fee = there.data["fees"][-1]
    assert (fee["code"], fee["amount"], fee["by"]) == (
        "branch-surcharge",
        "60.00",
        "branch-surcharge",
    )
    assert fee["formula"] == "20.00 × 3"
    assert "branch-surcharge" not in plain.out


def test_another_branch_and_another_product_cost_what_they_did(fresh: Fresh) -> None:
    for words in (REMITTANCE, SAVINGS):
        plain = fresh.catalogue(*words, *JSON)
        there = fresh.catalogue(*words, *JSON, plugins="branch-surcharge")
        assert without_remarks(there) == without_remarks(plain)
        assert there.data["warnings"] == plain.data["warnings"]


def test_the_fact_is_declared_by_the_package(fresh: Fresh) -> None:
    words = (*REMITTANCE, *DAY, "--set", "customer.branch=airport")
    refused = fresh.catalogue(*words)
    assert refused.code == 2
    assert "branch" in refused.err
    assert fresh.catalogue(*words, plugins="branch-surcharge").code in (0, 1)


# -- rates from a CSV file ----------------------------------------------------------------------


def test_rates_come_from_the_file(fresh: Fresh) -> None:
    words = (
        "quote", "interbank-borrowing", "--amount", "100000000", "--tenor", "6m", "--explain", *JSON,
    )  # fmt: skip
    plain, there = fresh.catalogue(*words), fresh.catalogue(*words, plugins="csv-rates")
    entry = next(e for e in there.data["explanation"] if e["figure"].startswith("rate.shibor"))
    assert (entry["value"], entry["basis"]) == ("0.0222", "bank")
    assert entry["source"] == "Export of the treasury system (invented figures)"
    assert there.data["rate"]["annual"] != plain.data["rate"]["annual"]
    assert there.data["quote_id"] != plain.data["quote_id"]


# -- a list of names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outcome", "code"),
    [
        ("Nadir Trading", "fail", 1),
        ("ＮＡＤＩＲ  trading", "fail", 1),
        ("Nadir Tradings", "refer", 0),
        ("Zenith Bakery", "pass", 0),
        (None, "refer", 0),
    ],
)
def test_a_list_of_names(fresh: Fresh, name: str | None, outcome: str, code: int) -> None:
    named = () if name is None else ("--set", f"customer.name={name}")
    ran = fresh.catalogue(
        *SAVINGS, *named, "--set", "customer.kind=person", *JSON, plugins="sanctions-list"
    )
    check = next(c for c in ran.data["checks"] if c["id"] == "sanctions")
    assert (check["outcome"], check["by"]) == (outcome, "sanctions-list")
    assert ran.code == code, ran.err


# -- a product of a new kind --------------------------------------------------------------------


def test_a_product_of_a_new_kind_passes_the_kit(fresh: Fresh) -> None:
    package = fresh.folder / "packages/gold-deposit"
    ran = fresh.pytest(["tests"], plugins="gold-deposit", folder=package)
    assert ran.code == 0, ran.out
    assert "9 passed" in ran.out


def test_a_product_of_a_new_kind_is_listed_and_quoted(fresh: Fresh) -> None:
    assert "gold-deposit" in fresh.catalogue("list", plugins="gold-deposit").out
    ran = fresh.catalogue(
        "quote", "gold-deposit", "--amount", "100000", "--tenor", "12m", "--set", "price=600",
        *JSON, plugins="gold-deposit",
    )  # fmt: skip
    # 100,000 / (600 × 1.005) = 165.8374…
    assert ran.data["results"][0]["value"] == "165.8374"


# -- broken in every way ------------------------------------------------------------------------


def test_plugins_names_every_fault(fresh: Fresh) -> None:
    ran = fresh.catalogue("plugins", "--format", "json", plugins="broken-everything")
    assert ran.code == 0
    rows = {(row["name"], row["group"]): row for row in ran.data["plugins"]
            if row["distribution"] == "broken-everything"}  # fmt: skip
    states = {name: (row["state"], row["error"]) for (name, _), row in rows.items()}
    assert "the driver of the branch printer" in states["broken-import"][1]
    assert states["broken-import"][0] == "broken"
    assert "did you mean 'eligibility'?" in states["broken-spelling"][1]
    assert "claimed twice" in states["home-loan"][1]
    assert "no-such-source" in states["broken-definition"][1]
    assert states["broken-folder"] == (
        "broken",
        "the folder broken_everything.no_such_folder is not there",
    )
    work = [row for row in ran.data["plugins"] if row["distribution"] == "bank-catalogue"]
    assert {row["state"] for row in work} == {"ok"}


def test_plugins_strict_is_a_failure(fresh: Fresh) -> None:
    assert fresh.catalogue("plugins", "--strict", plugins="broken-everything").code == 3
    assert fresh.catalogue("plugins", "--strict").code == 0


def test_the_quote_names_every_extension_that_failed_and_keeps_its_figures(fresh: Fresh) -> None:
    for words in (SAVINGS, HOME, REMITTANCE):
        plain = fresh.catalogue(*words, *JSON)
        there = fresh.catalogue(*words, *JSON, plugins="broken-everything")
        told = " ".join(there.data["warnings"])
        for name, fault in BROKEN.items():
            assert f"plugin '{name}' (broken-everything 1.0)" in told
            assert fault in told
        assert without_remarks(there) == without_remarks(plain)
        assert there.code == plain.code


def test_a_claimed_code_is_told_on_its_product_only(fresh: Fresh) -> None:
    told = {
        words[1]: " ".join(fresh.catalogue(*words, *JSON, plugins="broken-everything").data["warnings"])
        for words in (HOME, SAVINGS)
    }  # fmt: skip
    assert "product code 'home-loan' is claimed twice" in told["home-loan"]
    assert "broken-everything" in told["home-loan"]
    assert "claimed twice" not in told["time-savings"]


def test_strict_ends_a_quote(fresh: Fresh) -> None:
    ran = fresh.catalogue(*SAVINGS, *DAY, "--strict", plugins="broken-everything")
    assert ran.code == 3
    assert "broken-everything 1.0" in ran.err
    assert ran.out == ""


def test_a_broken_product_fails_alone(fresh: Fresh) -> None:
    ran = fresh.catalogue(
        "quote", "broken-product", "--amount", "1", *DAY, plugins="broken-everything"
    )
    assert ran.code == 3
    assert "plugin 'broken-product' (broken-everything 1.0): hook 'price' returned str" in ran.err
    assert "expected Contract" in ran.err


def test_a_broken_definition_fails_alone_and_says_where(fresh: Fresh) -> None:
    ran = fresh.catalogue(
        "quote", "broken-definition", "--amount", "1", *DAY, plugins="broken-everything"
    )
    assert ran.code == 2
    assert "broken-definition.toml" in ran.err
    assert "no-such-source" in ran.err
    assert "did you mean 'required'" in ran.err


def test_what_is_not_allowed_does_not_load(fresh: Fresh) -> None:
    ran = fresh.catalogue("plugins", "--format", "json", plugins="")
    states = {row["distribution"]: row["state"] for row in ran.data["plugins"]}
    assert states["broken-everything"] == "off"
    assert "broken-product" not in fresh.catalogue("list", plugins="").out


def test_everything_at_once(fresh: Fresh, tmp_path: Path) -> None:
    """No allow-list: good and broken packages side by side."""
    ran = fresh.catalogue(
        *REMITTANCE, *JSON, "--set", "customer.branch=airport", plugins=None, folder=tmp_path
    )
    assert ran.data["fees"][-1]["by"] == "branch-surcharge"
    assert any(check["by"] == "sanctions-list" for check in ran.data["checks"])
    assert any("broken-raise" in text for text in ran.data["warnings"])
