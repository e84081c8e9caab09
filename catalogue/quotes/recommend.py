"""Which products fit a customer: segment, conditions and needs, ranked by points that are explained.

The rules, in this order. All points are in POINTS; nothing else decides.

1. A product that is not sold on the day, is for another segment, breaks a condition, or cannot agree to
   what is asked (an amount over its limit) is excluded, with the reason.
2. When needs are stated, a product must meet one: by code or name, by family, or by words in its names
   and summary; or go with a product that does (its cross-sell partners).
3. Points: what a need found; else being a partner of such a product or of one held; being made for
   exactly this segment; conditions that are known to be met; each missing fact costs a point.
4. Equal points: the order of the lines, then of the codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from catalogue.definitions.model import Header, ProductDefinition, ProductVersion
from catalogue.errors import DefinitionError, InputError, PluginError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.quotes.catalogue import Catalogue
from catalogue.quotes.needs import Need, match_need
from catalogue.quotes.partial_facts import PartialAsk, PartialFacts, partial_ask, weigh
from catalogue.quotes.quote import Quote
from catalogue.values import in_own_context

POINTS: Mapping[str, int] = {"partner": 40, "segment": 10, "condition": 2, "missing": -1}
"""Points beside those of needs (catalogue/quotes/needs.py)."""
MOST_CONDITIONS, MOST_MISSING = 5, 10
"""Conditions and missing facts that count at most."""
HELD = "products_held"
"""The customer fact that lists the codes of products held."""


@attrs.frozen
class Reason:
    """One reason in both languages, and the points that it gave."""

    text: str
    text_zh: str
    points: int = 0


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
    """The ranking, what was excluded, and what could not be read."""

    ranked: tuple[Recommendation, ...]
    excluded: tuple[Excluded, ...]
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
        needs: words ("a home", "贷款"), families or codes; none: everything that fits.
        fields: ask fields as far as they are known (amount, tenor …).
        as_of: the day; default: the catalogue's.
        progress: called with each product's code before it is looked at.

    Raises:
        InputError: customer facts of the wrong type.
    """
    day, fields = as_of or catalogue.as_of, dict(fields or {})
    typed, unknown = customer.typed(catalogue.library.facts())
    warnings = [f"customer.{name}: not a known fact; it decides nothing" for name in unknown]
    found: list[_Candidate] = []
    excluded: list[Excluded] = []
    for header in catalogue.products():
        progress(header.code)
        try:
            definition = catalogue[header.code]
        except DefinitionError as error:
            warnings.append(f"{header.code}: left out: {error.problems[0]}")
            continue
        candidate, why = _consider(definition, typed, fields, day)
        if candidate is None:
            excluded.append(Excluded(header, tuple(why)))
        else:
            found.append(candidate)
    chosen = _by_need(found, [Need(text) for text in needs], _held(typed))
    ranked = [_priced(item, catalogue, typed, fields, day, excluded, warnings) for item in chosen]
    kept = [item for item in ranked if item is not None]
    kept.sort(key=lambda item: (-item.points, item.product.line or 999, item.product.code))
    return Recommendations(tuple(kept), tuple(excluded), tuple(warnings))


@attrs.define
class _Candidate:
    header: Header
    version: ProductVersion
    ask: PartialAsk
    reasons: list[Reason]
    missing: tuple[str, ...]
    met: bool = False


