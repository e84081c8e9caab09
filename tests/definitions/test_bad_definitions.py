"""One fault each: the message names file, line and key, says what is wrong and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.definitions.library import Root
from catalogue.errors import InputError
from catalogue.quotes.catalogue import definition_roots
from catalogue.quotes.validation import validate_path

SOUND = """\
code = "sound"
name = "Sound loan"
name_zh = "测试贷款"
family = "tests"
segment = "company"
line = 1

[sources.tariff]
title = "Test tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"

[versions.ask.amount]
required = true
min = 1_000
max = 1_000_000

[versions.ask.method]
choices = ["level", "bullet"]
default = "level"

[versions.ask.pages]
type = "int"
default = 3
max = 9

[versions.rate]
reference = "lpr"
column = "1y"

[versions.figures]
most = 0.8

[versions.figures.table]
bands = [{ up_to = 10, value = 1 }, { value = 2 }]

[versions.fees.arrangement]
name = "Arrangement fee"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.01
min = 10
max = 500

[versions.fees.steps]
name = "Steps"
name_zh = "分档"
method = "slab"
base = "ask.amount"
tiers = [{ up_to = 5_000, amount = 5 }, { up_to = 50_000, rate = 0.001 }, { rate = 0.002 }]

[versions.conditions.age]
test = { fact = "customer.age", min = 18 }
reason = "At least 18"
reason_zh = "年满十八"

[versions.cross_sell.time-savings]
reason = "Goes with it"
reason_zh = "配套"

