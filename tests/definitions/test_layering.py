"""Versions as changes, folders over folders: what stays, what is replaced, and where each part came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError
from catalogue.definitions.library import Library, Root
from catalogue.definitions.model import ProductVersion, Source
from catalogue.definitions.positions import line_of
from catalogue.definitions.problems import Problems, path_text
from catalogue.definitions.products import load_product
from catalogue.errors import DefinitionError
from catalogue.plugin.registry import Registry
from catalogue.products.loan import Loan
from catalogue.quotes.description import describe

OURS = """\
code = "lend"
name = "Loan"
name_zh = "贷款"
family = "loans"
segment = "any"

[sources.law]
title = "Law"
[sources.tariff]
title = "Tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"
note = "first"

[versions.ask.amount]
required = true
min = 1_000
max = { CNY = 1_000_000 }

[versions.ask.tenor]
required = true
min = "1m"
max = "5y"

[versions.rate]
fixed = 0.06

[versions.figures.share]
value = 0.8
label = "Share"
source = "law"
basis = "regulation"

[versions.fees.arrangement]
name = "Arrangement"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.01
min = 100
tax = { inclusive = false }

[versions.conditions.adult]
test = { fact = "customer.age", min = 18 }
reason = "18"
reason_zh = "18"

[versions.documents.licence]
name = "Licence"
name_zh = "执照"

[[versions]]
effective_from = 2022-01-01
source = "tariff"
basis = "illustrative"

[versions.fees.arrangement]
rate = 0.02
tax = { sheet = "vat" }

[versions.figures]
share = 0.7
"""
THEIRS = """\
code = "lend"

[sources.house]
title = "House rules"

[[versions]]
effective_from = 2021-01-01
source = "house"
basis = "bank"

[versions.fees.arrangement]
min = 250

[[versions]]
effective_from = 2023-01-01
source = "house"
basis = "bank"

[versions.conditions.adult]
test = { fact = "customer.age", min = 21 }

[versions.documents.licence]
removed = true

