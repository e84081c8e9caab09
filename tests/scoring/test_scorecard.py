"""Scorecards: points at the bounds, exact ratios, divisors without a meaning, grades, limits, faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Catalogue, Customer, InputError, Money, PluginError
from catalogue.definitions.facts import FactDef
from catalogue.definitions.problems import Problems
from catalogue.plugin.offers import Score
from catalogue.scoring.loader import load_scorecard
from catalogue.scoring.model import ScorecardDefinition
from catalogue.scoring.scorecard import WeightedScorecard, grade_for

DAY = date(2024, 11, 1)
CARD = """\
code = "card"
name = "Card"
name_zh = "评分卡"
segment = "company"

[sources.house]
title = "House rules"

[[versions]]
effective_from = 2020-01-01
source = "house"
basis = "illustrative"
grades = [{ at_least = 80, grade = "A", limit_share = 0.5 }, { at_least = 50, grade = "B" }, { at_least = 0, grade = "C" }]

[versions.factors.debt]
group = "solvency"
label = "Debt"
label_zh = "负债"
ratio = ["debt", "assets"]
bands = [{ up_to = 0.5, points = 6 }, { up_to = 0.8, points = 3 }, { points = 0 }]

[versions.factors.cover]
group = "solvency"
label = "Cover"
label_zh = "保障"
ratio = ["profit", "interest"]
bands = [{ up_to = 1, points = 0 }, { points = 2 }]
undefined = 2

[versions.factors.record]
group = "character"
label = "Record"
label_zh = "记录"
fact = "record"
answers = { clean = 2, late = 0 }

[[versions]]
effective_from = 2024-01-01
source = "house"
basis = "illustrative"

