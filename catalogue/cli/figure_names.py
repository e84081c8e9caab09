"""What the figures of an explanation are called: `result.net_cost` by the result's label, `fee.x` by the fee's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.quotes.chinese.translate import remark
from catalogue.quotes.labels import label

if TYPE_CHECKING:
    from catalogue.cli.names import Names
    from catalogue.quotes.quote import Quote

_KINDS = {
    "fx": ("Exchange rate", "汇率"),
    "collateral": ("Collateral", "担保物"),
    "repo": ("Allowed by bond", "各券可融资额"),
    "sales": ("Repaid from the sales of", "售房款还款"),
    "syndicate": ("Syndicate", "银团"),
    "wealth": ("Outcome", "情景"),
}
"""Figures of one of several things (`fx.USD/CNY`, `collateral.2`): what they are, then which one."""
_WHICH = {
    "client": ("the client's", "客户价"),
    "forward": ("forward", "远期"),
    "low": ("low", "低"),
    "middle": ("middle", "中"),
    "high": ("high", "高"),
    "shares": ("shares of the banks", "各行份额"),
}


def figure_name(figure: str, quote: Quote, names: Names) -> str:
    """The name of an explained figure in the language of `names`; its own key's words where it has none."""
    root, _, rest = figure.partition(".")
    rest = rest or root
    if root == "fee":
        named = {item.fee.code: item.fee for item in quote.charged}
        if rest in named:
            return named[rest].name_zh if names.lang == "zh" else named[rest].name
    if root == "interest":  # of one stretch of a deposit: what decided its rate
        why = ": ".join(names.formula(remark(part, names.lang)) for part in rest.split(": "))
        return f"{label('interest', names.lang)}: {why}"
    if root == "rate" and "." in rest:  # of a sheet, by its column
        return names.sheet(*rest.split(".", 1))
    if root == "check":
        reasons = {check.id: check for check in quote.checks}
        if rest in reasons:
            return reasons[rest].reason_zh if names.lang == "zh" else reasons[rest].reason
    if root == "figure":  # `figure.max_ltv.first`, `figure.fee at 12`
        return names.label(rest.partition(".")[0].partition(" ")[0])
    for item in quote.results:
        if item.code == rest:
            return item.label_zh if names.lang == "zh" else item.label
    if root in _KINDS:
        at, which = 1 if names.lang == "zh" else 0, rest.rpartition("_")[2]
        return f"{_KINDS[root][at]}: {_WHICH[which][at] if which in _WHICH else which}"
    return names.total(rest) if root == "totals" else names.label(rest)
