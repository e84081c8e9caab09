"""The shipped rate sheets and the registry of documents: structure, bounds and known figures.

The files are read with plain TOML readers, so these tests do not depend on the project's loader.
Expected figures are those that the issuers published, typed here in per cent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli

DEFS = Path(__file__).resolve().parents[2] / "product_defs"
FILES = sorted((DEFS / "rates").glob("*.toml"))
SHEET_KEYS = {
    "code", "name", "name_zh", "kind", "currency", "lookup", "known_until", "note", "note_zh",
    "columns", "sources", "versions",
}  # fmt: skip
COLUMN_KEYS = {"code", "name", "name_zh", "up_to", "tenor"}
SOURCE_KEYS = {"title", "title_zh", "issuer", "issuer_zh", "reference", "date", "note"}
BASES = {"regulation", "official", "market", "book", "bank", "illustrative"}
LOOKUPS = {"bracket", "exact", "single", "interpolate"}
WANTED = {
    "pboc-loan", "pboc-deposit", "provident-fund-loan", "provident-fund-loan-second", "lpr",
    "deposit-listed", "interest-tax", "vat", "business-tax", "stamp-tax-securities",
    "securities-transfer-fee", "shibor", "excess-reserve-rate", "rediscount-rate", "ftp-cny",
    "ftp-usd", "usd-money-market", "eur-money-market", "hkd-money-market", "jpy-money-market",
    "fx", "overdue-loan", "discount-rate", "fx-small-deposit-usd",
}  # fmt: skip
DAYS = {"d": 1, "m": 30, "y": 360}


def read(path: Path, loads: Callable[..., dict[str, Any]] = tomllib.loads) -> dict[str, Any]:
    """The file with its numbers as Decimal."""
    return loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def sources_of(data: dict[str, Any]) -> dict[str, Any]:
    """The sheet's own sources and, where it cites them, the shared ones."""
    own: dict[str, Any] = data.get("sources", {})
    shared = read(DEFS / "sources.toml")
    cited = {version["source"] for version in data["versions"]} - set(own)
    return own | {code: shared[code] for code in cited}


def sheet(code: str) -> dict[str, Any]:
    return read(DEFS / "rates" / f"{code}.toml")


def at(code: str, day: date) -> dict[str, Any]:
    """The figures in force on a day."""
    versions = [v for v in sheet(code)["versions"] if v["effective_from"] <= day]
    values: dict[str, Any] = versions[-1]["values"]
    return values


def length(tenor: str) -> int:
    """A tenor in days, roughly, to compare columns."""
    return int(tenor[:-1]) * DAYS[tenor[-1]]


