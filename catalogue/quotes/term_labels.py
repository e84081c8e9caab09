"""Labels of terms and totals that products add to a quote, beside the fields and figures they declare.

A plugin's own key that is not here is shown as its words. Keep this in the order of the key.
"""

from __future__ import annotations

from collections.abc import Mapping

TERM_LABELS: Mapping[str, tuple[str, str]] = {
    "accounts": ("Accounts", "参与账户数"),
    "average_balance": ("Average balance", "日均余额"),
    "base_unit": ("Interest counted on whole", "计息起点"),
    "bill_count": ("Number of bills", "汇票张数"),
    "buyer_interest": ("Interest paid by the buyer", "买方付息"),
    "charged_items": ("Items charged", "收费笔数"),
    "commercial_amount": ("Commercial part", "商业贷款部分"),
    "commercial_interest": ("Interest, commercial part", "商业贷款利息"),
    "demand_sheet": ("Demand rates", "活期利率表"),
    "deposit": ("Deposit", "保证金"),
    "difference_fee": ("Fee difference", "费率差额"),
    "exposure": ("Exposure", "敞口"),
    "face": ("Face value", "票面金额"),
    "forms": ("Forms", "凭证份数"),
    "fx_tier": ("Client tier", "客户层级"),
    "fund_interest": ("Interest, provident-fund part", "公积金贷款利息"),
    "fund_rate": ("Rate, provident-fund part", "公积金贷款利率"),
    "gain": ("Gain", "增加收益"),
    "interest_net": ("Interest after tax", "税后利息"),
    "interest_tax": ("Tax on interest", "利息税"),
    "last_claim_day": ("Last day for claims", "最迟索赔日"),
    "liability": ("Liability", "担保责任"),
    "lowest_balance": ("Lowest balance", "最低余额"),
    "margin": ("Margin", "保证金"),
    "margin_interest": ("Interest on the margin", "保证金利息"),
    "other_items": ("Items to other banks", "他行笔数"),
    "own_items": ("Items within this bank", "本行笔数"),
    "overdraft_interest": ("Overdraft interest", "透支利息"),
    "paid_under": ("Paid under the credit", "信用证项下付款金额"),
    "pair": ("Currency pair", "货币对"),
    "premium": ("Premium", "保费"),
    "proceeds": ("Proceeds", "实付金额"),
    "seller_interest": ("Interest paid by the seller", "卖方付息"),
    "settlement": ("Interest settled", "结息方式"),
    "sheet_eur": ("Rates, EUR", "欧元利率表"),
    "sheet_hkd": ("Rates, HKD", "港币利率表"),
    "sheet_jpy": ("Rates, JPY", "日元利率表"),
    "sheet_usd": ("Rates, USD", "美元利率表"),
    "service_grade": ("Service grade", "客户服务等级"),
    "side": ("Side", "买卖方向"),
    "small_firm": ("Small or micro enterprise", "小微企业"),
    "state_interest": ("Interest paid by the state", "财政贴息"),
    "student_interest": ("Interest paid by the student", "学生自付利息"),
    "tenor_from": ("Tenor counts from", "期限起算日"),
    "trade_date": ("Trade date", "交易日"),
    "usd_equivalent": ("Equivalent in US dollars", "折合美元"),
    "usance": ("Usance", "远期付款期限"),
    "value_date": ("Spot value date", "即期交割日"),
    "waived_for": ("Waived for", "减免原因"),
    "year_days": ("Days in a year", "全年计息天数"),
}
"""Key → (English, Chinese)."""
