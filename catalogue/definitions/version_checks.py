"""Checks of a version as a whole: fields, facts that fees and conditions read, sources of rules."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.definitions.fact_checks import NUMBERS, Kind, KnownFacts, facts_of
from catalogue.definitions.facts import FactDef
from catalogue.definitions.fee_model import FeeDef
from catalogue.definitions.field_checks import check_field
from catalogue.definitions.model import ProductVersion
from catalogue.definitions.problems import KeyPath
from catalogue.definitions.source_checks import need_source
from catalogue.definitions.structure import Reader
from catalogue.errors import InputError
from catalogue.values.daycount import convention_name

__all__ = ["check_version", "facts_of"]

_COUNTS = ("int", "number")
_SPANS = (*_COUNTS, "tenor")


def check_version(
    version: ProductVersion, reader: Reader, facts: Mapping[str, FactDef] | None
) -> None:
    """Note every fault that only the whole version shows.

    `facts` is the vocabulary of customer facts; None leaves those names unchecked.
    """
    for name, field in version.ask.items():
        check_field(name, field, version.currencies, reader)
    for name, word in version.terms.items():
        if name.endswith("day_count"):
            try:
                convention_name(word)
            except InputError as error:
                reader.fault(("terms", name), str(error))
    known = KnownFacts(version, facts)
    for code, fee in version.fees.items():
        _check_fee(fee, ("fees", code), known, reader)
        need_source(version, ("fees", code), "fee", reader)
    for code, condition in version.conditions.items():
        known.check_condition(condition, ("conditions", code), reader)
        need_source(version, ("conditions", code), "condition", reader)
    for kind, entries in (("documents", version.documents), ("cross_sell", version.cross_sell)):
        for code, entry in entries.items():
            known.check_condition(entry.applies, (kind, code, "applies"), reader)


def _check_fee(fee: FeeDef, path: KeyPath, known: KnownFacts, reader: Reader) -> None:
    if fee.base is not None:
        _check_shares(fee, known.check(fee.base, (*path, "base"), reader, NUMBERS), path, reader)
    if fee.due_on is not None:
        known.check(fee.due_on, (*path, "due_on"), reader, ("date",))
    if fee.items is not None:
        known.check(fee.items, (*path, "items"), reader, _COUNTS)
    if fee.per is not None and fee.per.over is not None:
        known.check(fee.per.over, (*path, "per", "over"), reader, _SPANS)
    known.check_condition(fee.applies, (*path, "applies"), reader)
    known.check_condition(fee.waive, (*path, "waive"), reader)


def _check_shares(fee: FeeDef, base: Kind | None, path: KeyPath, reader: Reader) -> None:
    """A share of an amount that is 100 % or more is a slip of the pen."""
    if base is None or base.type != "money":
        return
    rates = [("rate", fee.rate), *((f"tiers[{n}]", t.rate) for n, t in enumerate(fee.tiers or ()))]
    for part, rate in rates:
        if rate is not None and rate >= 1:
            reader.fault(path, f"{part}: {rate} of {fee.base} is {rate * 100:f} %; 0.005 is 0.5 %")
