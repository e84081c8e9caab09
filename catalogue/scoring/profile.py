"""A customer's profile: size, segments, loan class, risk degree and warning signals, each with its rule.

Some traits are facts that products ask for too (the size, the loan class, the risk degree): where such a
fact is not stated the profile offers it (`Profile.derived`), so that nobody types what the bank can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.definitions.library import Library
from catalogue.definitions.policies import PolicyDefinition, PolicyVersion
from catalogue.definitions.values_of_fields import plain
from catalogue.definitions.versions import version_at
from catalogue.errors import InputError
from catalogue.products.customer import Customer
from catalogue.products.explanation import source_text
from catalogue.values import Money
from catalogue.values.text import shown, suggest

SIZE, SEGMENTS, RISK = "enterprise-size", "customer-segments", "customer-risk"
POLICIES = (SIZE, SEGMENTS, RISK)
"""The policies that a profile is made of."""
SIZES = ("large", "medium", "small")
_COMPANY_FACTS = ("industry", "employees", "credit_grade", "guarantee_kind", "overdue_days")
_PERSON_FACTS = ("age", "marital_status", "financial_assets", "overdue_days")
_INSTITUTION_FACTS = ("institution_type",)
MEASURES = (("employees", "employees"), ("revenue", "annual_sales"), ("assets", "total_assets"))


@attrs.frozen
class Trait:
    """One thing that follows from the facts, in both languages, with its source.

    `suits`, `cautions` and `bars` are product codes or families: what the trait means for an offer.
    """

    kind: str
    code: str
    text: str
    text_zh: str
    source: str
    suits: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()


@attrs.frozen
class Profile:
    """All traits of a customer on a day, and the facts that would tell more."""

    traits: tuple[Trait, ...]
    missing: tuple[str, ...]
    derived: Mapping[str, Any] = attrs.field(factory=dict)
    """Facts that were not stated and follow from others: enterprise_size, loan_class, risk_degree."""

    def of(self, kind: str) -> tuple[Trait, ...]:
        """The traits of a kind: size, a group of segments (life-stage …), loan-class, risk-degree, signal."""
        return tuple(trait for trait in self.traits if trait.kind == kind)

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "traits": [
                {name: plain(value) for name, value in attrs.asdict(trait).items()}
                for trait in self.traits
            ],
            "derived": {name: plain(value) for name, value in self.derived.items()},
            "missing": list(self.missing),
        }


@attrs.frozen
class _Facts:
    """Customer facts and the figures of a policy, by dotted path."""

    customer: Customer
    version: PolicyVersion

    def lookup(self, path: str) -> Any:
        """The value of a path; None while it is unknown."""
        root, _, name = path.partition(".")
        if root == "figure":
            figure = self.version.figures.get(name)
            return None if figure is None else figure.value
        return self.customer.get(name) if root == "customer" else None


def profile(library: Library, customer: Customer, as_of: date) -> Profile:
    """What a customer's facts say under the policies of a day; one that is not in force yet says nothing.

    Facts that are found on the way (size, loan class, risk degree) serve the rules after them.

    Raises:
        InputError: facts of the wrong type.
    """
    known, _ = customer.typed(library.facts())
    kind = known.get("kind")
    derived: dict[str, Any] = {}
    traits: list[Trait] = []

    def tell(found: Trait | None, fact: str, value: Any) -> None:
        nonlocal known
        if found is not None:
            traits.append(found)
            if known.get(fact) is None:
                derived[fact] = value
                known = known.with_facts(**{fact: value})

    standard, segments, risk = (_Dated.of(library.policy(code), as_of) for code in POLICIES)
    if standard and kind in (None, "company"):
        size = _size(standard, known)
        tell(size, "enterprise_size", size and size.code)
    if risk:
        graded = risk.first("loan-class", known)
        tell(graded, "loan_class", graded and graded.code)
        degree = _degree(risk, known)
        if degree is not None:
            tell(degree[0], "risk_degree", degree[1])
    if segments:
        traits += filter(None, (segments.first(group, known) for group in segments.version.rules))
    if risk:
        traits += filter(None, [risk.first("grade", known)])
        traits += risk.all("signal", known)
    wanted = _WANTED.get(str(kind), _COMPANY_FACTS)
    missing = tuple(name for name in wanted if known.get(name) is None)
    return Profile(tuple(traits), missing, derived)


_WANTED: Mapping[str, tuple[str, ...]] = {
    "person": _PERSON_FACTS,
    "institution": _INSTITUTION_FACTS,
}


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


@attrs.frozen
class _Dated:
    """A policy and its version of the day."""

    policy: PolicyDefinition
    version: PolicyVersion

    @classmethod
    def of(cls, policy: PolicyDefinition, as_of: date) -> _Dated | None:
        version = version_at(policy.versions, as_of)
        return None if version is None else cls(policy, version)

    def first(self, group: str, customer: Customer) -> Trait | None:
        """The first rule of a group that holds, as a trait."""
        return next(self.all(group, customer), None)

    def all(self, group: str, customer: Customer) -> Iterator[Trait]:
        """Every rule of a group that holds, as traits."""
        for code, rule in self.version.holding(group, _Facts(customer, self.version)):
            yield Trait(
                group, code, rule.text, rule.text_zh, self.cited("rules", group, code),
                rule.suits, rule.cautions, rule.bars,
            )  # fmt: skip

    def cited(self, *path: str) -> str:
        """The source of a part of the version."""
        origin = self.version.origin(*path)
        return source_text(origin.source if origin else None, self.policy.sources)


def _size(standard: _Dated, customer: Customer) -> Trait | None:
    size = enterprise_size(standard.version, customer)
    if size is None:
        return None
    words, words_zh = f"{size} enterprise of {customer.get('industry')}", _SIZE_ZH[size]
    stated = customer.get("enterprise_size")
    if stated not in (None, size):
        words += f"; the facts state {stated}, which quotes use"
        words_zh += f";客户资料为{_SIZE_ZH[stated]},报价以资料为准"
    return Trait("size", size, words, words_zh, standard.cited("figures"))


def _degree(risk: _Dated, customer: Customer) -> tuple[Trait, Decimal] | None:
    """Risk degree = customer factor (by grade) × guarantee factor, and what its rule says of it."""
    grade, guarantee = customer.get("credit_grade"), customer.get("guarantee_kind")
    if grade is None or guarantee is None:
        return None
    own = _factor(risk.version, "customer_factor", str(grade))
    backed = _factor(risk.version, "guarantee_factor", str(guarantee))
    degree, most = own * backed, risk.version.figures["acceptable"].value
    good = isinstance(most, Decimal) and degree <= most
    words = f"{own} × {backed} = {degree.normalize():f}, {'within' if good else 'over'} {most}"
    words_zh = f"{own} × {backed} = {degree.normalize():f},{'不高于' if good else '高于'}{most}"
    trait = Trait(
        "risk-degree", "acceptable" if good else "too-high", words, words_zh,
        risk.cited("figures", "customer_factor"),
    )  # fmt: skip
    told = risk.first("risk-degree", customer.with_facts(risk_degree=degree))
    if told is not None:
        trait = attrs.evolve(trait, suits=told.suits, cautions=told.cautions, bars=told.bars)
    return trait, degree


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
