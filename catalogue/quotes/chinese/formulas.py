"""Formulas in Chinese: numbered phrases first, then whole sentences, then the terms of the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_UNITS = {"day": "天", "month": "个月", "quarter": "个季度", "half-year": "个半年", "year": "年"}
PATTERNS: Sequence[tuple[str, str]] = (
    (
        r"annual rate (\S+), alone (\S+) \(this benefit (\S+)\); cost of the line before less after",
        r"年利率\1,单独办理为\2(本项优惠\3);该产品优惠前后成本之差",
    ),
    (r"value of the (\S+) × ", r"\1 的价值 × "),
    (r"waived \((\d+) uses, (\d+) needed\); would be ", r"已减免(已用\1次,需\2次);原应收"),
    (r"waived \((.*)\); would be ", r"已减免(\1);原应收"),
    (r"\(the tier up to ([\d,.]+)\)", r"(\1及以下档)"),
    (r"\(([\d,.]+) less ([\d,.]+) free\)", r"(\1减免费\2)"),
    (r"\(held (\d+) days?\)", r"(持有\1天)"),
    (r", at least ([\d,.]+)", r",最低\1"),
    (r", at most ([\d,.]+)", r",最高\1"),
    *(
        (rf"([\d,./]+) {unit}s? begun\b", rf"\1{zh}(不足1{zh}按1{zh})")
        for unit, zh in _UNITS.items()
    ),
    *((rf"([\d,./]+) {unit}s? whole\b", rf"\1{zh}(不足1{zh}不计)") for unit, zh in _UNITS.items()),
    (r"([\d,]+)/([\d,]+) of a year\b", r"\1/\2年"),
    (r"Σ of ([\d,]+) days?: ", r"\1天合计:"),
    (r"of ([\d,]+) days\b", r"\1天"),
    (r"([\d,./]+) days?\b", r"\1天"),
    (r"([\d,./]+) months?\b", r"\1个月"),
    (r"([\d,./]+) quarters?\b", r"\1个季度"),
    (r"([\d,./]+) half-years?\b", r"\1个半年"),
    (r"([\d,./]+) years?\b", r"\1年"),
    (r"([\d,.]+) of face\b", r"面值\1"),
    (r"([\d,.]+) a year\b", r"每年\1"),
    (r"([\d,.]+) a deal\b", r"每笔\1"),
    (r"time deposit of (\w+), then demand", r"\1定期存款,其后按活期"),
    (r"\b(\w+) rate × ([\d.]+)", r"\1利率 × \2"),
    (r"\bto (\d+) places\b", r"保留\1位小数"),
    (r"\bterm (\d+)\b", r"第\1个存期"),
)
"""Regular expression → Chinese, in this order; whatever English stays is for the phrases."""

SENTENCES: Mapping[str, str] = {
    "listed rate ± rebate pips, up to mid": "挂牌汇率 ± 优惠点数,以中间价为限",
    "mid ± (spread − rebate) pips": "中间价 ± (点差 − 优惠)个点",
    "rate that makes all dated flows and fees worth nothing on the first day, a year of 365 days": (
        "使各日现金流及费用折算至首日的现值合计为零的利率,一年按365天"
    ),
    "rate that makes the loan less the discount given up and the fees equal to the payments": (
        "使贷款额减去放弃的折扣及费用后与各期还款现值相等的利率"
    ),
    "rate that makes the bank's drawdowns, payments and fees worth nothing, by days ÷ 365": (
        "使该行放款、回收及费用的现值合计为零的利率,按天数 ÷ 365"
    ),
    "rate that makes all flows in yuan worth nothing": "使全部人民币现金流现值合计为零的利率",
    "rate at which outlay and faces are worth nothing, a year of 365 days": (
        "使付出金额与票面金额现值合计为零的利率,一年按365天"
    ),
    "sum of the schedule's interest, each row rounded to the minor unit": (
        "还款计划各期利息合计,每期取整至最小货币单位"
    ),
    "on each repricing day: expected reference × multiple + spread": (
        "每个重定价日:预期参考利率 × 倍数 + 加点"
    ),
    "level monthly payment ÷ 2, paid each fortnight until the loan is repaid": "等额本息月供 ÷ 2,每两周支付至结清",
    "largest loan with a level monthly payment ≤ income × share − property fee": (
        "等额本息月供 ≤ 收入 × 比例 − 物业费的最大贷款额"
    ),
    "amount split by shares, largest remainder; so is all that is drawn and paid up to each day": (
        "金额按份额分配(最大余数法),截至各日的累计收付亦同"
    ),
    "whole terms at the time rate, days beyond at the demand rate, less all at the demand rate": (
        "整存期按定期利率、超出天数按活期利率,减去全部按活期利率"
    ),
    "front load of the fund bought less that of the fund sold, outside deduction": (
        "转入基金申购费减转出基金申购费,价外法"
    ),
    "short up to 1 year, medium up to 5, long beyond": "1年以内(含)为短期,5年以内(含)为中期,超过5年为长期",
    "payments and fees × yuan for one unit on their days, each rounded to the fen": (
        "各日还款及费用 × 当日每单位外币折合人民币,逐笔取整至分"
    ),
    "paid in yuan − received in yuan, drawdowns at the rates of their days": (
        "人民币付出 − 人民币收到,提款按当日汇率"
    ),
    "daily balances from posting × daily rate, rounded once a statement": (
        "自记账日起的每日欠款 × 日利率,每个账单取整一次"
    ),
    "balance of each day × rate × days, rounded on each settlement date": (
        "每日余额 × 利率 × 天数,各结息日取整"
    ),
    "interest due up to the end of construction + interest accrued since": (
        "建设期内到期利息 + 其后应计利息"
    ),
    "lower of the city's limit and balances × multiple": "城市最高额度与账户余额 × 倍数的较低者",
    "sales × (1 − margin) × (1 + growth) ÷ turns": "销售收入 × (1 − 销售利润率) × (1 + 增长率) ÷ 周转次数",
    "Garman-Kohlhagen value × (1 + margin × (1 − tier rebate))": (
        "Garman-Kohlhagen模型价值 × (1 + 加价 × (1 − 客户层级优惠))"
    ),
    "loan × line ÷ shares": "贷款 × 警戒线或平仓线 ÷ 股数",
    "loan × warning line − value of the shares in pledge": "贷款 × 警戒线 − 质押股票市值",
    "income × months by grade, at most the greatest": "收入 × 等级对应月数,不超过最高额",
    "principal and interest, at most insured_up_to": "本息合计,不超过最高偿付限额",
    "amount × share, at least the minimum": "金额 × 比例,不低于最低额",
    "sales × share released, at most the balance of the day": "销售额 × 释放比例,不超过当日贷款余额",
    "face × price ÷ 100 × (1 − haircut), rounded down": "面值 × 价格 ÷ 100 × (1 − 折扣率),向下取整",
    "face × conversion ratio, rounded down": "面值 × 折算比例,向下取整",
    "loan − value of the shares in pledge ÷ warning line, rounded up": (
        "贷款 − 质押股票市值 ÷ 警戒线,向上取整"
    ),
    "amount paid late × rate a day × days": "逾期支付金额 × 日利率 × 天数",
    "held shorter than every band: no interest": "持有期短于各档:不计利息",
    "mid ± (listed distance from mid) × (1 − tier rebate)": "中间价 ± 挂牌点差 × (1 − 客户层级优惠)",
    "days = tenor + transit + grace": "天数 = 期限 + 邮程 + 宽限",
    "Σ of the fees waived": "减免费用合计",
    "amount abroad × selling rate of the day": "境外消费金额 × 当日卖出价",
    "interest of each row × the state's share of its phase": "各期利息 × 所处阶段的财政贴息比例",
    "spot + quoted points, by days between quoted dates": "即期汇率 + 报价点数,按天数在报价期限间插值",
    "claim beyond the margin × daily rate × days": "超出保证金的垫款 × 日利率 × 天数",
    "reserve share × (interest − balance of a year × rate on required reserves)": (
        "准备金比例 × (利息 − 年均余额 × 法定准备金利率)"
    ),
    "a longer tenor has no ceiling": "更长期限不设上限",
    "counter rate × days/year": "对应币种利率 × 天数/全年天数",
    "base rate × days/year": "交易币种利率 × 天数/全年天数",
}
"""Whole sentences, which may stand inside of a longer formula."""

TERMS: Mapping[str, str] = {
    # operators and bounds
    "at least": "不低于", "at most": "不超过", "least of the years' covers": "各年偿债备付率的最低值",
    "as defined": "按产品定义", "as agreed in the ask": "按双方约定", "fixed by the definition": "产品定义的固定利率",
    "given back": "退还", "the last tier": "最高档", "unchanged": "不变", "in force on": "执行日",
    "added to the annual rate": "加于年利率", "rounded down": "向下取整", "rounded up": "向上取整",
    "(simple)": "(单利)", "simple": "单利", "less": "减",
    # amounts
    "amount": "金额", "amounts": "金额", "principal": "本金", "interest": "利息", "balance": "余额",
    "balances": "余额",
    "average balance": "日均余额", "balance of a year": "年均余额", "sum of": "合计:",
    "days of the limit": "额度天数",
    "limit": "额度", "face": "票面金额", "margin": "保证金", "net amount": "净额", "net asset value": "份额净值",
    "own capital": "资本金", "total investment": "总投资", "cash available for debt service": "可用于还本付息的资金",
    "of the year": "(当年)", "of the day before": "(前一日)", "value of the day before": "前一日净值",
    "days of the year": "全年天数", "value": "价值", "loan": "贷款", "repaid by sales": "销售回款还款",
    "fees": "费用", "fee": "费用", "fees per month": "各月费用", "fees of a month": "一个月费用", "bills": "账单笔数",
    "fees of the definition": "产品定义的费用", "cost": "成本", "net cost": "净成本",
    "cost of the margin": "保证金成本",
    "its interest": "其利息", "what the bank may have to pay": "银行可能承担的付款", "discount": "贴现息",
    "price": "价格", "outlay": "付出金额", "commission": "手续费", "advance": "预付款", "advance ratio": "融资比例",
    "financed": "融资额",
    "receivable": "应收账款", "dilution reserve": "稀释准备金", "returns and rebates": "退货及折让",
    "paid at once": "即时支付", "paid when the debtor pays": "债务人付款时支付", "premium": "保费",
    "overdue amount": "逾期金额", "amount of the credit": "信用证金额", "overdrawn": "透支额", "wages": "工资额",
    "collected a month": "月代收金额", "debt service": "还本付息", "sales": "销售额", "need": "需求量",
    "own funds": "自有资金", "working-capital loans": "现有流动资金贷款", "other sources": "其他渠道资金",
    "income": "收入", "items": "笔数", "single prices": "单项价格", "package": "套餐价", "boxes": "箱数",
    "at the counter": "柜台价格", "in the channel": "本渠道价格", "free items left this month": "当月剩余免费笔数",
    "amount − charges that its receiver bears": "金额 − 收款人承担的费用", "second settlement": "到期结算金额",
    "first settlement": "首期结算金额", "coupons between": "期间付息", "clean price": "净价",
    "accrued interest": "应计利息", "shares": "股数", "value of the shares in pledge": "质押股票市值",
    "value of the shares": "股票市值", "principal and interest to the day": "截至当日本息", "line": "线",
    "warning line": "警戒线", "gross": "毛收益", "yearly fees": "年费用", "performance fee": "业绩报酬",
    "management": "管理费", "grade price": "等级价格", "custody": "托管费", "haircut": "折扣率",
    "the bank's parts of the fees": "该行所得各项费用",
    "the bank's part of payments and fees": "该行所得还款及费用", "its part of drawdowns": "该行承担的放款",
    "rent of a year": "年租金", "spot": "即期汇率",
    # rates and shares
    "rate": "利率", "annual rate": "年利率", "contract rate": "合同利率", "agreed rate": "约定利率",
    "penalty rate": "罚息利率", "rate a day": "日利率", "daily rate": "日利率", "demand rate": "活期利率",
    "rediscount rate": "再贴现利率", "overnight funds rate": "隔夜资金利率", "premium rate": "保险费率",
    "buying rate of the day": "当日买入价", "US dollar rate for a year": "一年期美元利率", "at mid": "按中间价",
    "rate of the foreign lender": "国外贷款人利率", "on-lending margin": "转贷加点", "uplift": "上浮比例",
    "share": "比例", "shares of": "份额", "multiple": "倍数", "spread": "加点", "turns": "周转次数",
    "growth": "增长率",
    "subsidised part": "贴息部分", "ratio": "比例", "reserve share": "准备金比例", "reserve cost": "准备金成本",
    "mid": "中间价", "mid rates through CNY": "经人民币中间价套算", "rebate": "优惠", "pips": "点",
    "tier rebate": "客户层级优惠",
    "distance of the client's rate from mid": "客户汇率与中间价之差", "client points": "客户掉期点",
    "fair points": "公允掉期点",
    "far rate less near rate, in pips": "远端汇率减近端汇率(点)",
    "Garman-Kohlhagen value": "Garman-Kohlhagen模型价值", "the state's share": "财政贴息比例",
    "interest of each row": "各期利息", "interest of the commercial part": "商业贷款部分利息",
    "interest of the fund's part": "公积金贷款部分利息", "interest of the pool": "资金池利息",
    "interest of the accounts on their own": "各账户单独计息", "interest with the sweep": "约定转存利息",
    "interest without the early repayments": "不提前还款的利息", "interest with them": "提前还款后的利息",
    "interest without": "不转存利息", "large-amount rate": "大额利率", "listed rate": "挂牌利率",
    "notice rate": "通知存款利率",
    # time
    "day": "天", "days": "天数", "months": "月数", "years": "年数", "time held": "持有时间",
    "days given up": "扣除天数",
    "days before payday": "发薪前留存天数", "paydays": "发薪次数", "days from the rediscount": "再贴现后天数",
    "presentation": "交单日", "banking days": "银行工作日", "held": "持有", "odd days": "零头天数",
    "by days": "按天数", "tenor": "期限", "transit": "邮程", "grace": "宽限",
    "price at the client's yield by the street convention": "按客户收益率(国际惯例)计算的价格",
    "price at the client's yield by the cn-interbank convention": "按客户收益率(银行间市场惯例)计算的价格",
    "price at the client's yield by the": "按客户收益率计算的价格,惯例:", "convention": "",
    # collateral
    "residential": "住房", "commercial": "商业用房", "car": "汽车", "certificate": "存单", "treasury-bond": "国债",
    "insurance-policy": "保单",
    "rate of the time held": "持有时间对应利率",
    "in the form of the announcements of the Ministry of Finance": "按财政部公告的形式",
    # conditions
    "is known": "已知", "not in": "不属于", "in": "属于", "and": "且", "or": "或", "not": "非", "True": "是",
    "False": "否",
    "customer": "客户", "early": "提前", "after maturity": "到期后", "unfinished term": "未满存期", "demand": "活期",
    "monthly products": "月积数", "interest drawn": "支取利息", "interest paid annual": "按年付息",
    "interest paid half-yearly": "按半年付息", "interest paid quarterly": "按季付息",
    "interest paid monthly": "按月付息", "after the break in month": "断存后,断存月份",
    "the rest": "剩余部分", "balance before draw": "支取前余额", "interest paid": "已付利息",
}  # fmt: skip
"""Terms of the field, the longest first wherever several begin alike."""