def percents(values: dict[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(value) * 100 for key, value in values.items()}


def test_every_wanted_sheet_is_there() -> None:
    assert {path.stem for path in FILES} >= WANTED


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_both_readers_agree(path: Path) -> None:
    assert read(path, tomli.loads) == read(path, tomllib.loads)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_head_and_columns(path: Path) -> None:
    data = read(path)
    assert set(data) <= SHEET_KEYS
    assert data["code"] == path.stem
    assert data["name"]
    assert data["name_zh"]
    assert data["kind"] in {"interest", "fx", "tax", "curve", "limit"}
    assert data["lookup"] in LOOKUPS
    assert ("currency" in data) == (data["kind"] in {"interest", "curve"})
    head = path.read_text(encoding="utf-8").split("[", 1)[0]
    assert set(tomllib.loads(head)) == set(data) - {"columns", "sources", "versions"}
    codes = [column["code"] for column in data["columns"]]
    assert len(codes) == len(set(codes))
    for column in data["columns"]:
        assert set(column) <= COLUMN_KEYS
        assert column["name"]
        assert column["name_zh"]
    if data["lookup"] == "single":
        assert len(codes) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_tenors_fit_the_lookup(path: Path) -> None:
    data = read(path)
    bounds = [column.get("up_to") for column in data["columns"]]
    tenors = [column.get("tenor") for column in data["columns"]]
    if data["lookup"] == "bracket":
        assert bounds[-1] is None
        closed = [length(bound) for bound in bounds[:-1]]
        assert closed == sorted(set(closed))
    else:
        assert set(bounds) == {None}
    if data["lookup"] == "interpolate":
        assert None not in tenors
    lengths = [length(tenor) for tenor in tenors if tenor]
    assert lengths == sorted(set(lengths))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_versions_ascend_and_resolve(path: Path) -> None:
    data = read(path)
    codes = {column["code"] for column in data["columns"]}
    days = [version["effective_from"] for version in data["versions"]]
    assert days == sorted(set(days))
    assert all(type(day) is date for day in days)
    if "known_until" in data:
        assert data["known_until"] >= days[-1]
    for version in data["versions"]:
        assert version["source"] in sources_of(data)
        assert version["basis"] in BASES
        assert version["values"]
        assert set(version["values"]) <= codes
        if data["lookup"] == "interpolate":
            assert set(version["values"]) == codes
    used = {version["source"] for version in data["versions"]}
    assert used == set(sources_of(data))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_an_illustration_says_so_and_nothing_else_does(path: Path) -> None:
    data = read(path)
    for source in sources_of(data).values():
        assert set(source) <= SOURCE_KEYS
        assert source["title"]
        assert source["issuer"]
    for version in data["versions"]:
        source = sources_of(data)[version["source"]]
        assert (version["basis"] == "illustrative") == (source["issuer"] == "Illustration")
        if version["basis"] == "illustrative":
            assert "llustrat" in source["title"]
        else:
            assert "date" in source


def bounds_of(data: dict[str, Any], column: str) -> tuple[Decimal, Decimal]:
    """What a figure of a sheet may be at all."""
    if data["kind"] == "tax":
        return Decimal(0), Decimal("0.25")
    if data["code"] == "fx-risk-reserve":
        return Decimal(0), Decimal("0.2")
    if data["kind"] == "limit":
        return (
            (Decimal("0.1"), Decimal("1.2"))
            if "points" not in column
            else (Decimal("-0.01"), Decimal("0.01"))
        )
    if data["code"] == "overdue-loan":
        return Decimal("0.0001"), Decimal(1)
    if column.startswith("over-") or data["code"] == "pboc-loan":
        return Decimal("0.02"), Decimal("0.16")
    lowest = Decimal("-0.006") if data["kind"] == "curve" else Decimal(0)
    return lowest, Decimal("0.14")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_figures_are_finite_and_plausible(path: Path) -> None:
    data = read(path)
    for version in data["versions"]:
        for column, value in version["values"].items():
            if data["kind"] == "fx":
                sides = [Decimal(value[side]) for side in ("cash_bid", "bid", "mid", "ask")]
                assert sides == sorted(set(sides))
                assert Decimal("0.01") < sides[0]
                assert sides[-1] < 20
                continue
            low, high = bounds_of(data, column)
            assert isinstance(value, Decimal), column
            assert value.is_finite()
            assert low <= value <= high, (version["effective_from"], column)
            exponent = value.as_tuple().exponent
            assert isinstance(exponent, int)
            assert exponent >= -12


LOANS = ("6m", "1y", "3y", "5y", "over-5y")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1996, 6, 1), "9.72 10.98 13.14 14.94 15.12"),
        (date(1999, 6, 10), "5.58 5.85 5.94 6.03 6.21"),
        (date(2001, 12, 31), "5.58 5.85 5.94 6.03 6.21"),
        (date(2002, 2, 21), "5.04 5.31 5.49 5.58 5.76"),
        (date(2007, 12, 21), "6.57 7.47 7.56 7.74 7.83"),
        (date(2008, 12, 23), "4.86 5.31 5.40 5.76 5.94"),
        (date(2012, 7, 6), "5.60 6.00 6.15 6.40 6.55"),
        (date(2014, 11, 22), "5.60 5.60 6.00 6.00 6.15"),
        (date(2015, 10, 23), "4.60 4.60 5.00 5.00 5.15"),
        (date(2015, 10, 24), "4.35 4.35 4.75 4.75 4.90"),
        (date(2024, 1, 1), "4.35 4.35 4.75 4.75 4.90"),
    ],
)
def test_benchmark_loans(day: date, expected: str) -> None:
    figures = [Decimal(text) for text in expected.split()]
    assert percents(at("pboc-loan", day)) == dict(zip(LOANS, figures, strict=True))


