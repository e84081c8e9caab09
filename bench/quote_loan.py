"""One loan quote of 360 instalments with APR, against a bare numpy-financial loop over the same schedule.

    python bench/quote_loan.py

The peer makes what a spreadsheet would: payment, interest and principal of each month in floats, and the
rate of return of the flows with one fee. Ours is the whole quote through the public interface: limits,
rate sheet, fees, checks, dates, exact amounts, APR and explanation. Both run in one process, in turn.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import numpy_financial as npf

from catalogue import Ask, Catalogue, Customer

PRINCIPAL, YEARS, RATE = 1_000_000, 30, 0.0355
ROUNDS = 15


def peer() -> float:
    """Schedule month by month and the APR by numpy-financial's irr."""
    month, periods = RATE / 12, YEARS * 12
    payment = npf.pmt(month, periods, -PRINCIPAL)
    balance, rows = float(PRINCIPAL), []
    for n in range(1, periods + 1):
        interest = round(float(npf.ipmt(month, n, periods, -PRINCIPAL)), 2)
        principal = round(float(npf.ppmt(month, n, periods, -PRINCIPAL)), 2)
        balance -= principal
        rows.append((n, principal, interest, balance))
    flows = np.array([PRINCIPAL - 500.0] + [-payment] * periods)
    return float(npf.irr(flows)) * 12


def peer_vectorised() -> float:
    """The same with arrays instead of a loop; the APR is most of it."""
    month, periods = RATE / 12, YEARS * 12
    numbers = np.arange(1, periods + 1)
    payment = npf.pmt(month, periods, -PRINCIPAL)
    npf.ipmt(month, numbers, periods, -PRINCIPAL)
    npf.ppmt(month, numbers, periods, -PRINCIPAL)
    return float(npf.irr(np.array([PRINCIPAL - 500.0] + [-payment] * periods))) * 12


def ours() -> Callable[[], float]:
    """A quote, with every row read."""
    catalogue = Catalogue.load(as_of=date(2024, 11, 1))
    ask = Ask("home-loan", catalogue["home-loan"].examples[0].ask).with_fields(
        amount=str(PRINCIPAL), tenor=f"{YEARS}y", property_price="2000000"
    )
    customer = Customer(dict(catalogue["home-loan"].examples[0].customer))

    def quote() -> float:
        made = catalogue.quote(ask, customer)
        list(made.schedule)
        return float(made.apr.simple) if made.apr else 0.0

    return quote


def main() -> None:
    """Time all in turn and print medians."""
    tasks = {
        "numpy-financial, loop": peer,
        "numpy-financial, arrays": peer_vectorised,
        "catalogue": ours(),
    }
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            begin = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - begin)
    base = statistics.median(times["numpy-financial, loop"])
    print(f"Python {platform.python_version()}, {ROUNDS} rounds, median")
    for name, measured in times.items():
        middle = statistics.median(measured)
        print(f"{name:26} {middle * 1000:9.2f} ms  {middle / base:6.3f} × the loop")


if __name__ == "__main__":
    main()
