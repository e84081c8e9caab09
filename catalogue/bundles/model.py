"""What a bundle definition holds: lines, conditions, benefits with their order and limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import attrs

from catalogue.definitions.conditions import Condition
from catalogue.definitions.model import MAX_VALID_DAYS, Empty, Segment, Source
from catalogue.definitions.structure import Code, key
from catalogue.definitions.versions import Origins, Stated, version_at
from catalogue.errors import InputError
from catalogue.values.limits import MAX_BUNDLE_LINES

BenefitKind = Literal["rate-discount", "deposit-uplift", "fee-waiver", "rebate"]
_NEEDS: Mapping[str, str] = {
    "rate-discount": "rate",
    "deposit-uplift": "rate",
    "fee-waiver": "share",
    "rebate": "amount",
}


@attrs.frozen
class BundleLine:
    """One product of the bundle, with the fields of its ask that the bundle presets."""

    product: Code = key("product code")
    required: bool = key("without it there is no bundle", False)
    ask: Mapping[str, Any] = key("preset ask fields; the client's own win", Empty)
    own_price: bool = key(
        "it exists only in the bundle: its price counts in the bundle's cost, not in the cost one by one",
        False,
    )


@attrs.frozen
class Benefit:
    """What the client gains. Benefits apply in ascending `order`, each on what the ones before left."""

    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    kind: BenefitKind = key("rate-discount, deposit-uplift, fee-waiver or rebate")
    order: int = key("place in the order of application")
    lines: tuple[str, ...] | None = key("line ids that it may touch; default: all", None)
    rate: Decimal | None = key(
        "rate-discount and deposit-uplift: change of the annual rate, positive", None
    )
    share: Decimal | None = key("fee-waiver: share of the fee, 1 is all of it", None)
    fee: str = key('fee-waiver: fee code, "*" for every fee', "*")
    amount: Decimal | None = key("rebate: lump sum in CNY, spread over the lines' fees", None)
    max_amount: Decimal | None = key("most that the benefit may be worth, in CNY", None)
    applies: Condition | None = key("given only when this holds", None)

    def __attrs_post_init__(self) -> None:
        wanted = _NEEDS[self.kind]
        for name in ("rate", "share", "amount"):
            stated = getattr(self, name)
            if name == wanted and (stated is None or stated <= 0):
                raise InputError(f"a {self.kind} needs `{name}` above 0")
            if name != wanted and stated is not None:
                raise InputError(f"a {self.kind} does not use `{name}`; remove it")
        if self.share is not None and self.share > 1:
            raise InputError(f"share {self.share} is over 1 (all of the fee)")
        if self.rate is not None and self.rate >= 1:
            raise InputError(f"rate {self.rate} is {self.rate * 100:f} % a year; 0.001 is 0.1 %")
        if self.lines is not None and not self.lines:
            raise InputError("lines is empty; leave it out for all lines")
        if self.max_amount is not None and self.max_amount <= 0:
            raise InputError(f"max_amount {self.max_amount} is not above 0")


@attrs.frozen
class Limits:
    """Limits of policy over all benefits of the bundle."""

    rate_discount: Decimal | None = key(
        "most that all discounts may lower one line's annual rate", None
    )
    deposit_uplift: Decimal | None = key(
        "most that all uplifts may raise one line's annual rate", None
    )
    total: Decimal | None = key("most that all benefits may be worth together, in CNY", None)

    def __attrs_post_init__(self) -> None:
        for name in ("rate_discount", "deposit_uplift", "total"):
            limit = getattr(self, name)
            if limit is not None and limit < 0:
                raise InputError(f"{name} {limit} is below 0")
            if limit is not None and name != "total" and limit >= 1:
                raise InputError(f"{name} {limit} is {limit * 100:f} % a year; 0.005 is 0.5 %")


@attrs.frozen
class BundleVersion(Stated):
    """The bundle as it stands from `effective_from` on."""

    effective_from: date = key("first day on which this version prices")
    note: str | None = key("what changed and why", None)
    note_zh: str | None = key("what changed and why, in Chinese", None)
    withdrawn: bool = key("no longer sold from this date", False)
    valid_days: int = key("days for which a quote stands", 30)
    min_lines: int = key("lines that must be taken for any benefit", 2)
    lines: Mapping[str, BundleLine] = key("lines by id", Empty)
    conditions: Mapping[str, Condition] = key("conditions for the benefits, by id", Empty)
    benefits: Mapping[str, Benefit] = key("benefits by code", Empty)
    limits: Limits = key("limits of policy", Limits())
    origins: Origins = attrs.field(factory=Origins, metadata={"hidden": True}, repr=False)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.min_lines <= MAX_BUNDLE_LINES:
            raise InputError(f"min_lines {self.min_lines} is not from 1 to {MAX_BUNDLE_LINES}")
        if not 0 <= self.valid_days <= MAX_VALID_DAYS:
            raise InputError(f"valid_days {self.valid_days} is not from 0 to {MAX_VALID_DAYS}")


@attrs.frozen
class BundleHeader:
    """Who the bundle is for."""

    code: Code = key("bundle code")
    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    segment: Segment = key("who it is for")
    summary: str | None = key("one sentence in English", None)
    summary_zh: str | None = key("one sentence in Chinese", None)


@attrs.frozen
class BundleDefinition:
    """One bundle over time."""

    header: BundleHeader
    files: tuple[str, ...]
    sources: Mapping[str, Source]
    versions: tuple[BundleVersion, ...]

    def at(self, as_of: date) -> BundleVersion | None:
        """The version in force on a day, None before the first."""
        return version_at(self.versions, as_of)
