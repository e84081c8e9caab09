"""A small bank that is installed like a stranger's: definitions in a folder, a plugin by entry point."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from catalogue import Ask, Catalogue, Customer, InputError, PluginError, Quote
from catalogue.cli.main import cli

LEND = """\
code = "lend"
name = "Toy loan"
name_zh = "玩具贷款"
family = "toys"
segment = "company"
line = 46
summary = "A loan for tests."
summary_zh = "测试用贷款。"

[sources.tariff]
title = "Toy tariff"
title_zh = "玩具收费表"
reference = "No. 7"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"
note = "first"
currencies = ["CNY", "USD"]

[versions.ask.amount]
required = true
min = 1_000
max = 100_000_000

[versions.ask.tenor]
required = true
min = "1m"
max = "30y"

[versions.ask.method]
default = "level"

[versions.ask.frequency]
default = "monthly"

[versions.ask.extra_payments]

[versions.ask.purpose]
type = "text"
label = "Purpose"
label_zh = "用途"

[versions.rate]
fixed = 0.06
min = 0.01

[versions.figures.max_share]
value = 0.8
unit = "fraction"
label = "Largest share"
label_zh = "最高成数"

[versions.fees.arrangement]
name = "Arrangement fee"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.01
min = 100

[versions.conditions.grown-up]
test = { fact = "customer.age", min = 18 }
reason = "The borrower is 18 or older"
reason_zh = "借款人年满十八周岁"

[versions.documents.licence]
name = "Business licence"
name_zh = "营业执照"

[versions.cross_sell.keep]
reason = "the money needs an account"
reason_zh = "资金需要账户"

[[versions]]
effective_from = 2024-06-01
source = "tariff"
basis = "illustrative"

[versions.fees.arrangement]
rate = 0.02
"""
KEEP = """\
code = "keep"
name = "Toy account"
name_zh = "玩具账户"
family = "toys"
segment = "any"

[sources.tariff]
title = "Toy tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"

[[versions]]
effective_from = 2030-01-01
source = "tariff"
basis = "illustrative"
withdrawn = true
"""
FILES = {"products/toys/lend.toml": LEND, "products/toys/keep.toml": KEEP}
MODULE = '''\
from catalogue import Contract, Money, Product, hookimpl
from catalogue.products.loan import Loan
import click

class Keep(Product):
    def price(self, ctx, terms):
        zero = Money.zero(terms.currency)
        return Contract(terms.currency, totals={"principal": zero, "interest": zero})

lend = Loan()
keep = Keep()

class Extras:
    @hookimpl
    def renderers(self):
        return {"shout": lambda quote, lang: quote.product.name.upper() + "!\\n", "bad": lambda q, l: 1}

    @hookimpl
    def cli_commands(self):
        @click.command("greet")
        def greet():
            """Say hello."""
            click.echo("hello from the toy bank")

        @click.command("quote")
        def quote():
            """Never reached."""

        return [greet, quote]

extras = Extras()
'''
ENTRY_POINTS = """\
[catalogue.products]
lend = toybank:lend
keep = toybank:keep

[catalogue.tools]
toy-extras = toybank:extras
"""


class Ran(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def invoke(*words: str, env: Mapping[str, str | None] | None = None) -> Ran:
    """Run a command line in this process."""
    result = CliRunner().invoke(cli, list(words), env=env, prog_name="catalogue")
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def toy_site(tmp_path: Path) -> Path:
    """A folder as pip would leave it: the module and its entry points."""
    site = tmp_path / "site"
    (site / "toybank-1.0.dist-info").mkdir(parents=True)
    (site / "toybank-1.0.dist-info" / "entry_points.txt").write_text(ENTRY_POINTS, "utf-8")
    (site / "toybank.py").write_text(MODULE, "utf-8")
    return site


@pytest.fixture
def toy_defs(tmp_path: Path) -> Path:
    """The folder of the toy bank's definitions."""
    folder = tmp_path / "defs"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def toy(toy_site: Path, toy_defs: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command with the toy bank installed; as of 2024-11-01 unless the words say otherwise."""
    monkeypatch.syspath_prepend(str(toy_site))
    monkeypatch.delitem(__import__("sys").modules, "toybank", raising=False)
    monkeypatch.setenv("CATALOGUE_DEFS", str(toy_defs))

    def run(*words: str, env: Mapping[str, str | None] | None = None) -> Ran:
        dated = bool(words) and words[0] in (
            "quote",
            "schedule",
            "check",
            "show",
            "compare",
            "recommend",
        )
        if dated and "--as-of" not in words:
            words = (*words, "--as-of", "2024-11-01")
        return invoke(*words, env=env)

    return run


@cache
def example_quotes(catalogue: Catalogue, code: str) -> tuple[Quote, ...]:
    """The examples of a product, priced; one that cannot be is for tests/definitions to tell."""
    made = []
    for example in catalogue[code].examples:
        try:
            ask, customer = Ask(code, example.ask), Customer(example.customer)
            made.append(catalogue.quote(ask, customer, as_of=example.as_of))
        except (InputError, PluginError):
            continue
    return tuple(made)
