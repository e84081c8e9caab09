"""Rate sheets, shared files, bundles and policies: one fault each, told with its place; remarks; links."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.definitions.library import Root
from catalogue.quotes.catalogue import definition_roots
from catalogue.quotes.validation import validate_path

BRACKET = """\
code = "sheet"
name = "Sheet"
name_zh = "利率表"
kind = "interest"
currency = "CNY"
lookup = "bracket"
[[columns]]
code = "6m"
name = "Up to 6 months"
name_zh = "六个月以内"
up_to = "6m"
[[columns]]
code = "long"
name = "Longer"
name_zh = "六个月以上"
[sources.law]
title = "Law"
[[versions]]
effective_from = 2020-01-01
source = "law"
basis = "illustrative"
[versions.values]
"6m" = 0.04
long = 0.05
[[versions]]
effective_from = 2021-01-01
source = "law"
basis = "illustrative"
[versions.values]
"6m" = 0.03
long = 0.04
"""
FX = """\
code = "sheet"
name = "Rates"
name_zh = "汇率"
kind = "fx"
lookup = "exact"
[[columns]]
code = "USD/CNY"
name = "Dollar"
name_zh = "美元"
[sources.law]
title = "Law"
[[versions]]
effective_from = 2020-01-01
source = "law"
basis = "illustrative"
[versions.values]
"USD/CNY" = { bid = 7.10, mid = 7.11, ask = 7.12, cash_bid = 7.04 }
"""
BUNDLE = """\
code = "sheet"
name = "Pair"
name_zh = "组合"
segment = "person"
[sources.law]
title = "Policy"
[[versions]]
effective_from = 2021-01-01
source = "law"
basis = "illustrative"
[versions.lines.loan]
product = "home-loan"
required = true
ask = { tenor = "20y" }
[versions.lines.deposit]
product = "time-savings"
[versions.conditions.adult]
test = { fact = "customer.age", min = 18 }
reason = "Of age"
reason_zh = "成年"
[versions.benefits.lower]
name = "Lower rate"
name_zh = "利率优惠"
kind = "rate-discount"
order = 1
rate = 0.001
lines = ["loan"]
applies = { fact = "line.deposit.taken", eq = true }
"""
POLICY = """\
code = "sheet"
name = "Policy"
name_zh = "政策"
[sources.law]
title = "Policy"
[[versions]]
effective_from = 2021-01-01
source = "law"
basis = "illustrative"
[versions.rules.segments.adult]
order = 1
test = { fact = "customer.age", min = 18 }
text = "Adult"
text_zh = "成年"
"""

FAULTS = [
    (BRACKET, 'lookup = "bracket"', 'lookup = "brackets"', "lookup", "did you mean 'bracket'"),
    (BRACKET, 'lookup = "bracket"', 'lookup = "exact"', "columns[0].up_to", "a sheet with lookup exact uses `tenor`"),
    (BRACKET, 'lookup = "bracket"', 'lookup = "interpolate"', "columns[1]", "`tenor` is missing"),
    (BRACKET, 'currency = "CNY"', 'currency = "CNX"', "currency", "'CNX' is not a currency"),
    (BRACKET, 'up_to = "6m"', 'up_to = "6mm"', "columns[0].up_to", "is not a tenor"),
    (BRACKET, 'up_to = "6m"\n', "", "columns[0]", "only the last bracket may leave out up_to"),
    (BRACKET, '上"\n', '上"\nup_to = "3m"\n', "columns[1].up_to", "columns must ascend by up_to"),
    (BRACKET, 'code = "long"', 'code = "6m"', "columns[1].code", "'6m' is stated twice"),
    (BRACKET, "2021-01-01", "2020-01-01", "versions[1].effective_from", "versions must ascend by date"),
    (BRACKET, "2021-01-01", "2019-01-01", "versions[1].effective_from", "versions must ascend by date"),
    (BRACKET, "2021-01-01", '"2021-01-01"', "versions[1].effective_from", "write it without quotes"),
    (BRACKET, 'source = "law"', 'source = "lwa"', "versions[0].source", "unknown source 'lwa'; did you mean 'law'"),
    (BRACKET, 'source = "law"\n', "", "versions[0]", "`source` is missing"),
    (BRACKET, 'basis = "illustrative"', 'basis = "sure"', "versions[0].basis", "is not one of regulation"),
    (BRACKET, "long = 0.05", "longer = 0.05", "versions[0].values.longer", "no such column; did you mean 'long'"),
    (BRACKET, "long = 0.05", "long = 5", "versions[0].values.long", "5 is 500 %; 0.0435 is 4.35 %"),
    (BRACKET, "long = 0.05", 'long = "5%"', "versions[0].values.long", "is neither a number nor a table of bid, mid, ask"),
    (BRACKET, "long = 0.05", "long = { mid = 0.05 }", "", ""),
    (BRACKET, "long = 0.05", "long = { bid = 0.05 }", "versions[0].values.long", "a sheet of kind interest has no sides"),
    (BRACKET, '"6m" = 0.04\nlong = 0.05\n', "", "versions[0].values", "is empty"),
    (BRACKET, 'name = "Sheet"', 'name = "She\\u202eet"', "name", "holds an invisible character (U+202E)"),
    (FX, '"USD/CNY"\nname', '"USDCNY"\nname', "columns[0].code", "is not a pair of currencies; write USD/CNY"),
    (FX, '"USD/CNY"\nname', '"USX/CNY"\nname', "columns[0].code", "'USX' is not a currency"),
    (FX, "ask = 7.12", "ask = 7.10", "versions[0].values.USD/CNY", "mid 7.11 is over ask 7.10"),
    (FX, "ask = 7.12", "ask = 71.2", "versions[0].values.USD/CNY", "ask 71.2 is more than twice mid 7.11"),
    (FX, "mid = 7.11", "mid = 0", "versions[0].values.USD/CNY", "an exchange rate is above 0"),
    (FX, "mid = 7.11", "midd = 7.11", "versions[0].values.USD/CNY.midd", "unknown key; did you mean 'mid'"),
    (BUNDLE, '"home-loan"', '"home-laon"', "versions[0].lines.loan.product", "did you mean 'home-loan'"),
    (BUNDLE, 'tenor = "20y"', 'tenour = "20y"', "versions[0].lines.loan.ask.tenour", "has no such field; did you mean 'tenor'"),
    (BUNDLE, 'tenor = "20y"', 'tenor = "20"', "versions[0].lines.loan.ask.tenor", "'20' is not a tenor"),
    (BUNDLE, "line.deposit.taken", "line.deposits.taken", "versions[0].benefits.lower.applies", "is not a fact of this bundle; did you mean 'line.deposit.taken'"),
    (BUNDLE, "customer.age", "customer.agee", "versions[0].conditions.adult.test", "did you mean 'customer.age'"),
    (BUNDLE, 'lines = ["loan"]', 'lines = ["laon"]', "versions[0].benefits.lower.lines[0]", "is not a line of the bundle; did you mean 'loan'"),
    (BUNDLE, 'lines = ["loan"]', "lines = []", "versions[0].benefits.lower", "lines is empty; leave it out for all lines"),
    (BUNDLE, "rate = 0.001", "rate = 1", "versions[0].benefits.lower", "rate 1 is 100 % a year"),
    (BUNDLE, "rate = 0.001", "rate = 0.001\nmax_amount = -1", "versions[0].benefits.lower", "max_amount -1 is not above 0"),
    (BUNDLE, "2021-01-01\n", "2021-01-01\nmin_lines = 0\n", "versions[0]", "min_lines 0 is not from 1 to 100"),
    (POLICY, "customer.age", "customer.agee", "versions[0].rules.segments.adult.test", "did you mean 'customer.age'"),
    (POLICY, "min = 18", 'eq = "18"', "versions[0].rules.segments.adult.test", "customer.age is an int; '18' cannot be one"),
    (POLICY, 'source = "law"\nbasis = "illustrative"\n', "", "versions[0].rules.segments.adult", "a rule without a source"),
]  # fmt: skip


@pytest.fixture(scope="module")
def roots() -> list[Root]:
    return definition_roots(None, ())


def findings(folder: Path, roots: list[Root], text: str) -> list[str]:
    path = folder / "sheet.toml"
    path.write_text(text, "utf-8")
    return [item.text() for item in validate_path(path, roots).errors]


@pytest.mark.parametrize(
    "text", [BRACKET, FX, BUNDLE, POLICY], ids=["rates", "fx", "bundle", "policy"]
)
def test_the_sound_file_has_no_fault(tmp_path: Path, roots: list[Root], text: str) -> None:
    assert findings(tmp_path, roots, text) == []


@pytest.mark.parametrize(("base", "old", "new", "key", "words"), FAULTS, ids=[f"{n}-{f[4][:30]}" for n, f in enumerate(FAULTS)])  # fmt: skip
def test_a_fault_is_told(
    tmp_path: Path, roots: list[Root], base: str, old: str, new: str, key: str, words: str
) -> None:
    assert old in base
    found = findings(tmp_path, roots, base.replace(old, new, 1))
    if not words:  # the replacement is itself sound
        assert found == []
        return
    told = [text for text in found if words in text]
    assert told, found
    assert any(f": {key}: " in text for text in told), told


@pytest.mark.parametrize(
    ("name", "text", "key", "words"),
    [
        ("facts.toml", '[age]\ntype = "integer"\nlabel = "a"\nlabel_zh = "b"\n', "age.type", "did you mean 'int'"),
        ("facts.toml", '[Age]\ntype = "int"\nlabel = "a"\nlabel_zh = "b"\n', "Age", "made of lower-case letters"),
        ("facts.toml", '[use]\ntype = "choice"\nlabel = "a"\nlabel_zh = "b"\n', "use", "has `choices`"),
        ("facts.toml", '[use]\ntype = "choice"\nlabel = "a"\nlabel_zh = "b"\nchoices = ["x", "y"]\nchoices_zh = ["z"]\n', "use", "another length"),
        ("sources.toml", '[law]\ntitel = "Law"\n', "law.titel", "did you mean 'title'"),
        ("sources.toml", '[law]\ntitle = "La\\u0007w"\n', "law.title", "holds an invisible character (U+0007)"),
    ],
)  # fmt: skip
def test_a_fault_of_a_shared_file_has_its_line(
    tmp_path: Path, roots: list[Root], name: str, text: str, key: str, words: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = [item.text() for item in validate_path(tmp_path, roots).errors]
    assert any(
        item.startswith(f"{tmp_path / name}:") and f": {key}: " in item and words in item
        for item in found
    ), found


def test_remarks_on_look_alike_letters_and_sources_that_nothing_cites(
    tmp_path: Path, roots: list[Root]
) -> None:
    text = BRACKET.replace('name = "Sheet"', 'name = "Sh\u0435et"')  # a Cyrillic e
    text = text.replace("[sources.law]", '[sources.other]\ntitle = "Other"\n[sources.law]')
    path = tmp_path / "sheet.toml"
    path.write_text(text, "utf-8")
    report = validate_path(path, roots)
    assert report.ok
    told = [item.text() for item in report.findings]
    assert any("sources.other: is cited by nothing" in text for text in told)
    assert any(": name: " in text and "mixes letters of several alphabets" in text for text in told)


def test_a_link_out_of_the_folder_is_not_followed_and_said(
    tmp_path: Path, roots: list[Root]
) -> None:
    (tmp_path / "secret.toml").write_text(BRACKET, "utf-8")
    folder = tmp_path / "mine" / "rates"
    folder.mkdir(parents=True)
    (folder / "sheet.toml").symlink_to(tmp_path / "secret.toml")
    report = validate_path(tmp_path / "mine", roots)
    assert report.counts["rates"] == 0
    assert any(
        "is a link to a file outside of the folder" in item.message for item in report.findings
    )


def test_the_shipped_files_leave_nothing_to_remark(roots: list[Root]) -> None:
    assert [item.text() for item in validate_path(None, roots).findings] == []
