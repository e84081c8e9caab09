"""Recommendations over the shipped definitions: needs, segments, grade, risk and law, each explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.definitions.problems import Problems
from catalogue.quotes.needs import Need, topics
from catalogue.quotes.partial_facts import PartialAsk
from catalogue.quotes.recommend import (
    POINTS,
    Reason,
    Recommendation,
    Recommendations,
    by_standing,
    recommend,
)
from catalogue.quotes.standing import standing
from catalogue.values import Money

DAY = date(2024, 11, 1)
COMPANY: dict[str, Any] = {"kind": "company"}
GOOD_PERSON: dict[str, Any] = {
    "kind": "person", "age": 35, "marital_status": "married", "education": "master",
    "occupation": "professional", "years_employed": 8, "monthly_income": 20_000,
    "other_monthly_debt": 0, "home": "owned", "overdue_in_two_years": 0,
}  # fmt: skip
"""10 + 8 + 10 + 12 + 8 + 18 + 10 + 8 + 14 = 98 of 100 points: AAA, 12 months of income = 240,000."""


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def made(cat: Catalogue, *needs: str, day: date = DAY, ask: Any = None, **facts: Any) -> Recommendations:  # fmt: skip
    return recommend(cat, Customer(facts), needs, ask, as_of=day)


def of(found: Recommendations, code: str) -> Recommendation:
    return next(item for item in found.ranked if item.product.code == code)


def reasons(item: Recommendation, start: str) -> list[Reason]:
    return [reason for reason in item.reasons if reason.text.startswith(start)]


def why_not(found: Recommendations, code: str) -> list[str]:
    return [r.text for item in found.excluded if item.product.code == code for r in item.reasons]


@pytest.mark.parametrize(
    ("kind", "need", "first"),
    [
        ("person", "buy a home", "home-loan"),
        ("person", "想买房", "home-loan"),
        ("person", "a trip to Yunnan", "travel-loan"),
        ("person", "孩子上学的学费", "student-loan"),
        ("company", "pay wages", "payroll-agency"),
        ("company", "采购原材料周转", "working-capital-loan"),
        ("company", "hedge our exchange risk", "fx-forward"),
        ("company", "a bid bond for a tender", "bank-guarantee"),
        ("institution", "custody of a fund", "fund-custody"),
    ],
)
def test_a_need_in_everyday_words_finds_the_line_that_serves_it(
    cat: Catalogue, kind: str, need: str, first: str
) -> None:
    found = made(cat, need, kind=kind)
    best = found.ranked[0].points
    item = of(found, first)
    serving = [r for r in item.reasons if "serves the need" in r.text]
    assert serving
    assert serving[0].source is not None
    rivals = [i for i in found.ranked if not any("serves the need" in r.text for r in i.reasons)]
    assert all(rival.points < item.points for rival in rivals)
    assert item.points >= best - 30  # among those that serve it, words in the name may decide


def test_words_are_not_found_inside_others(cat: Catalogue) -> None:
    policy = cat.library.policy("customer-needs")
    told = {t.text for t in topics(Need("care of my carpet"), policy, policy.at(DAY))}
    assert told == set()  # neither a car nor a card
    assert [t.text for t in topics(Need("two cars"), policy, policy.at(DAY))] == ["buying a car"]


def test_a_known_need_sends_nobody_to_products_that_share_a_word(cat: Catalogue) -> None:
    found = cat.recommend(Customer(kind="person"), ["buy a home"], as_of=DAY)
    listed = [item.product.code for item in found.ranked]
    assert "home-loan" in listed
    assert not {"e-banking", "debit-card"} & set(listed)  # home banking is no home


def test_points_are_the_sum_of_the_reasons(cat: Catalogue) -> None:
    found = made(cat, "loan", **GOOD_PERSON)
    assert found.ranked
    for item in found.ranked:
        assert item.points == sum(reason.points for reason in item.reasons)
        assert all(reason.text and reason.text_zh for reason in item.reasons)


def test_a_partner_counts_once_and_less_than_what_was_asked_for(cat: Catalogue) -> None:
    found = made(cat, "buy a home", kind="person")
    assert len(reasons(of(found, "demand-savings"), "goes with")) == 1
    assert of(found, "demand-savings").points < of(found, "home-loan").points


def test_a_segment_lifts_what_suits_it(cat: Catalogue) -> None:
    young = made(cat, kind="person", age=28, marital_status="single")
    old = made(cat, kind="person", age=66)
    for found, code in ((young, "travel-loan"), (old, "interest-drawing-savings")):
        told = reasons(of(found, code), "suits the life stage")
        assert [reason.points for reason in told] == [POINTS["suits"]]
    assert reasons(of(young, "interest-drawing-savings"), "suits the life stage") == []


def test_size_by_the_standard_leads_to_the_lines_of_that_size(cat: Catalogue) -> None:
    # wholesale, 14 persons and 12.5 million: small (at least 5 persons and 10 million)
    found = made(cat, **COMPANY, industry="wholesale", employees=14, annual_sales=12_500_000)
    assert found.standing.derived["enterprise_size"] == "small"
    assert reasons(of(found, "bill-discount"), "suits the segment by size")
    assert reasons(of(found, "bank-acceptance"), "suits the segment by industry")


@pytest.mark.parametrize(
    ("institution", "code"),
    [("securities-company", "stock-pledged-loan"), ("fund-manager", "fund-custody"),
     ("insurer", "insurance-agency"), ("policy-bank", "policy-bank-agency"),
     ("commercial-bank", "interbank-borrowing")],
)  # fmt: skip
def test_each_kind_of_institution_has_its_lines(
    cat: Catalogue, institution: str, code: str
) -> None:
    found = made(cat, kind="institution", institution_type=institution)
    assert reasons(of(found, code), "suits the kind of institution")


def test_the_scorecard_gives_the_grade_the_limit_and_what_follows(cat: Catalogue) -> None:
    found = made(cat, "small loan", ask={"amount": 200_000, "tenor": "12m"}, **GOOD_PERSON)
    stand = found.standing
    assert stand.score is not None
    assert (stand.score.points, stand.score.grade) == (Decimal(98), "AAA")
    assert stand.derived["credit_grade"] == "AAA"
    assert stand.limit is not None
    assert str(stand.limit) == "240000.00 CNY"
    item = of(found, "small-credit-loan")
    assert reasons(item, "suits the credit policy by grade")
    assert [r.points for r in reasons(item, "within the credit limit")] == [0]


@pytest.mark.parametrize(("limit_on", "count"), [(("small-credit-loan",), 1), ((), 0)])
def test_over_the_limit_of_the_score_is_a_caution(
    cat: Catalogue, limit_on: tuple[str, ...], count: int
) -> None:
    who = standing(cat, Customer(GOOD_PERSON), DAY)
    assert who.score is not None
    results = {**who.score.results, "limit_on": limit_on}
    who = attrs.evolve(who, score=attrs.evolve(who.score, results=results))
    header = cat["small-credit-loan"].header
    over = PartialAsk({"amount": Money.of("240000.01", "CNY")}, (), ())
    told = [r for r in by_standing(header, over, who) if r.text.startswith("over the credit limit")]
    assert [reason.points for reason in told] == [POINTS["caution"]] * count


def test_a_provisional_grade_decides_nothing(cat: Catalogue) -> None:
    facts = {name: value for name, value in GOOD_PERSON.items() if name != "home"}
    stand = made(cat, **facts).standing
    assert stand.score is not None
    assert stand.score.missing == ("home",)
    assert "credit_grade" not in stand.derived
    assert stand.limit is None
    assert stand.traits[0].text.endswith("provisional: 1 fact is missing")


def test_a_stated_grade_stands_and_the_difference_is_told(cat: Catalogue) -> None:
    stand = made(cat, **GOOD_PERSON, credit_grade="BB").standing
    assert stand.customer.get("credit_grade") == "BB"
    assert stand.traits[0].text.endswith("the facts state BB, which counts")
    assert stand.traits[0].text_zh.endswith("客户资料为BB,以资料为准")


def test_a_weak_grade_costs_points_and_bars_credit_without_cover(cat: Catalogue) -> None:
    good = made(cat, "loan", **COMPANY, credit_grade="A")
    weak = made(cat, "loan", **COMPANY, credit_grade="BB")
    poor = made(cat, "loan", **COMPANY, credit_grade="B")
    cautions = reasons(of(weak, "working-capital-loan"), "with care, credit policy by grade")
    assert [reason.points for reason in cautions] == [POINTS["caution"]]
    assert reasons(of(good, "working-capital-loan"), "with care") == []
    assert why_not(poor, "revolving-working-capital-loan") == [
        "not offered: grade B: no credit without full cover"
    ]


@pytest.mark.parametrize(("days", "offered"), [(0, True), (360, True), (361, False)])
def test_a_bad_loan_class_ends_lending_and_not_deposits(
    cat: Catalogue, days: int, offered: bool
) -> None:
    found = made(cat, **COMPANY, overdue_days=days)
    codes = {item.product.code for item in found.ranked}
    assert ("working-capital-loan" in codes) is offered
    assert "corporate-demand-deposit" in codes


def test_warning_signals_each_cost_points(cat: Catalogue) -> None:
    found = made(cat, **COMPANY, total_assets=100, total_liabilities=80, current_assets=9,
                 current_liabilities=10)  # fmt: skip
    told = reasons(of(found, "working-capital-loan"), "with care, warning signal")
    assert [reason.text.partition(": ")[2] for reason in told] == [
        "liabilities are over 75 % of assets",
        "current assets do not cover current liabilities",
    ]
    assert all(reason.source for reason in told)


def test_a_risk_degree_too_high_is_a_caution(cat: Catalogue) -> None:
    # BB on credit: 0.85 × 1 = 0.85 over 0.6; A with a guarantee: 0.6 × 0.7 = 0.42
    over = made(cat, **COMPANY, credit_grade="BB", guarantee_kind="credit")
    within = made(cat, **COMPANY, credit_grade="A", guarantee_kind="company-guarantee")
    assert over.standing.derived["risk_degree"] == Decimal("0.85")
    told = reasons(of(over, "working-capital-loan"), "with care, risk degree")
    assert [reason.text for reason in told] == ["with care, risk degree: 0.85 × 1 = 0.85, over 0.6"]
    assert reasons(of(within, "working-capital-loan"), "with care, risk degree") == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"guarantor_type": "school"}, "not met: The guarantor may guarantee"),
        ({"guarantor_type": "state-organ"}, "not met: The guarantor may guarantee"),
        ({"collateral_type": "land-ownership"}, "not met: The collateral may be taken"),
        ({"joint_property": True, "co_owner_consents": False}, "not met: The joint owner"),
    ],
)
def test_the_law_bars_before_there_is_a_quote(
    cat: Catalogue, facts: dict[str, Any], words: str
) -> None:
    found = made(cat, **COMPANY, **facts)
    assert any(text.startswith(words) for text in why_not(found, "working-capital-loan"))
    assert "corporate-demand-deposit" in {item.product.code for item in found.ranked}


def test_an_open_legal_question_is_told_with_its_fact(cat: Catalogue) -> None:
    item = of(made(cat, **COMPANY, joint_property=True), "working-capital-loan")
    told = reasons(item, "legal checks to clear up")
    assert len(told) == 1
    assert told[0].source is not None
    assert "Civil Code" in told[0].source
    assert "co_owner_consents" in item.missing


def test_a_state_organ_may_guarantee_on_lending_with_approval(cat: Catalogue) -> None:
    facts = {**COMPANY, "guarantor_type": "state-organ", "state_council_approval": True}
    item = of(made(cat, **facts), "fx-on-lending-loan")
    assert reasons(item, "legal checks passed")
    school = made(cat, **{**facts, "guarantor_type": "school"})
    assert why_not(school, "fx-on-lending-loan")


def test_a_quote_counts_the_derived_facts_as_if_they_were_stated(cat: Catalogue) -> None:
    ask = {"amount": 100_000, "tenor": "12m"}
    found = made(cat, "small-credit-loan", ask=ask, **GOOD_PERSON)
    item = of(found, "small-credit-loan")
    assert found.standing.derived == {"credit_grade": "AAA"}
    alone = cat.quote(Ask("small-credit-loan", ask), Customer(GOOD_PERSON, credit_grade="AAA"))
    assert item.quote is not None
    assert item.quote.quote_id == alone.quote_id


def test_before_the_policies_products_are_still_ranked(cat: Catalogue) -> None:
    found = made(cat, day=date(2000, 6, 1), kind="person", age=30)
    assert found.standing.traits == ()


def test_the_needs_name_products_and_families_only(cat: Catalogue) -> None:
    headers = cat.library.headers(Problems())
    known = {h.code for h in headers} | {h.family for h in headers}
    version = cat.library.policy("customer-needs").at(DAY)
    served = {name for topic in version.needs.values() for name in topic.suits}
    assert served <= known
    lines = {header.line for header in headers if header.code in served}
    assert len(lines) >= 35  # of the 45 lines; the rest are asked for by name
