"""Versions written as changes and folders laid over one another: what merges, what is told, where it came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from catalogue.definitions.layers import Merged, Patch, read_patches
from catalogue.definitions.library import Library, Root
from catalogue.definitions.model import ProductDefinition
from catalogue.definitions.problems import Problems
from catalogue.definitions.products import load_product
from catalogue.errors import DefinitionError

BASE = """\
code = "shop"
name = "Shop"
name_zh = "服务"
family = "tests"
segment = "any"

[sources.ours]
title = "Our tariff"

[[versions]]
effective_from = 2010-01-01
source = "ours"
basis = "bank"
[versions.ask.amount]
required = true
max = { CNY = 100 }
[versions.figures.most]
value = 0.7
label = "Most"
label_zh = "最高"
[versions.fees.charge]
name = "Charge"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.01
min = 10
tax = { inclusive = false }
[versions.documents.form]
name = "Form"
name_zh = "申请表"

[[versions]]
effective_from = 2015-01-01
[versions.fees.charge]
source = "ours"
basis = "bank"
min = 20
"""
BANK_HEAD = 'code = "shop"\n\n[sources.theirs]\ntitle = "Their tariff"\n\n'
THEIRS = 'source = "theirs"\nbasis = "illustrative"\n'


def load(*texts: str, folder: Path) -> tuple[ProductDefinition | None, list[str]]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"layer{number}" / "shop.toml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        paths.append(path)
    problems = Problems()
    return load_product(paths, {}, {}, problems), [problem.text() for problem in problems]


def changed(
    tmp_path: Path, change: str, on: str = "2020-01-01"
) -> tuple[ProductDefinition | None, list[str]]:
    """The shop with a further version in the same file."""
    return load(f"{BASE}\n[[versions]]\neffective_from = {on}\n{change}", folder=tmp_path)


def test_a_version_states_only_what_changes(tmp_path: Path) -> None:
    shop, told = load(BASE, folder=tmp_path)
    assert told == []
    assert shop is not None
    old, new = shop.versions
    assert (old.fees["charge"].rate, old.fees["charge"].min) == (Decimal("0.01"), 10)
    assert (new.fees["charge"].rate, new.fees["charge"].min) == (Decimal("0.01"), 20)
    assert new.documents == old.documents
    assert [shop.at(date(2009, 12, 31)), shop.at(date(2010, 1, 1)), shop.at(date(2014, 12, 31))] == [
        None, old, old,
    ]  # fmt: skip
    assert shop.at(date(2015, 1, 1)) is shop.at(date(2099, 1, 1)) is new


def test_a_note_and_a_date_are_not_inherited(tmp_path: Path) -> None:
    shop, told = load(
        BASE.replace("2010-01-01\n", '2010-01-01\nnote = "first"\n', 1), folder=tmp_path
    )
    assert told == []
    assert [version.note for version in shop.versions] == ["first", None]  # type: ignore[union-attr]


def test_a_bank_changes_one_fee_and_adds_a_version(tmp_path: Path) -> None:
    bank = (
        BANK_HEAD
        + f"[[versions]]\neffective_from = 2015-01-01\n[versions.fees.charge]\n{THEIRS}rate = 0.02\n"
        + f"[[versions]]\neffective_from = 2020-01-01\n[versions.fees.charge]\n{THEIRS}min = 30\n"
    )
    shop, told = load(BASE, bank, folder=tmp_path)
    assert told == []
    assert shop is not None
    assert shop.header.name == "Shop"  # an overlay repeats only its code
    fees = [version.fees["charge"] for version in shop.versions]
    assert [fee.rate for fee in fees] == [Decimal("0.01"), Decimal("0.02"), Decimal("0.02")]
    assert [fee.min for fee in fees] == [10, 20, 30]
    second, third = shop.versions[1:]
    # on one day the layers merge, the upper one last; each figure keeps its own origin
    rate, least = second.origins["fees", "charge", "rate"], second.origins["fees", "charge", "min"]
    assert (Path(rate.file).parent.name, rate.key, rate.source) == (
        "layer1", ("versions", 0, "fees", "charge", "rate"), "theirs",
    )  # fmt: skip
    assert (Path(least.file).parent.name, least.key, least.source) == (
        "layer0", ("versions", 1, "fees", "charge", "min"), "ours",
    )  # fmt: skip
    newest = third.origin("fees", "charge")
    assert newest is not None
    assert (newest.version, newest.key[:2]) == (date(2020, 1, 1), ("versions", 1))


def test_a_later_version_below_still_comes_after_an_earlier_one_above(tmp_path: Path) -> None:
    bank = BANK_HEAD + (
        f"[[versions]]\neffective_from = 2012-01-01\n[versions.fees.charge]\n{THEIRS}min = 15\nrate = 0.03\n"
    )
    shop, told = load(BASE, bank, folder=tmp_path)
    assert told == []
    fees = [version.fees["charge"] for version in shop.versions]  # type: ignore[union-attr]
    assert [fee.min for fee in fees] == [10, 15, 20]
    assert [fee.rate for fee in fees] == [Decimal("0.01"), Decimal("0.03"), Decimal("0.03")]


def test_a_change_without_a_source_of_its_own_is_told(tmp_path: Path) -> None:
    _, told = changed(tmp_path, "[versions.fees.charge]\nmin = 30\n")
    assert any("versions[2].fees.charge.min: a figure without a source" in text for text in told)


def test_removed_and_replace(tmp_path: Path) -> None:
    shop, told = changed(
        tmp_path,
        "[versions.documents.form]\nremoved = true\n"
        "[versions.fees.charge]\nreplace = true\n"
        'source = "ours"\nbasis = "bank"\nname = "Flat"\nname_zh = "手续费"\nmethod = "flat"\namount = 5\n',
    )
    assert told == []
    last = shop.versions[-1]  # type: ignore[union-attr]
    assert last.documents == {}
    fee = last.fees["charge"]
    assert (fee.method, fee.amount, fee.rate, fee.min, fee.tax) == ("flat", 5, None, None, None)
    assert ("fees", "charge", "rate") not in last.origins
    assert ("documents", "form", "name") not in last.origins


def test_a_new_method_over_an_old_fee_says_what_to_do(tmp_path: Path) -> None:
    _, told = changed(
        tmp_path,
        '[versions.fees.charge]\nsource = "ours"\nbasis = "bank"\nmethod = "flat"\namount = 5\n',
    )
    (text,) = [text for text in told if "does not use `rate`" in text]
    assert "state the whole fee afresh with replace = true" in text
    assert (
        ": versions[2].fees.charge: " in text
    )  # where the method changed, not where the fee began


def test_half_a_table_means_nothing_so_some_are_replaced_whole(tmp_path: Path) -> None:
    shop, told = changed(
        tmp_path,
        '[versions.fees.charge]\nsource = "ours"\nbasis = "bank"\ntax = { sheet = "stamp" }\n'
        '[versions.ask.amount]\nsource = "ours"\nbasis = "bank"\nmax = 500\n',
    )
    assert told == []
    last = shop.versions[-1]  # type: ignore[union-attr]
    assert last.fees["charge"].tax.inclusive is True  # the default, not what was said before
    assert last.ask["amount"].max == 500
    assert last.ask["amount"].required is True


def test_an_entry_that_is_called_like_such_a_table_merges(tmp_path: Path) -> None:
    base = BASE.replace("fees.charge", "fees.tax")
    shop, told = load(base, folder=tmp_path)
    assert told == []
    assert shop.versions[1].fees["tax"].rate == Decimal("0.01")  # type: ignore[union-attr]


def test_a_bare_figure_keeps_the_label_of_the_long_one(tmp_path: Path) -> None:
    shop, told = changed(
        tmp_path, '[versions.figures]\nsource = "ours"\nbasis = "bank"\nmost = 0.8\n'
    )
    assert told == []
    last = shop.versions[-1]  # type: ignore[union-attr]
    assert last.figures["most"].value == Decimal("0.8")
    assert last.figures["most"].label_zh == "最高"
    origin = last.origin("figures", "most")
    assert origin is not None
    assert (origin.key, origin.version) == (("versions", 2, "figures", "most"), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ("[versions.documents.from]\nremoved = true\n", "documents.from", "there is no 'from' to remove; did you mean 'form'"),
        ("[versions.documents.form]\nremoved = true\nname = \"x\"\n", "documents.form.name", "stands beside `removed = true`"),
        ("[versions.documents.form]\nremoved = \"yes\"\n", "documents.form.removed", "'yes' is not true"),
        ("[versions.documents.form]\nreplace = false\n", "documents.form.replace", "False is not true"),
        ("removed = true\n", "removed", "a version cannot be removed"),
        ("[versions.figures.basis]\nvalue = 1\n", "figures.basis", "is not a name that a table can have here"),
        ("source = [\"ours\"]\nbasis = \"bank\"\n", "source", "unknown source"),
        ("source = 5\nbasis = \"bank\"\n", "source", "unknown source 5"),
        ("source = \"ours\"\nbasis = [1]\n", "basis", "is not one of regulation"),
        ("source = \"ours\"\n", "", "`basis` is missing"),
        ("source = \"our\"\nbasis = \"bank\"\n", "source", "unknown source 'our'; did you mean 'ours'"),
        ("[versions.ask]\nsource = \"nobody\"\nbasis = \"bank\"\n", "ask.source", "unknown source 'nobody'"),
    ],
)  # fmt: skip
def test_nothing_is_passed_over_silently(tmp_path: Path, change: str, key: str, words: str) -> None:
    _, told = changed(tmp_path, change)
    at = f"versions[2].{key}" if key else "versions[2]"
    assert any(f": {at}: " in text and words in text for text in told), told


def test_an_ask_field_may_be_called_source(tmp_path: Path) -> None:
    shop, told = changed(tmp_path, '[versions.ask.source]\ntype = "text"\n')
    assert told == []
    assert shop.versions[-1].ask["source"].type == "text"  # type: ignore[union-attr]


def test_a_fault_that_a_layer_brings_is_told_in_its_file(tmp_path: Path) -> None:
    bank = BANK_HEAD + (
        f"[[versions]]\neffective_from = 2016-01-01\n[versions.fees.charge]\n{THEIRS}max = 1\n"
    )
    _, told = load(BASE, bank, folder=tmp_path)
    (text,) = told
    assert text.startswith(f"{tmp_path / 'layer1' / 'shop.toml'}:")
    assert ": versions[0].fees.charge: min 20 is over the maximum 1" in text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("versions = 3", "is not a list of tables"),
        ("versions = [1]", "is not a list of tables"),
        ("[[versions]]\nnote = 'x'", "is missing; write effective_from = 2024-10-25"),
        ("[[versions]]\neffective_from = 2020-01-01T00:00:00", "is not a date"),
        ("[[versions]]\neffective_from = 2020-01-01\n[[versions]]\neffective_from = 2020-01-01",
         "a second version from 2020-01-01; versions[0] has that date"),
    ],
)  # fmt: skip
def test_versions_that_are_none(raw: str, words: str) -> None:
    problems = Problems()
    read_patches("f.toml", tomli.loads(raw)["versions"], problems)
    assert any(words in problem.message for problem in problems)


@pytest.mark.parametrize("tail", ["", "versions = []\n"])
def test_a_definition_without_a_version_is_told(tmp_path: Path, tail: str) -> None:
    head = BASE[: BASE.index("[sources.ours]")]
    made, told = load(head + tail, folder=tmp_path)
    assert made is None
    assert any("`versions` is missing" in text for text in told)
    made, told = load(head + tail, 'code = "shop"\n', folder=tmp_path / "two")
    assert made is None
    assert any("`versions` is missing" in text for text in told)


def test_a_folder_over_ours_adds_a_product_and_the_library_reads_both(tmp_path: Path) -> None:
    for layer, code in (("ours", "shop"), ("bank", "kiosk")):
        (tmp_path / layer).mkdir()
        (tmp_path / layer / f"{code}.toml").write_text(BASE.replace('"shop"', f'"{code}"'), "utf-8")
    library = Library([Root("built-in", tmp_path / "ours"), Root("--defs", tmp_path / "bank")])
    assert sorted(library.paths("products")) == ["kiosk", "shop"]
    assert library.product("kiosk").header.code == "kiosk"
    with pytest.raises(DefinitionError.__base__, match="unknown product 'kisok'; did you mean"):
        library.product("kisok")


def test_a_listing_leaves_out_a_file_that_is_not_named_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(BASE, "utf-8")
    problems = Problems()
    headers = Library([Root("x", tmp_path)]).headers(problems)
    assert headers == []
    assert any("is not the file's name" in problem.message for problem in problems)


# -- properties ---------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.integers(0, 9)
TABLES = st.recursive(
    st.dictionaries(NAMES, VALUES, max_size=3),
    lambda inner: st.dictionaries(NAMES, st.one_of(VALUES, inner), max_size=3),
    max_leaves=8,
)


def merged(tables: list[dict[str, Any]]) -> Merged:
    state = Merged()
    for day, table in enumerate(tables, 1):
        data = {"source": "s", "basis": "bank", **table}
        patch = Patch("f", ("versions", day - 1), date(2020, 1, day), data)
        state.apply(patch, {"s": None}, Problems())
    return state


def independent(old: Any, new: dict[str, Any]) -> dict[str, Any]:
    """Merging by its plain rule, written anew: tables merge, all else is replaced."""
    made = dict(old) if isinstance(old, dict) else {}
    for name, value in new.items():
        made[name] = independent(made.get(name), value) if isinstance(value, dict) else value
    return made


@given(st.lists(TABLES, min_size=1, max_size=4))
def test_merging_is_the_plain_rule_and_every_leaf_has_its_newest_origin(tables: list[Any]) -> None:
    state = merged(tables)
    wanted: dict[str, Any] = {}
    for table in tables:
        wanted = independent(wanted, table)
    assert state.data == wanted

    def leaves(table: dict[str, Any], path: tuple[str, ...] = ()) -> Any:
        for name, value in table.items():
            if isinstance(value, dict):
                yield from leaves(value, (*path, name))
            else:
                yield (*path, name), value

    found = dict(leaves(wanted))
    for path, value in found.items():
        origin = state.origins[path]
        at = tables[int(origin.key[1])]
        for part in path:
            at = at[part]
        assert at == value  # the file says there what the state says
        for later in tables[int(origin.key[1]) + 1 :]:
            inside: Any = later
            for part in path:
                inside = inside.get(part) if isinstance(inside, dict) else None
            assert inside is None  # and nothing newer says anything of it
    stale = {path for path in state.origins if path not in found} - {
        path[:end] for path in found for end in range(len(path))
    }
    assert all(isinstance(_at(wanted, path), dict) for path in stale)  # empty tables only
    assert set(state.touched) == set(state.origins)


def _at(table: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        table = table.get(part) if isinstance(table, dict) else None
    return table


@given(TABLES)
def test_a_version_that_repeats_the_one_before_changes_nothing(table: dict[str, Any]) -> None:
    assert merged([table, table]).data == merged([table]).data
