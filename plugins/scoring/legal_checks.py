"""Legal checks of guarantees and collateral (法律审查) on every loan whose facts are stated.

The rules are the policy `legal-checks`; a rule is looked at only when its fact is known, so that a
quote without guarantor or collateral has no such check.
"""

from __future__ import annotations

from catalogue import Check, Contract, QuoteContext, hookimpl

POLICY = "legal-checks"
_FACTS = ("guarantor_type", "collateral_type", "joint_property")


@hookimpl
def eligibility(ctx: QuoteContext, contract: Contract) -> list[Check]:
    """One check for each rule that applies to a borrowing customer."""
    if not contract.apr or all(ctx.customer.get(name) is None for name in _FACTS):
        return []
    from catalogue.scoring.rule_checks import policy_checks

    policy = ctx.policy(POLICY)
    return list(policy_checks(policy, policy.at(ctx.as_of), "check", ctx, prefix="legal-"))
