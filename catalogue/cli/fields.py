"""From options to the ask and the customer: --amount and its like, --set, --customer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalogue.errors import InputError
from catalogue.values.text import clean, shown

if TYPE_CHECKING:
    from catalogue.definitions.model import FieldDef
    from catalogue.products.customer import Customer
    from catalogue.quotes.catalogue import Catalogue

CUSTOMER = "customer."


def split_settings(settings: Sequence[str], problems: list[str]) -> list[tuple[str, str]]:
    """KEY=VALUE pairs; hyphens in a key count as underscores."""
    made = []
    for text in settings:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals or not key:
            problems.append(
                f"--set {shown(text)}: write KEY=VALUE, as --set property_price=1200000"
            )
            continue
        made.append((key if key.startswith(CUSTOMER) else key.replace("-", "_"), value.strip()))
    return made


def stated_once(
    options: Mapping[str, Any], settings: Iterable[tuple[str, str]], problems: list[str]
) -> dict[str, Any]:
    """Ask fields and customer facts by key; the same key twice is a problem."""
    made: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    for key, value in settings:
        if key in made:
            both = f"{shown(made[key])} and {shown(value)}"
            problems.append(f"{clean(key)}: is stated twice ({both}); state it once")
            continue
        made[key] = value
    return made


def read_customer(
    catalogue: Catalogue, file: str | None, facts: Mapping[str, Any], problems: list[str]
) -> Customer:
    """The customer file with the facts of --set over it.

    A fact that the vocabulary lacks is an error here and only a warning in a file: what is typed on the
    command line is meant for this quote, a file may serve other programs too.
    """
    from catalogue.products.customer import Customer, unknown_fact_hint

    customer = Customer()
    if file is not None:
        try:
            customer = Customer.from_file(file)
        except InputError as error:
            problems += [f"--customer {problem}" for problem in error.problems]
    known = catalogue.library.facts()
    stated = {}
    for key, value in facts.items():
        name = key.removeprefix(CUSTOMER)
        if not name:
            problems.append(f"{CUSTOMER}: name a fact, as customer.age=35")
        elif name not in known:
            problems.append(unknown_fact_hint(name, known))
        elif isinstance(value, str) and not value:
            problems.append(
                f"{clean(key)}: is empty; state a value, or leave it out when it is unknown"
            )
        else:
            stated[name] = value
    return customer.with_facts(**stated)


def ask_and_facts(stated: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What belongs to the ask, and what to the customer."""
    ask = {key: value for key, value in stated.items() if not key.startswith(CUSTOMER)}
    facts = {key: value for key, value in stated.items() if key.startswith(CUSTOMER)}
    return ask, facts


def with_files(
    ask: Mapping[str, Any], fields: Mapping[str, FieldDef], problems: list[str]
) -> dict[str, Any]:
    """The ask with `@file.csv` and `@file.json` of rows fields read."""
    from catalogue.definitions.common_fields import field_type

    made = dict(ask)
    for name, value in ask.items():
        if not isinstance(value, str) or not value.startswith("@") or name not in fields:
            continue
        if field_type(name, fields[name]) not in ("rows", "list"):
            continue
        try:
            made[name] = read_rows(value[1:])
        except InputError as error:
            problems += [f"{name}: {problem}" for problem in error.problems]
            made[name] = ()  # told already
    return made


def read_rows(file: str) -> Any:
    """Rows of a CSV file with a header row, or the list of a JSON file."""
    from catalogue.definitions.toml_file import read_text
    from catalogue.products.customer import load_json

    path = Path(file)
    if path.suffix not in (".csv", ".json"):
        raise InputError(f"{shown(file)}: rows are read from .csv (with a header row) or .json")
    text = read_text(path)
    if path.suffix == ".json":
        data = load_json(text, str(path))
        if not isinstance(data, list):
            raise InputError(f"{path}: holds no list of rows")
        return data
    try:
        lines = [
            row
            for row in csv.reader(io.StringIO(text), strict=True)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise InputError(f"{path}: not valid CSV: {clean(str(error))}") from error
    if not lines:
        raise InputError(f"{path}: is empty; its first row names the columns")
    header = [name.strip() for name in lines[0]]
    if len(set(header)) < len(header):
        raise InputError(f"{path}: the first row names a column twice: {shown(','.join(header))}")
    for number, row in enumerate(lines[1:], 2):
        if len(row) != len(header):
            raise InputError(
                f"{path}:{number}: {len(row)} cells, the first row names {len(header)} columns"
            )
    return [dict(zip(header, row, strict=True)) for row in lines[1:]]


def as_json(data: Any) -> str:
    """JSON as all commands print it."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
