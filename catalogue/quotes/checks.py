"""The eligibility checks of a quote: conditions of the definition, then those of plugins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.definitions.conditions import Condition, Verdict, evaluate
from catalogue.definitions.facts import FactDef
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Outcome


def definition_checks(ctx: QuoteContext, facts: Mapping[str, FactDef]) -> list[Check]:
    """One check for each condition that applies; a missing fact is "refer" with what to bring."""
    made = []
    for code, condition in ctx.version.conditions.items():
        gate = evaluate(condition.when, ctx) if condition.when is not None else None
        if gate is not None and gate.truth is False:
            continue
        verdict = gate if gate is not None and gate.truth is None else evaluate(condition.test, ctx)
        made.append(_check(ctx, code, condition, verdict, facts))
    return made


def _check(
    ctx: QuoteContext,
    code: str,
    condition: Condition,
    verdict: Verdict,
    facts: Mapping[str, FactDef],
) -> Check:
    outcomes: dict[bool | None, Outcome] = {True: "pass", False: condition.otherwise, None: "refer"}
    outcome = outcomes[verdict.truth]
    bring, bring_zh = condition.bring, condition.bring_zh
    if verdict.missing and bring is None:
        bring, bring_zh = _papers(verdict.missing, facts)
    ctx.explain(
        f"check.{code}",
        outcome,
        condition.test.text(),
        verdict.found,
        ctx.version.origin("conditions", code),
    )
    return Check(
        id=code,
        outcome=outcome,
        reason=condition.reason,
        reason_zh=condition.reason_zh,
        source=ctx.source("conditions", code),
        found=verdict.found,
        missing=verdict.missing,
        bring=bring if verdict.truth is None else None,
        bring_zh=bring_zh if verdict.truth is None else None,
        by="definition",
    )


def _papers(missing: tuple[str, ...], facts: Mapping[str, FactDef]) -> tuple[str, str]:
    english, chinese = [], []
    for path in missing:
        fact: Any = facts.get(path.removeprefix("customer."))
        english.append((fact and (fact.bring or fact.label)) or path)
        chinese.append((fact and (fact.bring_zh or fact.label_zh)) or path)
    return "; ".join(dict.fromkeys(english)), "；".join(dict.fromkeys(chinese))
