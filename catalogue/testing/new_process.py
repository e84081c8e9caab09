"""Quotes made anew by an interpreter whose clock and order of sets are others: only their inputs may count."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

# A text and no module, for importing `catalogue.testing` would load pytest and hypothesis once a product.
# What it unpickles are the asks that this process has just written.
_AGAIN = """\
import datetime, json, pickle, sys, time
from catalogue import Ask, Catalogue, Customer

defs, code, asks = pickle.load(sys.stdin.buffer)

def quoted():
    return [
        Catalogue.load(defs, as_of).quote(Ask(code, ask), Customer(customer)).to_dict()
        for ask, customer, as_of in asks
    ]

class Kind(type):
    def __instancecheck__(cls, thing):
        return isinstance(thing, cls.__mro__[1])

class Date(datetime.date, metaclass=Kind):
    def __new__(cls, *parts, kind=datetime.date, **named):
        return kind(*parts, **named)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

class DateTime(datetime.datetime, metaclass=Kind):
    def __new__(cls, *parts, kind=datetime.datetime, **named):
        return kind(*parts, **named)

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    today = utcnow = now

quoted()  # everything is imported; now the plugin's clock goes on by years
later = time.time() + 1_000 * 86_400
others = {
    datetime.date: Date,
    datetime.datetime: DateTime,
    time.time: lambda: later,
    time.time_ns: lambda: int(later * 10**9),
}
entry = Catalogue.load(defs, asks[0][2]).registry.product_entries[code]
package = entry.module.partition(".")[0]
own = [m for name, m in sys.modules.items() if name.partition(".")[0] == package != "catalogue"]
for module in [datetime, time, *own]:
    for name, thing in list(vars(module).items()):
        for real, other in others.items():
            if thing is real:
                setattr(module, name, other)
sys.stdout.buffer.write(json.dumps(quoted()).encode())
"""


def in_a_new_process(
    defs: Path | str | None, code: str, asked: list[tuple[dict[str, Any], dict[str, Any], date]]
) -> Any:
    """The JSON of quotes from an interpreter whose clock and order of sets are others."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    path = os.pathsep.join(entry for entry in sys.path if entry)
    made = subprocess.run(
        [sys.executable, "-c", _AGAIN],
        input=pickle.dumps((defs, code, asked)),
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        check=False,
    )
    assert made.returncode == 0, f"{code}: {made.stderr.decode(errors='replace')}"
    return json.loads(made.stdout)
