"""The errors a caller meets: each says where, what was found, what is allowed, and has an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self


class CatalogueError(Exception):
    """Base of every error of this package; `exit_code` is what the command line returns."""

    exit_code = 3


class InputError(CatalogueError):
    r"""Bad usage or bad input (exit 2). Carries every problem found, not only the first.

    >>> str(InputError.many(["amount: missing", "tenor: 400y is over 100y"]))
    'amount: missing\ntenor: 400y is over 100y'
    """

    exit_code = 2

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.problems: tuple[str, ...] = tuple(problems) or (message,)

    @classmethod
    def many(cls, problems: Iterable[str]) -> Self:
        """One error that holds all of `problems`, a line each."""
        found = tuple(problems)
        return cls("\n".join(found), found)


class RateError(InputError, ArithmeticError):
    """No rate, or more than one, solves the given cash flows."""


class CurrencyError(InputError):
    """An unknown currency, or amounts of two currencies where one is needed."""


class DefinitionError(InputError):
    """A product, rate-sheet or bundle definition that cannot be used (file, key, what is allowed)."""


class PluginError(CatalogueError):
    """A plugin that could not be imported, raised, or returned something it must not."""
