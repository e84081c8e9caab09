"""What can be said of a product for a customer before an ask is complete: fields, facts, conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from catalogue.definitions.common_fields import accepted_fields
from catalogue.definitions.conditions import Condition, evaluate
from catalogue.definitions.model import ProductVersion
from catalogue.definitions.values_of_fields import read_field
from catalogue.errors import InputError
from catalogue.products.customer import Customer

CUSTOMER = "customer."


@attrs.frozen
class PartialAsk:
    """The stated fields that a version accepts: typed; `refused` says which it cannot agree to.

    `open` names the required fields that are not stated.
    """

    values: Mapping[str, Any]
    refused: tuple[str, ...]
    open: tuple[str, ...]


def partial_ask(version: ProductVersion, fields: Mapping[str, Any]) -> PartialAsk:
    """Stated fields and defaults of a version; fields that it does not have are passed over."""
    known = accepted_fields(version.ask, rate=version.rate is not None, services=False)
    currency = fields.get("currency", version.currencies[0])
    if currency not in version.currencies:
        offered = ", ".join(version.currencies)
        return PartialAsk({}, (f"currency: {currency} is not offered; {offered} is",), ())
    values: dict[str, Any] = {"currency": currency}
    refused = []
    for name, field in known.items():
        raw = fields.get(name, field.default)
        if raw is None or name == "currency":
            continue
        try:
            values[name] = read_field(name, field, raw, currency)
        except InputError as error:
            if name in fields:
                refused.append(str(error))
    still = tuple(
        name
        for name, field in known.items()
        if field.required and name not in fields and not (name == "tenor" and "maturity" in fields)
    )
    return PartialAsk(values, tuple(refused), still)


@attrs.frozen
class PartialFacts:
    """The facts known before pricing: the ask so far, the customer, the definition's figures."""

    ask: Mapping[str, Any]
    customer: Customer
    version: ProductVersion

    def lookup(self, path: str) -> Any:
        """The value of a dotted path; None while it is unknown, as everything priced still is."""
        root, _, name = path.partition(".")
        match root:
            case "ask":
                return self.ask.get(name)
            case "customer":
                return self.customer.get(name)
            case "figure":
                figure = self.version.figures.get(name)
                return None if figure is None else figure.value
            case _:
                return None


@attrs.frozen
class Weighed:
    """The conditions of a version against partial facts, each as (id, condition)."""

    passed: tuple[tuple[str, Condition], ...]
    failed: tuple[tuple[str, Condition], ...]
    referred: tuple[tuple[str, Condition], ...]
    missing: tuple[str, ...]
    """Customer facts that would decide more, without the prefix."""


def weigh(version: ProductVersion, facts: PartialFacts) -> Weighed:
    """Every condition that applies, or may apply, by outcome."""
    sorted_by: dict[str, list[tuple[str, Condition]]] = {"pass": [], "fail": [], "refer": []}
    missing: dict[str, None] = {}
    for code, condition in version.conditions.items():
        outcome, unknown = _outcome(condition, facts)
        if outcome is None:
            continue
        sorted_by[outcome].append((code, condition))
        missing |= dict.fromkeys(
            path.removeprefix(CUSTOMER) for path in unknown if path.startswith(CUSTOMER)
        )
    return Weighed(
        tuple(sorted_by["pass"]),
        tuple(sorted_by["fail"]),
        tuple(sorted_by["refer"]),
        tuple(missing),
    )


def _outcome(condition: Condition, facts: PartialFacts) -> tuple[str | None, tuple[str, ...]]:
    """pass, fail, refer, or None when the condition does not apply; and the facts that are missing."""
    try:
        if condition.when is not None:
            gate = evaluate(condition.when, facts)
            if gate.truth is not True:
                return (None if gate.truth is False else "refer"), gate.missing
        verdict = evaluate(condition.test, facts)
    except InputError:  # values that cannot be compared: only the whole quote can tell
        return "refer", ()
    known = {True: "pass", False: condition.otherwise, None: "refer"}
    return known[verdict.truth], verdict.missing
