"""Which products fit a customer: standing, conditions and needs, ranked by points that are explained.

The rules, in this order. All points are in POINTS; nothing else decides.

1. A product that is not sold on the day, is for another kind of customer, breaks a condition or a legal
   check, is barred by the customer's standing (loan class, grade), or cannot agree to what is asked (an
   amount over its limit) is excluded, with the reason.
2. When needs are stated, a product must meet one: by code or name, by family, by a need of the policy
   `customer-needs` that it serves, or by words in its names and summary; or go with a product that
   clearly does, or with one that is held (its cross-sell partners).
3. Points: what a need found; being a partner, once; each segment of the customer that it suits; being
   made for this kind of customer; conditions that are known to be met; each caution of the standing
   (warning signals, a weak grade, a risk degree too high, over the credit limit) and each missing fact
   costs points.
4. Equal points: the order of the lines, then of the codes.

Facts that follow from others (a grade by the scorecard, the size by the statistical standard) count in
rules 1 and 3 and in the quote that comes with a recommendation: it is the quote that the same ask gives
when those facts (`standing.derived`) are stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from catalogue.definitions.model import Header, ProductDefinition, ProductVersion
from catalogue.definitions.policies import PolicyDefinition, PolicyVersion
from catalogue.definitions.versions import version_at
from catalogue.errors import DefinitionError, InputError, PluginError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.products.results import Check
from catalogue.quotes.catalogue import Catalogue
from catalogue.quotes.labels import word
from catalogue.quotes.needs import STRONG, Need, Topic, match_need, open_words, topics
from catalogue.quotes.partial_facts import CUSTOMER, PartialAsk, PartialFacts, partial_ask, weigh
from catalogue.quotes.quote import Quote
from catalogue.quotes.standing import Standing, standing
from catalogue.scoring.rule_checks import policy_checks
from catalogue.values import Money, in_own_context

POINTS: Mapping[str, int] = {
    "partner": 20, "suits": 15, "kind": 10, "condition": 2, "caution": -10, "missing": -1,
}  # fmt: skip
"""Points beside those of needs (catalogue/quotes/needs.py)."""
MOST_CONDITIONS, MOST_MISSING = 5, 10
"""Conditions and missing facts that count at most."""
HELD = "products_held"
"""The customer fact that lists the codes of products held."""
NEEDS, LEGAL = "customer-needs", "legal-checks"
"""The policies of needs and of legal checks."""


@attrs.frozen
class Reason:
    """One reason in both languages, the points that it gave, and the rule's source where it has one."""

    text: str
    text_zh: str
    points: int = 0
    source: str | None = None


@attrs.frozen
class Recommendation:
    """A product that fits. `quote` is there when the ask was complete enough to price."""

    product: Header
    points: int
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    ask_open: tuple[str, ...]
    quote: Quote | None = None


@attrs.frozen
class Excluded:
    """A product that does not fit, and why."""

    product: Header
    reasons: tuple[Reason, ...]


@attrs.frozen
class Recommendations:
    """The ranking, what was excluded, how the customer stands, and what could not be read."""

    ranked: tuple[Recommendation, ...]
    excluded: tuple[Excluded, ...]
    standing: Standing
    warnings: tuple[str, ...]


@in_own_context
def recommend(
    catalogue: Catalogue, customer: Customer, needs: Sequence[str] = (),
    fields: Mapping[str, Any] | None = None, *, as_of: date | None = None,
    progress: Callable[[str], None] = lambda code: None,
) -> Recommendations:  # fmt: skip
    """Rank the products of a catalogue for a customer.

    Args:
        catalogue: definitions and plugins.
        customer: facts; unknown ones never count against a product, they are listed as missing.
        needs: words ("buy a home", "贷款"), families or codes; none: everything that fits.
        fields: ask fields as far as they are known (amount, tenor …).
        as_of: the day; default: the catalogue's.
        progress: called with each product's code before it is looked at.

    Raises:
        InputError: customer facts of the wrong type.
    """
    day = as_of or catalogue.as_of
    sight = _Sight(catalogue, standing(catalogue, customer, day), dict(fields or {}), day)
    warnings = list(sight.who.warnings)
    found: list[_Candidate] = []
    excluded: list[Excluded] = []
    for header in catalogue.products():
        progress(header.code)
        try:
            definition = catalogue[header.code]
        except DefinitionError as error:
            warnings.append(f"{header.code}: left out: {error.problems[0]}")
            continue
        candidate, why = _consider(definition, sight)
        if candidate is None:
            excluded.append(Excluded(header, tuple(why)))
        else:
            found.append(candidate)
    stated = [Need(text) for text in needs]
    chosen = _by_need(found, stated, sight.topics(stated), _held(sight.who.customer))
    known = customer.with_facts(**sight.who.derived)
    ranked = [_priced(item, sight, known, excluded, warnings) for item in chosen]
    kept = [item for item in ranked if item is not None]
    kept.sort(key=lambda item: (-item.points, item.product.line or 999, item.product.code))
    return Recommendations(tuple(kept), tuple(excluded), sight.who, tuple(warnings))


