"""State-subsidised student loan (国家助学贷款): the state's stream and the student's, apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from catalogue import Check, Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.maths import schedule
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.loan import annual_rates, need_amount
from catalogue.products.student import StudyLoan
from catalogue.products.verdict import verdict
from catalogue.values import add_months

_OF_ROWS = ("first_payment", "largest_payment", "last_payment", "interest_saved")


class StudentLoan(StudyLoan):
    """The rows show the whole interest; the student's flows are without what the state pays."""

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """Drawn by study year."""
        made = super().plan(ctx, terms)
        made["drawdowns"] = [(day, part.amount) for day, part in self._draws(ctx, terms)]
        return made

    def contract(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Contract:
        """The student's own flows, and the state's interest beside them."""
        whole = super().contract(ctx, terms, rows)
        subsidy = self._subsidies(ctx, terms, rows)
        state = Money.total(subsidy.values(), terms.currency)
        own = whole.totals["interest"] - state
        ctx.explain(
            "state.interest",
            state,
            "interest of each row × the state's share of its phase",
            {
                "studying": ctx.figure("state_share"),
                "after": ctx.figure("state_share_grace"),
                "studies_end": self._ends(ctx, terms),
            },
        )
        paid = [
            Flow(day, part, "interest paid by the state") for day, part in subsidy.items() if part
        ]
        drawn, share = self._draws(ctx, terms)[0][1], ctx.figure("state_share")
        results = (
            *(_with_state(result) for result in whole.results),
            Result("drawn_each_year", "Drawn each study year", "每学年发放", drawn),
            Result("state_interest", "Interest paid by the state", "财政贴息合计", state),
            Result("student_interest", "Interest paid by the student", "学生付息合计", own),
            *self._streams(ctx, terms, rows, subsidy),
            Result("state_share", "Share of the state while studying", "在校期间贴息比例", share, "rate"),
            *self._compensation(ctx, terms),
            Result("studies_end", "End of studies", "毕业日", self._ends(ctx, terms), "date"),
        )  # fmt: skip
        return attrs.evolve(
            whole,
            flows=tuple(sorted((*whole.flows, *paid), key=lambda flow: flow.on)),
            totals={**whole.totals, "state_interest": state, "student_interest": own},
            results=results,
        )

    def savings(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What early repayments save, and how much of it is the student's: the rest saves the state."""
        made = super().savings(ctx, terms, rows)
        if not made:
            return made
        plan = {**self.plan(ctx, terms), "extra_payments": ()}
        without = schedule(need_amount(terms).amount, annual_rates(ctx, terms), **plan)

        def own(each: Schedule) -> Money:
            state = Money.total(self._subsidies(ctx, terms, each).values(), terms.currency)
            return Money.of(each.total_interest, terms.currency) - state

        words = ("Interest saved, the student's own part", "其中学生节省利息")
        return [*made, Result("student_interest_saved", *words, own(without) - own(rows))]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Within the limit of a study year, and repaid within the years after the studies."""
        most = Money.of(ctx.figure("yearly_limit", key=ctx.ask["level"]))
        each = self._draws(ctx, terms)[0][1]
        years = int(ctx.figure("years_after_study"))
        last = add_months(self._ends(ctx, terms), 12 * years)
        return [
            verdict(
                ctx,
                "yearly-limit",
                each <= most,
                (f"At most {most.grouped()} yuan a study year", f"每学年不超过{most.grouped()}元"),
                source=ctx.source("figures", "yearly_limit"),
                found={"each_year": each},
            ),
            verdict(
                ctx,
                "study-and-term",
                terms.maturity is not None and terms.maturity <= last,
                (
                    f"Repaid within {years} years of the end of studies",
                    f"贷款期限不超过剩余学制加{years}年",
                ),
                source=ctx.source("figures", "years_after_study"),
                found={"latest": last},
            ),
        ]

    def _draws(self, ctx: QuoteContext, terms: Terms) -> list[tuple[date, Money]]:
        """The loan in equal parts at the start of each study year."""
        years = max(1, int(ctx.ask["study_years"]))
        parts = need_amount(terms).allocate([1] * years)
        return [(add_months(terms.start, 12 * n), part) for n, part in enumerate(parts)]

    def _streams(
        self, ctx: QuoteContext, terms: Terms, rows: Schedule, subsidy: Mapping[date, Money]
    ) -> Sequence[Result]:
        """What the student pays in each phase, and the first payment that is the student's own."""
        ends = self._ends(ctx, terms)
        grace_ends = add_months(ends, ctx.ask["grace_months"])
        paid = {row.due: Money.of(row.payment, terms.currency) - subsidy[row.due] for row in rows}

        def between(after: date | None, until: date | None) -> Money:
            days = (d for d in paid if (not after or d > after) and (not until or d <= until))
            return Money.total((paid[day] for day in days), terms.currency)

        first = next((day for day in paid if paid[day]), terms.start)
        made = [
            Result("student_while_studying", "Paid by the student while studying",
                   "在校期间学生付款", between(None, ends)),
            Result("student_in_grace", "Paid by the student in the grace after graduation",
                   "毕业后宽限期学生付款", between(ends, grace_ends)),
            Result("student_after_grace", "Paid by the student after the grace",
                   "宽限期后学生还本付息", between(grace_ends, None)),
            Result("student_paid", "Paid by the student in all, principal and interest",
                   "学生还本付息合计", Money.total(paid.values(), terms.currency)),
            Result("grace_ends", "End of the grace", "还本宽限期结束日", grace_ends, "date"),
            Result("student_first_due", "First payment of the student's own falls due",
                   "学生首次付款日", first, "date"),
        ]  # fmt: skip
        if first in paid:
            words = ("First payment of the student's own", "学生首次付款额")
            made.append(Result("student_first_payment", *words, paid[first]))
        return made

    def _compensation(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What the state pays the bank for the risk; no part of what the student pays."""
        share = ctx.figure("risk_compensation")
        amount = need_amount(terms).scaled(share)
        ctx.explain("result.risk_compensation", amount, "loan × share", {"share": share})
        words = ("Risk compensation by the state to the bank", "财政支付的风险补偿金")
        return (Result("risk_compensation", *words, amount),)

    def _ends(self, ctx: QuoteContext, terms: Terms) -> date:
        return add_months(terms.start, self.study_months(ctx))

    def _subsidies(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> dict[date, Money]:
        """Due date → what the state pays of that row's interest."""
        studying, after = (
            Fraction(ctx.figure("state_share")),
            Fraction(ctx.figure("state_share_grace")),
        )
        ends = self._ends(ctx, terms)
        return {
            row.due: Money.rounded(
                Fraction(row.interest) * Fraction(studying if row.due <= ends else after),
                terms.currency,
            )
            for row in rows
        }


def _with_state(result: Result) -> Result:
    """A figure of the rows, named so that nobody takes it for what the student alone pays."""
    if result.code not in _OF_ROWS:
        return result
    label, label_zh = f"{result.label}, the state's part included", f"{result.label_zh}(含财政贴息)"
    return attrs.evolve(result, label=label, label_zh=label_zh)


plugin = StudentLoan()
