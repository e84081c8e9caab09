"""Profiles: size by the statistical standard, segments, loan class, risk degree, signals, legal checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError
from catalogue.scoring.profile import Profile, profile

DAY = date(2024, 11, 1)


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def made(cat: Catalogue, day: date = DAY, **facts: Any) -> Profile:
    return profile(cat.library, Customer(facts), day)


@pytest.mark.parametrize(
    ("industry", "employees", "revenue", "size"),
    [
        # industry: 1,000 / 300 / 20 persons and 400 / 20 / 3 million yuan, both needed
        ("industry", 1_000, 400_000_000, "large"),
        ("industry", 999, 400_000_000, "medium"),
        ("industry", 1_000, 399_999_999, "medium"),
        ("industry", 300, 20_000_000, "medium"),
        ("industry", 299, 20_000_000, "small"),
        ("industry", 20, 3_000_000, "small"),
        ("industry", 19, 3_000_000, "micro"),
        ("industry", 500, 2_999_999, "micro"),
        # wholesale: 200 / 20 / 5 persons and 400 / 50 / 10 million
        ("wholesale", 20, 50_000_000, "medium"),
        ("wholesale", 14, 12_500_000, "small"),
        ("wholesale", 14, 9_999_999, "micro"),
        # agriculture is judged by revenue alone: 200 / 5 / 0.5 million
        ("agriculture", None, 5_000_000, "medium"),
    ],
)
def test_size_by_the_standard_of_2011(
    cat: Catalogue, industry: str, employees: int | None, revenue: int, size: str
) -> None:
    facts = {"kind": "company", "industry": industry, "annual_sales": revenue}
    if employees is not None:
        facts["employees"] = employees
    traits = made(cat, **facts).of("size")
    assert [trait.code for trait in traits] == [size]
    assert "工信部联企业〔2011〕300号" in traits[0].source


def test_a_size_needs_its_measures_and_the_standard(cat: Catalogue) -> None:
    assert made(cat, kind="company", industry="industry", employees=500).of("size") == ()
    old = made(cat, date(2005, 1, 4), kind="company", industry="agriculture", annual_sales=1)
    assert old.of("size") == ()  # the standard of 2003 left agriculture out
    none = made(
        cat, date(2003, 2, 18), kind="company", industry="post", employees=9, annual_sales=1
    )
    assert none.of("size") == ()


@pytest.mark.parametrize(
    ("day", "size"), [(date(2003, 2, 19), "medium"), (date(2011, 6, 17), "medium"), (date(2011, 6, 18), "large")]
)  # fmt: skip
def test_a_trader_of_the_years_before_is_sized_by_the_standard_of_2003(
    cat: Catalogue, day: date, size: str
) -> None:
    # retail, 400 persons, 250 million: large from 500 persons and 150 million in 2003,
    # from 300 persons and 200 million in 2011
    facts = {"industry": "retail", "employees": 400, "annual_sales": 250_000_000}
    assert made(cat, day, kind="company", **facts).of("size")[0].code == size


def test_before_2011_what_is_not_medium_is_small(cat: Catalogue) -> None:
    facts = {"industry": "industry", "employees": 300, "annual_sales": 30_000_000}
    day = date(2006, 1, 4)
    assets = {"medium": 40_000_000, "small": 39_999_999}
    for size, owned in assets.items():
        trait = made(cat, day, kind="company", **facts, total_assets=owned).of("size")[0]
        assert (trait.code, "2003" in trait.source) == (size, True)
    assert made(cat, day, kind="company", **facts).of("size") == ()  # assets are a measure


@pytest.mark.parametrize(
    ("days", "before", "code"),
    [(0, "normal", "normal"), (1, "special-mention", "special-mention"),
     (90, "special-mention", "special-mention"), (91, "substandard", "substandard"),
     (270, "substandard", "substandard"), (271, "substandard", "doubtful"),
     (360, "substandard", "doubtful"), (361, "doubtful", "loss"), (720, "doubtful", "loss"),
     (721, "loss", "loss")],
)  # fmt: skip
def test_loan_classes_at_their_bounds(cat: Catalogue, days: int, before: str, code: str) -> None:
    # 令〔2023〕第1号, from 2023-07-01: over 90 days substandard, over 270 doubtful, over 360 loss;
    # before, no rule named days: 90, 360 and 720 are the fictional bank's own
    for day, expected in ((date(2023, 6, 30), before), (date(2023, 7, 1), code)):
        (trait,) = made(cat, day, kind="company", overdue_days=days).of("loan-class")
        assert trait.code == expected
    assert "〔2023〕第1号" in trait.source


def test_the_source_of_the_classes_by_date(cat: Catalogue) -> None:
    for day, document in (
        (date(2007, 7, 2), "银发〔2001〕416号"),
        (date(2007, 7, 3), "银监发〔2007〕54号"),
        (date(2023, 6, 30), "银监发〔2007〕54号"),
    ):
        (trait,) = made(cat, day, kind="company", overdue_days=0).of("loan-class")
        assert document in trait.source


def test_risk_degree_is_grade_factor_times_guarantee_factor(cat: Catalogue) -> None:
    trait = made(cat, kind="company", credit_grade="A", guarantee_kind="company-guarantee").of(
        "risk-degree"
    )[0]
    assert (trait.code, trait.text) == ("acceptable", "0.6 × 0.7 = 0.42, within 0.6")
    worse = made(cat, kind="company", credit_grade="BB", guarantee_kind="credit").of("risk-degree")[
        0
    ]
    assert worse.code == "too-high"


def test_signals_are_all_that_hold(cat: Catalogue) -> None:
    found = made(
        cat, kind="company", total_assets=100, total_liabilities=80, current_assets=9, current_liabilities=10,
        ebit=14, interest_expense=10, net_assets=20, guarantees_given=20,
    )  # fmt: skip
    # 80 % > 75 %; 0.9 < 1; 1.4 < 1.5; guarantees of 100 % are not over 100 %
    assert [trait.code for trait in found.of("signal")] == [
        "liabilities",
        "liquidity",
        "interest-cover",
    ]


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"age": 20}, "student"),
        ({"age": 30, "marital_status": "single"}, "single"),
        ({"age": 30, "marital_status": "married", "dependants": 0}, "founding"),
        ({"age": 40, "marital_status": "married", "dependants": 2}, "growing"),
        ({"age": 57}, "mature"),
        ({"age": 60}, "retired"),
    ],
)
def test_life_stages(cat: Catalogue, facts: dict[str, Any], stage: str) -> None:
    assert made(cat, kind="person", **facts).of("life-stage")[0].code == stage


def test_missing_facts_are_listed(cat: Catalogue) -> None:
    assert made(cat, kind="person", age=30).missing == (
        "marital_status",
        "financial_assets",
        "overdue_days",
    )


def legal(cat: Catalogue, day: date = DAY, **facts: Any) -> dict[str, str]:
    quote = cat.quote(
        Ask("working-capital-loan", amount=1_000_000, tenor="12m"),
        Customer(kind="company", **facts),
        as_of=day,
    )
    return {
        check.id.removeprefix("legal-"): check.outcome
        for check in quote.checks
        if check.id.startswith("legal-")
    }


def test_legal_checks_appear_only_with_their_facts(cat: Catalogue) -> None:
    assert legal(cat) == {}
    assert legal(cat, guarantor_type="company") == {"guarantor-capacity": "pass"}
    assert legal(cat, guarantor_type="school") == {"guarantor-capacity": "fail"}
    assert legal(cat, collateral_type="land-ownership") == {"collateral-allowed": "fail"}
    assert legal(cat, joint_property=True) == {"joint-owner": "refer"}
    assert legal(cat, joint_property=True, co_owner_consents=False) == {"joint-owner": "fail"}


def test_a_married_owner_needs_the_consent_of_the_spouse(cat: Catalogue) -> None:
    home = {"collateral_type": "home", "marital_status": "married"}
    assert legal(cat, **home)["joint-owner"] == "refer"
    assert legal(cat, **home, co_owner_consents=True)["joint-owner"] == "pass"
    assert "joint-owner" not in legal(cat, **home, joint_property=False)
    assert "joint-owner" not in legal(cat, **{**home, "marital_status": "single"})
    assert "joint-owner" not in legal(cat, collateral_type="equipment", marital_status="married")


def test_a_department_of_a_company_guarantees_under_neither_law(cat: Catalogue) -> None:
    for day in (date(2020, 12, 31), date(2021, 1, 1)):
        found = legal(cat, day, guarantor_type="company-department")
        assert found == {"guarantor-capacity": "fail"}


def test_legal_checks_cite_the_law_of_the_day(cat: Catalogue) -> None:
    ask = Ask("working-capital-loan", amount=1_000_000, tenor="12m")
    customer = Customer(kind="company", guarantor_type="hospital")
    for day, law in ((date(2020, 12, 31), "Guarantee Law"), (date(2021, 1, 4), "Civil Code")):
        check = next(
            c
            for c in cat.quote(ask, customer, as_of=day).checks
            if c.id == "legal-guarantor-capacity"
        )
        assert (check.outcome, check.by) == ("fail", "legal-checks")
        assert check.source.startswith(law)


def test_a_deposit_has_no_legal_checks(cat: Catalogue) -> None:
    quote = cat.quote(
        Ask("corporate-time-deposit", amount=10_000, tenor="1y"),
        Customer(kind="company", guarantor_type="school"),
    )
    assert not [check for check in quote.checks if check.id.startswith("legal-")]


def test_a_grade_that_the_policy_does_not_know_is_told(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(
        '[credit_grade]\ntype = "choice"\nlabel = "Grade"\nlabel_zh = "等级"\nchoices = ["AAA", "A+"]\n',
        "utf-8",
    )
    cat = Catalogue.load(tmp_path, DAY)
    with pytest.raises(InputError, match=r"figure customer_factor has no value for 'A\+'"):
        made(cat, kind="company", credit_grade="A+", guarantee_kind="credit")
