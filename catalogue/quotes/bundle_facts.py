"""The facts that a bundle's conditions may read: the customer, the lines as priced, their number."""

from __future__ import annotations

from typing import Any

import attrs

from catalogue.bundles.benefits import LineState
from catalogue.errors import InputError
from catalogue.products.customer import Customer
from catalogue.quotes.quote import Quote


@attrs.frozen
class BundleFacts:
    """The facts of a bundle's conditions.

    Paths: customer.…, bundle.lines, and line.<id>. with ask, terms, total or result.
    """

    customer: Customer
    states: dict[str, LineState]

    def lookup(self, path: str) -> Any:
        """The value of a dotted path; None when unknown."""
        root, _, rest = path.partition(".")
        if root == "customer":
            return self.customer.get(rest)
        if path == "bundle.lines":
            return len(self.states)
        if root != "line":
            raise InputError(
                f"{path!r} is not a fact of a bundle; write customer., line. or bundle.lines"
            )
        line, _, name = rest.partition(".")
        state = self.states.get(line)
        if name == "taken":
            return state is not None
        return None if state is None else _of_quote(state.quote, name)


def _of_quote(quote: Quote, path: str) -> Any:
    part, _, name = path.partition(".")
    match part:
        case "ask":
            return quote.ask.get(name)
        case "total":
            return quote.totals.get(name)
        case "result":
            return next((item.value for item in quote.results if item.code == name), None)
        case "terms":
            return (
                quote.terms.rate.annual
                if name == "rate" and quote.terms.rate
                else quote.terms.extra.get(name)
            )
        case _:
            raise InputError(f"{path!r}: a line has ask., terms., total., result. and taken")