TERMS = ("demand", "3m", "6m", "1y", "2y", "3y", "5y")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1991, 4, 21), "1.80 3.24 5.40 7.56 7.92 8.28 9.00"),
        (date(1993, 7, 11), "3.15 6.66 9.00 10.98 11.70 12.24 13.86"),
        (date(1999, 6, 10), "0.99 1.98 2.16 2.25 2.43 2.70 2.88"),
        (date(2002, 2, 21), "0.72 1.71 1.89 1.98 2.25 2.52 2.79"),
        (date(2004, 10, 29), "0.72 1.71 2.07 2.25 2.70 3.24 3.60"),
        (date(2007, 12, 21), "0.72 3.33 3.78 4.14 4.68 5.40 5.85"),
        (date(2011, 7, 7), "0.50 3.10 3.30 3.50 4.40 5.00 5.50"),
        (date(2012, 7, 6), "0.35 2.60 2.80 3.00 3.75 4.25 4.75"),
        (date(2015, 10, 24), "0.35 1.10 1.30 1.50 2.10 2.75"),
    ],
)
def test_benchmark_deposits(day: date, expected: str) -> None:
    figures = [Decimal(text) for text in expected.split()]
    found = percents(at("pboc-deposit", day))
    assert {key: found[key] for key in TERMS if key in found} == dict(
        zip(TERMS, figures, strict=False)
    )


def test_five_year_deposit_benchmark_ends() -> None:
    assert "5y" in at("pboc-deposit", date(2014, 11, 21))
    for column in ("5y", "instalment-5y"):
        assert column not in at("pboc-deposit", date(2014, 11, 22))


@pytest.mark.parametrize(
    ("day", "agreement", "one", "seven"),
    [
        (date(1999, 6, 10), "1.71", "1.35", "1.89"),
        (date(2002, 2, 21), "1.44", "1.08", "1.62"),
        (date(2007, 12, 21), "1.53", "1.17", "1.71"),
        (date(2008, 11, 27), "1.17", "0.81", "1.35"),
        (date(2015, 10, 24), "1.15", "0.80", "1.35"),
    ],
)
def test_agreement_and_notice(day: date, agreement: str, one: str, seven: str) -> None:
    found = percents(at("pboc-deposit", day))
    assert found["agreement"] == Decimal(agreement)
    assert found["notice-1d"] == Decimal(one)
    assert found["notice-7d"] == Decimal(seven)


def test_instalment_rates_are_those_of_shorter_time_deposits_since_1999() -> None:
    pairs = (("instalment-1y", "3m"), ("instalment-3y", "6m"), ("instalment-5y", "1y"))
    versions = [v for v in sheet("pboc-deposit")["versions"]
                if v["effective_from"] >= date(1999, 6, 10)]  # fmt: skip
    assert len(versions) == 27
    for version in versions:
        values = version["values"]
        for instalment, time in pairs:
            if instalment in values:
                assert values[instalment] == values[time]


@pytest.mark.parametrize(
    ("day", "one", "five"),
    [
        (date(2019, 8, 20), "4.25", "4.85"),
        (date(2020, 4, 20), "3.85", "4.65"),
        (date(2022, 8, 22), "3.65", "4.30"),
        (date(2024, 2, 20), "3.45", "3.95"),
        (date(2024, 10, 20), "3.35", "3.85"),
        (date(2024, 10, 21), "3.10", "3.60"),
        (date(2025, 5, 20), "3.00", "3.50"),
    ],
)
def test_loan_prime_rate(day: date, one: str, five: str) -> None:
    assert percents(at("lpr", day)) == {"1y": Decimal(one), "5y": Decimal(five)}


