"""Options that commands share. An option that takes one value is refused when it is stated twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "csv")
LANGUAGES = ("en", "zh")

ASK_OPTIONS: dict[str, str] = {
    "amount": "Amount in major units, as 500000.",
    "currency": "Currency code, as CNY.",
    "tenor": "12m, 90d or 3y.",
    "maturity": "Last day, YYYY-MM-DD, instead of a tenor.",
    "start": "Value date, YYYY-MM-DD; default: the pricing date.",
    "rate": "Annual rate agreed: 0.0435 or 4.35%.",
    "spread": "Spread agreed over the reference rate.",
    "method": "Repayment method, as level.",
    "frequency": "monthly, quarterly …",
    "day-count": "Day count, as act/360.",
    "count": "Number of items.",
}
"""The ask's common fields that have an option of their own; --set states the others."""


class Once(click.Option):
    """An option with one value; click alone would silently take the last of several."""

    def __init__(self, *args: Any, default: Any = None, **kwargs: Any) -> None:
        kwargs["multiple"] = True
        super().__init__(*args, **kwargs)
        self.single_default = default

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """The one value, or the default."""
        values = super().process_value(ctx, value)
        if not values:
            return self.single_default
        if len(values) > 1:
            shown = " and ".join(repr(str(item)) for item in values[:2])
            raise click.BadParameter(
                f"is stated {len(values)} times ({shown}); state it once", ctx, self
            )
        return values[0]


def once(*names: str, **kwargs: Any) -> Callable[[F], F]:
    """`click.option` for an option that is stated at most once."""
    return click.option(*names, cls=Once, **kwargs)


class Day(click.ParamType[date]):
    """A date, YYYY-MM-DD, within the limits of pricing."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; a usage error says what is allowed."""
        from catalogue.errors import InputError
        from catalogue.values.limits import MAX_AS_OF
        from catalogue.values.numbers import parse_date

        try:
            day = parse_date(value, "day")
        except InputError as error:
            self.fail(str(error).removeprefix("day: "), param, ctx)
        if day > MAX_AS_OF:
            self.fail(f"{day} is after {MAX_AS_OF}, which is the limit", param, ctx)
        return day


def today() -> date:
    """The only reading of the clock in this package."""
    return date.today()


def combine(decorators: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    """Several options as one decorator, shown in this order by --help."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _debug() -> Callable[[F], F]:
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        hidden=True,
        help="Where an internal error came from.",
    )


def defs_options() -> Callable[[F], F]:
    """--defs and --strict."""
    return combine(
        [
            click.option(
                "--defs",
                multiple=True,
                metavar="DIR",
                help="Folder of definitions laid over the built-in ones (repeatable; the last is on top).",
            ),
            click.option(
                "--strict", is_flag=True, help="A broken plugin or definition ends the command."
            ),
            _debug(),
        ]
    )


def as_of_option() -> Callable[[F], F]:
    """--as-of."""
    return once("--as-of", type=Day(), help="Pricing date, YYYY-MM-DD; default: today.")


def language_option(text: str = "Language of labels; default: en.") -> Callable[[F], F]:
    """--lang."""
    return once("--lang", type=click.Choice(LANGUAGES), default="en", help=text)


def output_options(formats: str = "table, json or csv") -> Callable[[F], F]:
    """--format, --output and --lang."""
    return combine(
        [
            once(
                "--format",
                "form",
                default="table",
                metavar="FORMAT",
                help=f"{formats}; default: table.",
            ),
            once("--output", metavar="FILE", help="Write to a file instead of standard output."),
            language_option(),
        ]
    )


def ask_options(*, several: bool = False) -> Callable[[F], F]:
    """The ask's options and --set; `several` lets each be stated more than once, as alternatives."""
    made: list[Callable[[F], F]] = []
    for name, text in ASK_OPTIONS.items():
        if several:
            made.append(click.option(f"--{name}", multiple=True, metavar="VALUE", help=text))
        else:
            made.append(once(f"--{name}", metavar="VALUE", help=text))
    made.append(
        click.option(
            "--set",
            "settings",
            multiple=True,
            metavar="KEY=VALUE",
            help="Any ask field (`catalogue show CODE` lists them) or customer.NAME; rows: KEY=@file.csv.",
        )
    )
    return combine(made)


def customer_option() -> Callable[[F], F]:
    """--customer."""
    return once("--customer", metavar="FILE", help="Customer facts, TOML or JSON.")


def check_form(form: str, allowed: Sequence[str]) -> None:
    """Refuse an unknown output format, naming those there are."""
    if form not in allowed:
        from catalogue.values.text import suggest

        raise click.BadParameter(
            f"{form!r} is not one of {', '.join(allowed)}{suggest(form, allowed)}",
            param_hint="'--format'",
        )