def _consider(
    definition: ProductDefinition, customer: Customer, fields: Mapping[str, Any], day: date
) -> tuple[_Candidate | None, list[Reason]]:
    """Rule 1, and the points that do not depend on needs."""
    header, version = definition.header, definition.at(day)
    if version is None or version.withdrawn:
        return None, [Reason(f"not sold on {day}", f"{day} 不办理")]
    kind = customer.get("kind")
    if kind is not None and header.segment not in (kind, "any"):
        return None, [Reason(f"for {header.segment} customers", _SEGMENT_ZH[header.segment])]
    ask = partial_ask(version, fields)
    weighed = weigh(version, PartialFacts(ask.values, customer, version))
    against = [Reason(text, text) for text in ask.refused]
    against += [Reason(f"not met: {c.reason}", f"不符合:{c.reason_zh}") for _, c in weighed.failed]
    if against:
        return None, against
    reasons = []
    if header.segment == kind:
        reasons.append(Reason(f"made for {kind} customers", _SEGMENT_ZH[kind], POINTS["segment"]))
    if weighed.passed:
        points = POINTS["condition"] * min(len(weighed.passed), MOST_CONDITIONS)
        english = "; ".join(c.reason for _, c in weighed.passed)
        chinese = "；".join(c.reason_zh for _, c in weighed.passed)
        reasons.append(Reason(f"meets: {english}", f"符合:{chinese}", points))
    if weighed.missing:
        points = POINTS["missing"] * min(len(weighed.missing), MOST_MISSING)
        count = len(weighed.missing)
        plural = "fact" if count == 1 else "facts"
        reasons.append(
            Reason(f"{count} {plural} still unknown", f"尚有 {count} 项信息待补充", points)
        )
    return _Candidate(header, version, ask, reasons, weighed.missing), []


_SEGMENT_ZH: Mapping[str, str] = {
    "company": "面向公司客户", "person": "面向个人客户", "institution": "面向机构客户",
}  # fmt: skip


def _held(customer: Customer) -> tuple[str, ...]:
    held = customer.get(HELD)
    return tuple(held) if isinstance(held, (list, tuple)) else ()


def _by_need(
    found: list[_Candidate], needs: Sequence[Need], held: Sequence[str]
) -> list[_Candidate]:
    """Rules 2 and 3: the reasons that needs and partners give; without needs everything stays."""
    for item in found:
        for need in needs:
            match = match_need(need, item.header)
            if match is not None:
                item.met = True
                item.reasons.insert(0, Reason(match.text, match.text_zh, match.points))
    by_code: dict[str, _Candidate] = {item.header.code: item for item in found}
    strong = [item for item in found if item.met]
    for item in (*strong, *(by_code[code] for code in held if code in by_code)):
        for code, partner in item.version.cross_sell.items():
            other = by_code.get(code)
            if other is None or (other.met and other in strong):
                continue
            names = item.header.name, item.header.name_zh
            reason = Reason(
                f"goes with {names[0]}: {partner.reason}", f"与{names[1]}搭配:{partner.reason_zh}",
                POINTS["partner"],
            )  # fmt: skip
            if reason not in other.reasons:
                other.reasons.insert(0, reason)
            other.met = True
    return [item for item in found if (item.met or not needs) and item.header.code not in held]


def _priced(
    item: _Candidate, catalogue: Catalogue, customer: Customer, fields: Mapping[str, Any], day: date,
    excluded: list[Excluded], warnings: list[str],
) -> Recommendation | None:  # fmt: skip
    """The recommendation, with its quote when the ask is complete; a quote may still exclude it."""
    quote = None
    if fields and not item.ask.open:
        own = {name: value for name, value in fields.items() if name in item.ask.values}
        try:
            quote = catalogue.quote(Ask(item.header.code, own), customer, as_of=day)
        except InputError as error:
            excluded.append(
                Excluded(item.header, tuple(Reason(text, text) for text in error.problems))
            )
            return None
        except PluginError as error:
            warnings.append(f"{item.header.code}: not priced: {error}")
    if quote is not None and not quote.eligible:
        failed = [check for check in quote.checks if check.outcome == "fail"]
        why = tuple(Reason(f"not met: {c.reason}", f"不符合:{c.reason_zh}") for c in failed)
        excluded.append(Excluded(item.header, why))
        return None
    points = sum(reason.points for reason in item.reasons)
    return Recommendation(
        item.header, points, tuple(item.reasons), item.missing, item.ask.open, quote
    )