@pytest.mark.parametrize(
    ("code", "day", "column", "expected"),
    [
        ("provident-fund-loan", date(2015, 10, 24), "over-5y", "3.25"),
        ("provident-fund-loan", date(2022, 10, 1), "5y", "2.60"),
        ("provident-fund-loan", date(2024, 5, 18), "over-5y", "2.85"),
        ("provident-fund-loan", date(2025, 5, 8), "over-5y", "2.60"),
        ("provident-fund-loan-second", date(2023, 1, 1), "5y", "3.025"),
        ("provident-fund-loan-second", date(2024, 5, 18), "over-5y", "3.325"),
        ("provident-fund-loan-second", date(2025, 5, 8), "5y", "2.525"),
        ("home-loan-preferential", date(2002, 2, 21), "over-5y", "5.04"),
        ("interest-tax", date(1999, 10, 31), "rate", "0"),
        ("interest-tax", date(1999, 11, 1), "rate", "20"),
        ("interest-tax", date(2007, 8, 15), "rate", "5"),
        ("interest-tax", date(2008, 10, 9), "rate", "0"),
        ("vat", date(2016, 4, 30), "rate", "0"),
        ("vat", date(2016, 5, 1), "rate", "6"),
        ("business-tax", date(2000, 12, 31), "rate", "8"),
        ("business-tax", date(2002, 6, 1), "rate", "6"),
        ("business-tax", date(2003, 1, 1), "rate", "5"),
        ("stamp-tax-securities", date(2007, 5, 30), "buyer", "0.3"),
        ("stamp-tax-securities", date(2008, 4, 24), "buyer", "0.1"),
        ("stamp-tax-securities", date(2008, 9, 19), "buyer", "0"),
        ("stamp-tax-securities", date(2023, 8, 27), "seller", "0.1"),
        ("stamp-tax-securities", date(2023, 8, 28), "seller", "0.05"),
        ("securities-transfer-fee", date(2022, 4, 29), "shanghai", "0.001"),
        ("excess-reserve-rate", date(2003, 12, 21), "rate", "1.62"),
        ("excess-reserve-rate", date(2020, 4, 7), "rate", "0.35"),
        ("rediscount-rate", date(2020, 7, 1), "rate", "2.00"),
        ("rediscount-rate", date(2026, 1, 19), "rate", "1.50"),
        ("overdue-loan", date(1999, 6, 10), "daily", "0.021"),
        ("overdue-loan", date(2004, 1, 1), "uplift-max", "50"),
        ("shibor", date(2018, 11, 1), "3m", "2.976"),
        ("fx-small-deposit-usd", date(2005, 12, 28), "1y", "3.000"),
    ],
)
def test_single_figures(code: str, day: date, column: str, expected: str) -> None:
    assert Decimal(at(code, day)[column]) * 100 == Decimal(expected)


def test_second_home_rate_is_the_first_times_one_and_a_tenth_until_2022() -> None:
    for version in sheet("provident-fund-loan-second")["versions"]:
        day = version["effective_from"]
        if day < date(2022, 1, 1):
            first = at("provident-fund-loan", day)
            assert version["values"] == {key: first[key] * Decimal("1.1") for key in first}


def test_dollar_of_2001_is_near_the_peg() -> None:
    assert Decimal("8.27") < at("fx", date(2001, 6, 1))["USD/CNY"]["mid"] < Decimal("8.28")


def test_registry_of_documents() -> None:
    path = DEFS / "sources.toml"
    registry = read(path)
    assert read(path, tomli.loads) == registry
    assert len(registry) > 100
    references = [entry["reference"] for entry in registry.values() if "reference" in entry]
    assert len(references) == len(set(references))
    for identity, entry in registry.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity), identity
        assert re.search(r"(19|20)\d\d(-|$)", identity), identity
        assert set(entry) <= SOURCE_KEYS, identity
        assert entry["title"], identity
        assert entry["issuer"], identity
        assert re.search("[\u4e00-\u9fff]", entry["title_zh"]), identity
        if "date" in entry:
            assert date(1988, 1, 1) <= entry["date"] <= date(2026, 11, 24), identity


def test_every_document_is_cited_or_named() -> None:
    """The registry holds what definitions rest on, and nothing else."""
    files = [path for path in DEFS.rglob("*.toml") if path.name != "sources.toml"]
    text = "\n".join(path.read_text("utf-8") for path in files)
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text))
    assert sorted(set(read(DEFS / "sources.toml")) - words) == []


@pytest.mark.parametrize(
    ("identity", "day", "reference"),
    [
        ("general-rules-on-loans-1996", date(1996, 6, 28), "中国人民银行令1996年第2号"),
        ("payment-settlement-1997", date(1997, 9, 19), "银发〔1997〕393号"),
        ("civil-code-2020", date(2020, 5, 28), "主席令第45号"),
        ("bill-measures-2022", date(2022, 11, 11),
         "中国人民银行 中国银行保险监督管理委员会令〔2022〕第4号"),
        ("working-capital-rules-2024", date(2024, 1, 30), "国家金融监督管理总局令2024年第2号"),
    ],
)  # fmt: skip
def test_known_documents(identity: str, day: date, reference: str) -> None:
    entry = read(DEFS / "sources.toml")[identity]
    assert (entry["date"], entry["reference"]) == (day, reference)
