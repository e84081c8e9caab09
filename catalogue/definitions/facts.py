"""The vocabulary of customer facts (facts.toml): what a customer file may say and conditions may ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import attrs

from catalogue.definitions.problems import Problems
from catalogue.definitions.structure import MISSING, Reader, key
from catalogue.definitions.text_checks import check_texts
from catalogue.definitions.toml_file import read_toml
from catalogue.errors import DefinitionError, InputError

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
FactType = Literal[
    "money", "number", "rate", "int", "bool", "date", "tenor", "choice", "text", "list"
]


@attrs.frozen
class FactDef:
    """One customer fact: its type, labels, and what the client brings to prove it."""

    type: FactType = key("type of the value")
    label: str = key("label in English")
    label_zh: str = key("label in Chinese")
    unit: str | None = key("unit, as CNY, year", None)
    choices: tuple[str, ...] | None = key("allowed values", None)
    choices_zh: tuple[str, ...] | None = key("Chinese labels of the choices, in order", None)
    bring: str | None = key("the paper that proves it", None)
    bring_zh: str | None = key("the paper that proves it, in Chinese", None)

    def __attrs_post_init__(self) -> None:
        if (self.type == "choice") != (self.choices is not None):
            raise InputError("a fact of type choice, and no other, has `choices`")
        if self.choices_zh is not None and len(self.choices_zh) != len(self.choices or ()):
            raise InputError("choices_zh has another length than `choices`")
        if self.choices is not None and len(set(self.choices)) < len(self.choices):
            raise InputError("choices holds one choice twice")


def load_facts(path: Path, problems: Problems) -> dict[str, FactDef]:
    """The facts of one facts.toml; faults go to `problems`."""
    file = str(path)
    try:
        raw: dict[str, Any] = read_toml(path)
    except DefinitionError as error:
        problems.add_unreadable(file, error)
        return {}
    check_texts(file, raw, problems)
    reader = Reader(problems, lambda at: (file, at))
    read = reader.read(Mapping[str, FactDef], raw, ())
    if read is MISSING:
        return {}
    for name in raw:
        if not _NAME.match(name):
            reader.fault((name,), "a fact's name is made of lower-case letters, digits and _")
    return dict(read)
