"""Projects: own capital by industry, the financing gap, debt-service cover, interest while building."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.errors import InputError
from catalogue.maths import payoff
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Result, Rows
from catalogue.products.verdict import verdict
from catalogue.values import Money, percent_text, round_places

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
    parts = {}
    if own is not None and whole is not None:
        enough, within = own.amount >= whole.amount * least, own + amount <= whole
        parts = {"own_capital": own, "investment": whole}
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
            found={} if share is None else {"industry": industry, "share": share, **parts},
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
            found=parts and {**parts, "amount": amount},
            missing=missing,
            bring=_STUDY,
        ),
    )


def service_cover(ctx: QuoteContext, rows: Rows) -> Mapping[int, Fraction]:
    """Cash available for debt service ÷ (principal + interest), exact, by the years that have both."""
    cash, service = _cash_flows(ctx), debt_service(rows)
    return {
        year: Fraction(cash[year].amount) / Fraction(due)
        for year, due in service.items()
        if year in cash
    }


def debt_service(rows: Rows) -> Mapping[int, Decimal]:
    """Principal and interest by calendar year, ascending; years in which nothing is due are left out."""
    years: dict[int, Decimal] = {}
    for row in rows:
        years[row.due.year] = years.get(row.due.year, Decimal(0)) + row.payment
    return {year: years[year] for year in sorted(years) if years[year]}


def cover_results(ctx: QuoteContext, rows: Rows) -> Sequence[Result]:
    """Debt-service cover by year to 4 places, and the least of them.

    Years of the loan without cash flows, years with cash flows but without debt service, and a least
    cover in a year that only has interest of the construction period are told.
    """
    cash, service, cover = _cash_flows(ctx), debt_service(rows), service_cover(ctx, rows)
    if not cash:
        return ()
    lacking = [str(year) for year in service if year not in cash]
    if lacking:
        ctx.warn(f"project_cash_flows: none given for {', '.join(lacking)}; not covered there")
    unused = [str(year) for year in sorted(cash) if year not in service]
    if unused:
        ctx.warn(f"project_cash_flows: no debt service in {', '.join(unused)}; left out")
    made = []
    for year, exact in cover.items():
        ctx.explain(
            f"result.dscr_{year}",
            _rounded(exact),
            "cash available for debt service ÷ (principal + interest) of the year",
            {"cash": cash[year], "debt_service": Money.of(service[year], cash[year].currency)},
        )
        made.append(
            _cover(f"dscr_{year}", f"Debt-service cover {year}", f"{year}年偿债备付率", exact)
        )
    if not cover:
        return made
    worst = min(cover, key=cover.__getitem__)
    if worst in _construction_years(ctx, rows):
        ctx.warn(
            f"project_cash_flows: {worst} has interest of the construction period only;"
            " leave the year out where the project's funds pay it"
        )
    years = {str(year): _rounded(exact) for year, exact in cover.items()}
    ctx.explain("result.min_dscr", _rounded(cover[worst]), "least of the years' covers", years)
    return [*made, _cover("min_dscr", "Least debt-service cover", "最低偿债备付率", cover[worst])]


def cover_check(ctx: QuoteContext, rows: Rows) -> Check:
    """Every year's cover against the figure `min_dscr`.

    Refers while cash flows are unknown for a year; but years that have no more than the interest of
    the construction period need none.
    """
    wanted, cover = ctx.figure("min_dscr"), service_cover(ctx, rows)
    needed = set(debt_service(rows)) - _construction_years(ctx, rows)
    holds = all(ratio >= Fraction(wanted) for ratio in cover.values())
    known = cover and (not holds or needed <= set(cover))
    return verdict(
        ctx,
        "debt-service-cover",
        holds if known else None,
        (f"Debt-service cover at least {wanted} in every year", f"各年偿债备付率不低于{wanted}"),
        source=ctx.source("figures", "min_dscr"),
        found={"min_dscr": _rounded(min(cover.values()))} if cover else {},
        missing=("ask.project_cash_flows",),
        bring=_STUDY,
    )


def _cash_flows(ctx: QuoteContext) -> Mapping[int, Money]:
    """The ask's cash flows by year; those of one year are added."""
    years: dict[int, Money] = {}
    for row in ctx.ask.get("project_cash_flows", ()):
        year, amount = row["year"], row["amount"]
        years[year] = years[year] + amount if year in years else amount
    return years


def _construction_years(ctx: QuoteContext, rows: Rows) -> set[int]:
    """The years in which no more falls due than interest up to the end of construction."""
    ends = _construction_end(ctx, [row.due for row in rows if row.days])
    if ends is None:
        return set()
    later = {row.due.year for row in rows if row.principal or (row.payment and row.due > ends)}
    return set(debt_service(rows)) - later


def _construction_end(ctx: QuoteContext, settled: Sequence[date]) -> date | None:
    """The ask's `construction_end`, else the last settlement of interest in the grace period."""
    grace = ctx.ask.get("grace", 0)
    stated: date | None = ctx.ask.get("construction_end")
    return stated or (settled[grace - 1] if grace else None)


def _cover(code: str, label: str, label_zh: str, exact: Fraction) -> Result:
    return Result(code, label, label_zh, _rounded(exact), "number")


def _rounded(exact: Fraction) -> Decimal:
    """To 4 places, half up."""
    return round_places(exact, 4)


def construction_results(ctx: QuoteContext, rows: Schedule) -> Sequence[Result]:
    """Interest up to the end of construction, what has accrued since the last due date with it.

    The end is the ask's `construction_end`, else the last due date of the grace period; without
    either there is no figure.

    Raises:
        InputError: construction ends outside the loan's life.
    """
    due = rows.columns.due
    settled = [day for day, days in zip(due, rows.columns.days, strict=True) if days]
    ends = _construction_end(ctx, settled)
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
