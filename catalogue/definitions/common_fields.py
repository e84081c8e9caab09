"""The ask fields that all products share: their types and labels, declared once."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from catalogue.definitions.model import FieldDef

METHODS: Mapping[str, str] = {
    "level": "等额本息",
    "equal-principal": "等额本金",
    "bullet": "按期付息到期还本",
    "at-maturity": "到期一次还本付息",
    "custom": "约定还款计划",
}
FREQUENCIES: Mapping[str, str] = {
    "weekly": "每周", "fortnightly": "每两周", "semi-monthly": "每半月", "monthly": "每月",
    "quarterly": "每季", "semiannual": "每半年", "annual": "每年",
}  # fmt: skip

COMMON_FIELDS: Mapping[str, FieldDef] = {
    "amount": FieldDef("money", "Amount", "金额"),
    "currency": FieldDef("choice", "Currency", "币种"),
    "tenor": FieldDef("tenor", "Tenor", "期限"),
    "maturity": FieldDef("date", "Maturity", "到期日"),
    "start": FieldDef("date", "Value date", "起息日"),
    "rate": FieldDef(
        "rate",
        "Annual rate",
        "年利率",
        help="a rate agreed instead of the listed one",
        help_zh="双方约定、代替挂牌利率的利率",
    ),
    "spread": FieldDef(
        "rate", "Spread", "加点", help="added to the reference rate", help_zh="在参考利率上加点"
    ),
    "method": FieldDef("choice", "Repayment method", "还款方式", choices=tuple(METHODS)),
    "frequency": FieldDef("choice", "Frequency", "频率", choices=tuple(FREQUENCIES)),
    "day_count": FieldDef("text", "Day count", "计息基础"),
    "count": FieldDef("int", "Number of items", "笔数"),
    "services": FieldDef(
        "list",
        "Optional services",
        "可选服务",
        help="codes of optional fees",
        help_zh="可选收费项目的代码",
    ),
    # what loans share
    "first_due": FieldDef("date", "First due date", "首次还款日"),
    "grace": FieldDef(
        "int",
        "Grace periods (interest only)",
        "宽限期数(只付息)",
        help="number of due dates: a year of quarters is 4",
        help_zh="以还款期数计:按季还款一年为4期",
    ),
    "drawdowns": FieldDef(
        "rows", "Drawdowns", "提款计划", columns={"date": "date", "amount": "money"}
    ),
    "instalments": FieldDef(
        "rows", "Principal by instalment", "各期还本金额", columns={"amount": "money"}
    ),
    "extra_payments": FieldDef(
        "rows", "Early repayments", "提前还款", columns={"date": "date", "amount": "money"}
    ),
    "extra_mode": FieldDef(
        "choice",
        "After an early repayment",
        "提前还款后",
        choices=("shorter", "lower", "same"),
        choices_zh=("缩短期限", "减少月供", "期限与月供不变"),
    ),
    "rate_steps": FieldDef(
        "rows",
        "Rate path",
        "利率变动",
        columns={"from": "date", "rate": "rate"},
        help="annual rates from given dates on, for a what-if",
        help_zh="自给定日期起的年利率,用于测算",
    ),
    "balloon": FieldDef("money", "Balloon", "尾款"),
    "payment_multiple": FieldDef("money", "Payment rounded up to", "月供取整单位"),
    "settlement_day": FieldDef("int", "Interest settlement day", "结息日", min=1, max=31),
}
"""`services` names the optional fees that the client wants."""

IMPLIED = ("start", "currency")
"""Accepted by every product without being declared."""


def with_common(name: str, field: FieldDef) -> FieldDef:
    """A declared field filled up from the common field of its name: type, labels, choices, columns."""
    common = COMMON_FIELDS.get(name)
    if common is None:
        return field
    gaps = {
        part.name: getattr(common, part.name)
        for part in attrs.fields(FieldDef)
        if getattr(field, part.name) is None and getattr(common, part.name) is not None
    }
    if field.choices is not None:
        gaps.pop("choices_zh", None)  # they label other choices
    return attrs.evolve(field, **gaps)


def accepted_fields(
    declared: Mapping[str, FieldDef], *, rate: bool, services: bool
) -> dict[str, FieldDef]:
    """All fields that an ask of a version may hold: the declared and the implied ones."""
    names = list(declared)
    names += [name for name in IMPLIED if name not in declared]
    if "tenor" in declared and "maturity" not in declared:
        names.append("maturity")
    if rate:
        names += [name for name in ("rate", "spread") if name not in declared]
    if services and "services" not in declared:
        names.append("services")
    return {name: declared.get(name, COMMON_FIELDS.get(name, FieldDef("text"))) for name in names}


def field_type(name: str, field: FieldDef) -> str:
    """The type of a field: its own, or that of the common field of its name."""
    common = COMMON_FIELDS.get(name)
    return field.type or (common.type if common and common.type else "text")


def field_label(name: str, field: FieldDef, lang: str = "en") -> str:
    """The label of a field, falling back to the common field and then to its name."""
    common = COMMON_FIELDS.get(name)
    if lang == "zh":
        return field.label_zh or (common.label_zh if common else None) or field.label or name
    return field.label or (common.label if common else None) or name.replace("_", " ")
