"""Every worked example of every shipped product gives the figures that its arithmetic says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.definitions.model import Example
from catalogue.definitions.values_of_fields import plain

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
CASES = [(code, example) for code in CATALOGUE for example in CATALOGUE[code].examples]


def at_path(quote: dict[str, Any], path: str) -> Any:
    """The value of a dotted path; in a list a number or a code (or id) picks the entry.

    A result picked by its code stands for its value.
    """
    found: Any = quote
    for part in re.findall(r"[^.\[\]]+", path):
        if isinstance(found, list):
            entries = {str(item.get("code", item.get("id"))): item for item in found}
            found = found[int(part)] if part.isdigit() else entries[part]
            if isinstance(found, dict) and {"label_zh", "unit", "value"} <= set(found):
                found = {**found, "": found["value"]}
        else:
            found = found[part]
    return found[""] if isinstance(found, dict) and "" in found else found


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_product_has_an_example_with_its_arithmetic(code: str) -> None:
    examples = CATALOGUE[code].examples
    assert examples
    assert all(example.expect and example.working for example in examples), code


@pytest.mark.parametrize(("code", "example"), CASES, ids=[f"{c}: {e.name}" for c, e in CASES])
def test_the_example_gives_its_figures(code: str, example: Example) -> None:
    customer = Customer(dict(example.customer))
    quote = CATALOGUE.quote(Ask(code, example.ask), customer, as_of=example.as_of).to_dict()
    for path, expected in example.expect.items():
        found = at_path(quote, path)
        wanted = plain(expected)
        assert (found == wanted) or (str(found) == str(wanted)), (
            f"{path}: {found!r}, not {wanted!r}"
        )
