"""A fee's rule in one line of words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.cli.names import Names
from catalogue.cli.words import number_text, percent_of
from catalogue.quotes.labels import Language, label, word

_BOUNDS = (
    ("min", "at least", "最低"),
    ("max", "at most", "最高"),
    ("total_min", "in all at least", "合计最低"),
    ("total_max", "in all at most", "合计最高"),
)


def fee_words(fee: Mapping[str, Any], names: Names) -> str:
    """`0.30 % of ask.amount; at least 200; per year begun; VAT included`."""
    return "; ".join(_parts(fee, names))


def _parts(fee: Mapping[str, Any], names: Names) -> Iterator[str]:
    lang, zh = names.lang, names.lang == "zh"
    unit = f" {fee['currency']}" if fee.get("currency") else ""
    yield _method(fee, unit, names)
    for name, english, chinese in _BOUNDS:
        if fee.get(name) is not None:
            yield f"{chinese if zh else english} {number_text(fee[name])}{unit}"
    yield from _counted(fee, names)
    yield from _paid(fee, lang)
    for name in ("applies", "waive"):
        if fee.get(name):
            test = fee[name]["test"] if isinstance(fee[name], Mapping) else fee[name]
            yield f"{label(name, lang)} {names.test(str(test))}"


def _counted(fee: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Items and periods that multiply the charge."""
    lang = names.lang
    if fee.get("items"):
        items = names.condition(str(fee["items"]))
        yield f"每笔,笔数为{items}" if lang == "zh" else f"for each of {items}"
    if fee.get("free", "0") != "0":
        yield f"免费 {fee['free']} 笔" if lang == "zh" else f"{fee['free']} free"
    if fee.get("per"):
        unit, counting = word(fee["per"]["unit"], lang), word(fee["per"]["counting"], lang)
        if fee["per"]["counting"] == "pro-rata":
            counting += f", {'天数' if lang == 'zh' else 'days'} ÷ {fee['per']['year_days']}"
        yield f"每{unit}({counting})" if lang == "zh" else f"per {unit} {counting}"


def _paid(fee: Mapping[str, Any], lang: Language) -> Iterator[str]:
    """Tax, when it is paid, whether it is optional and part of the APR."""
    at = 1 if lang == "zh" else 0
    if fee.get("tax"):
        yield (
            ("VAT included", "含增值税") if fee["tax"]["inclusive"] else ("plus VAT", "另加增值税")
        )[at]
    if fee.get("due", "start") != "start":
        yield word(fee["due"], lang)
    if fee.get("optional"):
        yield ("optional service", "可选服务")[at]
    if fee.get("in_apr") is False:
        yield ("outside the APR", "不计入综合年化成本")[at]


def _method(fee: Mapping[str, Any], unit: str, names: Names) -> str:
    base, zh = names.condition(str(fee.get("base", ""))), names.lang == "zh"
    each = names.counts(str(fee.get("base", "")))
    match fee["method"]:
        case "flat":
            return f"{number_text(fee['amount'])}{unit}"
        case "percent":
            rate = _rate(fee["rate"], each, zh)
            if each:
                return f"{base}{rate}" if zh else f"{rate} of {base}"
            return f"{base}的{rate}" if zh else f"{rate} of {base}"
        case method:
            name = ("分档全额" if method == "slab" else "分档累进") if zh else method
            return (
                f"{name} {base}: {', '.join(_tier(tier, unit, each, zh) for tier in fee['tiers'])}"
            )


def _rate(rate: str, each: bool, zh: bool) -> str:
    """A share in percent; on a number of items it is the price of one."""
    if not each:
        return percent_of(rate)
    return f"每笔 {number_text(rate)}" if zh else f"{number_text(rate)} each"


def _tier(tier: Mapping[str, Any], unit: str, each: bool, zh: bool) -> str:
    parts = [f"{number_text(tier['amount'])}{unit}"] if tier.get("amount") is not None else []
    if tier.get("rate") is not None:
        parts.append(_rate(tier["rate"], each, zh))
    bound = (
        f"≤ {number_text(tier['up_to'])}"
        if tier.get("up_to") is not None
        else ("以上" if zh else "above")
    )
    return f"{bound} {' + '.join(parts)}"
