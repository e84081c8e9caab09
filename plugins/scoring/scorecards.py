"""The two scorecards: companies and persons. Their weights are in product_defs/scorecards/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue import hookimpl

if TYPE_CHECKING:
    from catalogue.definitions.library import Library
    from catalogue.products.customer import Customer
    from catalogue.scoring.scorecard import WeightedScorecard


@hookimpl
def scorecards(library: Library) -> list[WeightedScorecard]:
    """Both scorecards, over the weights of all layers."""
    from catalogue.scoring.loader import scorecard_definition
    from catalogue.scoring.scorecard import WeightedScorecard

    class CompanyScorecard(WeightedScorecard):
        """Companies: net assets follow from assets and liabilities when they are not stated."""

        def derived(self, customer: Customer) -> Customer:
            assets, owed = customer.get("total_assets"), customer.get("total_liabilities")
            if customer.get("net_assets") is None and assets is not None and owed is not None:
                return customer.with_facts(net_assets=assets - owed)
            return customer

    return [
        CompanyScorecard(scorecard_definition(library, "company-scorecard")),
        WeightedScorecard(scorecard_definition(library, "personal-scorecard")),
    ]
