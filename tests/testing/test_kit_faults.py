"""Faults that the kit must find, each told with the product, the ask and the fault."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue import Contract, Flow, InputError, Money, Product, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.results import Fee, PlainRow
from catalogue.testing import ProductConformance, broken_invariants
from catalogue.values import add_months

from .test_kit import DEFINITION, Sound, kit

SOUND = "test_every_worked_example_is_quoted_and_sound"
DRAWN = "test_drawn_asks_are_sound_or_refused_clearly"
FEES = "test_fees_do_not_fall_when_the_amount_rises"


def failure(made: ProductConformance, test: str) -> str:
    """The message with which a test of the kit fails."""
    with pytest.raises(AssertionError) as caught:
        getattr(made, test)()
    return str(caught.value)


# -- products that are no borrowing -------------------------------------------------------------


class Deposit(Product):
    """Interest of 1 % at each month's end, the principal at last; `wrong` is what a row gets wrong."""

    wrong: dict[str, Any] = {}  # noqa: RUF012 - never written
    at = 0
    total = 0

    def price(self, ctx: Any, terms: Terms) -> Contract:
        assert terms.amount is not None
        assert terms.tenor is not None
        months = terms.tenor.months or 1
        interest = Money.rounded(terms.amount.amount / 100, terms.currency)
        rows, last = [], terms.start
        for number in range(1, months + 1):
            due = add_months(terms.start, number)
            back = terms.amount if number == months else Money.zero(terms.currency)
            rows.append(
                PlainRow(
                    number, due, (due - last).days, terms.amount.amount, back.amount, interest.amount,
                    Money.zero().amount, (back + interest).amount, (terms.amount - back).amount,
                )
            )  # fmt: skip
            last = due
        row = rows[self.at]
        rows[self.at] = attrs.evolve(
            row, **{name: getattr(row, name) + by for name, by in self.wrong.items()}
        )
        flows = (Flow(terms.start, -terms.amount, "paid in"),)
        earned = interest * months + Money.of(self.total)
        return Contract(
            terms.currency, flows, {"principal": terms.amount, "interest": earned}, tuple(rows)
        )


def deposit(**faults: Any) -> Product:
    return type("Faulty", (Deposit,), faults)()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({"wrong": {"closing": 1}}, "row 1: 12000.00 less 0.00 is not 12001.00"),
        ({"wrong": {"opening": 1, "closing": 1}, "at": 1}, "row 3: opens at 12000.00, the row before closed at 12001.00"),
        ({"wrong": {"principal": -1, "payment": -1, "closing": 1}, "at": -1}, "the last row closes at 1.00"),
        ({"wrong": {"interest": 1, "payment": 1}}, "totals.interest: 1440.00 CNY is not the rows' sum, 1441.00"),
        ({"total": 1}, "totals.interest: 1441.00 CNY is not the rows' sum, 1440.00"),
        ({"wrong": {"payment": 1}}, "row 1: payment 121.00 is not principal + interest + fee"),
    ],
)  # fmt: skip
def test_a_balance_or_a_total_of_a_deposit(
    tmp_path: Path, faults: dict[str, Any], words: str
) -> None:
    assert failure(kit(tmp_path, deposit(**faults)), SOUND).startswith(
        f"kit-loan asked amount=12000, tenor=12m: {words}"
    )


def test_a_sound_deposit_passes_and_a_rule_may_be_lifted(tmp_path: Path) -> None:
    getattr(kit(tmp_path, deposit()), SOUND)()
    made = kit(tmp_path, deposit(total=1))
    type(made).exempt = {"interest": "a test"}
    getattr(made, SOUND)()
    loan = kit(tmp_path, Sound())
    quote = loan.quote(loan.baseline(loan.example()), loan.example())
    wrong = attrs.evolve(quote, totals={**quote.totals, "interest": Money.of(1)})
    assert any("totals.interest" in text for text in broken_invariants(wrong, ["interest"]))


