"""A product's own figures: one value, values by name, or bands of a quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import attrs

from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import MISSING, Reader, key
from catalogue.errors import InputError
from catalogue.values.text import shown

Scalar = Decimal | str | bool
_QUOTED = re.compile(r"[+-]?[0-9][0-9.,_]*%?\Z")
"""A text that was meant as a number."""


@attrs.frozen
class Band:
    """One band: applies while the quantity is at most (or under) `up_to`; the last has none."""

    value: Decimal = key("the figure in this band")
    up_to: Decimal | None = key("upper bound; left out in the last band", None)


@attrs.frozen
class FigureTable:
    """The long form of a figure."""

    value: Decimal | str | bool | None = key("the figure", None)
    values: Mapping[str, Decimal] | None = key("figures by name", None)
    bands: tuple[Band, ...] | None = key("figures by bands of a quantity, ascending", None)
    bound: Literal["inclusive", "exclusive"] = key(
        "whether `up_to` belongs to its band", "inclusive"
    )
    label: str | None = key("label in English", None)
    label_zh: str | None = key("label in Chinese", None)
    unit: str | None = key("unit, as CNY, day, fraction", None)
    informative: bool = key("stated for readers; prices nothing", False)

    def __attrs_post_init__(self) -> None:
        stated = [self.value is not None, self.values is not None, self.bands is not None]
        if sum(stated) != 1:
            raise InputError("state exactly one of value, values, bands")
        if self.values is not None and not self.values:
            raise InputError("values is empty")
        if isinstance(self.value, str) and _QUOTED.match(self.value):
            raise InputError(f"value {self.value!r} is a number in quotes; write it without")
        if self.bands is not None:
            check_bounds([band.up_to for band in self.bands], "bands")


def check_bounds(bounds: list[Decimal | None], what: str) -> None:
    """Refuse bands that overlap, go down, or leave a gap above."""
    if not bounds:
        raise InputError(f"{what} is empty")
    if bounds[-1] is not None:
        raise InputError(f"the last of {what} must have no up_to, so that no amount is left out")
    for lower, upper in pairwise(bounds):
        if lower is None:
            raise InputError(f"only the last of {what} may leave out up_to")
        if upper is not None and upper <= lower:
            raise InputError(f"{what} must ascend: up_to {upper} follows {lower}")


@attrs.frozen
class Figure:
    """A figure as products read it, whichever form the file uses."""

    value: Scalar | None
    values: Mapping[str, Decimal] = MappingProxyType({})
    bands: tuple[Band, ...] = ()
    bound: Literal["inclusive", "exclusive"] = "inclusive"
    label: str | None = None
    label_zh: str | None = None
    unit: str | None = None
    informative: bool = False

    @classmethod
    def from_table(cls, reader: Reader, value: Any, path: KeyPath) -> Any:
        """A bare number, text or flag, or the long form."""
        if isinstance(value, str) and _QUOTED.match(value):
            reader.fault(path, f"{shown(value)} is a number in quotes; write it without")
            return MISSING
        if isinstance(value, bool) or (isinstance(value, str) and value.strip()):
            return cls(value)
        if type(value) in (int, Decimal):
            return cls(Decimal(value))
        if not isinstance(value, Mapping):
            reader.fault(
                path, "is not a figure: write a number, or a table with value, values or bands"
            )
            return MISSING
        table = reader.table(FigureTable, value, path)
        if table is MISSING:
            return MISSING
        return cls(
            table.value, table.values or MappingProxyType({}), table.bands or (), table.bound,
            table.label, table.label_zh, table.unit, table.informative,
        )  # fmt: skip

    def at(self, quantity: Decimal) -> Decimal:
        """The banded figure for a quantity."""
        for band in self.bands:
            if band.up_to is None:
                return band.value
            if quantity < band.up_to or (self.bound == "inclusive" and quantity == band.up_to):
                return band.value
        raise InputError(f"no band holds {quantity}")