[versions.factors.record]
answers = { clean = 12, late = 0 }
"""
FACTS = {
    name: FactDef("money", name, name)
    for name in ("debt", "assets", "profit", "interest", "net_assets")
} | {
    "record": FactDef("choice", "record", "record", choices=("clean", "late")),
    "listed": FactDef("bool", "listed", "listed"),
}


def read(tmp_path: Path, text: str) -> tuple[ScorecardDefinition | None, list[str]]:
    path = tmp_path / "card.toml"
    path.write_text(text, "utf-8")
    problems = Problems()
    made = load_scorecard([path], {}, FACTS, problems)
    return made, [problem.text() for problem in problems]


@pytest.fixture
def card(tmp_path: Path) -> WeightedScorecard:
    made, problems = read(tmp_path, CARD)
    assert made is not None, problems
    return WeightedScorecard(made)


def score(card: WeightedScorecard, day: date = DAY, **facts: Any) -> Any:
    return card.score(Customer(facts), day)


@pytest.mark.parametrize(
    ("debt", "points"),
    [("0.00", 6), ("49.99", 6), ("50.00", 3), ("79.99", 3), ("80.00", 0), ("80.01", 0)],
)
def test_a_bound_belongs_to_the_next_band(card: WeightedScorecard, debt: str, points: int) -> None:
    line = score(card, debt=Money.of(debt), assets=Money.of(100)).lines[0]
    assert line.points == points


def test_the_band_is_that_of_the_exact_ratio(card: WeightedScorecard) -> None:
    # 49,999.99 / 100,000 = 0.4999999: shown as 0.5, but still under 0.5
    line = score(card, debt=Decimal("49999.99"), assets=Decimal(100_000)).lines[0]
    assert (line.found, line.points) == (Decimal("0.5000"), 6)


def test_a_ratio_is_shown_rounded_half_up(card: WeightedScorecard) -> None:
    # 1.00125 / 10 = 0.100125: the fifth decimal is 2; 0.12345 → 0.1235 (half even would give 0.1234)
    line = score(card, debt=Decimal("12.345"), assets=Decimal(100)).lines[0]
    assert line.found == Decimal("0.1235")


@pytest.mark.parametrize("assets", [0, -5])
def test_a_divisor_that_is_not_above_zero_gives_the_least(
    card: WeightedScorecard, assets: int
) -> None:
    # −5 of assets must not make debts of 100 a splendid ratio of −20
    line = score(card, debt=Decimal(100), assets=Decimal(assets)).lines[0]
    assert (line.points, line.found) == (0, f"100 / {assets}")


def test_undefined_points_are_given_where_the_definition_states_them(
    card: WeightedScorecard,
) -> None:
    made = score(card, profit=Decimal(5), interest=Decimal(0))
    assert made.lines[1].points == 2
    assert "interest" not in made.missing


def test_missing_facts_give_no_points_and_are_named_once(card: WeightedScorecard) -> None:
    made = score(card, debt=Decimal(1))
    assert made.missing == ("assets", "profit", "interest", "record")
    assert [line.points for line in made.lines] == [None, None, None]
    assert (made.points, made.most, made.grade) == (0, 20, "C")


def test_versions_grades_and_limit(card: WeightedScorecard) -> None:
    facts = {
        "debt": Decimal(1), "assets": Decimal(10), "profit": Decimal(3), "interest": Decimal(1),
        "record": "clean", "net_assets": Money.of("1000.05"),
    }  # fmt: skip
    # 2020: 6 + 2 + 2 = 10 of 10; 2024: 6 + 2 + 12 = 20 of 20; limit 0.5 × 1,000.05 = 500.025 → 500.03
    old, new = score(card, date(2023, 12, 31), **facts), score(card, date(2024, 1, 1), **facts)
    assert (old.points, old.most, old.grade) == (10, 10, "A")
    assert (new.points, new.most, new.grade) == (20, 20, "A")
    assert new.results["limit"] == Money.of("500.03")
    assert score(card, **{**facts, "net_assets": Money.of(-5)}).results["limit"] == Money.zero(
        "CNY"
    )
    with pytest.raises(
        InputError, match="card: has no version on 2019-12-31; its first is of 2020"
    ):
        score(card, date(2019, 12, 31), **facts)


@given(st.integers(0, 20))
def test_a_grade_never_falls_with_more_points(points: int) -> None:
    version = load(CARD).at(DAY)
    order = {"C": 0, "B": 1, "A": 2}
    here = grade_for(version, Decimal(points), Decimal(20)).grade
    share = Fraction(points * 100, 20)
    assert here == ("A" if share >= 80 else "B" if share >= 50 else "C")
    assert order[here] <= order[grade_for(version, Decimal(points + 1), Decimal(20)).grade]


def load(text: str) -> ScorecardDefinition:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made, problems = read(Path(folder), text)
    assert made is not None, problems
    return made


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('fact = "record"', 'fact = "recrd"', "'recrd' is not a customer fact; did you mean 'record'"),
        ('fact = "record"', "", "state either `fact` or `ratio`"),
        ('ratio = ["debt", "assets"]', 'ratio = ["debt"]', "ratio needs exactly two facts"),
        ('"debt", "assets"', '"record", "assets"', "record is a choice; bands need one of"),
        ("{ points = 0 }]", "{ up_to = 2, points = 0 }]", "the last of bands must have no up_to"),
        ("points = 6", "points = -6", "points -6 are below 0"),
        ("answers = { clean = 2, late = 0 }", "answers = { clean = 2 }", "has no points for late"),
        ("clean = 2, late", "clan = 2, late", "is no answer of record; did you mean 'clean'"),
        ("answers = { clean = 2, late = 0 }", "answers = {}", "answers is empty"),
        ("undefined = 2", "undefned = 2", "did you mean 'undefined'"),
        ('fact = "record"', 'fact = "record"\nundefined = 1', "`undefined` belongs to a ratio"),
        ("at_least = 50", "at_least = 80", "grades must descend"),
        ("at_least = 80", "at_least = 101", "is over 100"),
        ('at_least = 0, grade = "C"', 'at_least = 1, grade = "C"', "the last grade must start at 0"),
        ('grade = "B"', 'grade = "A"', "'A' is stated twice"),
        ("limit_share = 0.5", "limit_share = -0.5", "limit_share -0.5 is below 0"),
        ('basis = "illustrative"\ngrades', "grades", "`basis` is missing"),
        ('source = "house"\nbasis = "illustrative"\ngrades', "grades", "without a source"),
    ],
)  # fmt: skip
def test_a_fault_of_a_scorecard_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in CARD
    _, problems = read(tmp_path, CARD.replace(old, new, 1))
    assert any(words in text for text in problems), problems


def test_an_answer_that_the_card_does_not_know(card: WeightedScorecard) -> None:
    with pytest.raises(InputError, match=r"'cleen' has no points in factor record.*did you mean"):
        score(card, record="cleen")
    with pytest.raises(InputError, match=r"customer\.debt: 'much' is not a number"):
        score(card, debt="much", assets=Decimal(1))


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def test_every_card_has_a_hundred_points(cat: Catalogue) -> None:
    for scorecard in cat.scorecards():
        assert isinstance(scorecard, WeightedScorecard)
        for version in scorecard.definition.versions:
            assert sum(factor.most for factor in version.factors.values()) == 100


def test_a_firm_without_debts_loses_nothing_by_it(cat: Catalogue) -> None:
    made = cat.score(
        Customer(
            kind="company", current_assets=5, current_liabilities=0, ebit=3, interest_expense=0
        )
    )
    points = {line.code: line.points for line in made.lines}
    assert (points["current-ratio"], points["interest-cover"]) == (8, 9)


def test_net_assets_below_zero_earn_nothing(cat: Catalogue) -> None:
    made = cat.score(
        Customer(kind="company", total_assets=100, total_liabilities=150, guarantees_given=10)
    )
    points = {line.code: line.points for line in made.lines}
    assert points["contingent-liabilities"] == 0


def test_two_cards_of_one_code(bank: Callable[..., Catalogue]) -> None:
    class Offer:
        def scorecards(self, library: Any) -> list[Any]:
            return []

    from catalogue import hookimpl

    card = WeightedScorecard(load(CARD))
    Offer.scorecards = hookimpl(lambda self, library: [card, card])  # type: ignore[method-assign]
    made = bank({}, extensions={"offer": Offer()})
    with pytest.raises(PluginError, match="scorecard 'card' comes from two plugins"):
        made.score(Customer(kind="company"))


class _Card:
    """A stranger's scorecard that grades by words of its own, or fails."""

    code, name, name_zh, segment = "stranger", "Stranger's card", "外部评分卡", "company"

    def __init__(self, grade: str | None) -> None:
        self.grade = grade

    def score(self, customer: Customer, as_of: date) -> Score:
        if self.grade is None:
            raise ValueError("no data")
        return Score(self.code, Decimal(7), Decimal(10), self.grade, ())


