"""The line of a key in tricky TOML; every key that tomli reads is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import catalogue_product_defs
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from catalogue.definitions.positions import key_lines, line_of

TRICKY = '''\
# code = "a comment"
code = "a" # x = 1
"quoted key" = 1
'literal # key' = 2
"esc\\u0061ped" = 3
a.b.c = 4
a . "d.e" = 5
text = """
not_a_key = 1
[nor.a.header] \\""" still
"""
raw = \'\'\'
x = "
\'\'\'
ends = """quote\\\\""""
dates = [1979-05-27, 1979-05-27T07:32:00Z, 07:32:00]
spaced = 1979-05-27 07:32:00
inline = { one = 1, two = { three = [1, { four = 4 }] }, "five.six" = 5 }
list = [
  1, # one
  "]",

  { deep = """
""" },
]
empty = {}
nothing = []
float = 3.14
odd.3.14 = true

[table]
x = 1
[table.sub."q.q"]
x = 2

[[many]]
x = 1
[[many.inner]]
y = 1
[[many.inner]]
y = 2
[many.plain]
z = 1

[[many]]
x = 3
[[many.inner]]
y = 3
'''
LINES = [
    (("code",), 2),
    (("quoted key",), 3),
    (("literal # key",), 4),
    (("escaped",), 5),
    (("a",), 6),
    (("a", "b", "c"), 6),
    (("a", "d.e"), 7),
    (("text",), 8),
    (("raw",), 12),
    (("ends",), 15),
    (("dates", 2), 16),
    (("spaced",), 17),
    (("inline", "two", "three", 1, "four"), 18),
    (("inline", "five.six"), 18),
    (("list", 0), 20),
    (("list", 1), 21),
    (("list", 2, "deep"), 23),
    (("empty",), 26),
    (("nothing",), 27),
    (("odd", "3", "14"), 29),
    (("table",), 31),
    (("table", "x"), 32),
    (("table", "sub", "q.q", "x"), 34),
    (("many",), 36),
    (("many", 0, "x"), 37),
    (("many", 0, "inner", 0, "y"), 39),
    (("many", 0, "inner", 1, "y"), 41),
    (("many", 0, "plain", "z"), 43),
    (("many", 1, "x"), 46),
    (("many", 1, "inner", 0, "y"), 48),
]


@pytest.mark.parametrize(("key", "line"), LINES, ids=[str(key) for key, _ in LINES])
def test_the_line_of_a_key(key: tuple[str | int, ...], line: int) -> None:
    assert key_lines(TRICKY)[key] == line


def every_key(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for name, item in value.items():
            found += every_key(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += every_key(item, (*path, index))
    return found


def test_every_key_of_the_tricky_text_is_found() -> None:
    assert set(every_key(tomli.loads(TRICKY))) <= set(key_lines(TRICKY))


@pytest.mark.parametrize(
    "path",
    sorted(Path(catalogue_product_defs.__file__).parent.rglob("*.toml")),
    ids=lambda p: p.stem,
)
def test_every_key_of_a_shipped_file_is_found_on_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    lines, rows = key_lines(text), text.splitlines()
    for key in every_key(tomli.loads(text)):
        assert key in lines, key
        if isinstance(key[-1], str):
            assert key[-1] in rows[lines[key] - 1], (key, lines[key])


names = st.text("abc-_9", min_size=1, max_size=4) | st.text("a#.=[]{} ,'é", min_size=1, max_size=5)
leaves = st.integers() | st.text("a#=[]{},\"'\\\n", max_size=6) | st.booleans()
tables = st.recursive(
    st.dictionaries(names, leaves, max_size=4),
    lambda inner: st.dictionaries(names, leaves | inner | st.lists(inner, max_size=3), max_size=4),
    max_leaves=12,
)


def written(table: dict[str, Any], path: str = "") -> str:
    """A TOML text of a table: own keys first, then headers, arrays of tables as [[…]]."""
    plain, below = "", ""
    for name, value in table.items():
        key = _quoted(name)
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            below += f"[{here}]\n{written(value, here)}"
        elif isinstance(value, list):
            below += "".join(f"[[{here}]]\n{written(item, here)}" for item in value)
        elif isinstance(value, bool):
            plain += f"{key} = {str(value).lower()}\n"
        else:
            plain += f"{key} = {value if isinstance(value, int) else _quoted(value)}\n"
    return plain + below


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@given(tables)
def test_no_key_of_any_text_is_missed(table: dict[str, Any]) -> None:
    text = written(table)
    missing = set(every_key(tomli.loads(text))) - set(key_lines(text))
    assert missing == set()


def test_a_key_that_is_not_there_has_the_line_of_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("x = 1\n[t]\ny = 2\n", "utf-8")
    assert line_of(path, ("t", "zzz", 3)) == 2
    assert line_of(path, ("nothing",)) is None
    assert line_of(tmp_path / "gone.toml", ("x",)) is None


def test_a_byte_order_mark_and_windows_lines_do_not_shift(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfx = 1\r\n\r\ny = 2\r\n")
    assert (line_of(path, ("x",)), line_of(path, ("y",))) == (1, 3)