# -- what a reader would miss -------------------------------------------------------------------


class EnglishFee(Sound.__mro__[1]):  # type: ignore[misc]
    """Its fee has no Chinese name."""

    def fees(self, ctx: Any, terms: Terms, contract: Contract) -> list[Fee]:
        return [Fee("own", "Own", "Own", Money.of(1), "flat", "none")]


@pytest.mark.parametrize(
    ("plugin", "text", "words"),
    [
        (EnglishFee(), DEFINITION, "fee own: name_zh 'Own' is not Chinese"),
        (Sound(), DEFINITION.replace("测试贷款", "Kit loan"), "name_zh 'Kit loan' is not Chinese"),
    ],
)
def test_a_word_that_is_not_chinese(tmp_path: Path, plugin: Any, text: str, words: str) -> None:
    told = failure(kit(tmp_path, plugin, text), SOUND)
    assert told.startswith("kit-loan asked amount=12000, tenor=12m: ")
    assert words in told


# -- an ask that the plugin cannot work with ----------------------------------------------------

ROWS = DEFINITION.replace(
    "[versions.rate]",
    '[versions.ask.marks]\ntype = "rows"\nlabel = "Marks"\nlabel_zh = "价格"\nrequired = true\n'
    'columns = { price = "number" }\n\n[versions.rate]',
    1,
).replace('tenor = "12m" }', 'tenor = "12m", marks = [{ price = 3 }, { price = 4 }] }')


class FirstMark(Product):
    """Looks at the first row, which need not be there."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        if ctx.ask["marks"][0]["price"] < 0:
            raise InputError("marks: a price is negative")
        zero = Money.zero()
        return Contract("CNY", totals={"principal": terms.amount or zero, "interest": zero})


def test_rows_are_drawn_too_and_a_traceback_is_told_with_the_ask(tmp_path: Path) -> None:
    told = failure(kit(tmp_path, FirstMark(), ROWS), DRAWN)
    assert re.search(r"kit-loan asked .*marks=\[\]: plugin 'kit-loan' \(local\)", told)
    assert "hook 'price' raised IndexError" in told


class FailsAbove(Sound.__mro__[1]):  # type: ignore[misc]
    """Cannot price more than 12,000."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        if terms.amount is not None and terms.amount > Money.of(12_000):
            raise ZeroDivisionError("above")
        return super().price(ctx, terms)  # type: ignore[no-any-return]


@pytest.mark.parametrize("test", [DRAWN, FEES])
def test_a_traceback_on_a_drawn_ask(tmp_path: Path, test: str) -> None:
    told = failure(kit(tmp_path, FailsAbove()), test)
    assert re.search(
        r"kit-loan asked amount=\S+, tenor=\S+: .*raised ZeroDivisionError: above", told
    )