def _with_card(cat: Catalogue, card: _Card) -> Catalogue:
    from catalogue import hookimpl
    from catalogue.plugin.registry import Registry

    class Offer:
        @hookimpl
        def scorecards(self, library: Any) -> list[Any]:
            return [card]

    registry = Registry([])
    registry.add(Offer(), "offer")
    return Catalogue(cat.library, registry, cat.as_of)


def test_a_card_that_fails_is_named_and_takes_no_ranking_down(cat: Catalogue) -> None:
    made = _with_card(cat, _Card(None))
    with pytest.raises(PluginError, match="scorecard 'stranger' raised ValueError: no data"):
        made.score(Customer(kind="company"))
    told = made.standing(Customer(kind="company", industry="post"))
    assert told.score is None
    assert told.warnings == (
        "not scored by stranger: scorecard 'stranger' raised ValueError: no data",
    )


def test_a_grade_that_the_facts_do_not_know_decides_nothing(cat: Catalogue) -> None:
    told = _with_card(cat, _Card("Z")).standing(Customer(kind="company"))
    assert "credit_grade" not in told.derived
    assert any("grade 'Z' is none of AAA, AA" in text for text in told.warnings)


def test_a_profile_beside_such_a_grade(cat: Catalogue) -> None:
    from catalogue.quotes.standing import with_grade

    facts = cat.library.facts()
    scored = Score("stranger", Decimal(7), Decimal(10), "Z", ())
    same, why = with_grade(Customer(kind="company"), scored, facts)
    assert same.get("credit_grade") is None
    assert why is not None
    known, none = with_grade(Customer(kind="company"), attrs.evolve(scored, grade="AA"), facts)
    assert (known.get("credit_grade"), none) == ("AA", None)
