"""Scorecard files → ScorecardDefinition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from catalogue.definitions.dated import load_dated
from catalogue.definitions.fact_checks import NUMBERS
from catalogue.definitions.facts import FactDef
from catalogue.definitions.library import Library
from catalogue.definitions.model import Source
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.source_checks import need_source
from catalogue.definitions.structure import Reader
from catalogue.errors import InputError
from catalogue.scoring.model import (
    Factor,
    Grade,
    ScorecardDefinition,
    ScorecardHeader,
    ScorecardVersion,
)
from catalogue.values.text import clean, suggest


def load_scorecard(
    paths: Sequence[Path],
    shared: Mapping[str, Source],
    facts: Mapping[str, FactDef],
    problems: Problems,
) -> ScorecardDefinition | None:
    """A scorecard from its files, the lowest layer first; faults go to `problems`."""

    def finish(version: ScorecardVersion, reader: Reader) -> ScorecardVersion:
        if not version.factors:
            reader.fault(("factors",), "is empty; a scorecard needs at least one factor")
        for code, factor in version.factors.items():
            _check_factor(code, factor, facts, reader)
            need_source(version, ("factors", code), "factor", reader)
        _check_grades(version.grades, reader)
        return version

    made = load_dated(
        paths, shared, problems, header=ScorecardHeader, version=ScorecardVersion, finish=finish
    )
    if made is None:
        return None
    return ScorecardDefinition(made.header, made.files, made.sources, made.versions)


def _check_factor(code: str, factor: Factor, facts: Mapping[str, FactDef], reader: Reader) -> None:
    """Every fact is declared and of a kind that the factor can read; every choice has its points."""
    path: KeyPath = ("factors", code)
    for name in factor.facts:
        fact = facts.get(name)
        if fact is None:
            hint = suggest(name, facts) or "; declare it in facts.toml"
            reader.fault(path, f"{name!r} is not a customer fact{hint}")
        elif factor.bands is not None and fact.type not in NUMBERS:
            reader.fault(path, f"{name} is a {fact.type}; bands need one of {', '.join(NUMBERS)}")
        elif factor.answers is not None:
            _check_answers(name, fact, factor.answers, (*path, "answers"), reader)


def _check_answers(
    name: str, fact: FactDef, answers: Mapping[str, Any], path: KeyPath, reader: Reader
) -> None:
    known = ("true", "false") if fact.type == "bool" else fact.choices
    if known is None:
        return
    for answer in answers:
        if answer not in known:
            hint = suggest(answer, known) or f"; it may be {', '.join(known)}"
            reader.fault((*path, answer), f"is no answer of {name}{hint}")
    lacking = [choice for choice in known if choice not in answers]
    if lacking:
        reader.fault(path, f"has no points for {', '.join(lacking)}, which {name} may be")


def _check_grades(grades: Sequence[Grade], reader: Reader) -> None:
    for at, (one, other) in enumerate(pairwise(grades), 1):
        if other.at_least >= one.at_least:
            reader.fault(("grades", at, "at_least"), "grades must descend, the best first")
    if not grades or grades[-1].at_least != 0:
        reader.fault(("grades",), "the last grade must start at 0, so that every score has one")
    if grades and grades[0].at_least > 100:
        reader.fault(("grades", 0, "at_least"), "is over 100, the most that a score can reach")
    names = [grade.grade for grade in grades]
    for at, name in enumerate(names):
        if name in names[:at]:
            reader.fault(("grades", at, "grade"), f"{name!r} is stated twice")


def scorecard_definition(library: Library, code: str) -> ScorecardDefinition:
    """A scorecard of the library by code; DefinitionError with every fault of its files."""
    paths = library.paths("scorecards")
    if code not in paths:
        raise InputError(f"unknown scorecard {clean(repr(code))}{suggest(code, paths)}")
    problems = Problems()
    found = load_scorecard(paths[code], library.sources(), library.facts(), problems)
    problems.raise_if_any()
    if found is None:  # load_scorecard notes a problem whenever it returns None
        raise InputError(f"scorecard {code}: cannot be used")
    return found
