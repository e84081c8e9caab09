"""Products: what an ask becomes. Terms, contract, fees, checks, and the base classes of families.

Imports maths, definitions, values and the hook markers; never quotes, bundles or interfaces.

What plugins work with: ask, customer, context, results, base, verdict (checks in Python), explanation,
rate_rule and rate_book (rates), fees and periods (fees), answers (what is wrong with an answer).

Base classes of families, listed in docs/plugins.md, and what only they share:

- services: fee_service, settlement, agency (balances: those that an ask gives);
- loans: loan (loan_dates, repricing, prepayment_fee, penalty), company_loan (project, working_capital,
  commitment, revolving), home_loan (home_rules, provident_fund, loan_parts), priced_purchase, student;
  what households have in common: affordability, guarantor, collateral; subsidy: interest that a seller pays;
- bills: bills, discount; trade: trade, claims, margin (also of acceptances);
- deposits: deposit (deposit_rates, deposit_rows), deposit_time, deposit_certificate, deposit_notice,
  deposit_account, deposit_plans, deposit_education; account_spans and sweep: pooled and swept accounts;
- markets: fx, fx_forward, bond, retail_bond, revolving_card (a card's account).

For all: agreed (prices agreed instead of listed), bank_days, plain_rows (schedules without interest),
solved (rates that are solved for).
"""
