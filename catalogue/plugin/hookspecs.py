"""The contract with plugins: every hook that the core calls, typed. This file is the whole of it.

A plugin is a module or an object with functions of these names, marked with `hookimpl`. It may take
fewer arguments than a hook has. Amounts are Money, rates fractions, dates datetime.date. A product's
own plugin (entry-point group `catalogue.products`, entry name = product code) answers `terms` and
`price` and may answer the rest. Any other plugin (group `catalogue.extensions`) may add fees, checks
and adjustments to any product: it is asked for every quote and looks at `ctx.code`. A plugin with
nothing but scorecards, renderers or commands belongs in the group `catalogue.tools`.
Hooks never change under a plugin: arguments are only added. `since` says when a hook appeared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click

    from catalogue.definitions.library import Library
    from catalogue.definitions.rate_sheets import RateSheet
    from catalogue.plugin.offers import Renderer, Scorecard
    from catalogue.products.context import QuoteContext
    from catalogue.products.results import Adjustment, Check, Contract, Fee, Terms

PROJECT = "catalogue"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def terms(ctx: QuoteContext) -> Terms:  # type: ignore[empty-body]
    """What is agreed: amount, dates, rate, method. Only the product's own plugin is asked. Since 0.1.

    Raise InputError for an ask that cannot be agreed (exit 2).
    Example: `return Terms("CNY", ctx.ask.start, amount=ctx.ask.amount, rate=ctx.rate())`.
    """


@hookspec
def adjustments(ctx: QuoteContext, terms: Terms) -> Sequence[Adjustment]:  # type: ignore[empty-body]
    """Changes of the annual rate by plugins that do not own the product. None or empty: no change. Since 0.1.

    They are applied after `terms` and before `price`, in plugin order, and named on the quote.
    Example: `return [Adjustment("branch", "Branch campaign", "网点活动", Decimal("-0.001"), "Branch notice")]`.
    """


@hookspec
def price(ctx: QuoteContext, terms: Terms) -> Contract:  # type: ignore[empty-body]
    """The contract: flows, schedule, totals, results. Only the product's own plugin is asked. Since 0.1.

    Example: `return Contract("CNY", totals={"principal": terms.amount, "interest": Money.zero()})`.
    """


@hookspec
def fees(ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:  # type: ignore[empty-body]
    """Fees beside those that the definition states. All plugins are asked; None or empty: none. Since 0.1.

    The core sets `by`. A negative amount is a rebate.
    Example: a branch's surcharge on a product that it does not own.
    """


@hookspec
def eligibility(ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:  # type: ignore[empty-body]
    """Checks that conditions cannot say. All plugins are asked; None or empty: none. Since 0.1.

    An unknown fact is outcome "refer" with `bring`, never "pass".
    Example: a sanctions list, payment-to-income from the priced schedule.
    """


@hookspec
def rate_sources() -> Sequence[RateSheet]:  # type: ignore[empty-body]
    """Rate sheets that take the place of a folder's sheet of the same code. Since 0.1.

    Example: `return [sheet_from_csv(path)]`. Two plugins with one code are an error that names both.
    """


@hookspec
def definition_folders() -> Sequence[Path]:  # type: ignore[empty-body]
    """Folders laid over the built-in definitions, below the user's --defs. Since 0.1.

    A plugin whose folder must be listed without importing it states it as an entry point in the
    group `catalogue.definitions` instead (value: a package or package.subfolder).
    """


@hookspec
def scorecards(library: Library) -> Sequence[Scorecard]:  # type: ignore[empty-body]
    """Customer scorecards: facts in, points and a grade out. Since 0.1.

    `library` holds the definitions of all layers, so that a scorecard's weights can be TOML.
    Example: `return [WeightedScorecard(scorecard_definition(library, "company-scorecard"))]`.
    """


@hookspec
def renderers() -> Mapping[str, Renderer]:  # type: ignore[empty-body]
    """Output formats for `--format`: name → a function from a quote to text or bytes. Since 0.1."""


@hookspec
def cli_commands() -> Sequence[click.Command]:  # type: ignore[empty-body]
    """Commands added to `catalogue`; a name that exists is an error that names the plugin. Since 0.1."""


PRODUCT_HOOKS = ("terms", "price")
"""Asked of the product's own plugin only."""
SHARED_HOOKS = ("adjustments", "fees", "eligibility")
"""Asked of the product's own plugin and of every extension."""
GLOBAL_HOOKS = ("rate_sources", "definition_folders", "scorecards", "renderers", "cli_commands")
"""Asked of extensions, without a quote."""
TOOL_HOOKS = ("scorecards", "renderers", "cli_commands")
"""Asked of extensions and of tools (group `catalogue.tools`), which no quote imports."""
HOOKS: tuple[str, ...] = (*PRODUCT_HOOKS, *SHARED_HOOKS, *GLOBAL_HOOKS)


def hook_parameters(name: str) -> tuple[str, ...]:
    """The argument names of a hook."""
    spec: Any = globals()[name]
    count = spec.__code__.co_argcount
    return tuple(spec.__code__.co_varnames[:count])
