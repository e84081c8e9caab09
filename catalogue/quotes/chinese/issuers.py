"""Authorities that issue the sources of definitions; a source may also state `issuer_zh` itself."""

from __future__ import annotations

from collections.abc import Mapping

ISSUERS: Mapping[str, str] = {
    "People's Bank of China": "中国人民银行",
    "Monetary Policy Analysis Group": "货币政策分析小组",
    "State Council": "国务院",
    "General Office of the State Council": "国务院办公厅",
    "National People's Congress": "全国人民代表大会",
    "Standing Committee of the National People's Congress": "全国人民代表大会常务委员会",
    "Supreme People's Court": "最高人民法院",
    "China Banking Regulatory Commission": "中国银行业监督管理委员会",
    "China Banking and Insurance Regulatory Commission": "中国银行保险监督管理委员会",
    "National Financial Regulatory Administration": "国家金融监督管理总局",
    "China Securities Regulatory Commission": "中国证券监督管理委员会",
    "China Insurance Regulatory Commission": "中国保险监督管理委员会",
    "China Securities Depository and Clearing Corporation": "中国证券登记结算有限责任公司",
    "National Interbank Funding Center": "全国银行间同业拆借中心",
    "authorised by the PBoC": "经中国人民银行授权",
    "International Chamber of Commerce": "国际商会",
    "Ministry of Finance": "财政部",
    "Ministry of Education": "教育部",
    "Ministry of Housing and Urban-Rural Development": "住房和城乡建设部",
    "Ministry of Industry and Information Technology": "工业和信息化部",
    "National Bureau of Statistics": "国家统计局",
    "National Development and Reform Commission": "国家发展和改革委员会",
    "State Administration for Market Regulation": "国家市场监督管理总局",
    "State Administration of Foreign Exchange": "国家外汇管理局",
    "State Administration of Taxation": "国家税务总局",
    "State Taxation Administration": "国家税务总局",
    "State Commission for Restructuring the Economy": "国家经济体制改革委员会",
    "State Development Planning Commission": "国家发展计划委员会",
    "State Economic and Trade Commission": "国家经济贸易委员会",
    "State Planning Commission": "国家计划委员会",
    "Illustration": "示例",
}


def issuer(name: str) -> str:
    """One or more authorities, by commas.

    >>> issuer("Ministry of Finance, State Administration of Taxation")
    '财政部、国家税务总局'
    """
    return "、".join(ISSUERS.get(part, part) for part in name.split(", "))
