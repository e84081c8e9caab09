"""Import letter of credit (进口信用证): issue, amend, accept, pay; margin and exposure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from catalogue import InputError, Money, QuoteContext, Result, Tenor, Terms
from catalogue.definitions.fee_model import Period
from catalogue.products.periods import count_periods
from catalogue.products.trade import Undertaking, borne_by_other
from catalogue.values import add_business_days


class ImportLetterOfCredit(Undertaking):
    """The whole life of a credit as one total; acceptance is charged by the months of usance.

    Documents are taken up when they have been examined, at the latest on the expiry where the ask says
    no day of presentation; they are paid then or, with usance, so many days after their presentation.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The credit with its usance as a tenor, and what is paid under it after an increase."""
        ask, days = ctx.ask, ctx.ask["usance_days"]
        if ask["discrepancies"] > ask["presentations"]:
            raise InputError(
                f"discrepancies: {ask['discrepancies']} presentations with discrepancies are more"
                f" than the {ask['presentations']} presentations"
            )
        expiry = _expires_on(ctx)
        taken_up = _examined_by(ctx, expiry) or expiry
        paid = max(taken_up, (ask.get("presented") or expiry) + timedelta(days=days))
        return (
            super()
            .terms(ctx)
            .with_extra(
                usance=Tenor(days, "d") if days else None,
                paid_under=ask.amount + ask["increase"],
                quarters_added=_quarters_added(ctx, expiry),
                taken_up_on=taken_up if ask["presentations"] else None,
                paid_on=paid if ask["presentations"] else None,
            )
        )

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Margin and exposure, the last day for the documents, and the charges of the seller."""
        made = list(super().results(ctx, terms))
        if "presented" in ctx.ask:
            day = terms.extra["taken_up_on"]
            made.append(Result("examined_by", "Documents examined by", "最迟审单日", day, "date"))
        return [*made, *borne_by_other(ctx, terms, self.fee_currency)]

    def liable(self, ctx: QuoteContext) -> Money:
        """The amount with increase and tolerance: the most that may be drawn."""
        amount: Money = ctx.ask.amount + ctx.ask["increase"]
        return amount + amount.scaled(ctx.ask["tolerance"])

    def conversion_factor(self, ctx: QuoteContext) -> Decimal:
        """That of a short trade credit, or the higher one beyond a year of validity and usance."""
        last = _expires_on(ctx) + timedelta(days=ctx.ask["usance_days"])
        short = last <= Tenor(1, "y").end(ctx.ask.start)
        return ctx.figure("conversion_factor" if short else "conversion_factor_long")


def _expires_on(ctx: QuoteContext) -> date:
    """The expiry, after the ask's extension if there is one.

    Raises:
        InputError: the extension ends no later than the credit itself.
    """
    issued_to: date = ctx.ask.maturity
    extended: date | None = ctx.ask.get("extended_to")
    if extended is not None and extended <= issued_to:
        raise InputError(f"extended_to: {extended} is not after the expiry on {issued_to}")
    return extended or issued_to


def _quarters_added(ctx: QuoteContext, expiry: date) -> int | None:
    """Quarters begun that an extension adds to those paid at issue; None without one."""
    if expiry == ctx.ask.maturity:
        return None
    quarter = Period("quarter", "begun")
    paid, whole = (
        count_periods(quarter, ctx.ask.start, end)[0] for end in (ctx.ask.maturity, expiry)
    )
    return int(whole - paid)


def _examined_by(ctx: QuoteContext, expiry: date) -> date | None:
    """The last day for examining the documents, None when the ask says no day of presentation.

    Raises:
        InputError: documents are presented, but none are expected; or not while the credit is valid.
    """
    presented: date | None = ctx.ask.get("presented")
    if presented is None:
        return None
    if not ctx.ask["presentations"]:
        raise InputError(
            f"presented: documents are presented on {presented}, but presentations is 0;"
            " state 1 or more, or leave the day out"
        )
    if not ctx.ask.start <= presented <= expiry:
        raise InputError(
            f"presented: {presented} is not between the issue on {ctx.ask.start} and the expiry"
            f" on {expiry}"
        )
    days = int(ctx.figure("examination_days"))
    examined = add_business_days(presented, days, ctx.calendar)
    ctx.explain(
        "result.examined_by",
        examined,
        "presentation + banking days",
        {"presented": presented, "days": days},
    )
    return examined


plugin = ImportLetterOfCredit()
