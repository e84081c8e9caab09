"""Policies: dated figures and groups of named rules that no single product owns.

Segments, classes of loans, warning signals, legal checks and the needs of customers are policies. A rule
is a test over facts with words in both languages; what a group means (first rule that holds, all that
hold) its user says. `suits`, `cautions` and `bars` say what a rule means for products, so that the core
names none: each entry is a product code or a family.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import attrs

from catalogue.definitions.conditions import Facts, Tree, evaluate
from catalogue.definitions.dated import load_dated
from catalogue.definitions.figures import Figure
from catalogue.definitions.model import Empty, Source
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.source_checks import need_source
from catalogue.definitions.structure import Code, Reader, key
from catalogue.definitions.versions import Origins, Stated, need_version


@attrs.frozen
class Rule:
    """One rule: what it says when its test holds (or, for a check, what must hold)."""

    order: int = key("place in its group")
    test: Tree = key("what must hold")
    text: str = key("what it says in English")
    text_zh: str = key("what it says in Chinese")
    when: Tree | None = key("only looked at when this holds", None)
    otherwise: Literal["fail", "refer"] = key(
        "checks: the outcome when the test does not hold", "fail"
    )
    bring: str | None = key("checks: what to bring when facts are missing", None)
    bring_zh: str | None = key("the same in Chinese", None)
    suits: tuple[Code, ...] = key("products or families that suit whom the rule describes", ())
    cautions: tuple[Code, ...] = key("products or families to offer such a customer with care", ())
    bars: tuple[Code, ...] = key("products or families not to offer such a customer", ())


@attrs.frozen
class NeedTopic:
    """A need as customers state it, and the products that serve it."""

    text: str = key("the need in English, as `buy a home`")
    text_zh: str = key("the need in Chinese")
    words: tuple[str, ...] = key("phrases, in English or Chinese, by which it is recognised")
    suits: tuple[Code, ...] = key("products or families that serve it")


@attrs.frozen
class PolicyVersion(Stated):
    """The policy as it stands from `effective_from` on."""

    effective_from: date = key("first day on which this version holds")
    note: str | None = key("what changed and why", None)
    figures: Mapping[str, Figure] = key("figures by name", Empty)
    rules: Mapping[str, Mapping[str, Rule]] = key(
        "groups of rules: group, then rule by code", Empty
    )
    needs: Mapping[str, NeedTopic] = key("needs by code", Empty)
    concerns: tuple[Code, ...] = key(
        "checks: products or families that they concern before a quote is made", ()
    )
    origins: Origins = attrs.field(factory=Origins, metadata={"hidden": True}, repr=False)

    def group(self, name: str) -> list[tuple[str, Rule]]:
        """The rules of a group in their order; empty for an unknown group."""
        rules = self.rules.get(name, {})
        return sorted(rules.items(), key=lambda item: (item[1].order, item[0]))

    def first(self, group: str, facts: Facts) -> tuple[str, Rule] | None:
        """The first rule of a group that certainly holds."""
        return next(iter(self.holding(group, facts)), None)

    def holding(self, group: str, facts: Facts) -> Iterator[tuple[str, Rule]]:
        """The rules of a group that certainly hold, in order; unknown facts make none hold."""
        for code, rule in self.group(group):
            if rule.when is not None and evaluate(rule.when.node, facts).truth is not True:
                continue
            if evaluate(rule.test.node, facts).truth is True:
                yield code, rule


@attrs.frozen
class PolicyHeader:
    """What the policy is about."""

    code: Code = key("policy code")
    name: str = key("name in English")
    name_zh: str = key("name in Chinese")


@attrs.frozen
class PolicyDefinition:
    """One policy over time."""

    header: PolicyHeader
    files: tuple[str, ...]
    sources: Mapping[str, Source]
    versions: tuple[PolicyVersion, ...]

    def at(self, as_of: date) -> PolicyVersion:
        """The version in force on a day; InputError before the first."""
        return need_version(self.versions, as_of, self.header.code)


def load_policy(
    paths: Sequence[Path], shared: Mapping[str, Source], problems: Problems
) -> PolicyDefinition | None:
    """A policy from its files, the lowest layer first; faults go to `problems`."""
    made = load_dated(
        paths, shared, problems, header=PolicyHeader, version=PolicyVersion, finish=_finish
    )
    if made is None:
        return None
    return PolicyDefinition(made.header, made.files, made.sources, made.versions)


def _finish(version: PolicyVersion, reader: Reader) -> PolicyVersion:
    paths: list[tuple[KeyPath, str]] = [
        (("rules", group, code), "rule") for group, rules in version.rules.items() for code in rules
    ]
    paths += [(("needs", code), "need") for code in version.needs]
    for path, what in paths:
        need_source(version, path, what, reader)
    for code, topic in version.needs.items():
        if not topic.words or not all(word.strip() for word in topic.words):
            reader.fault(("needs", code, "words"), "needs at least one phrase, none of them empty")
        if not topic.suits:
            reader.fault(("needs", code, "suits"), "is empty; name a product or a family")
    return version
