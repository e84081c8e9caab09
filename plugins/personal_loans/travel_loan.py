"""Travel loan (个人旅游贷款)."""

from __future__ import annotations

from catalogue.products.priced_purchase import PurchaseLoan


class TravelLoan(PurchaseLoan):
    """A share of the trip's contract price; the family repays together."""

    price_field = "contract_price"


plugin = TravelLoan()
