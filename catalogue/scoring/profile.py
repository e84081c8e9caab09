"""A customer's profile: size, segments, loan class, risk degree and warning signals, each with its rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.definitions.library import Library
from catalogue.definitions.policies import PolicyDefinition, PolicyVersion, Rule
from catalogue.errors import InputError
from catalogue.products.customer import Customer
from catalogue.products.explanation import source_text
from catalogue.values import Money
from catalogue.values.text import shown, suggest

POLICIES = ("enterprise-size", "customer-segments", "customer-risk")
"""The policies that a profile is made of."""
SIZES = ("large", "medium", "small")
_COMPANY_FACTS = ("industry", "employees", "credit_grade", "guarantee_kind", "overdue_days")
_PERSON_FACTS = ("age", "marital_status", "financial_assets", "overdue_days")
MEASURES = (("employees", "employees"), ("revenue", "annual_sales"), ("assets", "total_assets"))


@attrs.frozen
class Trait:
    """One thing that follows from the facts, in both languages, with its source."""

    kind: str
    code: str
    text: str
    text_zh: str
    source: str


@attrs.frozen
class Profile:
    """All traits of a customer on a day, and the facts that would tell more."""

    traits: tuple[Trait, ...]
    missing: tuple[str, ...]

    def of(self, kind: str) -> tuple[Trait, ...]:
        """The traits of a kind: size, life-stage, person-value, relationship, loan-class, risk-degree, signal."""
        return tuple(trait for trait in self.traits if trait.kind == kind)

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "traits": [attrs.asdict(trait) for trait in self.traits],
            "missing": list(self.missing),
        }


@attrs.frozen
class _Facts:
    customer: Customer

    def lookup(self, path: str) -> Any:
        """A customer fact by dotted path."""
        return self.customer.get(path.removeprefix("customer."))


def profile(library: Library, customer: Customer, as_of: date) -> Profile:
    """What a customer's facts say under the policies of a day.

    Raises:
        InputError: facts of the wrong type, a day before a policy's first version.
    """
    typed, _ = customer.typed(library.facts())
    kind = typed.get("kind")
    traits: list[Trait] = []
    if kind in (None, "company"):
        traits += _size(library.policy("enterprise-size"), typed, as_of)
        traits += _first(library.policy("customer-segments"), "relationship", typed, as_of)
    if kind in (None, "person"):
        for group in ("life-stage", "person-value"):
            traits += _first(library.policy("customer-segments"), group, typed, as_of)
    risk = library.policy("customer-risk")
    traits += _first(risk, "loan-class", typed, as_of)
    traits += _degree(risk, typed, as_of)
    traits += [
        _trait("signal", code, rule, risk, risk.at(as_of))
        for code, rule in risk.at(as_of).holding("signal", _Facts(typed))
    ]
    wanted = _PERSON_FACTS if kind == "person" else _COMPANY_FACTS
    return Profile(tuple(traits), tuple(name for name in wanted if typed.get(name) is None))


def enterprise_size(version: PolicyVersion, customer: Customer) -> str | None:
    """The size by the statistical standard, None when a measure of the industry is unknown.

    A size needs every measure of the industry to reach its lower bound; whoever misses small is micro.
    """
    industry = customer.get("industry")
    if industry is None:
        return None
    known = [
        (measure, _number(customer.get(fact)))
        for measure, fact in MEASURES
        if str(industry) in version.figures[f"{measure}_small"].values
    ]
    if not known or any(value is None for _, value in known):
        return None
    for size in SIZES:
        bounds = [
            (version.figures[f"{m}_{size}"].values[str(industry)], value) for m, value in known
        ]
        if all(value is not None and value >= bound for bound, value in bounds):
            return size
    return "micro"


_SIZE_ZH = {"large": "大型企业", "medium": "中型企业", "small": "小型企业", "micro": "微型企业"}


def _size(policy: PolicyDefinition, customer: Customer, as_of: date) -> Iterator[Trait]:
    if as_of < policy.versions[0].effective_from:
        return  # the standard did not exist yet
    version = policy.at(as_of)
    size = enterprise_size(version, customer)
    if size is not None:
        origin = version.origin("figures")
        source = source_text(origin.source if origin else None, policy.sources)
        yield Trait(
            "size", size, f"{size} enterprise of {customer.get('industry')}", _SIZE_ZH[size], source
        )


def _first(
    policy: PolicyDefinition, group: str, customer: Customer, as_of: date
) -> Iterator[Trait]:
    version = policy.at(as_of)
    found = version.first(group, _Facts(customer))
    if found is not None:
        yield _trait(group, *found, policy, version)


def _trait(
    kind: str, code: str, rule: Rule, policy: PolicyDefinition, version: PolicyVersion
) -> Trait:
    group = kind
    origin = version.origin("rules", group, code)
    source = source_text(origin.source if origin else None, policy.sources)
    return Trait(kind, code, rule.text, rule.text_zh, source)


def _degree(policy: PolicyDefinition, customer: Customer, as_of: date) -> Iterator[Trait]:
    """Risk degree = customer factor (by grade) × guarantee factor."""
    version = policy.at(as_of)
    grade, guarantee = customer.get("credit_grade"), customer.get("guarantee_kind")
    if grade is None or guarantee is None:
        return
    own = _factor(version, "customer_factor", str(grade))
    backed = _factor(version, "guarantee_factor", str(guarantee))
    degree, most = own * backed, version.figures["acceptable"].value
    good = isinstance(most, Decimal) and degree <= most
    words = f"{own} × {backed} = {degree.normalize():f}, {'within' if good else 'over'} {most}"
    words_zh = f"{own} × {backed} = {degree.normalize():f},{'不高于' if good else '高于'}{most}"
    origin = version.origin("figures", "customer_factor")
    source = source_text(origin.source if origin else None, policy.sources)
    yield Trait("risk-degree", "acceptable" if good else "too-high", words, words_zh, source)


def _factor(version: PolicyVersion, name: str, key: str) -> Decimal:
    """A factor of the policy; a bank that adds a grade to the facts must give it one."""
    values = version.figures[name].values
    if key not in values:
        raise InputError(
            f"customer-risk: figure {name} has no value for {shown(key)}{suggest(key, values)}"
        )
    return values[key]


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    return value.amount if isinstance(value, Money) else Decimal(value)