@attrs.define
class _Candidate:
    header: Header
    version: ProductVersion
    ask: PartialAsk
    reasons: list[Reason]
    missing: tuple[str, ...]
    strength: int = 0
    """The most points that a need found."""


@attrs.frozen
class _Sight:
    """What every product is looked at with."""

    catalogue: Catalogue
    who: Standing
    fields: Mapping[str, Any]
    day: date

    def policy(self, code: str) -> tuple[PolicyDefinition, PolicyVersion] | None:
        """A policy and its version of the day, None before its first."""
        policy = self.catalogue.library.policy(code)
        version = version_at(policy.versions, self.day)
        return None if version is None else (policy, version)

    def topics(self, needs: Sequence[Need]) -> list[Topic]:
        """The needs of the policy that the stated words tell of."""
        found = self.policy(NEEDS) if needs else None
        return [] if found is None else [item for need in needs for item in topics(need, *found)]

    def legal(self, header: Header, facts: PartialFacts) -> list[Check]:
        """The legal checks of a product that they concern."""
        found = self.policy(LEGAL)
        if found is None or not _named(header, found[1].concerns):
            return []
        return list(policy_checks(*found, "check", facts))


def _named(header: Header, names: Sequence[str]) -> bool:
    """Whether a list of codes and families names a product."""
    return header.code in names or header.family in names


def _consider(
    definition: ProductDefinition, sight: _Sight
) -> tuple[_Candidate | None, list[Reason]]:
    """Rule 1, and the points that do not depend on needs."""
    header, version = definition.header, definition.at(sight.day)
    if version is None or version.withdrawn:
        return None, [Reason(f"not sold on {sight.day}", f"{sight.day} 不办理")]
    kind = sight.who.customer.get("kind")
    if kind is not None and header.segment not in (kind, "any"):
        return None, [Reason(f"for {header.segment} customers", _KIND_ZH[header.segment])]
    ask = partial_ask(version, sight.fields)
    facts = PartialFacts(ask.values, sight.who.customer, version)
    weighed, legal = weigh(version, facts), sight.legal(header, facts)
    against = [Reason(text, text) for text in ask.refused]
    against += [_unmet(c.reason, c.reason_zh) for _, c in weighed.failed]
    against += [
        _unmet(check.reason, check.reason_zh, check.source)
        for check in legal
        if check.outcome == "fail"
    ]
    against += [
        Reason(f"not offered: {trait.text}", f"不予办理:{trait.text_zh}", source=trait.source)
        for trait in sight.who.traits
        if _named(header, trait.bars)
    ]
    if against:
        return None, against
    missing = dict.fromkeys(weighed.missing)
    missing |= dict.fromkeys(
        path.removeprefix(CUSTOMER) for check in legal for path in check.missing
    )
    reasons = [*by_standing(header, ask, sight.who)]
    if header.segment == kind:
        reasons.append(Reason(f"made for {kind} customers", _KIND_ZH[kind], POINTS["kind"]))
    if weighed.passed:
        points = POINTS["condition"] * min(len(weighed.passed), MOST_CONDITIONS)
        english = "; ".join(c.reason for _, c in weighed.passed)
        chinese = "；".join(c.reason_zh for _, c in weighed.passed)
        reasons.append(Reason(f"meets: {english}", f"符合:{chinese}", points))
    for outcome, words, words_zh in _LEGAL_WORDS:
        checks = [check for check in legal if check.outcome == outcome]
        if checks:
            english = "; ".join(check.reason for check in checks)
            chinese = "；".join(check.reason_zh for check in checks)
            cited = "; ".join(dict.fromkeys(check.source for check in checks))
            reasons.append(Reason(f"{words}: {english}", f"{words_zh}:{chinese}", source=cited))
    if missing:
        points = POINTS["missing"] * min(len(missing), MOST_MISSING)
        plural = "fact" if len(missing) == 1 else "facts"
        reasons.append(
            Reason(f"{len(missing)} {plural} still unknown", f"尚有 {len(missing)} 项信息待补充", points)
        )  # fmt: skip
    return _Candidate(header, version, ask, reasons, tuple(missing)), []


_LEGAL_WORDS = (
    ("pass", "legal checks passed", "法律审查通过"),
    ("refer", "legal checks to clear up", "法律审查待核实"),
)


