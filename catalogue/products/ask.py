"""The ask: what the client wants. Raw fields in, typed fields within the definition's limits out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from catalogue.definitions.common_fields import accepted_fields
from catalogue.definitions.model import FieldDef, ProductVersion
from catalogue.definitions.values_of_fields import plain, read_field
from catalogue.definitions.versions import version_at
from catalogue.errors import InputError
from catalogue.values import Money, Tenor, check_currency
from catalogue.values.text import clean, shown, suggest


class Ask:
    """A product code and the fields as the client states them; nothing is checked yet.

    >>> Ask("home-loan", amount="800000", tenor="30y").fields["tenor"]
    '30y'
    """

    def __init__(
        self, product: str, fields: Mapping[str, Any] | None = None, /, **more: Any
    ) -> None:
        if not isinstance(product, str):
            raise InputError(f"product: {clean(repr(product))} is not a product code")
        self.product = product
        stated = {**(fields or {}), **more}
        for name in stated:
            if not isinstance(name, str):
                raise InputError(f"{product}: field name {shown(name)} is not a text")
        self.fields: Mapping[str, Any] = MappingProxyType(
            {name: value for name, value in stated.items() if value is not None}
        )

    def with_fields(self, **more: Any) -> Ask:
        """A copy with fields added or replaced (None removes one)."""
        return Ask(self.product, {**self.fields, **more})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ask) and (self.product, self.fields) == (
            other.product,
            other.fields,
        )

    def __hash__(self) -> int:
        return hash((self.product, frozenset(self.fields)))  # values may be lists

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.product, dict(self.fields))

    def __repr__(self) -> str:
        return f"Ask({self.product!r}, {dict(self.fields)!r})"


class ResolvedAsk(Mapping[str, Any]):
    """The ask typed, defaulted and within limits; missing optional fields are absent.

    Money fields are Money, rates Decimal fractions, tenors Tenor, dates date, rows tuples of tables.
    """

    def __init__(self, product: str, values: Mapping[str, Any], stated: frozenset[str]) -> None:
        self.product = product
        self._values = MappingProxyType(dict(values))
        self.stated = stated

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def currency(self) -> str:
        """Currency of the amount."""
        found: str = self._values["currency"]
        return found

    @property
    def start(self) -> date:
        """Value date."""
        found: date = self._values["start"]
        return found

    @property
    def amount(self) -> Money:
        """The amount; InputError if the ask has none."""
        found: Money = self.need("amount")
        return found

    @property
    def tenor(self) -> Tenor:
        """The tenor; InputError if the ask has none."""
        found: Tenor = self.need("tenor")
        return found

    @property
    def maturity(self) -> date:
        """The day on which the tenor ends."""
        found: date = self.need("maturity")
        return found

    def need(self, name: str) -> Any:
        """A field that this calculation cannot do without; InputError names it."""
        if name not in self._values:
            raise InputError(f"{name}: is missing; state it (--set {name}=...)")
        return self._values[name]

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it, with the product code first."""
        return {
            "product": self.product,
            **{name: plain(value) for name, value in self._values.items()},
        }


def resolve_ask(
    ask: Ask, version: ProductVersion, as_of: date, versions: Sequence[ProductVersion] = ()
) -> ResolvedAsk:
    """Check and type every field of an ask against a version.

    Args:
        ask: what the client states.
        version: the version in force on the pricing date; it says which fields there are.
        as_of: the pricing date.
        versions: all versions of the product. A deal that began before the pricing date keeps the
            currencies, limits and choices of its first day (docs/decisions/0013).

    Raises:
        InputError: all faults at once, each with the field, what was found and what is allowed.
    """
    fields = _fields(version)
    problems: list[str] = []
    for name in ask.fields:
        if name not in fields:
            hint = suggest(name, fields) or f"; its fields: {', '.join(fields)}"
            problems.append(f"{clean(name)}: {ask.product} has no such field{hint}")
    opening = _opening(ask, version, as_of, versions)
    limits = fields if opening is version else _limited(fields, _fields(opening))
    currency = _currency(ask, opening, problems)
    values: dict[str, Any] = {"currency": currency}
    for name, field in fields.items():
        if name == "currency":
            continue
        raw = ask.fields.get(name, field.default)
        if raw is None:
            if field.required and not (name == "tenor" and "maturity" in ask.fields):
                problems.append(_missing(name, field))
            continue
        if name == "tenor" and name not in ask.fields and "maturity" in ask.fields:
            continue
        bounds = limits[name] if name in ask.fields else field
        try:
            values[name] = read_field(name, bounds, raw, currency)
            _not_negative(name, bounds, values[name])
        except InputError as error:
            problems.append(f"{error}{_since(bounds, field, opening)}")
    values.setdefault("start", as_of)
    _term(values, limits if "tenor_from" not in version.terms else {}, problems)
    _negotiable(values, version, problems)
    if problems:
        raise InputError.many(problems)
    return ResolvedAsk(ask.product, values, frozenset(ask.fields))


