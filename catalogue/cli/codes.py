"""Codes on the command line: what an argument accepts, and completion of it in a shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


def _complete_products(
    ctx: click.Context, param: click.Parameter, start: str
) -> list[CompletionItem]:
    from catalogue.cli.headers import read_headers

    headers, _ = read_headers(ctx.params.get("defs") or ())
    return [
        CompletionItem(h["code"], help=h["name"]) for h in headers if h["code"].startswith(start)
    ]


def _complete_files(
    kind: str,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
        from catalogue.cli.headers import codes_of

        return [
            CompletionItem(c)
            for c in codes_of(kind, ctx.params.get("defs") or ())
            if c.startswith(start)
        ]

    return complete


def product_argument(*, several: bool = False) -> Callable[[F], F]:
    """The argument CODE, or CODE several times."""
    if several:
        return click.argument(
            "codes", nargs=-1, required=True, metavar="CODE...", shell_complete=_complete_products
        )
    return click.argument("code", metavar="CODE", shell_complete=_complete_products)


def file_argument(kind: str) -> Callable[[F], F]:
    """The CODE of a rate sheet or a bundle."""
    return click.argument("code", metavar="CODE", shell_complete=_complete_files(kind))
