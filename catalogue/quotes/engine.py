"""The pipeline: ask → terms → adjustments → contract → fees → checks → quote. One path for everything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs

from catalogue.bundles.concessions import Concessions, after_cuts
from catalogue.definitions.conditions import evaluate
from catalogue.definitions.library import Library
from catalogue.definitions.model import ProductDefinition, ProductVersion
from catalogue.definitions.versions import need_version
from catalogue.errors import InputError, PluginError
from catalogue.plugin.registry import Registry
from catalogue.products.answers import fault_of
from catalogue.products.ask import Ask, resolve_ask
from catalogue.products.context import QuoteContext
from catalogue.products.customer import Customer, unknown_fact_hint
from catalogue.products.explanation import Entry, Trace
from catalogue.products.fees import definition_fees
from catalogue.products.rate_book import RateBook
from catalogue.products.results import Adjustment, Check, Contract, Fee, QuotedRate, Terms
from catalogue.quotes.assembly import all_in_apr, charge, place_fees, total
from catalogue.quotes.checks import definition_checks
from catalogue.quotes.identity import engine_name, identify
from catalogue.quotes.quote import Quote
from catalogue.values import Calendar, in_own_context, percent_text

_NO_CONCESSIONS = Concessions()


class Engine:
    """Prices asks over one library, registry, rate book and calendar."""

    def __init__(
        self, library: Library, registry: Registry, rates: RateBook, calendar: Calendar
    ) -> None:
        self.library = library
        self.registry = registry
        self.rates = rates
        self.calendar = calendar

    def version(self, code: str, as_of: date) -> tuple[ProductDefinition, ProductVersion]:
        """A product's definition and its version in force on a date.

        Raises:
            InputError: an unknown code, a date before the first version, a product withdrawn.
            PluginError: a plugin has the code, but no folder defines it.
        """
        definition = defined(self.library, self.registry, code)
        return definition, need_version(definition.versions, as_of, code)

    def context(self, ask: Ask, customer: Customer, as_of: date) -> QuoteContext:
        """The ask resolved against the version in force, ready for plugins."""
        definition, version = self.version(ask.product, as_of)
        problems: list[str] = []
        unknown: list[str] = []
        resolved, typed = None, customer
        try:
            resolved = resolve_ask(ask, version, as_of, definition.versions)
        except InputError as error:
            problems += error.problems
        try:
            typed, unknown = customer.typed(self.library.facts())
        except InputError as error:
            problems += error.problems
        if problems or resolved is None:
            raise InputError.many(problems)
        display = self.library.display
        trace = Trace(definition.sources, display)
        ctx = QuoteContext(
            definition,
            version,
            resolved,
            typed,
            as_of,
            self.rates,
            self.calendar,
            trace,
            display,
            self.library.policy,
        )
        for of in (("sources", ""), ("facts", ""), ("products", ask.product)):
            self._warn_of(ctx, *of)
        for name in unknown:
            ctx.warn(unknown_fact_hint(name, self.library.facts()))
        return ctx

    def _warn_of(self, ctx: QuoteContext, kind: str, code: str) -> None:
        """Tell which packages' files a definition was read without."""
        for told in self.library.left_out(kind, code):
            if self.registry.strict:
                raise PluginError(told)
            ctx.warn(
                f"a package's definitions are left out: {told}",
                f"已忽略扩展包的定义文件: {told}",
            )

    @in_own_context
    def quote(
        self, ask: Ask, customer: Customer, as_of: date, concessions: Concessions = _NO_CONCESSIONS
    ) -> Quote:
        """A whole quote.

        Raises:
            InputError: the ask or the customer's facts cannot be used (every fault).
            PluginError: the product's own plugin failed.
        """
        ctx = self.context(ask, customer, as_of)
        terms = self._terms(ctx, concessions)
        contract = self._contract(ctx, terms)
        fees = self._fees(ctx, terms, contract, concessions)
        checks = self._checks(ctx, terms, contract)
        charged = charge(ctx, fees, contract.currency)
        rows = place_fees(contract.schedule, charged, terms)
        return self._quote(
            ctx,
            customer,
            terms,
            contract,
            checks,
            concessions,
            {
                "charged": charged,
                "schedule": rows,
                "totals": total(contract, charged),
                "apr": all_in_apr(ctx, contract, charged, rows),
            },
        )

    def check(self, ask: Ask, customer: Customer, as_of: date) -> tuple[Check, ...]:
        """Only the eligibility checks of a quote."""
        return self.quote(ask, customer, as_of).checks

    def _terms(self, ctx: QuoteContext, concessions: Concessions) -> Terms:
        terms: Terms = self.registry.ask_owner(ctx.code, "terms", Terms, {"ctx": ctx}, fault_of)
        answers = self.registry.ask_all(
            ctx.code, "adjustments", Adjustment, {"ctx": ctx, "terms": terms}, ctx.warn, fault_of
        )
        changes = [attrs.evolve(answer.value, by=answer.by) for answer in answers]
        for change in (*changes, *concessions.rates):
            if terms.rate is None:
                ctx.warn(
                    f"adjustment {change.code} by {change.by}: {ctx.code} has no rate to change"
                )
                continue
            terms = attrs.evolve(terms, rate=self._shifted(ctx, terms.rate, change))
        if terms.rate is not None and terms.rate.annual < 0:
            raise InputError(f"rate: {terms.rate.annual} is below zero after adjustments")
        ctx.settle(terms=terms)
        return terms

    def _shifted(self, ctx: QuoteContext, rate: QuotedRate, change: Adjustment) -> QuotedRate:
        """The rate after one adjustment; the definition's bounds hold, and a cut adjustment is told."""
        shifted = rate.shifted(change.rate_change)
        made = shifted.annual - rate.annual
        if made != change.rate_change:
            ctx.warn(
                f"adjustment {change.code} by {change.by}: {percent_text(change.rate_change)} became"
                f" {percent_text(made)}, the rate is bounded at {percent_text(shifted.annual)}"
            )
        ctx.explain(
            f"adjustment.{change.code}",
            made,
            f"{change.name}: added to the annual rate",
            {
                "by": change.by,
                "source": change.source,
                "before": rate.annual,
                "stated": change.rate_change,
            },
        )
        return shifted

    def _contract(self, ctx: QuoteContext, terms: Terms) -> Contract:
        contract: Contract = self.registry.ask_owner(
            ctx.code, "price", Contract, {"ctx": ctx, "terms": terms}, fault_of
        )
        ctx.settle(contract=contract)
        return contract

    def _fees(
        self, ctx: QuoteContext, terms: Terms, contract: Contract, concessions: Concessions
    ) -> list[Fee]:
        stated = definition_fees(ctx, terms, contract.currency)
        answers = self.registry.ask_all(
            ctx.code,
            "fees",
            Fee,
            {"ctx": ctx, "terms": terms, "contract": contract},
            ctx.warn,
            fault_of,
        )
        added = [attrs.evolve(answer.value, by=answer.by) for answer in answers]
        for fee in added:
            ctx.explain(
                f"fee.{fee.code}", fee.amount, fee.formula, {"by": fee.by, "source": fee.source}
            )
        return [after_cuts(fee, concessions.cuts) for fee in (*stated, *added)]

    def _checks(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> tuple[Check, ...]:
        stated = definition_checks(ctx, self.library.facts())
        answers = self.registry.ask_all(
            ctx.code,
            "eligibility",
            Check,
            {"ctx": ctx, "terms": terms, "contract": contract},
            ctx.warn,
            fault_of,
        )
        return (*stated, *(attrs.evolve(answer.value, by=answer.by) for answer in answers))

    def _quote(
        self,
        ctx: QuoteContext,
        customer: Customer,
        terms: Terms,
        contract: Contract,
        checks: tuple[Check, ...],
        concessions: Concessions,
        parts: Mapping[str, Any],
    ) -> Quote:
        for code in sorted({entry.figure.split(".")[1] for entry in _rates(ctx)}):
            self._warn_of(ctx, "rates", code)
        plugins = self._plugins(ctx.code)
        quote_id = identify(
            {
                "ask": ctx.ask.to_dict(),
                "customer": ctx.customer.to_dict(),
                "as_of": ctx.as_of,
                "engine": engine_name(),
                "plugins": plugins,
                "concessions": repr(concessions),
                "rates": [entry.to_dict() for entry in _rates(ctx)],
            },
            self.library.digests(ctx.definition.files),
        )
        return Quote(
            quote_id=quote_id,
            engine=engine_name(),
            as_of=ctx.as_of,
            valid_until=ctx.as_of + timedelta(days=ctx.version.valid_days),
            product=ctx.header,
            definition_version=ctx.version.effective_from,
            ask=ctx.ask,
            customer=ctx.customer,
            checks=checks,
            terms=terms,
            currency=contract.currency,
            results=contract.results,
            documents=_documents(ctx),
            cross_sell=_partners(ctx),
            explanation=ctx.trace.entries,
            warnings=ctx.warnings,
            plugins=plugins,
            **parts,
        )

    def _plugins(self, code: str) -> tuple[str, ...]:
        owner = self.registry.product_entries[code]
        entries = (owner, *self.registry.quote_extensions())
        return tuple(
            f"{entry.name} ({entry.distribution} {entry.version})".replace(" )", ")")
            for entry in entries
        )


def defined(library: Library, registry: Registry, code: str) -> ProductDefinition:
    """A product's definition; a plugin that came without one is named."""
    if code not in library.paths("products") and (fault := registry.undefined(code)):
        raise fault
    return library.product(code)


def _rates(ctx: QuoteContext) -> list[Entry]:
    """The figures of rate sheets that the quote has read: `rate.<sheet>.<column>`."""
    return [entry for entry in ctx.trace.entries if entry.figure.startswith("rate.")]


def _documents(ctx: QuoteContext) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {"id": code, "name": paper.name, "name_zh": paper.name_zh}
        for code, paper in ctx.version.documents.items()
        if paper.applies is None or evaluate(paper.applies.test, ctx).truth is not False
    )


def _partners(ctx: QuoteContext) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {"product": code, "reason": partner.reason, "reason_zh": partner.reason_zh}
        for code, partner in ctx.version.cross_sell.items()
        if partner.applies is None or evaluate(partner.applies.test, ctx).truth is not False
    )
