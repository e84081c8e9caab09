"""Car loan (个人汽车贷款): share of the price by kind of car and date, seller's subsidy, true cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import attrs

from catalogue import Check, Contract, Fee, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths import schedule
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import burden_results, monthly_burden
from catalogue.products.collateral import loan_to_value, lower_value
from catalogue.products.guarantor import household_checks
from catalogue.products.loan import Loan, need_amount
from catalogue.products.results import annual
from catalogue.products.subsidy import client_rate, subsidy_results, true_rate
from catalogue.products.verdict import verdict
from catalogue.values import percent_text


class CarLoan(Loan):
    """The client pays the rate less the seller's subsidy; the quote's rate is the bank's."""

    deciding_fields = ("car_type", "security")

    def repayment(self, ctx: QuoteContext, terms: Terms) -> Schedule:
        """At the client's rate."""
        if not ctx.ask.get("subsidy_rate"):
            return super().repayment(ctx, terms)
        for path in ("rate_steps", "reference_path"):
            if ctx.ask.get(path):
                raise InputError(f"{path}: a subsidised rate is fixed; leave out one of the two")
        rate = client_rate(ctx, annual(terms))
        return schedule(need_amount(terms).amount, rate, **self.plan(ctx, terms))

    def repricing(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """A subsidised rate is fixed."""
        return () if ctx.ask.get("subsidy_rate") else super().repricing(ctx, terms)

    def savings(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What early repayments save the client, at the rate that the client pays."""
        if terms.rate is None:
            return ()
        paid = attrs.evolve(terms.rate, annual=client_rate(ctx, terms.rate.annual))
        return super().savings(ctx, attrs.evolve(terms, rate=paid), rows)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures, the share of the price, the subsidy and the true cost."""
        burden = monthly_burden(rows, terms)
        return [
            *super().results(ctx, terms, rows),
            *self._subsidy(ctx, terms),
            *true_rate(
                ctx,
                rows,
                ctx.ask.get("cash_discount"),
                ctx.ask.get("service_fee"),
                always=bool(ctx.ask.get("subsidy_rate")),
            ),
            *self._shares(ctx, terms),
            *burden_results(ctx, burden),
        ]

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Early repayment, and what the seller charges for arranging the loan."""
        made = list(super().fees(ctx, terms, contract))
        asked: Money | None = ctx.ask.get("service_fee")
        if asked:
            made.append(
                Fee(
                    "service",
                    "Seller's charge for arranging the loan",
                    "经销商金融服务费",
                    asked,
                    "as stated in the ask",
                    "stated in the ask",
                    due=terms.start,
                )
            )
        return made

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The share of the price, income, age."""
        return [
            self._share_check(ctx, terms),
            *household_checks(ctx, terms, contract),
        ]

    def _subsidy(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        if not ctx.ask.get("subsidy_rate"):
            return ()
        plan = {**self.plan(ctx, terms), "extra_payments": ()}
        amount, rate = need_amount(terms).amount, annual(terms)
        lower = client_rate(ctx, rate)
        own, full = schedule(amount, lower, **plan), schedule(amount, rate, **plan)
        return [
            Result("client_rate", "Rate that the client pays", "客户承担年利率", lower, "rate"),
            *subsidy_results(own, full, rate),
        ]

    def _value(self, ctx: QuoteContext) -> Money | None:
        """The lower of the price paid and the maker's price, or the valuation of a used car."""
        return lower_value(ctx, "price")

    def _most(self, ctx: QuoteContext) -> tuple[Decimal, str]:
        """The greatest share and the key of its figure: by kind of car, until 2004 by security."""
        key = ctx.ask["car_type"]
        if not ctx.has_figure("max_share", key):
            key = ctx.ask["security"]
        return ctx.figure("max_share", key=key), key

    def _shares(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        value, (most, _) = self._value(ctx), self._most(ctx)
        made = [
            Result(
                "min_down_payment_share",
                "Least down payment share",
                "最低首付款比例",
                1 - most,
                "rate",
            )
        ]
        if value is not None:
            share = 1 - loan_to_value(need_amount(terms), value)
            limit = Money.rounded(value.amount * most, value.currency, "down")
            made += [
                Result("down_payment_share", "Down payment share", "首付款比例", share, "rate"),
                Result("max_loan", "Greatest loan on this car", "最高可贷额度", limit),
            ]
        return made

    def _share_check(self, ctx: QuoteContext, terms: Terms) -> Check:
        value, (most, key) = self._value(ctx), self._most(ctx)
        amount = need_amount(terms)
        return verdict(
            ctx,
            "down-payment",
            None if value is None else amount.amount <= value.amount * most,
            (
                f"Loan at most {percent_text(most)} of the car's price",
                f"贷款金额不超过汽车价格的{percent_text(most)}",
            ),
            source=ctx.source("figures", "max_share", "values", key),
            found={} if value is None else {"amount": amount, "value": value},
            missing=("ask.price",),
            bring=("purchase contract of the car", "购车合同"),
        )


plugin = CarLoan()
