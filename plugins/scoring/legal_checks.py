"""Legal checks of guarantees and collateral (法律审查) on every loan whose facts are stated.

The rules are the policy `legal-checks`; a rule is looked at only when its fact is known, so that a
quote without guarantor or collateral has no such check.
"""

from __future__ import annotations

from typing import Any

from catalogue import Check, Contract, QuoteContext, hookimpl

POLICY = "legal-checks"
_FACTS = ("guarantor_type", "collateral_type", "joint_property")


@hookimpl
def eligibility(ctx: QuoteContext, contract: Contract) -> list[Check]:
    """One check for each rule that applies to a borrowing customer."""
    if not contract.apr or all(ctx.customer.get(name) is None for name in _FACTS):
        return []
    from catalogue.definitions.conditions import evaluate
    from catalogue.products.explanation import source_text

    policy = ctx.policy(POLICY)
    version = policy.at(ctx.as_of)
    checks = []
    for code, rule in version.group("check"):
        if rule.when is not None and evaluate(rule.when.node, ctx).truth is not True:
            continue
        verdict = evaluate(rule.test.node, ctx)
        outcomes: dict[bool | None, Any] = {True: "pass", False: rule.otherwise, None: "refer"}
        origin = version.origin("rules", "check", code)
        unknown = verdict.truth is None
        checks.append(
            Check(
                f"legal-{code}",
                outcomes[verdict.truth],
                rule.text,
                rule.text_zh,
                source_text(origin.source if origin else None, policy.sources),
                verdict.found,
                verdict.missing,
                (rule.bring or "papers that prove it") if unknown else None,
                (rule.bring_zh or "相关证明") if unknown else None,
            )
        )
    return checks
