"""How words find products."""

from __future__ import annotations

import pytest

from catalogue import InputError
from catalogue.definitions.model import Header
from catalogue.quotes.needs import Need, Topic, match_need, open_words

HOME = Header(
    "home-loan", "Home loan", "个人住房贷款", "personal-loans", "person",
    summary="Buys a new or second-hand flat.", summary_zh="购买一手或二手住房。",
)  # fmt: skip


@pytest.mark.parametrize(
    ("need", "points"),
    [
        ("home-loan", 100),  # the code
        ("Home Loan", 100),  # the whole name, in any case
        ("个人住房贷款", 100),
        ("personal-loans", 60),  # the family
        ("a home", 30),  # one word of the name; "a" is no word to look for
        ("loan for a flat", 30 + 10),  # name: loan; summary: flat
        ("住房", 30),
        ("买住房", 30),  # the pair 住房 of a longer Chinese word
        ("二手", 10),
        ("loans", None),  # a longer word than the text's is not found
        ("car", None),
        ("ome", None),  # English words are found from their beginning only
        ("汽车", None),
    ],
)
def test_points(need: str, points: int | None) -> None:
    match = match_need(Need(need), HOME)
    assert (None if match is None else match.points) == points


@pytest.mark.parametrize(("need", "found"), [("cash", False), ("order", True), ("orders", True)])
def test_an_ending_adds_a_letter_or_two(need: str, found: bool) -> None:
    order = Header("order", "Cashier's orders", "本票", "settlement", "any")
    assert (match_need(Need(f"some {need}"), order) is not None) is found


def test_a_match_says_what_was_found() -> None:
    match = match_need(Need("flat or home"), HOME)
    assert match is not None
    assert match.text == "found home, flat for the need 'flat or home'"


@pytest.mark.parametrize("text", ["", "  ", "x" * 201])
def test_needs_that_say_nothing_or_too_much(text: str) -> None:
    with pytest.raises(InputError, match="need: "):
        Need(text)


@pytest.mark.parametrize(
    ("need", "phrases", "left"),
    [
        ("buy a home", ("home", "buy a home"), ()),
        ("homes abroad", ("home",), ("abroad",)),
        ("pay for machines in dollars", ("machines",), ("dollars",)),
        ("进口设备付汇", ("进口", "设备"), ("付汇",)),
        ("进口设备付汇", ("进口", "设备", "付汇"), ()),
        ("cash", (), ("cash",)),
    ],
)
def test_words_that_a_known_need_explains_are_not_searched_for(
    need: str, phrases: tuple[str, ...], left: tuple[str, ...]
) -> None:
    stated, other = Need(need), Need("another one")
    told = Topic(stated, "known", "已知", ("home-loan",), "", phrases)
    assert open_words(stated, [told]) == left
    assert open_words(other, [told]) == ("another", "one")