[[examples]]
name = "plain"
as_of = 2024-11-01
ask = { amount = 12_000 }
"""

# (what is replaced, by what, where the fault is reported, words of the message)
FAULTS = [
    ('family = "tests"', 'famly = "tests"', "famly", "unknown key; did you mean 'family'"),
    ('name_zh = "测试贷款"\n', "", "", "`name_zh` is missing"),
    ('segment = "company"', 'segment = "companies"', "segment", "not one of company, person"),
    ('segment = "company"', 'segment = "person\u200b"', "segment", "not one of company"),
    ('name = "Sound loan"', 'name = ""', "name", "is an empty text"),
    ('name = "Sound loan"', "name = 5", "name", "5 is not a text"),
    ('code = "sound"', 'code = "Sound"', "code", "is not a code"),
    ('code = "sound"', 'code = "other"', "code", "is not the file's name; name it other.toml"),
    ("line = 1", 'line = "one"', "line", "is not a whole number; write it without quotes"),
    ("line = 1", "line = true", "line", "True is not a whole number"),
    ('title = "Test tariff"', 'titel = "Test tariff"', "sources.tariff.titel", "did you mean 'title'"),
    ('source = "tariff"', 'source = "tarif"', "versions[0].source", "unknown source 'tarif'; did you mean 'tariff'"),
    ('source = "tariff"\n', "", "versions[0].ask.amount.min", "a figure without a source"),
    ('basis = "illustrative"\n', "", "versions[0]", "`basis` is missing"),
    ('basis = "illustrative"', 'basis = "ilustrative"', "versions[0].basis", "did you mean 'illustrative'"),
    ("effective_from = 2020-01-01\n", "", "versions[0].effective_from", "is missing; write effective_from ="),
    ("2020-01-01", '"2020-01-01"', "versions[0].effective_from", "is not a date"),
    ("2020-01-01", "2020-01-01T00:00:00", "versions[0].effective_from", "is not a date"),
    ("[[examples]]", "[[versions]]\neffective_from = 2020-01-01\n[[examples]]", "versions[1]", "a second version from 2020-01-01"),
    ("[[versions]]", "[versions]", "", "not valid TOML|is not a list of tables"),
    ("[versions.ask.amount]", "[versions.aks.amount]", "versions[0].aks", "did you mean 'ask'"),
    ("[versions.ask.pages]", "[versions.ask.pagges]", "", ""),
    ('type = "int"\n', "", "versions[0].ask.pages", "`type` is missing: pages is not a common field"),
    ('type = "int"', 'type = "integer"', "versions[0].ask.pages.type", "did you mean 'int'"),
    ("default = 3", "default = 10", "versions[0].ask.pages.default", "10 is over the maximum of 9"),
    ("default = 3", "default = 3\nrequired = true", "versions[0].ask.pages.default", "a required field has no default"),
    ('type = "int"', 'type = "choice"', "versions[0].ask.pages", "`choices` is missing"),
    ('type = "int"', 'type = "rows"', "versions[0].ask.pages", "`columns` is missing"),
    ('default = "level"', 'default = "levle"', "versions[0].ask.method.default", "did you mean 'level'"),
    ("min = 1_000\n", 'min = "1,000"\n', "versions[0].ask.amount.min", "1,000"),
    ('reference = "lpr"\n', "", "versions[0].rate", "either `reference` (a rate sheet) or `fixed`"),
    ('reference = "lpr"', 'reference = "lpr"\nfixed = 0.04', "versions[0].rate", "either `reference`"),
    ('reference = "lpr"', 'reference = "lrp"', "versions[0].rate.reference", "no rate sheet 'lrp'; did you mean 'lpr'"),
    ('column = "1y"', 'column = "1yr"', "versions[0].rate.column", "is no column of lpr"),
    ("most = 0.8", 'most = { value = 0.8, values = { a = 1 } }', "versions[0].figures.most", "exactly one of value, values, bands"),
    ("most = 0.8", "most = []", "versions[0].figures.most", "is not a figure"),
    ("{ up_to = 10, value = 1 }, { value = 2 }", "{ up_to = 10, value = 1 }, { up_to = 10, value = 2 }, { value = 3 }", "versions[0].figures.table", "bands must ascend"),
    ("{ value = 2 }]", "{ up_to = 20, value = 2 }]", "versions[0].figures.table", "the last of bands must have no up_to"),
    ('method = "percent"', 'method = "precent"', "versions[0].fees.arrangement.method", "did you mean 'percent'"),
    ("rate = 0.01\n", "", "versions[0].fees.arrangement", "method percent needs `rate`"),
    ("rate = 0.01\n", 'rate = "1%"\n', "versions[0].fees.arrangement.rate", "is not a number; write it without quotes"),
    ('base = "ask.amount"\nrate', "rate", "versions[0].fees.arrangement", "method percent needs `base`"),
    ('base = "ask.amount"\nrate', 'base = "ask.amont"\nrate', "versions[0].fees.arrangement.base", "did you mean 'ask.amount'"),
    ("max = 500", "max = 5", "versions[0].fees.arrangement", "min 10 is over the maximum 5"),
    ('method = "slab"', 'method = "flat"', "versions[0].fees.steps", "method flat needs `amount`"),
    ("{ up_to = 50_000, rate = 0.001 }", "{ up_to = 500, rate = 0.001 }", "versions[0].fees.steps", "tiers must ascend"),
    ("{ rate = 0.002 }]", "{ up_to = 90_000, rate = 0.002 }]", "versions[0].fees.steps", "so that no amount is left out"),
    ("{ rate = 0.002 }]", "{}]", "versions[0].fees.steps.tiers[2]", "a tier needs a rate, an amount, or both"),
    ("customer.age", "customer.agee", "versions[0].conditions.age.test", "not a declared fact; did you mean 'customer.age'"),
    ("customer.age", "client.age", "versions[0].conditions.age.test.fact", "it starts with one of"),
    ("min = 18 }", "minimum = 18 }", "versions[0].conditions.age.test.minimum", "unknown key"),
    (', min = 18 }', " }", "versions[0].conditions.age.test", "compares with nothing"),
    ('reason = "At least 18"\n', "", "versions[0].conditions.age", "`reason` is missing"),
    ("cross_sell.time-savings", "cross_sell.time-saving", "versions[0].cross_sell.time-saving", "did you mean 'time-savings'"),
    ("as_of = 2024-11-01", "as_of = 2019-11-01", "examples[0].as_of", "is before the first version"),
    ("ask = { amount = 12_000 }", "ask = { amuont = 12_000 }", "examples[0].ask", "did you mean 'amount'"),
    ("ask = { amount = 12_000 }", "ask = { amount = 12 }", "examples[0].ask", "below the minimum of 1,000"),
    ("most = 0.8", "most = nan", "", "number 'nan' is not allowed"),
    ("most = 0.8", "most = -inf", "", "is not allowed"),
    ("most = 0.8", "most = 1e999999999", "", "is not allowed: write plain digits"),
    ("most = 0.8", "most = 0.8\nmost = 0.9", "", "not valid TOML"),
    ("most = 0.8", "most = 0,8", "", "not valid TOML"),
    ("most = 0.8", f"most = {'[' * 40}1{']' * 40}", "", "nested deeper than 32 levels"),
    # keys and texts
    ('name = "Sound loan"', 'name = "Sound\\u202eloan"', "name", "holds an invisible character (U+202E)"),
    ('name = "Sound loan"', 'name = "Sound\\u001b[31m loan"', "name", "holds an invisible character (U+001B)"),
    ('name = "Sound loan"', 'name = "Loan cafe\u0301"', "name", "is not in Unicode normal form C"),
    ('name = "Sound loan"', f'name = "{"x" * 201}"', "name", "has 201 characters; the limit is 200"),
    ("[versions.fees.arrangement]", '[versions.fees."手续费"]', "versions[0].fees", "a key is made of the letters a-z"),
    ("line = 1", "line = 0", "", "line 0 is not from 1 to 999"),
    ("line = 1", f"line = {10**31}", "", "has more than 30 digits"),
    # fields
    ('default = "level"', 'default = "level"\nmax = 3', "versions[0].ask.method.max", "a choice has no max"),
    ('choices = ["level", "bullet"]', 'choices = ["level", "level"]', "versions[0].ask.method.choices[1]", "'level' is stated twice"),
    ('choices = ["level", "bullet"]', 'choices = ["level", "bullet"]\nchoices_zh = ["等额"]', "versions[0].ask.method.choices_zh", "has another length"),
    ('type = "int"', 'type = "int"\nchoices = ["1"]', "versions[0].ask.pages.choices", "a int has none; types with choices"),
    ('type = "int"', 'type = "int"\ncolumns = { a = "int" }', "versions[0].ask.pages.columns", "a int has no columns"),
    ('type = "int"\ndefault = 3\nmax = 9', 'type = "rows"\ncolumns = { a = "intt?" }', "versions[0].ask.pages.columns.a", "is no type of a column"),
    ('type = "int"\ndefault = 3\nmax = 9', 'type = "list"\nmax = "x"', "versions[0].ask.pages.max", "'x' is not a number of rows"),
    ('type = "int"\ndefault = 3\nmax = 9', 'type = "tenor"\nchoices = ["1j"]', "versions[0].ask.pages.choices[0]", "'1j' is not a tenor"),
    ('type = "int"\ndefault = 3\nmax = 9', 'type = "date"\nmin = "20240101"', "versions[0].ask.pages.min", "20240101"),
    ('type = "int"\ndefault = 3\nmax = 9', 'type = "money"\ndefault = -3', "versions[0].ask.pages.default", "is below 0"),
    ("max = 9", "max = 9\nmin = 10", "versions[0].ask.pages.min", "is over the maximum"),
    ("max = 9", "max = { CNY = 9 }", "versions[0].ask.pages.max", "a int has one limit, not a table by currency"),
    ("max = 1_000_000", "max = { USD = 5_000 }", "versions[0].ask.amount.max", "has no limit in CNY"),
    ("max = 1_000_000", "max = { CNY = 5_000, CNX = 5 }", "versions[0].ask.amount.max.CNX", "is not a currency of this version; did you mean 'CNY'"),
    ("2020-01-01\n", '2020-01-01\ncurrencies = ["CNX"]\n', "versions[0]", "'CNX' is not a currency"),
    ("2020-01-01\n", "2020-01-01\ncurrencies = []\n", "versions[0]", "currencies is empty"),
    ("2020-01-01\n", "2020-01-01\nvalid_days = 99_999\n", "versions[0]", "valid_days 99999 is not from 0 to 3650"),
    # the rate
    ('column = "1y"', 'column = "1y"\nmin = 4.35', "versions[0].rate", "min 4.35 is 435.00 % a year"),
    ('column = "1y"', 'column = "1y"\nmin = 0.05\nmax = 0.04', "versions[0].rate", "min 0.05 is over max 0.04"),
    ('column = "1y"', 'column = "1y"\nmin_multiple = -1', "versions[0].rate", "min_multiple -1 is not above 0"),
    ('reference = "lpr"', "fixed = 0.04", "versions[0].rate", "`column` and `multiple` belong to a reference"),
    ("[versions.figures]", '[versions.terms]\nday_count = "act/361"\n[versions.figures]', "versions[0].terms.day_count", "'act/361' is unknown"),
    # figures and fees
    ("most = 0.8", "most = { value = [1] }", "versions[0].figures.most.value", "is neither a number nor a text nor true or false"),
    ("rate = 0.01\n", "rate = 1\n", "versions[0].fees.arrangement", "1 of ask.amount is 100 %; 0.005 is 0.5 %"),
    ("rate = 0.01\n", "rate = -0.01\n", "versions[0].fees.arrangement", "rate -0.01 is below 0; a fee is never negative"),
    ("max = 500", "max = 500\nfree = 3", "versions[0].fees.arrangement", "`free` needs `items`"),
    ("max = 500", 'max = 500\ncurrency = "RMB"', "versions[0].fees.arrangement", "'RMB' is not a currency"),
    ("max = 500", 'max = 500\nitems = "ask.method"', "versions[0].fees.arrangement.items", "ask.method is a choice; here is needed: int, number"),
    ("max = 500", 'max = 500\ntax = { sheet = "vatt" }', "versions[0].fees.arrangement.tax", "no rate sheet 'vatt'; did you mean 'vat'"),
    ("max = 500", 'max = 500\nper = { unit = "month", counting = "started" }', "versions[0].fees.arrangement.per.counting", "is not one of begun, whole, pro-rata"),
    ("max = 500", 'max = 500\nper = { unit = "month", counting = "begun", year_days = "365" }', "versions[0].fees.arrangement.per.year_days", "is not one of 360, 365"),
    # conditions
    ('{ fact = "customer.age", min = 18 }', '{ fact = "ask.method", eq = "levle" }', "versions[0].conditions.age.test", "'levle' is no choice of ask.method; did you mean 'level'"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "customer.age", min = "18" }', "versions[0].conditions.age.test", "has no order"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "customer.age", eq = "18" }', "versions[0].conditions.age.test", "customer.age is an int; '18' cannot be one"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "ask.method", gt = "3y" }', "versions[0].conditions.age.test", "which has no order; use eq or in"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "ask.services", eq = "a" }', "versions[0].conditions.age.test", "only `present` can be asked of it"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "customer.age", eq = { fact = "ask.method" } }', "versions[0].conditions.age.test", "customer.age is an int, ask.method a choice"),
    ('{ fact = "customer.age", min = 18 }', '{ ratio = ["customer.age", "ask.method"], max = 1 }', "versions[0].conditions.age.test", "ask.method is a choice; here is needed: money"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "customer.age", min = 18, max = 17 }', "versions[0].conditions.age.test", "can never hold"),
    ('{ fact = "customer.age", min = 18 }', '{ fact = "line.x.taken", eq = true }', "versions[0].conditions.age.test", "is not a declared fact"),
    ('{ fact = "customer.age", min = 18 }', "{ not = " * 17 + '{ fact = "customer.age", min = 18 }' + " }" * 17, "", "nested deeper than 16 tests"),
    # examples
    ("ask = { amount = 12_000 }", "ask = { amount = 12_000 }\ncustomer = { agee = 3 }", "examples[0].customer.agee", "is not a known fact; did you mean 'age'"),
    ("ask = { amount = 12_000 }", 'ask = { amount = 12_000 }\ncustomer = { age = "x" }', "examples[0].customer", "customer.age"),
]  # fmt: skip


@pytest.fixture(scope="module")
def roots() -> list[Root]:
    return definition_roots(None, ())


def findings(
    folder: Path, roots: list[Root], text: str | bytes, name: str = "sound.toml"
) -> list[str]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [item.text() for item in validate_path(path, roots).errors]


def test_the_sound_definition_has_no_fault(tmp_path: Path, roots: list[Root]) -> None:
    assert findings(tmp_path, roots, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    FAULTS,
    ids=[f"{n}-{fault[3][:30]}" for n, fault in enumerate(FAULTS)],
)
def test_a_fault_is_told(
    tmp_path: Path, roots: list[Root], old: str, new: str, key: str, words: str
) -> None:
    assert old in SOUND
    found = findings(tmp_path, roots, SOUND.replace(old, new, 1))
    if not words:  # the replacement is itself sound
        assert found == []
        return
    assert found
    told = [text for text in found if any(word in text for word in words.split("|"))]
    assert told, found
    assert all(str(tmp_path / "sound.toml") in text for text in found)
    assert not key or any(f" {key}: " in text for text in told), told
    assert all("Traceback" not in text and len(text) < 1_200 for text in found)


def test_the_line_of_a_fault_is_the_line_in_the_file(tmp_path: Path, roots: list[Root]) -> None:
    (found,) = findings(tmp_path, roots, SOUND.replace("rate = 0.01\n", 'rate = "1%"\n'))
    line = SOUND.splitlines().index("rate = 0.01") + 1
    assert found.startswith(
        f"{tmp_path / 'sound.toml'}:{line}: versions[0].fees.arrangement.rate: "
    )


def test_all_faults_are_told_at_once(tmp_path: Path, roots: list[Root]) -> None:
    text = SOUND.replace("max = 500", "max = 5").replace('segment = "company"', 'segment = "x"')
    found = findings(tmp_path, roots, text.replace("customer.age", "customer.agee"))
    assert len(found) == 3


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty; a definition starts with"),
        (b"\x00\x01\x02 binary", "is a binary file"),
        ('name = "贷款"'.encode("gbk"), "is not UTF-8 (saved as GBK or another encoding?)"),
        (b"code = ", "not valid TOML"),
        (b"x" * 1_100_000, "is over the limit of 1048576"),
        (b"a = " + b"9" * 5_000, "sound.toml"),
        (("a." * 1_200 + "b = 1").encode(), "sound.toml"),
    ],
)
def test_bytes_that_are_no_definition(
    tmp_path: Path, roots: list[Root], raw: bytes, words: str
) -> None:
    found = findings(tmp_path, roots, raw)
    assert any(words in text for text in found), found


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path, roots: list[Root]) -> None:
    text = b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()
    assert findings(tmp_path, roots, text) == []


def test_two_definitions_of_one_code_in_one_folder_are_both_named(
    tmp_path: Path, roots: list[Root]
) -> None:
    for family in ("one", "two"):
        folder = tmp_path / "products" / family
        folder.mkdir(parents=True)
        (folder / "sound.toml").write_text(SOUND, "utf-8")
    report = validate_path(tmp_path, roots)
    assert any("defines 'sound' a second time" in item.text() for item in report.errors)
    assert report.counts["products"] == 1


def test_a_file_that_nothing_reads_is_remarked_on(tmp_path: Path, roots: list[Root]) -> None:
    (tmp_path / "rate").mkdir()
    (tmp_path / "rate/lpr.toml").write_text('code = "lpr"\n', "utf-8")
    report = validate_path(tmp_path, roots)
    assert report.ok
    assert any("it is not read" in item.message for item in report.findings)


def test_a_path_that_is_not_there(tmp_path: Path, roots: list[Root]) -> None:
    with pytest.raises(InputError, match=r"PATH: .*nowhere is neither a folder nor a file"):
        validate_path(tmp_path / "nowhere", roots)


def test_all_shipped_definitions_are_valid(roots: list[Root]) -> None:
    report = validate_path(None, roots)
    assert [item.text() for item in report.errors] == []
    assert report.counts["products"] > 50
