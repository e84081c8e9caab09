"""From tables to classes: every kind of value, every fault at once, nothing silently taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue import Tenor
from catalogue.definitions.problems import KeyPath, Problem, Problems, path_text
from catalogue.definitions.structure import MISSING, Code, Reader, key, specification
from catalogue.errors import DefinitionError, InputError


@attrs.frozen
class Inner:
    """A table in a table."""

    size: int = key("size")
    unit: Literal["m", "kg"] = key("unit", "m")


@attrs.frozen
class Outer:
    """One field of every kind."""

    code: Code = key("code")
    text: str | None = key("text", None)
    number: Decimal = key("number", Decimal(0))
    count: int | None = key("count", None)
    flag: bool = key("flag", False)
    day: date | None = key("day", None)
    tenor: Tenor | None = key("tenor", None)
    days: Literal[360, 365] = key("days", 360)
    inner: Inner | None = key("inner", None)
    many: tuple[Inner, ...] = key("many", ())
    named: Mapping[str, Inner] = key("named", attrs.Factory(dict))
    either: Decimal | Mapping[str, Decimal] | None = key("either", None)
    word: str | None = key("renamed", None, name="from")
    hidden: int = attrs.field(default=7, metadata={"hidden": True})

    def __attrs_post_init__(self) -> None:
        if self.count is not None and self.count > 9:
            raise InputError("count is over 9")


def read(text: str) -> tuple[Any, list[str]]:
    problems = Problems()
    raw = tomli.loads(text, parse_float=Decimal)
    made = Reader(problems, lambda path: ("f.toml", path)).table(Outer, raw, ())
    return made, [f"{path_text(p.key)}: {p.message}" for p in problems]


def test_every_kind_is_read() -> None:
    made, told = read(
        'code = "a-1"\ntext = "x"\nnumber = 0.10\ncount = 3\nflag = true\nday = 2024-02-29\ntenor = "3y"\n'
        'days = 365\nfrom = "w"\neither = { CNY = 1 }\nmany = [{ size = 1 }, { size = 2, unit = "kg" }]\n'
        "[inner]\nsize = 4\n[named.one]\nsize = 5\n"
    )
    assert told == []
    assert (made.code, made.text, made.number, made.count, made.flag) == ("a-1", "x", Decimal("0.10"), 3, True)  # fmt: skip
    assert (made.day, made.tenor, made.days, made.word) == (
        date(2024, 2, 29),
        Tenor(3, "y"),
        365,
        "w",
    )
    assert made.many == (Inner(1), Inner(2, "kg"))
    assert (made.inner, dict(made.named)) == (Inner(4), {"one": Inner(5)})
    assert dict(made.either) == {"CNY": Decimal(1)}
    assert made.hidden == 7


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('code = "A"', "code: 'A' is not a code (lower-case words joined by hyphens)"),
        ('code = "a_b"', "is not a code"),
        ('code = "a--b"', "is not a code"),
        ('code = "-a"', "is not a code"),
        ('code = "а"', "is not a code"),  # a Cyrillic letter
        (f'code = "{"a" * 65}"', "is not a code"),
        ("text = 5", "text: 5 is not a text"),
        ('text = "  "', "text: is an empty text"),
        ('number = "5"', "number: '5' is not a number; write it without quotes"),
        ('number = "5%"', "write it without quotes, 5% as 0.05"),
        ("number = true", "number: True is not a number"),
        ("number = []", "number: [] is not a number"),
        ("count = 1.0", "count: 1.0 is not a whole number"),
        ("count = true", "count: True is not a whole number"),
        ("flag = 1", "flag: 1 is not true or false"),
        ('flag = "true"', "flag: 'true' is not true or false"),
        ('day = "2024-01-01"', "day: '2024-01-01' is not a date (YYYY-MM-DD without quotes)"),
        ("day = 2024-01-01T10:00:00", "is not a date"),
        ("day = 10:00:00", "is not a date"),
        ('tenor = "3"', "tenor: '3' is not a tenor"),
        ("tenor = 3", "tenor: 3 is not a tenor"),
        ("days = 364", "days: 364 is not one of 360, 365"),
        ("days = 360.0", "days: 360.0 is not one of 360, 365"),
        ("days = true", "days: True is not one of"),
        ("inner = 5", "inner: 5 is not a table"),
        ("inner = {}", "inner: `size` is missing (size)"),
        (
            'inner = { size = 1, unit = "k" }',
            "inner.unit: 'k' is not one of m, kg; did you mean 'kg'?",
        ),
        ("inner = { size = 1, sise = 2 }", "inner.sise: unknown key; did you mean 'size'?"),
        ("many = { size = 1 }", "is not a list; write [ ... ]"),
        ("many = [1]", "many[0]: 1 is not a table"),
        ("many = [{ size = 1 }, {}]", "many[1]: `size` is missing"),
        ("named = []", "named: [] is not a table"),
        ("named = { one = 1 }", "named.one: 1 is not a table"),
        ('either = "x"', "either: 'x' is not a number; write it without"),
        ('either = { CNY = "x" }', "either.CNY: 'x' is not a number"),
        ("count = 10", "count is over 9"),
        ("txet = 1", "txet: unknown key; did you mean 'text'?"),
        ("zzzzz = 1", "zzzzz: unknown key; allowed: code, text, number"),
        ("hidden = 1", "hidden: unknown key"),
        ('word = "x"', "word: unknown key"),
    ],
)
def test_every_fault_says_where_what_and_what_is_allowed(line: str, words: str) -> None:
    head = "" if line.startswith("code") else 'code = "a"\n'
    _, told = read(f"{head}{line}\n")
    assert len(told) == 1, told
    assert words in told[0]
    assert len(told[0]) < 250


def test_a_missing_key_says_what_it_means() -> None:
    made, told = read("")
    assert made is MISSING
    assert told == [": `code` is missing (code)"]


def test_all_faults_are_told_in_one_run() -> None:
    _, told = read(
        'code = 1\ncount = "x"\nflag = 0\nmany = [{}, { size = 1, unit = 3 }]\nextra = 1\n'
    )
    assert len(told) == 6


def test_a_fault_of_the_whole_is_told_only_when_its_parts_are_sound() -> None:
    _, told = read('code = "a"\ncount = 10\nflag = 0\n')
    assert told == ["flag: 0 is not true or false"]


def test_controls_in_a_value_are_shown() -> None:
    _, told = read('code = "a\\u001b[2J\\u202e"\n')
    assert told[0].isprintable()
    assert r"\x1b[2J\u202e" in told[0].replace("\\\\", "\\")


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=9)
    | st.dates() | st.datetimes() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
keys = st.sampled_from([name for name, _, _ in specification(Outer)]) | st.text(max_size=5)


@given(st.dictionaries(keys, json_like, max_size=5))
@example({"days": Decimal("sNaN")})
def test_no_table_crashes_and_what_is_read_is_of_its_type(table: dict[str, Any]) -> None:
    problems = Problems()
    made = Reader(problems, lambda path: ("f", path)).table(Outer, table, ())
    assert problems or made is not MISSING
    if made is not MISSING:
        assert isinstance(made.code, str)
        assert type(made.number) is Decimal
        assert type(made.flag) is bool
        assert made.day is None or not isinstance(made.day, datetime)


def test_problems_keep_order_and_tell_equal_ones_once() -> None:
    problems = Problems()
    for path, message in ((("b",), "one"), (("a", 0), "two"), (("b",), "one")):
        problems.add("f", path, message)
    assert [problem.key for problem in problems] == [("b",), ("a", 0)]
    with pytest.raises(DefinitionError) as caught:
        problems.raise_if_any()
    assert list(caught.value.problems) == ["f: b: one", "f: a[0]: two"]
    Problems().raise_if_any()


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a",), "a"), (("a", 0, "b"), "a[0].b"), (("versions", 2, "fees", "x"), "versions[2].fees.x")],
)  # fmt: skip
def test_addresses_of_keys(path: KeyPath, text: str) -> None:
    assert path_text(path) == text
    assert Problem("gone.toml", path, "wrong").text() == (f"gone.toml: {text}: wrong" if text else "gone.toml: wrong")  # fmt: skip
