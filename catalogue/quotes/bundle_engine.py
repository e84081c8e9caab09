"""Pricing a bundle: each line alone, then the benefits in their order, each measured by requoting.

A benefit is worth what it changes in the client's cost of the line, so the benefits of a line sum to
the difference between alone and in the bundle, to the minor unit, whatever they touch. A line with a
price of its own (`own_price`) costs nothing one by one: the saving is the benefits less that price.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from catalogue.bundles.benefits import Granter, LineState
from catalogue.bundles.model import BundleDefinition, BundleVersion
from catalogue.bundles.request import BundleRequest
from catalogue.definitions.conditions import evaluate
from catalogue.definitions.library import Library
from catalogue.definitions.versions import need_version
from catalogue.errors import InputError, PluginError
from catalogue.products.customer import Customer
from catalogue.products.explanation import source_text
from catalogue.products.results import Check
from catalogue.quotes.bundle_facts import BundleFacts
from catalogue.quotes.bundle_quote import BundleQuote, LeftOut, LineBenefit, QuotedLine
from catalogue.quotes.engine import Engine
from catalogue.quotes.identity import engine_name, identify
from catalogue.quotes.quote import Quote
from catalogue.values import Money, in_own_context
from catalogue.values.text import clean

CURRENCY = "CNY"
VALID_DAYS = 30


class BundleEngine:
    """Prices bundle requests over one pricing engine."""

    def __init__(
        self, engine: Engine, library: Library, bundle: Callable[[str], BundleDefinition]
    ) -> None:
        self.engine = engine
        self.library = library
        self.bundle = bundle

    @in_own_context
    def quote(self, request: BundleRequest, customer: Customer, as_of: date) -> BundleQuote:
        """A whole bundle quote.

        Raises:
            InputError: every fault of every line's ask, each with its line.
        """
        customer, _ = customer.typed(self.library.facts())
        definition, version = self._version(request, as_of)
        if version is not None:
            request = request.over(version)
        states, left_out = self._alone(request, customer, as_of)
        warnings: list[str] = []
        checks = self._checks(definition, version, customer, states)
        complete = _complete(version, states, left_out, checks, warnings)
        benefits: list[LineBenefit] = []
        if version is not None and definition is not None and complete:
            benefits = self._benefits(definition, version, states, customer, as_of, warnings)
        lines = tuple(self._line(state, version) for state in states.values())
        return self._assemble(
            request,
            definition,
            version,
            customer,
            as_of,
            lines,
            tuple(left_out),
            tuple(benefits),
            tuple(checks),
            tuple(warnings),
            complete,
        )

    def _version(
        self, request: BundleRequest, as_of: date
    ) -> tuple[BundleDefinition | None, BundleVersion | None]:
        if request.bundle is None:
            return None, None
        definition = self.bundle(request.bundle)
        return definition, need_version(definition.versions, as_of, request.bundle)

    def _alone(
        self, request: BundleRequest, customer: Customer, as_of: date
    ) -> tuple[dict[str, LineState], list[LeftOut]]:
        states: dict[str, LineState] = {}
        left_out: list[LeftOut] = []
        problems: list[str] = []
        for line, ask in request.lines.items():
            try:
                quote = self.engine.quote(ask, customer, as_of)
            except InputError as error:
                problems += [_of_line(line, problem) for problem in error.problems]
                continue
            except PluginError as error:
                left_out.append(LeftOut(line, ask.product, (str(error),), (str(error),)))
                continue
            failed = [check for check in quote.checks if check.outcome == "fail"]
            if failed:
                left_out.append(
                    LeftOut(
                        line,
                        ask.product,
                        tuple(check.reason for check in failed),
                        tuple(check.reason_zh for check in failed),
                        quote,
                    )
                )
                continue
            states[line] = LineState(line, ask, quote, quote)
        if problems:
            raise InputError.many(problems)
        return states, left_out

    def _checks(
        self,
        definition: BundleDefinition | None,
        version: BundleVersion | None,
        customer: Customer,
        states: dict[str, LineState],
    ) -> list[Check]:
        if definition is None or version is None:
            return []
        typed, _ = customer.typed(self.library.facts())
        facts = BundleFacts(typed, states)
        made = []
        for code, condition in version.conditions.items():
            gate = None if condition.when is None else evaluate(condition.when, facts).truth
            if condition.when is not None and gate is False:
                continue
            verdict = evaluate(condition.test, facts)
            outcome: Any = {True: "pass", False: condition.otherwise, None: "refer"}[verdict.truth]
            origin = version.origin("conditions", code)
            made.append(
                Check(
                    code,
                    outcome,
                    condition.reason,
                    condition.reason_zh,
                    source_text(origin.source if origin else None, definition.sources),
                    verdict.found,
                    verdict.missing,
                    condition.bring,
                    condition.bring_zh,
                    "definition",
                )
            )
        return made

    def _benefits(
        self,
        definition: BundleDefinition,
        version: BundleVersion,
        states: dict[str, LineState],
        customer: Customer,
        as_of: date,
        warnings: list[str],
    ) -> list[LineBenefit]:
        def requote(state: LineState) -> Quote:
            return self.engine.quote(state.ask, customer, as_of, state.concessions)

        typed, _ = customer.typed(self.library.facts())
        granter = Granter(version.limits, requote, self.cost, self.convert, warnings)
        made: list[LineBenefit] = []
        for code, benefit in sorted(
            version.benefits.items(), key=lambda item: (item[1].order, item[0])
        ):
            if benefit.lines is not None and not states.keys() & set(benefit.lines):
                continue  # none of its lines is taken
            facts = BundleFacts(typed, states)
            if (
                benefit.applies is not None
                and evaluate(benefit.applies.test, facts).truth is not True
            ):
                warnings.append(
                    f"benefit {code} is not given: {benefit.applies.test.text()} does not hold"
                )
                continue
            origin = version.origin("benefits", code)
            source = source_text(origin.source if origin else None, definition.sources)
            made += [
                LineBenefit(
                    code, benefit.name, benefit.name_zh, g.line, g.amount, g.formula, source
                )
                for g in granter.grant(code, benefit, states, source)
            ]
        return made

    def cost(self, quote: Quote) -> Money:
        """What the client pays less what the client receives, in CNY at the mid rate of the day."""
        net = quote.totals["paid"] - quote.totals["received"]
        return self.convert(net, quote.as_of)

    def convert(self, amount: Money, as_of: date) -> Money:
        """An amount in CNY at the fx sheet's mid rate."""
        if amount.currency == CURRENCY:
            return amount
        mid = self.engine.rates.lookup(
            "fx", as_of, column=f"{amount.currency}/CNY", side="mid"
        ).value
        return Money.rounded(amount.amount * mid, CURRENCY)

    def _line(self, state: LineState, version: BundleVersion | None) -> QuotedLine:
        defined = version.lines.get(state.line) if version is not None else None
        own = defined is not None and defined.own_price
        return QuotedLine(
            line=state.line,
            alone=state.alone,
            quote=state.quote,
            cost_alone=Money.zero(CURRENCY) if own else self.cost(state.alone),
            cost=self.cost(state.quote),
            own_price=own,
        )

    def _assemble(
        self,
        request: BundleRequest,
        definition: BundleDefinition | None,
        version: BundleVersion | None,
        customer: Customer,
        as_of: date,
        lines: tuple[QuotedLine, ...],
        left_out: tuple[LeftOut, ...],
        benefits: tuple[LineBenefit, ...],
        checks: tuple[Check, ...],
        warnings: tuple[str, ...],
        complete: bool,
    ) -> BundleQuote:
        header = definition.header if definition else None
        days = version.valid_days if version else VALID_DAYS
        valid = [as_of + timedelta(days=days), *(line.quote.valid_until for line in lines)]
        quote_id = identify(
            {
                "bundle": request.bundle,
                "name": request.name,
                "as_of": as_of,
                "lines": [(line.line, line.quote.quote_id, line.alone.quote_id) for line in lines],
                "left_out": [(out.line, out.product, out.reasons) for out in left_out],
                "customer": customer.to_dict(),
                "engine": engine_name(),
            },
            self.library.digests(definition.files) if definition else (),
        )
        return BundleQuote(
            quote_id=quote_id,
            engine=engine_name(),
            as_of=as_of,
            valid_until=min(valid),
            customer=customer,
            code=request.bundle,
            name=request.name or (header.name if header else "Bundle of your own"),
            name_zh=request.name_zh or (header.name_zh if header else "自选组合"),
            definition_version=version.effective_from if version else None,
            lines=lines,
            left_out=left_out,
            benefits=benefits,
            checks=checks,
            totals=self._totals(lines, as_of),
            warnings=warnings,
            complete=complete,
        )

    def _totals(self, lines: tuple[QuotedLine, ...], as_of: date) -> dict[str, Money]:
        made = {}
        for name in ("principal", "interest", "fees", "paid", "received"):
            made[name] = Money.total(
                (self.convert(line.quote.totals[name], as_of) for line in lines), CURRENCY
            )
        made["cost_alone"] = Money.total((line.cost_alone for line in lines), CURRENCY)
        made["cost"] = Money.total((line.cost for line in lines), CURRENCY)
        made["saving"] = made["cost_alone"] - made["cost"]
        return made


def _of_line(line: str, problem: str) -> str:
    """A fault of one line's ask: the line named, in the words to type too."""
    return f"lines.{clean(line)}: {problem.replace('(--set ', f'(--set {clean(line)}.')}"


def _complete(
    version: BundleVersion | None,
    states: dict[str, LineState],
    left_out: list[LeftOut],
    checks: list[Check],
    warnings: list[str],
) -> bool:
    """Whether the benefits are given: required lines, enough lines, no failed condition."""
    if version is None:
        return not left_out
    good = True
    for line, defined in version.lines.items():
        if defined.required and line not in states:
            warnings.append(f"no benefits: the line {line} ({defined.product}) is required")
            good = False
    if len(states) < version.min_lines:
        warnings.append(
            f"no benefits: {len(states)} lines are taken, at least {version.min_lines} are needed"
        )
        good = False
    for check in checks:
        if check.outcome == "fail":
            warnings.append(f"no benefits: {check.reason}")
            good = False
    return good
