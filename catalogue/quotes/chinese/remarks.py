"""Remarks of quotes: English template → Chinese template.

`{}` stands for a value, in the same order on both sides unless numbered on the right. Values are
carried over; one that is a coded word or a remark itself is turned into Chinese too.
"""

from __future__ import annotations

from collections.abc import Mapping

CORE: Mapping[str, str] = {
    "customer.{}: not a known fact{}": "customer.{}:不在客户信息字典内{}",
    "customer.{}: not a known fact{}; it decides nothing": "customer.{}:不在客户信息字典内{},不参与判断",
    "; did you mean {}?": ",是否为{}?",
    "adjustment {} by {}: {} became {}, the rate is bounded at {}": "{1}的利率调整{0}:{2}改为{3},利率以{4}为限",
    "adjustment {} by {}: {} has no rate to change": "{1}的利率调整{0}:{2}没有可调整的利率",
    "apr: {}": "综合年化成本:{}",
    "plugin {} ({}): {}": "插件{}({}):{}",
    "{} could not be decided: unknown {}; taken as not so": "{}无法判断:缺少{},按不符合处理",
    "rate sheet {} is known to hold until {} only; {} was used on {}": "利率表{0}已知有效期仅至{1};{3}采用{2}",
    "rate sheet {} ends at {}; its last rate is used for {}": "利率表{}最长至{},{}采用其最长档利率",
    "tenor: {} ends at {}; its rate for {} was used for {}": "期限:{0}最长至{1},{3}采用{2}的利率",
    "maturity: {} is no business day; {} is used": "到期日:{}为非营业日,改用{}",
    "start: {} is no business day; no bonds are settled on it": "起息日:{}为非营业日,当日不办理债券结算",
    "start: {} is no business day; settled on {}": "起息日:{}为非营业日,于{}结算",
    "start: dealt on {}, but at the rates of {}": "起息日:于{}成交,但按{}的汇率",
    "public holidays are known until {} only; {} was taken by weekends": "法定节假日仅已知至{},{}按周末推算",
    # fees
    "commitment fee: not charged to a {} enterprise ({})": "承诺费:不向{}企业收取({})",
    "urgent: the tariff in force has no surcharge for urgency": "加急:现行收费标准无加急费",
    "urgent: costs nothing more at the channel {}": "加急:该渠道({})不另收费",
    "urgent: costs nothing more, for no transfer fee is charged that it adds to": (
        "加急:未收取汇款手续费,故不另收加急费"
    ),
    "customer.enterprise_size is unknown: the price for small and micro enterprises is not applied; state it": (
        "企业规模(customer.enterprise_size)未知:未适用小微企业价格,请提供"
    ),
    "customer.bank_level is unknown: gold clients and above pay no transfer fee": (
        "客户等级(customer.bank_level)未知:金卡及以上客户免收汇款手续费"
    ),
    # loans
    "customer.other_monthly_debt is not stated; other debts were taken as none": (
        "未提供其他债务月还款额(customer.other_monthly_debt),按无其他债务计算"
    ),
    "customer.guarantor_monthly_debt is not stated; other debts were taken as none": (
        "未提供保证人其他债务月还款额(customer.guarantor_monthly_debt),按无其他债务计算"
    ),
    "customer.guarantor_guaranteed is not stated; other guarantees were taken as none": (
        "未提供保证人已对外担保金额(customer.guarantor_guaranteed),按无其他担保计算"
    ),
    "claimed_on: {} is after {}, the last day for claims; nothing is paid": (
        "索赔日{}晚于最迟索赔日{},不予赔付"
    ),
    "affordable_amount: {}": "可负担贷款额:{}",
    "true_apr: {}": "实际年化成本:{}",
    "drawdowns: no usage stated; the limit was taken as drawn in full throughout": (
        "提款计划:未说明用款情况,按额度全程全额提用计算"
    ),
    "project_cash_flows: none given for {}; not covered there": "项目现金流:{}未提供,未计算该年偿债备付率",
    "project_cash_flows: no debt service in {}; left out": "项目现金流:{}无还本付息,不计算",
    "project_cash_flows: {} has interest of the construction period only; leave the year out where the "
    "project's funds pay it": "项目现金流:{}年只有建设期利息,由项目资金支付的可不填该年",
    "fx_path: {} begins after the last payment; today's rate was used": "汇率走势:{}始于末次还款之后,采用当日汇率",
    "cny_apr{}: {}": "人民币综合年化成本{}:{}",
    "banks: the shares add up to {}; each bank takes its share ÷ {}": "银团成员:份额合计为{},各行按份额÷{}承贷",
    "yield_{}: {}": "第{}家银行收益率:{}",
    "effective_yield: {}": "实际收益率:{}",
    "yield by {}: {}": "按{}计算的收益率:{}",
    "rate: SHIBOR ends at {}; that of {} is used for {}": "利率:SHIBOR最长至{0},{2}采用{1}的利率",
    "margin_rate: no rate is listed for a margin in {}; its interest is not counted, state margin_rate": (
        "保证金利率:{}保证金无挂牌利率,未计保证金利息,请提供margin_rate"
    ),
    # deposits
    "start: {} is after the pricing date {}, whose rate stands here; the deposit will bear that of its own day": (
        "起息日:{}晚于定价日{},此处采用定价日利率,实际按起息日利率执行"
    ),
    "interest tax: {} from {}, after the pricing date {}; interest accrued from that day on bears it": (
        "利息税:自{1}起(晚于定价日{2})为{0},该日起孳生的利息按此征收"
    ),
    "{}; the rate before it was kept": "{};沿用此前的利率",
    "annual_yield: {}": "年化收益率:{}",
    "renew: the first term is priced; state withdraw_on for the terms after it": (
        "自动转存:仅计算首个存期,以后存期请提供支取日(withdraw_on)"
    ),
    "renew: renewals after the pricing date are priced at its rate; each will bear the rate of its own day": (
        "自动转存:定价日之后的转存按定价日利率测算,实际按转存日利率执行"
    ),
    "notice: {}: that part bears the demand rate": "通知存款:{}:该部分按活期利率计息",
    "no notice": "未通知",
    "amount {} below the minimum {}": "支取金额{}低于最低支取额{}",
    "demand rate: over the amount of notice {}": "超过通知金额{}",
    "demand rate: short of the amount of notice {}": "不足通知金额{}",
    "notice of {} days, shorter than {}": "通知期{}天,短于{}天",
    "drawn before the day of notice {}": "早于约定支取日{}支取",
    "drawn after the day of notice {}": "晚于约定支取日{}支取",
    "withdraw_amount: the rest was under the least balance and is paid out too": (
        "支取金额:剩余部分低于最低留存额,一并支取"
    ),
    "instalments_paid: month {} was not made up in the next; what was paid in after it bears the demand rate": (
        "每月存入情况:第{}月漏存且次月未补存,其后存入部分按活期利率计息"
    ),
    "rate: from {} USD on it is agreed with the client; the listed rate of small amounts stands here until then": (
        "利率:{}美元以上由双方议定,此处暂按小额挂牌利率"
    ),
    # wealth, cards, foreign exchange
    "path: none is stated; interest and totals are those of the lowest outcome": (
        "标的走势:未提供,利息及合计按最低收益情形计算"
    ),
    "balances: none before {}; the account is taken as empty": "余额:{}之前未提供,按账户无余额处理",
    "balances: none on {} for {}; taken as empty until the first one": "余额:{1}在{0}未提供,首笔余额之前按零处理",
    "no return is promised: the amounts are those of the middle scenario": "不承诺收益:以下金额按中性情景测算",
    "order: it waits; the amounts are those of a deal at {}": "委托:尚未成交,以下金额按成交价{}测算",
    "the statement of {} owes {}, over the limit of {}": "{}账单欠款{},超过信用额度{}",
}
"""Of a product's quote."""

