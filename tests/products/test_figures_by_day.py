"""Figures of the definition that a rule reads for another day than that of pricing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from catalogue import Ask, Catalogue, Customer, InputError

DAY = date(2024, 11, 1)
EARLIER = date(2022, 12, 30)


def context():
    catalogue = Catalogue.load(as_of=DAY)
    return catalogue.engine.context(
        Ask("bill-discount", {"amount": 1000, "tenor": "3m"}), Customer({}), DAY
    )


def test_a_figure_of_an_earlier_day_cites_its_own_version():
    ctx = context()
    assert ctx.figure("max_months", key="electronic") == Decimal(6)
    assert ctx.figure("max_months", key="electronic", on=EARLIER) == Decimal(12)
    now, then = (item for item in ctx.trace.entries if "max_months" in item.figure)
    assert (now.version, then.version) == (date(2023, 1, 1), date(2009, 10, 28))
    assert (now.formula, then.formula) == ("as defined", "as defined on 2022-12-30")
    assert ctx.source("figures", "max_months") != ctx.source("figures", "max_months", on=EARLIER)


def test_whether_a_figure_was_stated_on_a_day():
    ctx = context()
    assert ctx.has_figure("max_paper_face")
    assert not ctx.has_figure("max_paper_face", on=date(2016, 12, 31))
    assert not ctx.has_figure("max_months", "electronic", on=date(2009, 10, 27))


def test_a_day_before_the_definition_is_refused():
    with pytest.raises(InputError, match="bill-discount: has no version on 1990-01-01"):
        context().figure("max_months", key="paper", on=date(1990, 1, 1))
