"""Projects: own capital by industry, the financing gap, debt-service cover, interest while building."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths import payoff
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Result
from catalogue.products.verdict import verdict
from catalogue.values import Money, percent_text

_PLACES = Decimal("0.0001")
_STUDY = ("feasibility study and financing plan of the project", "项目可行性研究报告及资金筹措方案")


def own_capital_share(ctx: QuoteContext) -> Decimal | None:
    """own_capital ÷ project_investment to 4 places; None when the ask lacks one of them."""
    own, whole = ctx.ask.get("own_capital"), ctx.ask.get("project_investment")
    if own is None or whole is None or not whole:
        return None
    share: Decimal = (own.amount / whole.amount).quantize(_PLACES)
    return share


def own_capital_results(ctx: QuoteContext) -> Sequence[Result]:
    """The share and the least share of the industry by the rule of the day."""
    share = own_capital_share(ctx)
    least = ctx.figure("min_own_capital", key=ctx.ask["industry"])
    made = [
        Result("min_own_capital_share", "Least own-capital share", "最低资本金比例", least, "rate")
    ]
    if share is not None:
        inputs = {name: ctx.ask.get(name) for name in ("own_capital", "project_investment")}
        ctx.explain("result.own_capital_share", share, "own capital ÷ total investment", inputs)
        made.insert(
            0, Result("own_capital_share", "Own-capital share", "资本金比例", share, "rate")
        )
    return made


def own_capital_checks(ctx: QuoteContext, amount: Money) -> Sequence[Check]:
    """Own capital at least the industry's share; the loan within what the project still lacks."""
    industry, share = ctx.ask["industry"], own_capital_share(ctx)
    least = ctx.figure("min_own_capital", key=industry)
    own, whole = ctx.ask.get("own_capital"), ctx.ask.get("project_investment")
    enough = within = None
    found = {}
    if own is not None and whole is not None:
        enough, within = own.amount >= whole.amount * least, own + amount <= whole
        found = {"own_capital": own, "amount": amount, "investment": whole}
    missing = ("ask.project_investment", "ask.own_capital")
    return (
        verdict(
            ctx,
            "own-capital",
            enough,
            (
                f"Own capital at least {percent_text(least)} of the investment",
                f"项目资本金比例不低于{percent_text(least)}",
            ),
            source=ctx.source("figures", "min_own_capital", "values", industry),
            found={} if share is None else {"industry": industry, "share": share},
            missing=missing,
            bring=_STUDY,
        ),
        verdict(
            ctx,
            "financing-gap",
            within,
            (
                "Own capital and loan do not exceed the investment",
                "资本金与贷款之和不超过项目总投资",
            ),
            source=ctx.source("conditions", "company"),
            found=found,
            missing=missing,
            bring=_STUDY,
        ),
    )


def debt_service(rows: Schedule) -> Mapping[int, Money]:
    """Principal and interest by calendar year."""
    years: dict[int, int] = {}
    for due, payment in zip(rows.columns.due, rows.columns.payment, strict=True):
        years[due.year] = years.get(due.year, 0) + payment
    return {year: Money(minor, rows.currency) for year, minor in years.items() if minor}


def service_cover(ctx: QuoteContext, rows: Schedule) -> Mapping[int, Decimal]:
    """Cash available for debt service ÷ debt service, by the years that the ask gives, to 4 places.

    Flows of one year are added. Years of the loan without cash flows, and years with cash flows but
    without debt service, are left out and told.
    """
    given: dict[int, Money] = {}
    for row in ctx.ask.get("project_cash_flows", ()):
        zero = Money.zero(rows.currency)
        given[row["year"]] = given.get(row["year"], zero) + row["amount"]
    if not given:
        return {}
    service = debt_service(rows)
    lacking = [str(year) for year in service if year not in given]
    if lacking:
        ctx.warn(f"project_cash_flows: none given for {', '.join(lacking)}; not covered there")
    unused = [str(year) for year in sorted(given) if year not in service]
    if unused:
        ctx.warn(f"project_cash_flows: no debt service in {', '.join(unused)}; left out")
    cover = {
        year: (given[year].amount / service[year].amount).quantize(_PLACES)
        for year in sorted(service)
        if year in given
    }
    for year, ratio in cover.items():
        ctx.explain(
            f"result.dscr_{year}",
            ratio,
            "cash available for debt service ÷ (principal + interest) of the year",
            {"cash": given[year], "debt_service": service[year]},
        )
    return cover


def cover_results(ctx: QuoteContext, cover: Mapping[int, Decimal]) -> Sequence[Result]:
    """Debt-service cover by year, and the least of them."""
    made = [
        Result(f"dscr_{year}", f"Debt-service cover {year}", f"{year}年偿债备付率", ratio, "number")
        for year, ratio in cover.items()
    ]
    if cover:
        least = min(cover.values())
        years = {str(year): ratio for year, ratio in cover.items()}
        ctx.explain("result.min_dscr", least, "least of the years' covers", years)
        made.append(
            Result("min_dscr", "Least debt-service cover", "最低偿债备付率", least, "number")
        )
    return made


def cover_check(ctx: QuoteContext, least: Decimal | None) -> Check:
    """The least cover against the figure `min_dscr`; unknown cash flows refer."""
    wanted = ctx.figure("min_dscr")
    return verdict(
        ctx,
        "debt-service-cover",
        None if least is None else least >= wanted,
        (f"Debt-service cover at least {wanted} in every year", f"各年偿债备付率不低于{wanted}"),
        source=ctx.source("figures", "min_dscr"),
        found={} if least is None else {"min_dscr": least},
        missing=("ask.project_cash_flows",),
        bring=_STUDY,
    )


def construction_results(ctx: QuoteContext, rows: Schedule) -> Sequence[Result]:
    """Interest up to the end of construction, what has accrued since the last due date with it.

    The end is the ask's `construction_end`, else the last due date of the grace period; without
    either there is no figure.

    Raises:
        InputError: construction ends outside the loan's life.
    """
    due, grace = rows.columns.due, ctx.ask.get("grace", 0)
    settled = [day for day, days in zip(due, rows.columns.days, strict=True) if days]
    ends = ctx.ask.get("construction_end") or (settled[grace - 1] if grace else None)
    if ends is None:
        return ()
    if not rows.start < ends <= due[-1]:
        raise InputError(f"construction_end: {ends} is not after {rows.start} and up to {due[-1]}")
    paid = sum(part for day, part in zip(due, rows.columns.interest, strict=True) if day <= ends)
    accrued = Money.of(payoff(rows, ends).interest, rows.currency)
    interest = Money(paid, rows.currency) + accrued
    ctx.explain(
        "result.construction_interest",
        interest,
        "interest due up to the end of construction + interest accrued since",
        {"ends": ends, "due": Money(paid, rows.currency), "accrued": accrued},
    )
    return (
        Result("construction_interest", "Interest during construction", "建设期利息", interest),
    )