BUNDLES: Mapping[str, str] = {
    "benefit {} on {}: {} lowered to {} by its limit of {}": "组合内产品{1}的优惠{0}:由{2}降为{3},受上限{4}限制",
    "benefit {}: {} cut to {} by its limit": "优惠{}:由{}减至{},受上限限制",
    "benefit {} is not given: {} does not hold": "优惠{}未给予:不满足{}",
    "no benefits: the line {} ({}) is required": "不享受优惠:组合内产品{}({})为必选",
    "no benefits: {} lines are taken, at least {} are needed": "不享受优惠:已选{}个产品,至少需要{}个",
    "no benefits: {}": "不享受优惠:{}",
    "{}: left out: {}": "{}:未纳入:{}",
    "{}: not priced: {}": "{}:未报价:{}",
    "scorecard {}: grade {} is none of {}; it decides nothing": "评分卡{}:等级{}不在{}之内,不参与判断",
    "not scored: {}": "未评分:{}",
    "not scored by {}: {}": "评分卡{}未能评分:{}",
}
"""Of bundles and recommendations."""

RATES: Mapping[str, str] = {
    "rate: no rate makes these flows worth nothing": "无任何利率使现金流现值为零",
    "rate: {} rates solve these flows ({}), so none is the rate": "有{}个利率满足现金流({}),无法确定唯一利率",
    "rate: there are no flows": "没有现金流",
    "rate: all flows are on one day; no rate can be found": "全部现金流在同一日,无法求得利率",
    "rate: every flow is zero, so any rate solves them": "现金流均为零,无法求得利率",
    "rate: all flows are received, none the other way; there is no rate": "现金流均为收入,没有支出,不存在利率",
    "rate: all flows are paid, none the other way; there is no rate": "现金流均为支出,没有收入,不存在利率",
    "rate: only a total loss (-100 %) or a rate beyond any number comes near these flows": (
        "仅全部损失(-100 %)或无穷大的利率接近现金流"
    ),
    "rate: {} a year is over {}, too large to be shown": "年利率{}超过{},过大不予列示",
    "rate: {} flows; at most {} are solved": "现金流{}笔,最多可求解{}笔",
    "rate: the flows change sign {} times and the balance changes sign too, so one rate cannot be proved; "
    "at most {} changes are examined": "现金流{}次变号且余额也变号,无法证明利率唯一,最多检查{}次变号",
    "rate: the actuarial equation was not solved within 100 steps": "精算方程在100步内未能求解",
    "clean: no yield below 1e9 gives the dirty price {}": "净价:没有低于1e9的收益率对应全价{}",
    "clean: no yield above {} gives the dirty price {}": "净价:没有高于{}的收益率对应全价{}",
}
"""Why no rate was found."""

REMARKS: Mapping[str, str] = {**CORE, **BUNDLES, **RATES}
"""All of them."""
