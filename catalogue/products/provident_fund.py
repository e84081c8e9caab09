"""Housing provident-fund loans: rate by first and second home, limits of the city and of the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from catalogue.definitions.model import RateRule
from catalogue.definitions.structure import Code
from catalogue.products.context import QuoteContext
from catalogue.products.home_rules import SMALL_HOME, first_entry
from catalogue.products.rate_book import Reference
from catalogue.products.rate_rule import quoted_rate
from catalogue.products.results import Check, QuotedRate, Result
from catalogue.products.verdict import verdict
from catalogue.values import Money, Tenor

RATES, SECOND_RATES = "provident-fund-loan", "provident-fund-loan-second"
DOWN_PAYMENTS = "provident-down-payment"
_NOTHING_STATED: Mapping[str, Any] = {}


def provident_rate(ctx: QuoteContext, tenor: Tenor | None = None) -> QuotedRate:
    """The fund's rate of the day for a first or a further home; it is set, never negotiated."""
    sheet = RATES
    if ctx.ask.get("home_count", 1) > 1 and ctx.rates.sheet(SECOND_RATES).version_at(ctx.as_of):
        sheet = SECOND_RATES
    rule = RateRule(reference=Code(sheet), negotiable=False, basis_note="provident-fund rate")
    quoted = quoted_rate(ctx, tenor, rule=rule, stated=_NOTHING_STATED)
    return attrs.evolve(quoted, lowest=quoted.annual, highest=quoted.annual)


def provident_down_payment(ctx: QuoteContext) -> Reference | None:
    """The least share of the price that the buyer pays, with its source."""
    area, columns = ctx.ask.get("area"), []
    if ctx.ask.get("home_count", 1) == 1:
        columns = ["first-small"] if area is not None and area <= SMALL_HOME else []
        columns.append("first")
    else:
        columns = ["second-repaid"] if ctx.customer.get("open_home_loans") == 0 else []
        columns.append("second")
    return first_entry(ctx, DOWN_PAYMENTS, columns)


def account_limit(ctx: QuoteContext) -> Money | None:
    """Balances of the borrower's and the joint borrower's accounts × the bank's figure; None if unknown."""
    own = ctx.customer.get("fund_balance")
    if own is None or not ctx.has_figure("balance_multiple"):
        return None
    joint = ctx.customer.get("co_borrower_fund_balance")
    balance = own if joint is None else own + joint
    times: Decimal = ctx.figure("balance_multiple")
    return Money.rounded(balance.amount * times, balance.currency)


def fund_limit(ctx: QuoteContext) -> Money | None:
    """The lower of the city's limit (ask) and what the accounts bear; None when the city's is unknown."""
    city, account = ctx.ask.get("fund_limit"), account_limit(ctx)
    if city is None:
        return None
    limit: Money = city if account is None else min(city, account)
    ctx.explain(
        "result.fund_limit",
        limit,
        "lower of the city's limit and balances × multiple",
        {"city": city, "account": account},
    )
    return limit


def fund_results(ctx: QuoteContext) -> Sequence[Result]:
    """The limit of the fund's loan, when the ask states the city's."""
    limit = fund_limit(ctx)
    if limit is None:
        return ()
    return (Result("fund_limit", "Limit of the provident-fund loan", "公积金贷款可贷额度", limit),)


def fund_check(ctx: QuoteContext, amount: Money) -> Check:
    """The fund's loan within the city's and the account's limit."""
    limit = fund_limit(ctx)
    known = limit is not None and ctx.customer.get("fund_balance") is not None
    within = None
    if limit is not None and (known or amount > limit):
        within = amount <= limit
    missing = ["ask.fund_limit"] if limit is None else []
    if ctx.customer.get("fund_balance") is None:
        missing.append("customer.fund_balance")
    return verdict(
        ctx,
        "fund-limit",
        within,
        (
            "The provident-fund loan is within the city's limit and the account's",
            "公积金贷款不超过当地最高额度及账户可贷额度",
        ),
        source=ctx.source("figures", "balance_multiple"),
        found={} if limit is None else {"amount": amount, "limit": limit},
        missing=missing,
        bring=("provident-fund statement and the city's limit", "公积金缴存证明及当地最高贷款额度"),
    )