[versions.fees.courier]
name = "Courier"
name_zh = "快递"
method = "flat"
amount = 20
"""
OWN = OURS.replace('code = "lend"', 'code = "own"').replace('"Loan"', '"Own loan"')
FACTS = '[age]\ntype = "int"\nlabel = "Age"\nlabel_zh = "年龄"\n'


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    files = {
        "low/products/loans/lend.toml": OURS,
        "low/facts.toml": FACTS,
        "high/products/loans/lend.toml": THEIRS,
        "high/products/loans/own.toml": OWN,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "low", tmp_path / "high"


@pytest.fixture
def library(folders: tuple[Path, Path]) -> Library:
    low, high = folders
    return Library([Root("built-in", low), Root("bank", high)])


def on(library: Library, day: str) -> ProductVersion:
    version = library.product("lend").at(date.fromisoformat(day))
    assert version is not None
    return version


# -- a bank's folder over ours ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "rate", "least", "age"),
    [
        ("2020-12-31", "0.01", 100, 18),
        ("2021-01-01", "0.01", 250, 18),  # the bank's minimum on our rate
        ("2022-01-01", "0.02", 250, 18),  # our new rate, the bank's minimum still
        ("2023-01-01", "0.02", 250, 21),
    ],
)
def test_versions_of_both_folders_are_sorted_in(
    library: Library, day: str, rate: str, least: int, age: int
) -> None:
    version = on(library, day)
    fee = version.fees["arrangement"]
    assert (fee.rate, fee.min) == (Decimal(rate), least)
    assert version.conditions["adult"].test.text() == f"customer.age ≥ {age}"
    assert version.conditions["adult"].reason == "18"  # kept


def test_parts_are_added_and_removed(library: Library) -> None:
    assert set(on(library, "2022-06-01").fees) == {"arrangement"}
    assert set(on(library, "2023-01-01").fees) == {"arrangement", "courier"}
    assert set(on(library, "2022-06-01").documents) == {"licence"}
    assert set(on(library, "2023-01-01").documents) == set()


def test_the_name_of_the_lower_layer_stays(library: Library) -> None:
    assert library.product("lend").header.name == "Loan"
    assert [header.code for header in library.headers(Problems())] == ["lend", "own"]


def test_a_product_of_the_bank_alone(library: Library) -> None:
    assert library.product("own").files == (str(library.roots[1].path / "products/loans/own.toml"),)


@pytest.mark.parametrize(
    ("path", "root", "key", "day", "source", "basis"),
    [
        (("fees", "arrangement", "rate"), 0, "versions[1].fees.arrangement.rate", "2022-01-01", "tariff", "illustrative"),
        (("fees", "arrangement", "min"), 1, "versions[0].fees.arrangement.min", "2021-01-01", "house", "bank"),
        (("fees", "arrangement", "base"), 0, "versions[0].fees.arrangement.base", "2020-01-01", "tariff", "illustrative"),
        (("fees", "courier", "amount"), 1, "versions[1].fees.courier.amount", "2023-01-01", "house", "bank"),
        (("conditions", "adult"), 1, "versions[1].conditions.adult.test.min", "2023-01-01", "house", "bank"),
        (("rate", "fixed"), 0, "versions[0].rate.fixed", "2020-01-01", "tariff", "illustrative"),
        (("figures", "share"), 0, "versions[1].figures.share", "2022-01-01", "tariff", "illustrative"),
    ],
)  # fmt: skip
def test_every_part_knows_its_file_key_version_source_and_line(
    library: Library, path: tuple[str, ...], root: int, key: str, day: str, source: str, basis: str
) -> None:
    origin = on(library, "2024-01-01").origin(*path)
    assert origin is not None
    file = library.roots[root].path / "products/loans/lend.toml"
    assert (origin.file, str(origin.version)) == (str(file), day)
    assert (origin.source, origin.basis) == (source, basis)
    assert path_text(origin.key).startswith(key.rsplit(".test", 1)[0])
    line = line_of(file, origin.key)
    assert line is not None
    named = [part for part in origin.key if isinstance(part, str)][-1]
    assert named in file.read_text("utf-8").splitlines()[line - 1]


def test_an_earlier_version_keeps_its_own_origins(library: Library) -> None:
    origin = on(library, "2020-06-01").origin("figures", "share")
    assert origin is not None
    assert (origin.source, origin.basis, str(origin.version)) == ("law", "regulation", "2020-01-01")


def test_a_quote_cites_the_folder_that_set_the_price(folders: tuple[Path, Path]) -> None:
    low, high = folders
    vat = low / "rates/vat.toml"
    vat.parent.mkdir()
    vat.write_text(
        'code = "vat"\nname = "VAT"\nname_zh = "税"\nkind = "tax"\nlookup = "single"\n'
        '[[columns]]\ncode = "r"\nname = "r"\nname_zh = "r"\n[sources.law]\ntitle = "Law"\n'
        '[[versions]]\neffective_from = 2000-01-01\nsource = "law"\nbasis = "illustrative"\nvalues = { r = 0.06 }\n',
        "utf-8",
    )
    registry = Registry([])
    registry.add(Loan(), "lend", product=True)
    cat = Catalogue(
        Library([Root("built-in", low), Root("bank", high)]), registry, date(2024, 1, 2)
    )
    quote = cat.quote(Ask("lend", amount=20_000, tenor="1y"), Customer(age=30))
    sources = {fee.code: fee.source for fee in quote.fees}
    assert sources["courier"] == "House rules"
    files = {entry.file for entry in quote.explanation if entry.file}
    assert files >= {"built-in:products/loans/lend.toml", "bank:products/loans/lend.toml"}


def test_two_versions_of_one_day_the_higher_layer_last(tmp_path: Path) -> None:
    low, high = tmp_path / "low.toml", tmp_path / "high.toml"
    low.write_text(OURS, "utf-8")
    text = THEIRS.replace("2021-01-01", "2020-01-01")
    high.write_text(text, "utf-8")
    problems = Problems()
    product = load_product([low, high], {}, None, problems)
    assert product is not None
    assert [str(v.effective_from) for v in product.versions] == ["2020-01-01", "2022-01-01", "2023-01-01"]  # fmt: skip
    assert product.versions[0].fees["arrangement"].min == 250
    assert list(problems) == []


# -- merging within one file --------------------------------------------------------------------


def read(tmp_path: Path, *versions: str) -> tuple[tuple[ProductVersion, ...], list[str]]:
    """Versions of one file, a year apart from 2020 on, and the faults."""
    head = OURS[: OURS.index("[[versions]]")]
    text = head + "".join(
        f'[[versions]]\neffective_from = {2020 + at}-01-01\nsource = "tariff"\nbasis = "illustrative"\n{part}\n'
        for at, part in enumerate(versions)
    )
    path = tmp_path / "lend.toml"
    path.write_text(text, "utf-8")
    problems = Problems()
    product = load_product([path], {}, None, problems)
    return product.versions if product else (), [problem.text() for problem in problems]


FEE = """\
[versions.fees.post]
name = "Post"
name_zh = "邮寄"
method = "flat"
amount = 5
per = { unit = "month", counting = "begun" }
waive = { fact = "customer.age", min = 60 }
"""


def test_small_tables_are_replaced_whole(tmp_path: Path) -> None:
    versions, told = read(
        tmp_path,
        FEE,
        '[versions.fees.post]\nper = { unit = "year", counting = "whole", year_days = 365 }\n'
        'waive = { fact = "customer.vip", eq = true }\n',
    )
    assert told == []
    old, new = versions[0].fees["post"], versions[1].fees["post"]
    assert old.per is not None
    assert new.per is not None
    assert (old.per.unit, new.per.unit, new.per.counting) == ("month", "year", "whole")
    assert new.waive is not None
    assert new.waive.test.text() == "customer.vip = True"
    assert new.amount == 5


def test_half_of_a_small_table_is_not_completed_from_before(tmp_path: Path) -> None:
    _, told = read(tmp_path, FEE, '[versions.fees.post]\nper = { unit = "year" }\n')
    assert any("`counting` is missing" in text for text in told)


def test_an_entry_may_be_called_like_a_small_table(tmp_path: Path) -> None:
    versions, told = read(
        tmp_path,
        FEE.replace("fees.post", "fees.tax"),
        "[versions.fees.tax]\namount = 6\n",
    )
    assert told == []
    assert (versions[1].fees["tax"].amount, versions[1].fees["tax"].name) == (6, "Post")


def test_replace_starts_afresh(tmp_path: Path) -> None:
    fresh = FEE.replace("[versions.fees.post]", "[versions.fees.post]\nreplace = true").split(
        "per ="
    )[0]
    versions, told = read(tmp_path, FEE, fresh)
    assert told == []
    assert versions[1].fees["post"].per is None
    assert versions[0].fees["post"].per is not None


def test_lists_are_replaced_and_earlier_versions_untouched(tmp_path: Path) -> None:
    first = "[versions.figures.steps]\nbands = [{ up_to = 1, value = 2 }, { value = 3 }]\n"
    versions, told = read(tmp_path, first, "[versions.figures.steps]\nbands = [{ value = 9 }]\n")
    assert told == []
    assert [len(version.figures["steps"].bands) for version in versions] == [2, 1]


def test_a_bare_number_keeps_label_and_unit(tmp_path: Path) -> None:
    first = '[versions.figures.share]\nvalue = 0.8\nlabel = "Share"\nunit = "fraction"\n'
    versions, told = read(tmp_path, first, "[versions.figures]\nshare = 0.7\n")
    assert told == []
    figure = versions[1].figures["share"]
    assert (figure.value, figure.label, figure.unit) == (Decimal("0.7"), "Share", "fraction")


def test_a_note_and_withdrawal_are_of_their_version(tmp_path: Path) -> None:
    versions, told = read(tmp_path, 'note = "one"\n', "withdrawn = true\n", "withdrawn = false\n")
    assert told == []
    assert [version.note for version in versions] == ["one", None, None]
    assert [version.withdrawn for version in versions] == [False, True, False]


def test_a_source_is_never_taken_over_from_an_earlier_version(tmp_path: Path) -> None:
    path = tmp_path / "lend.toml"
    path.write_text(f"{OURS}\n[[versions]]\neffective_from = 2024-01-01\nvalid_days = 5\n[versions.fees.arrangement]\nrate = 0.03\n", "utf-8")  # fmt: skip
    problems = Problems()
    load_product([path], {}, None, problems)
    told = [problem.text() for problem in problems]
    line = path.read_text("utf-8").splitlines().index("rate = 0.03") + 1
    assert told[0].startswith(f"{path}:{line}: versions[2].fees.arrangement.rate: a figure without")


def test_the_nearest_source_wins(tmp_path: Path) -> None:
    part = (
        '[versions.figures.a]\nvalue = 1\nsource = "law"\nbasis = "regulation"\n'
        "[versions.figures.b]\nvalue = 2\n"
    )
    versions, told = read(tmp_path, part)
    assert told == []
    origins = [versions[0].origin("figures", name) for name in "ab"]
    assert [(o.source, o.basis) for o in origins if o] == [("law", "regulation"), ("tariff", "illustrative")]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            "[versions.fees.pots]\nremoved = true\n",
            "there is no 'pots' to remove; did you mean 'post'?",
        ),
        ("[versions.fees.post]\nremoved = true\namount = 3\n", "stands beside `removed = true`"),
        ("[versions.fees.post]\nremoved = false\n", "False is not true; leave `removed` out"),
        ('[versions.fees.post]\nreplace = "yes"\n', "'yes' is not true; leave `replace` out"),
        ("removed = true\n", "a version cannot be removed"),
        ("[versions.figures.a]\nvalue = 1\nsource = 5\n", "unknown source 5"),
        ("[versions.figures.a]\nvalue = 1\nbasis = 5\n", "5 is not one of regulation, official"),
        ('fees = "none"\n', "'none' is not a table"),
        ("[[versions.fees]]\namount = 1\n", "is not a table"),
    ],
)
def test_control_words_are_never_passed_over(tmp_path: Path, part: str, words: str) -> None:
    _, told = read(tmp_path, FEE, part)
    assert any(words in text for text in told), told


def test_removed_and_stated_again(tmp_path: Path) -> None:
    versions, told = read(tmp_path, FEE, "[versions.fees.post]\nremoved = true\n", FEE)
    assert told == []
    assert [len(version.fees) for version in versions] == [1, 0, 1]


# -- folders ------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"bank: .*nowhere is not a folder of definitions"):
        Library([Root("bank", tmp_path / "nowhere")])


def test_a_link_out_of_the_folder_is_not_followed(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    _, high = folders
    outside = tmp_path / "secret.toml"
    outside.write_text(OWN, "utf-8")
    (high / "products/loans/linked.toml").symlink_to(outside)
    assert "linked" not in Library([Root("x", high)]).paths("products")


def test_an_unknown_code_has_a_suggestion(library: Library) -> None:
    for code, words in (
        ("lned", "did you mean 'lend'"),
        ("../lend", "unknown product"),
        ("\x1b", r"\\x1b"),
    ):
        with pytest.raises(InputError, match=words):
            library.product(code)


def test_every_fault_of_both_files_is_told_with_its_file(folders: tuple[Path, Path]) -> None:
    low, high = folders
    mine, theirs = low / "products/loans/lend.toml", high / "products/loans/lend.toml"
    mine.write_text(OURS.replace("rate = 0.01", 'rate = "1%"'), "utf-8")
    theirs.write_text(THEIRS.replace("amount = 20", "amuont = 20"), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        Library([Root("a", low), Root("b", high)]).product("lend")
    told: list[Any] = list(caught.value.problems)
    assert any(text.startswith(f"{mine}:") for text in told)
    assert any(text.startswith(f"{theirs}:") and "did you mean 'amount'" in text for text in told)


MERGED = """\
code = "keyed"
name = "Keyed"
name_zh = "分项"
family = "loans"
segment = "any"

