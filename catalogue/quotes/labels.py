"""Labels in both languages for everything a quote shows; the command line and documents share them.

Importing this module costs next to nothing: a listing uses its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from catalogue.quotes.term_labels import TERM_LABELS
from catalogue.quotes.word_table import WORDS

Language = Literal["en", "zh"]

LABELS: Mapping[str, tuple[str, str]] = {
    # the head of a quote
    "product": ("Product", "产品"),
    "customer": ("Customer", "客户"),
    "as_of": ("As of", "定价日"),
    "valid_until": ("Valid until", "有效期至"),
    "quote_id": ("Quote", "报价编号"),
    "engine": ("Engine", "程序版本"),
    "definition_version": ("Definition of", "产品定义版本"),
    "family": ("Family", "类别"),
    "segment": ("Segment", "客群"),
    "line": ("Line", "产品线"),
    "code": ("Code", "代码"),
    "name": ("Name", "名称"),
    "name_zh": ("Chinese name", "中文名称"),
    "summary": ("Summary", "简介"),
    "eligible": ("Eligible", "准入结论"),
    # sections
    "terms": ("Terms", "条款"),
    "ask": ("Ask", "客户要求"),
    "rate": ("Rate", "利率"),
    "results": ("Results", "计算结果"),
    "fees": ("Fees", "费用"),
    "schedule": ("Schedule", "还款计划"),
    "schedule_dated": ("Schedule", "收付计划"),
    "totals": ("Totals", "合计"),
    "apr": ("All-in annual rate (APR)", "综合年化成本"),
    "checks": ("Eligibility", "准入检查"),
    "documents": ("Documents", "所需资料"),
    "cross_sell": ("Goes with", "关联产品"),
    "warnings": ("Warnings", "提示"),
    "explanation": ("How each figure was made", "数据来源与计算过程"),
    "sources": ("Sources", "依据"),
    "versions": ("Versions", "版本"),
    "figures": ("Figures", "产品参数"),
    "fields": ("Ask fields", "要素"),
    "conditions": ("Conditions", "准入条件"),
    "benefits": ("Benefits", "组合优惠"),
    "lines": ("Lines", "组合内产品"),
    "left_out": ("Left out", "未纳入产品"),
    "comparison": ("Comparison", "对比"),
    "recommended": ("Recommended", "推荐产品"),
    "excluded": ("Not offered", "不适合产品"),
    "bundle": ("Bundle", "产品组合"),
    # terms
    "amount": ("Amount", "金额"),
    "currency": ("Currency", "币种"),
    "start": ("Value date", "起息日"),
    "maturity": ("Maturity", "到期日"),
    "tenor": ("Tenor", "期限"),
    "method": ("Repayment method", "还款方式"),
    "frequency": ("Frequency", "频率"),
    "day_count": ("Day count", "计息基础"),
    "items": ("Items", "笔数"),
    "volume": ("Volume", "总金额"),
    # rate
    "annual": ("Annual rate", "年利率"),
    "reference": ("Reference", "参考利率"),
    "spread": ("Spread", "加点"),
    "basis": ("Basis", "依据性质"),
    "bounds": ("Negotiable", "可议价区间"),
    # schedule
    "n": ("No.", "期数"),
    "due": ("Due", "日期"),
    "days": ("Days", "天数"),
    "opening": ("Opening", "期初余额"),
    "principal": ("Principal", "本金"),
    "interest": ("Interest", "利息"),
    "fee": ("Fee", "费用"),
    "payment": ("Payment", "应付合计"),
    "payment_dated": ("Payment", "当期合计"),
    "closing": ("Closing", "期末余额"),
    # totals and apr
    "total.principal": ("Principal", "本金"),
    "total.interest": ("Interest", "利息"),
    "total.fees": ("Fees", "费用"),
    "total.paid": ("Paid by the customer", "客户付出"),
    "total.received": ("Received by the customer", "客户收到"),
    "total.margin": ("Margin over mid", "点差收入"),
    "total.margin_deposit": ("Margin deposit", "保证金"),
    "total.cost": ("Cost in the bundle", "组合成本"),
    "total.cost_alone": ("Cost one by one", "单独办理成本"),
    "total.saving": ("Saving", "节省"),
    "simple": ("Simple", "单利"),
    "effective": ("Effective", "复利"),
    "first_payment": ("First payment", "首期应付"),
    "last_payment": ("Last payment", "末期应付"),
    "payments": ("Payments", "还款期数"),
    # columns
    "formula": ("Formula", "计算式"),
    "source": ("Source", "依据"),
    "by": ("By", "提出方"),
    "waived": ("waived", "已减免"),
    "outcome": ("Outcome", "结果"),
    "requirement": ("Requirement", "要求"),
    "found": ("Found", "实际情况"),
    "bring": ("Bring", "请提供"),
    "reason": ("Reason", "理由"),
    "value": ("Value", "数值"),
    "unit": ("Unit", "单位"),
    "inputs": ("Inputs", "输入"),
    "file": ("File", "定义文件"),
    "key": ("Key", "键"),
    "version": ("Version", "版本"),
    "type": ("Type", "类型"),
    "default": ("Default", "默认值"),
    "limits": ("Limits", "限制"),
    "label": ("Label", "名称"),
    "charged": ("Charged", "收费方式"),
    "when": ("When", "适用条件"),
    "note": ("Note", "说明"),
    "effective_from": ("From", "生效日"),
    "title": ("Title", "名称"),
    "issuer": ("Issuer", "发布机构"),
    "alternative": ("Alternative", "方案"),
    "figure": ("Figure", "项目"),
    "score": ("Score", "得分"),
    "missing": ("Still unknown", "待补充信息"),
    "status": ("Status", "状态"),
    "none": ("none", "无"),
    "required": ("required", "必填"),
    "subject_to": ("yes, once the points marked refer are settled", "是(待核实事项落实后)"),
    "from_by": ("added by", "附加方"),
    "alone": ("Alone", "单独办理"),
    "in_bundle": ("In the bundle", "组合内"),
    "saving": ("Saving", "节省"),
    "benefit": ("Benefit", "优惠"),
    "kind": ("Kind", "类型"),
    "profile": ("Profile", "客户画像"),
    "column": ("Column", "档次"),
    "valid_days": ("Days a quote stands", "报价有效天数"),
    "withdrawn": ("no longer sold", "已停办"),
    "negotiable": ("Negotiable", "可议价"),
    "informative": ("for information", "仅供参考"),
    "above": ("above", "以上"),
    "test": ("Test", "判断条件"),
    "otherwise": ("Else", "否则"),
    "applies": ("if", "适用条件"),
    "waive": ("waived if", "减免条件"),
    "document": ("Document", "文号与日期"),
    "rate.fixed": ("Fixed annual rate", "固定年利率"),
    "rate.spread": ("Spread", "加点"),
    "rate.multiple": ("Multiple of the reference", "参考利率倍数"),
    "rate.min": ("Lowest rate", "最低利率"),
    "rate.max": ("Highest rate", "最高利率"),
    "rate.min_spread": ("Lowest spread", "最低加点"),
    "rate.max_spread": ("Highest spread", "最高加点"),
    "rate.min_multiple": ("Lowest multiple", "最低倍数"),
    "rate.max_multiple": ("Highest multiple", "最高倍数"),
    "first": ("First", "最早"),
    "last": ("Newest", "最新"),
    "plugin": ("Plugin", "插件"),
    "group": ("Group", "入口点组"),
    "distribution": ("Distribution", "发行包"),
    "hooks": ("Hooks", "实现的钩子"),
    "errors": ("Errors", "错误"),
    "bundle_line": ("Line", "组合行"),
    "preset": ("Preset", "预设要素"),
    "given_when": ("Given when", "享受条件"),
    "own_price": ("priced in the bundle only", "仅在组合内计价"),
    "own_price_note": (
        "sold only in the bundle, so that it costs nothing one by one; the saving is net of its price",
        "仅随组合办理,单独办理成本中不计;节省金额已扣除其价格",
    ),
    "min_lines": ("Lines for any benefit", "享受优惠最少产品数"),
    "most": ("At most", "上限"),
    "all": ("all", "全部"),
    "cost_note": (
        "Cost: what the customer pays less what the customer receives.",
        "成本:客户付出减去客户收到。",
    ),
    "limit.rate_discount": ("Rate discount, at most", "利率优惠上限"),
    "limit.deposit_uplift": ("Deposit uplift, at most", "存款上浮上限"),
    "limit.total": ("All benefits, at most", "优惠总额上限"),
    "valid": ("Valid", "有效"),
    "invalid": ("Invalid", "无效"),
    "findings": ("Errors, remarks", "错误、提示"),
    "known_until": ("Known until", "已知至"),
    "lookup": ("Lookup", "取值方式"),
    # scorecards
    "factor": ("Factor", "评分项"),
    "factor_group": ("Group", "类别"),
    "points": ("Points", "得分"),
    "grade": ("Grade", "等级"),
    "credit_limit": ("Credit limit", "参考授信额度"),
    "stated_grade": ("Grade stated", "客户资料等级"),
    "stated_counts": (
        "(this one counts in quotes and in the profile)",
        "(报价与客户画像以此为准)",
    ),
    "more_facts": ("Would tell more of the profile", "补充后可完善客户画像"),
    "provisional": ("provisional: some facts are unknown", "暂定:部分信息未知"),
}
"""Key → (English, Chinese)."""


def label(key: str, lang: Language = "en", fallback: str | None = None) -> str:
    """The label of a key; an unknown one is its own words.

    >>> label("as_of", "zh"), label("down_payment")
    ('定价日', 'down payment')
    """
    at = 1 if lang == "zh" else 0
    if key in LABELS:
        return LABELS[key][at]
    if key in TERM_LABELS:
        return TERM_LABELS[key][at]
    from catalogue.definitions.common_fields import COMMON_FIELDS

    common = COMMON_FIELDS.get(key)
    if common is not None and common.label is not None:
        return (common.label_zh or common.label) if lang == "zh" else common.label
    return fallback or key.replace("_", " ")


def word(value: str, lang: Language = "en") -> str:
    """A coded value (method, frequency, outcome, segment, basis …) in words; others as they are.

    >>> word("level", "zh"), word("refer", "zh"), word("monthly")
    ('等额本息', '待核实', 'monthly')
    """
    if value in WORDS:
        return WORDS[value][1 if lang == "zh" else 0]
    if lang == "zh":
        from catalogue.definitions.common_fields import FREQUENCIES, METHODS

        return METHODS.get(value) or FREQUENCIES.get(value) or value
    return value
