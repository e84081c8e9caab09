"""Pure financial mathematics on plain numbers; usable without the rest of the catalogue.

Amounts are `Decimal | int | str` in major units, rates fractions of one a year, dates
`datetime.date`. Inside, amounts are whole minor units; floats appear only where a rate is solved.

Names are loaded when first used, so that importing this package costs next to nothing. No
module here needs numpy for a single contract: numpy-financial's functions (pmt, nper, irr) are
the second opinion of the tests, and batches use numpy in a layer of their own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Modules bear other names than their functions: loading a module sets an attribute of its name.
_MODULES: dict[str, str] = {
    # loans
    "Columns": "schedule_rows",
    "Row": "schedule_rows",
    "Schedule": "schedule_rows",
    "affordable_principal": "level",
    "level_payment": "level",
    "periods_for": "level",
    "rate_for": "level",
    "due_dates": "periods",
    "schedule": "repayment",
    "Payoff": "prepay",
    "Prepayment": "prepay",
    "payoff": "prepay",
    "prepayment": "prepay",
    # rates
    "apr": "annual_rate",
    "apr_eu": "rate_eu",
    "apr_us": "rate_us",
    "effective_from_nominal": "rates",
    "irr": "internal_rate",
    "nominal_from_effective": "rates",
    "simple_rate": "annual_rate",
    "xirr": "dated_rate",
    # values at a date
    "annuity_future_value": "time_value",
    "annuity_present_value": "time_value",
    "future_value": "time_value",
    "present_value": "time_value",
    # deposits, bills, bonds, day counts
    "bill_discount": "discount",
    "bond_price": "bond",
    "bond_yield": "bond",
    "day_count_fraction": "catalogue.values.daycount",
    "deposit_interest": "deposit",
    "term_interest": "deposit",
    "per_deposit_interest": "deposit",
    "DepositInterest": "deposit_result",
    "InterestPart": "deposit_result",
    "TaxPart": "deposit_result",
    "interest_tax": "deposit_result",
    "demand_interest": "deposit_demand",
    "agreement_deposit_interest": "deposit_demand",
    "settlement_dates": "deposit_demand",
    "DemandInterest": "deposit_demand",
    "time_withdrawal": "deposit_time",
    "auto_renewal": "deposit_time",
    "time_or_demand_interest": "deposit_time",
    "notice_withdrawal": "deposit_notice",
    "instalment_savings": "deposit_instalment",
    "education_savings": "deposit_instalment",
    "instalment_withdrawal_savings": "deposit_drawing",
    "interest_drawing_savings": "deposit_drawing",
    "certificate_interest": "deposit_certificate",
    "certificate_transfer": "deposit_certificate",
    "foreign_deposit_interest": "deposit_certificate",
    "retail_bond_redemption": "retail_bond",
    "Discount": "discount",
    "bill_rediscount": "discount",
    "bill_portfolio": "discount",
    "BondResult": "bond",
    "bond_settlement": "bond",
    "fx_forward": "fx",
    "fx_swap": "fx",
    "fx_option": "fx_vanilla",
    "continuous_rate": "fx_vanilla",
    "implied_volatility": "fx_vanilla",
    "FeeTier": "fund",
    "fund_subscription": "fund",
    "fund_redemption": "fund",
    "fund_conversion": "fund",
    "fund_amount_for_shares": "fund",
    "pledged_repo": "repo",
    "outright_repo": "repo",
    "outright_repo_second": "repo",
    "pledge_value": "repo",
    "money_market_interest": "repo",
}

__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    """Load the module that holds `name`, keep the object here, and return it."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    path = module if "." in module else f"{__name__}.{module}"
    found = getattr(import_module(path), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


if TYPE_CHECKING:
    from catalogue.maths.annual_rate import apr as apr
    from catalogue.maths.annual_rate import simple_rate as simple_rate
    from catalogue.maths.bond import BondResult as BondResult
    from catalogue.maths.bond import bond_price as bond_price
    from catalogue.maths.bond import bond_settlement as bond_settlement
    from catalogue.maths.bond import bond_yield as bond_yield
    from catalogue.maths.dated_rate import xirr as xirr
    from catalogue.maths.deposit import deposit_interest as deposit_interest
    from catalogue.maths.deposit import per_deposit_interest as per_deposit_interest
    from catalogue.maths.deposit import term_interest as term_interest
    from catalogue.maths.deposit_certificate import certificate_interest as certificate_interest
    from catalogue.maths.deposit_certificate import certificate_transfer as certificate_transfer
    from catalogue.maths.deposit_certificate import (
        foreign_deposit_interest as foreign_deposit_interest,
    )
    from catalogue.maths.deposit_demand import DemandInterest as DemandInterest
    from catalogue.maths.deposit_demand import (
        agreement_deposit_interest as agreement_deposit_interest,
    )
    from catalogue.maths.deposit_demand import demand_interest as demand_interest
    from catalogue.maths.deposit_demand import settlement_dates as settlement_dates
    from catalogue.maths.deposit_drawing import (
        instalment_withdrawal_savings as instalment_withdrawal_savings,
    )
    from catalogue.maths.deposit_drawing import interest_drawing_savings as interest_drawing_savings
    from catalogue.maths.deposit_instalment import education_savings as education_savings
    from catalogue.maths.deposit_instalment import instalment_savings as instalment_savings
    from catalogue.maths.deposit_notice import notice_withdrawal as notice_withdrawal
    from catalogue.maths.deposit_result import DepositInterest as DepositInterest
    from catalogue.maths.deposit_result import InterestPart as InterestPart
    from catalogue.maths.deposit_result import TaxPart as TaxPart
    from catalogue.maths.deposit_result import interest_tax as interest_tax
    from catalogue.maths.deposit_time import auto_renewal as auto_renewal
    from catalogue.maths.deposit_time import time_or_demand_interest as time_or_demand_interest
    from catalogue.maths.deposit_time import time_withdrawal as time_withdrawal
    from catalogue.maths.discount import Discount as Discount
    from catalogue.maths.discount import bill_discount as bill_discount
    from catalogue.maths.discount import bill_portfolio as bill_portfolio
    from catalogue.maths.discount import bill_rediscount as bill_rediscount
    from catalogue.maths.fund import FeeTier as FeeTier
    from catalogue.maths.fund import fund_amount_for_shares as fund_amount_for_shares
    from catalogue.maths.fund import fund_conversion as fund_conversion
    from catalogue.maths.fund import fund_redemption as fund_redemption
    from catalogue.maths.fund import fund_subscription as fund_subscription
    from catalogue.maths.fx import fx_forward as fx_forward
    from catalogue.maths.fx import fx_swap as fx_swap
    from catalogue.maths.fx_vanilla import continuous_rate as continuous_rate
    from catalogue.maths.fx_vanilla import fx_option as fx_option
    from catalogue.maths.fx_vanilla import implied_volatility as implied_volatility
    from catalogue.maths.internal_rate import irr as irr
    from catalogue.maths.level import affordable_principal as affordable_principal
    from catalogue.maths.level import level_payment as level_payment
    from catalogue.maths.level import periods_for as periods_for
    from catalogue.maths.level import rate_for as rate_for
    from catalogue.maths.periods import due_dates as due_dates
    from catalogue.maths.prepay import Payoff as Payoff
    from catalogue.maths.prepay import Prepayment as Prepayment
    from catalogue.maths.prepay import payoff as payoff
    from catalogue.maths.prepay import prepayment as prepayment
    from catalogue.maths.rate_eu import apr_eu as apr_eu
    from catalogue.maths.rate_us import apr_us as apr_us
    from catalogue.maths.rates import effective_from_nominal as effective_from_nominal
    from catalogue.maths.rates import nominal_from_effective as nominal_from_effective
    from catalogue.maths.repayment import schedule as schedule
    from catalogue.maths.repo import money_market_interest as money_market_interest
    from catalogue.maths.repo import outright_repo as outright_repo
    from catalogue.maths.repo import outright_repo_second as outright_repo_second
    from catalogue.maths.repo import pledge_value as pledge_value
    from catalogue.maths.repo import pledged_repo as pledged_repo
    from catalogue.maths.retail_bond import retail_bond_redemption as retail_bond_redemption
    from catalogue.maths.schedule_rows import Columns as Columns
    from catalogue.maths.schedule_rows import Row as Row
    from catalogue.maths.schedule_rows import Schedule as Schedule
    from catalogue.maths.time_value import annuity_future_value as annuity_future_value
    from catalogue.maths.time_value import annuity_present_value as annuity_present_value
    from catalogue.maths.time_value import future_value as future_value
    from catalogue.maths.time_value import present_value as present_value
    from catalogue.values.daycount import day_count_fraction as day_count_fraction