[[versions]]
effective_from = 2020-01-01
source = "law"
basis = "regulation"
[versions.rate]
fixed = 0.05
max = 0.1
[versions.figures.share]
label = "Share"
values = { a = 0.1, b = 0.2, c = 0.3 }

[[versions]]
effective_from = 2022-01-01
source = "tariff"
basis = "illustrative"
[versions.rate]
max = 0.2
[versions.figures.share]
label = "Least share"
[versions.figures.share.values]
b = 0.25
c = 0.35
"""


def test_each_key_of_a_merged_table_cites_its_own_place(tmp_path: Path) -> None:
    law, tariff = Source("Law"), Source("Tariff")
    (tmp_path / "keyed.toml").write_text(MERGED, "utf-8")
    problems = Problems()
    found = load_product([tmp_path / "keyed.toml"], {"law": law, "tariff": tariff}, {}, problems)
    assert found is not None
    assert list(problems) == []
    version = found.versions[-1]
    described = describe(found, version, date(2024, 1, 1), lambda file: file)
    (share,) = described["figures"]
    # the part as a whole: the newest, at the table that holds all that the version changed
    assert (share["source"], share["key"]) == ("Tariff", "versions[1].figures.share")
    places = {name: (item["source"], item["key"]) for name, item in share["origins"].items()}
    assert places == {
        "label": ("Tariff", "versions[1].figures.share.label"),
        "values.a": ("Law", "versions[0].figures.share.values.a"),
        "values.b": ("Tariff", "versions[1].figures.share.values.b"),
        "values.c": ("Tariff", "versions[1].figures.share.values.c"),
    }
    assert described["rate"]["origins"]["fixed"]["key"] == "versions[0].rate.fixed"
    first = describe(found, found.versions[0], date(2021, 1, 1), lambda file: file)
    assert "origins" not in first["figures"][0]