class TakesAnything(Sound.__mro__[1]):  # type: ignore[misc]
    """Refuses with a message that names nothing."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        raise InputError("sorry")


def test_a_refusal_that_names_nothing(tmp_path: Path) -> None:
    told = failure(kit(tmp_path, TakesAnything()), DRAWN)
    assert re.search(r"kit-loan asked amount=\S+, tenor=\S+: unclear: refused by .sorry", told)


# -- fees on something else than the amount -----------------------------------------------------


def test_a_fee_on_a_number_must_not_fall_either(tmp_path: Path) -> None:
    text = DEFINITION.replace(
        "[versions.rate]\nfixed = 0.06\n",
        '[versions.ask.grams]\ntype = "number"\nlabel = "Grams"\nlabel_zh = "克"\nmin = 1\nmax = 1_000\n',
    ).replace(
        'method = "percent"\nbase = "ask.amount"\nrate = 0.01',
        'method = "slab"\nbase = "ask.grams"\ntiers = [{ up_to = 100, rate = 2 }, { rate = 1 }]',
    ).replace('tenor = "12m" }', 'tenor = "12m", grams = 80 }')  # fmt: skip
    told = failure(kit(tmp_path, FeeService(), text), FEES)
    assert re.search(
        r"kit-loan asked .*: fee arrangement: \S+ CNY on \d+, but \S+ CNY on \d+", told
    )


# -- JSON, figures, versions: the product is named ----------------------------------------------


def test_json_beside_the_schema_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kit(tmp_path, Sound())
    quote = made.quote(made.baseline(made.example()), made.example())
    wrong = attrs.evolve(quote, quote_id="yuan")
    monkeypatch.setattr(type(made), "quote", lambda *_: wrong)
    told = failure(made, "test_json_fits_the_contract")
    assert told.startswith("kit-loan asked amount=12000, tenor=12m: JSON $")
    assert "'yuan'" in told


@pytest.mark.parametrize(
    ("old", "new", "test"),
    [
        ("[versions.rate]", "[versions.figures]\nlost = 5\n[versions.rate]", "test_every_figure_is_used_or_declared_informative"),
        ("[[examples]]", '[[versions]]\neffective_from = 2026-01-01\nsource = "tariff"\nbasis = "illustrative"\n'
         "[versions.ask.amount]\nmin = 900_000\n[[examples]]", "test_every_version_can_be_quoted"),
        ('expect = { "totals.fees" = "120.00" }', "", "test_every_worked_example_gives_its_figures"),
        ('"120.00"', '"121.00"', "test_every_worked_example_gives_its_figures"),
    ],
)  # fmt: skip
def test_faults_of_a_definition_name_the_product(
    tmp_path: Path, old: str, new: str, test: str
) -> None:
    assert failure(kit(tmp_path, Sound(), DEFINITION.replace(old, new, 1)), test).startswith(
        "kit-loan"
    )


@pytest.mark.parametrize(
    ("code", "words"), [("", "state the product"), ("no-such-product", "is the package installed")]
)
def test_a_product_that_is_not_there(code: str, words: str) -> None:
    made = type("Kit", (ProductConformance,), {"code": code})()
    for name in (SOUND, "test_bad_asks_give_clear_errors"):
        assert words in failure(made, name)


# -- another process, another day ---------------------------------------------------------------

PLUGIN = """\
import datetime, random, time, uuid
from datetime import date
from catalogue import Result
from catalogue.products.loan import Loan


class Own(Loan):
    def results(self, ctx, terms, schedule):
        return [Result("own", "Own", "自有", {value}, "text")]


plugin = Own()
"""


@pytest.mark.parametrize(
    "value",
    [
        "str(date.today())",
        "str(datetime.datetime.now().date())",
        "time.strftime('%Y-%m-%d', time.gmtime(time.time()))",
        "''.join({'set', 'of', 'words', 'in', 'any', 'order'})",
        "str(random.random())",
        "str(uuid.uuid4())",
    ],
)
def test_what_another_day_or_process_would_quote_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    package = f"kit_day_{random.randrange(10**9)}"
    made = tmp_path / package
    (made / "defs/products").mkdir(parents=True)
    (made / "__init__.py").touch()
    (made / "plugin.py").write_text(PLUGIN.replace("{value}", value), "utf-8")
    (made / "defs/products/kit-loan.toml").write_text(DEFINITION, "utf-8")
    (tmp_path / f"{package}-1.0.dist-info").mkdir()
    (tmp_path / f"{package}-1.0.dist-info/entry_points.txt").write_text(
        f"[catalogue.products]\nkit-loan = {package}.plugin:plugin\n"
        f"[catalogue.definitions]\nkit-loan = {package}.defs\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    kit_class = type("Kit", (ProductConformance,), {"code": "kit-loan"})
    told = failure(kit_class(), "test_two_runs_give_the_same_bytes")
    assert told.startswith("kit-loan asked amount=12000, tenor=12m: ")
    assert "differ in" in told
    assert "results" in told