def _unmet(text: str, text_zh: str, source: str | None = None) -> Reason:
    return Reason(f"not met: {text}", f"不符合:{text_zh}", source=source)


def by_standing(header: Header, ask: PartialAsk, who: Standing) -> Iterator[Reason]:
    """The segments that a product suits, the cautions against it, the credit limit."""
    for trait in who.traits:
        kind, kind_zh = word(trait.kind), word(trait.kind, "zh")
        if _named(header, trait.suits):
            yield Reason(
                f"suits the {kind}: {trait.text}", f"适合{kind_zh}:{trait.text_zh}",
                POINTS["suits"], trait.source,
            )  # fmt: skip
        if _named(header, trait.cautions):
            yield Reason(
                f"with care, {kind}: {trait.text}", f"审慎({kind_zh}):{trait.text_zh}",
                POINTS["caution"], trait.source,
            )  # fmt: skip
    asked, limit = ask.values.get("amount"), who.limit
    if limit is None or who.score is None or not isinstance(asked, Money):
        return
    if asked.currency == limit.currency and _named(header, who.score.results.get("limit_on", ())):
        over = asked > limit
        words, words_zh = ("over", "超过") if over else ("within", "在")
        yield Reason(
            f"{words} the credit limit of {limit} by the score",
            f"{words_zh}评分授信额度 {limit}{'' if over else ' 以内'}",
            POINTS["caution"] if over else 0, who.score.scorecard,
        )  # fmt: skip


_KIND_ZH: Mapping[str, str] = {
    "company": "面向公司客户", "person": "面向个人客户", "institution": "面向机构客户",
}  # fmt: skip


def _held(customer: Customer) -> tuple[str, ...]:
    held = customer.get(HELD)
    return tuple(held) if isinstance(held, (list, tuple)) else ()


def _by_need(
    found: list[_Candidate], needs: Sequence[Need], known: Sequence[Topic], held: Sequence[str]
) -> list[_Candidate]:
    """Rules 2 and 3: the reasons that needs and partners give; without needs everything stays.

    Words that a known need explains are looked up in the products that serve it alone: whoever wants
    to buy a home is not sent to home banking.
    """
    left = [open_words(need, known) for need in needs]
    for item in found:
        serves = [topic for topic in known if _named(item.header, topic.suits)]
        told = {topic.need for topic in serves}
        matches = [
            match_need(need, item.header, None if need in told else words)
            for need, words in zip(needs, left, strict=True)
        ]
        matches += [topic.match() for topic in serves]
        for match in filter(None, matches):
            item.strength = max(item.strength, match.points)
            item.reasons.insert(0, Reason(match.text, match.text_zh, match.points, match.source))
    by_code: dict[str, _Candidate] = {item.header.code: item for item in found}
    bases = [item for item in found if item.strength >= STRONG]
    bases += [by_code[code] for code in held if code in by_code and by_code[code] not in bases]
    partnered: set[str] = set()
    for base in bases:
        for code, partner in base.version.cross_sell.items():
            other = by_code.get(code)
            if other is None or other.strength >= STRONG or code in partnered:
                continue
            partnered.add(code)
            names = base.header.name, base.header.name_zh
            reason = Reason(
                f"goes with {names[0]}: {partner.reason}", f"与{names[1]}搭配:{partner.reason_zh}",
                POINTS["partner"],
            )  # fmt: skip
            other.reasons.insert(0, reason)
    return [
        item
        for item in found
        if (item.strength or item.header.code in partnered or not needs)
        and item.header.code not in held
    ]


def _priced(
    item: _Candidate, sight: _Sight, customer: Customer, excluded: list[Excluded],
    warnings: list[str],
) -> Recommendation | None:  # fmt: skip
    """The recommendation, with its quote when the ask is complete; a quote may still exclude it."""
    quote = None
    if sight.fields and not item.ask.open:
        own = {name: value for name, value in sight.fields.items() if name in item.ask.values}
        try:
            quote = sight.catalogue.quote(Ask(item.header.code, own), customer, as_of=sight.day)
        except InputError as error:
            excluded.append(
                Excluded(item.header, tuple(Reason(text, text) for text in error.problems))
            )
            return None
        except PluginError as error:
            warnings.append(f"{item.header.code}: not priced: {error}")
    if quote is not None and not quote.eligible:
        failed = [check for check in quote.checks if check.outcome == "fail"]
        excluded.append(
            Excluded(item.header, tuple(_unmet(c.reason, c.reason_zh, c.source) for c in failed))
        )
        return None
    points = sum(reason.points for reason in item.reasons)
    return Recommendation(
        item.header, points, tuple(item.reasons), item.missing, item.ask.open, quote
    )
