"""Checks from a policy: each rule of a group says what must hold."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.definitions.conditions import Facts, evaluate
from catalogue.definitions.policies import PolicyDefinition, PolicyVersion
from catalogue.products.explanation import source_text
from catalogue.products.results import Check, Outcome


def policy_checks(
    policy: PolicyDefinition, version: PolicyVersion, group: str, facts: Facts, *, prefix: str = ""
) -> Iterator[Check]:
    """One check for each rule of a group whose `when` certainly holds, in order.

    A rule that cannot be decided refers, and says what to bring.
    """
    for code, rule in version.group(group):
        if rule.when is not None and evaluate(rule.when.node, facts).truth is not True:
            continue
        verdict = evaluate(rule.test.node, facts)
        outcomes: dict[bool | None, Outcome] = {True: "pass", False: rule.otherwise, None: "refer"}
        origin = version.origin("rules", group, code)
        unknown = verdict.truth is None
        yield Check(
            f"{prefix}{code}",
            outcomes[verdict.truth],
            rule.text,
            rule.text_zh,
            source_text(origin.source if origin else None, policy.sources),
            verdict.found,
            verdict.missing,
            (rule.bring or "papers that prove it") if unknown else None,
            (rule.bring_zh or "相关证明") if unknown else None,
        )