def _fields(version: ProductVersion) -> dict[str, FieldDef]:
    return accepted_fields(
        version.ask,
        rate=version.rate is not None,
        services=any(fee.optional for fee in version.fees.values()),
    )


def _opening(
    ask: Ask, version: ProductVersion, as_of: date, versions: Sequence[ProductVersion]
) -> ProductVersion:
    """The version in force when the deal began, where that lies before the pricing date."""
    try:
        start = read_field("start", FieldDef("date"), ask.fields.get("start", as_of))
    except InputError:
        return version  # told with the other faults
    found = version_at(versions, min(start, as_of))
    return version if found is None or found.withdrawn else found


def _limited(
    fields: Mapping[str, FieldDef], opening: Mapping[str, FieldDef]
) -> dict[str, FieldDef]:
    """The fields with the limits and choices of the opening version, where that has them too."""
    return {
        name: attrs.evolve(
            field, min=then.min, max=then.max, choices=then.choices, choices_zh=then.choices_zh
        )
        if (then := opening.get(name)) is not None
        else field
        for name, field in fields.items()
    }


def _since(bounds: FieldDef, field: FieldDef, opening: ProductVersion) -> str:
    return "" if bounds == field else f" (as of {opening.effective_from}, in force at the start)"


def _not_negative(name: str, field: FieldDef, value: Any) -> None:
    """An amount is above zero, other money not below, unless the definition states a minimum."""
    least = field.min
    if isinstance(least, Mapping) and isinstance(value, Money):
        least = least.get(value.currency)
    if not isinstance(value, Money) or least is not None:
        return
    if value.minor < 0 or (name == "amount" and value.minor == 0):
        allowed = "above 0" if name == "amount" else "0 or more"
        raise InputError(f"{name}: {value.text()} is not allowed; it must be {allowed}")


def _currency(ask: Ask, version: ProductVersion, problems: list[str]) -> str:
    stated = ask.fields.get("currency")
    if stated is None:
        return version.currencies[0]
    offered = version.currencies
    if not isinstance(stated, str) or stated not in offered:
        try:
            check_currency(stated)
            hint = ""
        except InputError:
            hint = suggest(stated, offered) if isinstance(stated, str) else ""
        problems.append(
            f"currency: {clean(repr(stated))} is not offered; {ask.product} is in {', '.join(offered)}{hint}"
        )
        return offered[0]
    return stated


def _missing(name: str, field: FieldDef) -> str:
    note = field.help or field.label
    return f"{name}: is missing{f' ({note})' if note else ''}; state it (--set {name}=...)"


def _term(values: dict[str, Any], limits: Mapping[str, FieldDef], problems: list[str]) -> None:
    """Tenor and maturity give each other; both stated must agree.

    A definition whose terms state `tenor_from` counts the tenor from another day than the value date,
    which only the product knows: it holds a stated maturity to the limits itself.
    """
    start: date = values["start"]
    tenor, maturity = values.get("tenor"), values.get("maturity")
    try:
        if tenor is not None:
            end = tenor.end(start)
            if maturity is not None and maturity != end:
                problems.append(
                    f"maturity: {maturity} is not {tenor} after {start} ({end}); state one of them"
                )
            values["maturity"] = end
        elif maturity is not None:
            if maturity <= start:
                problems.append(f"maturity: {maturity} is not after the value date {start}")
                return
            values["tenor"] = Tenor.between(start, maturity)
            if "tenor" in limits:
                values["tenor"] = read_field("tenor", limits["tenor"], values["tenor"])
    except InputError as error:
        problems.append(str(error))


def _negotiable(values: Mapping[str, Any], version: ProductVersion, problems: list[str]) -> None:
    if version.rate is None or not ("rate" in values or "spread" in values):
        return
    if "rate" in values and "spread" in values:
        problems.append("rate: stated together with spread; state one of them")
    if not version.rate.negotiable:
        problems.append("rate: is fixed for this product; leave out rate and spread")
