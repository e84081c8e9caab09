"""Car, general consumer and certificate-pledged loans; what persons' loans share."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import pyxirr

from catalogue import Ask, Catalogue, Customer
from catalogue.errors import InputError
from catalogue.quotes.quote import Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 3, 15))
PERSON = Customer(
    kind="person", age=30, monthly_income=20_000, other_monthly_debt=0, overdue_in_two_years=0
)
CAR, CONSUMER, PLEDGED = "car-loan", "general-consumer-loan", "certificate-pledged-loan"


def quote(code: str, on: str = "2024-03-15", customer: Customer = PERSON, **ask: Any) -> Quote:
    ask = {"amount": "100000", "tenor": "1y"} | ask
    return CATALOGUE.quote(Ask(code, ask), customer, as_of=date.fromisoformat(on))


def outcome(found: Quote, code: str) -> str:
    return next(check.outcome for check in found.checks if check.id == code)


def source(found: Quote, code: str) -> str:
    return next(check.source for check in found.checks if check.id == code)


class TestCarShares:
    @pytest.mark.parametrize(
        ("on", "ask", "share", "rule"),
        [
            ("2001-06-01", {"security": "pledge"}, "0.8", "银发〔1998〕429号"),
            ("2001-06-01", {"security": "mortgage"}, "0.7", "银发〔1998〕429号"),
            ("2004-09-30", {"security": "guarantee"}, "0.6", "银发〔1998〕429号"),
            ("2004-10-01", {}, "0.8", "令〔2004〕第2号"),
            ("2004-10-01", {"car_type": "commercial"}, "0.7", "令〔2004〕第2号"),
            ("2017-12-31", {"car_type": "used"}, "0.5", "令〔2004〕第2号"),
            ("2018-01-01", {"car_type": "used"}, "0.7", "银发〔2017〕234号"),
            ("2018-01-01", {"car_type": "own-new-energy"}, "0.85", "银发〔2017〕234号"),
            ("2018-01-01", {"car_type": "commercial-new-energy"}, "0.75", "银发〔2017〕234号"),
            ("2024-04-02", {}, "0.8", "银发〔2017〕234号"),
            ("2024-04-03", {}, "0.9", "Illustrative"),
            ("2024-04-03", {"car_type": "commercial"}, "0.7", "银发〔2017〕234号"),
        ],
    )
    def test_by_date_and_kind(self, on: str, ask: dict[str, Any], share: str, rule: str):
        price = Decimal(200_000)
        most = price * Decimal(share)
        found = quote(CAR, on=on, amount=most, price=price, **ask)
        assert outcome(found, "down-payment") == "pass"
        assert rule in source(found, "down-payment")
        assert found.result("min_down_payment_share") == 1 - Decimal(share)
        assert (
            outcome(quote(CAR, on=on, amount=most + 1, price=price, **ask), "down-payment")
            == "fail"
        )

    def test_lower_of_price_and_valuation(self):
        found = quote(CAR, amount=70_001, price=120_000, valuation=100_000, car_type="used")
        assert outcome(found, "down-payment") == "fail"

    def test_used_cars_run_three_years(self):
        assert outcome(quote(CAR, car_type="used", tenor="37m"), "used-tenor") == "fail"
        assert outcome(quote(CAR, car_type="used", tenor="3y"), "used-tenor") == "pass"

    def test_kinds_of_another_time(self):
        with pytest.raises(
            InputError, match="car_type: 'own-new-energy' is not one of own, commercial"
        ):
            quote(CAR, on="2017-12-31", car_type="own-new-energy")
        with pytest.raises(InputError, match="tenor: 61m is over the maximum of 5y"):
            quote(CAR, tenor="61m")


class TestSubsidy:
    def test_part_of_the_rate(self):
        found = quote(CAR, tenor="3y", subsidy_rate="0.02", price=200_000)
        plain = quote(CAR, tenor="3y", price=200_000)
        # bank 3.45 % + 0.80 %; client 2.25 %
        assert found.rate.annual == Decimal("0.0425")
        assert found.result("client_rate") == Decimal("0.0225")
        assert found.result("subsidy_total") == plain.totals["interest"] - found.totals["interest"]
        # once: 100,000 less 36 payments at the bank's i = 0.0425 ÷ 12
        i, payment = 0.0425 / 12, float(found.schedule[0].payment)
        worth = payment * (1 - (1 + i) ** -36) / i
        assert float(found.result("subsidy_at_once").amount) == pytest.approx(
            100_000 - worth, abs=0.2
        )

    def test_true_rate_of_a_free_loan(self):
        found = quote(CAR, amount=120_000, tenor="2y", subsidy_rate="0.0425", cash_discount=6_000)
        assert found.totals["interest"].minor == 0
        assert found.apr.effective == 0
        dates = [date(2024, 3, 15), *(row.due for row in found.schedule)]
        expected = pyxirr.xirr(dates, [114_000.0] + [-5_000.0] * 24)
        assert float(found.result("true_apr")) == pytest.approx(expected, abs=1e-7)
        # simple: 12 times the month's rate i that solves 114,000 = 5,000 × (1 − (1 + i)^−24) ÷ i
        month = float(found.result("true_apr_simple")) / 12
        assert 5_000 * (1 - (1 + month) ** -24) / month == pytest.approx(114_000, abs=0.01)

    def test_true_rate_of_a_subsidy_alone(self):
        # 4.25 % − 2.00 % = 2.25 %: i = 0.1875 %, payment 120,000 × i ÷ (1 − (1 + i)^−24) = 5,118.03
        found = quote(CAR, amount=120_000, tenor="2y", subsidy_rate="0.02")
        dates = [date(2024, 3, 15), *(row.due for row in found.schedule)]
        expected = pyxirr.xirr(dates, [120_000.0] + [-5_118.03] * 23 + [-5_118.01])
        # dated flows: leap and common years make it differ in the fifth place
        assert float(found.result("true_apr")) == pytest.approx(expected, abs=2e-5)
        assert "true_apr" not in {result.code for result in quote(CAR).results}

    def test_service_fee_is_in_the_apr(self):
        found = quote(CAR, amount=120_000, tenor="2y", subsidy_rate="0.0425", service_fee=3_000)
        dates = [date(2024, 3, 15), *(row.due for row in found.schedule)]
        expected = pyxirr.xirr(dates, [117_000.0] + [-5_000.0] * 24)
        assert float(found.apr.effective) == pytest.approx(expected, abs=1e-7)
        assert found.result("true_apr") == found.apr.effective

    def test_early_repayment_saves_the_clients_interest_only(self):
        ask = {"tenor": "3y", "extra_payments": "2025-03-15:20000"}
        saved = quote(CAR, subsidy_rate="0.0425", **ask).result("interest_saved")
        assert saved.minor == 0

    @pytest.mark.parametrize(
        ("ask", "words"),
        [
            ({"subsidy_rate": "0.0426"}, "subsidy_rate: 4.26% is more than the rate 4.25%"),
            (
                {"subsidy_rate": "0.01", "rate_steps": "2024-06-01:0.05"},
                "a subsidised rate is fixed",
            ),
            ({"cash_discount": 100_000}, "is not below the loan"),
        ],
    )
    def test_refusals(self, ask: dict[str, Any], words: str):
        with pytest.raises(InputError, match=words):
            quote(CAR, **ask)

    def test_balloon(self):
        found = quote(CAR, tenor="2y", balloon=40_000)
        last = found.schedule[-1]
        assert last.principal > 40_000
        assert last.closing == 0


class TestGeneralConsumer:
    def test_limit_is_the_sum_over_collateral(self):
        found = quote(CONSUMER, collateral="residential:100000;car:50000;treasury-bond:10000.01")
        # 70,000 + 25,000 + 9,000.01 (9,000.009 rounded)
        assert found.result("secured_limit").text() == "104000.01"
        assert found.result("unused_limit").text() == "4000.01"
        assert outcome(found, "secured-limit") == "pass"

    @pytest.mark.parametrize(
        ("until", "found"), [("2025-03-15", "pass"), ("2025-03-14", "fail"), (None, "refer")]
    )
    def test_a_pledged_paper_outlives_the_loan(self, until: str | None, found: str):
        term = {} if until is None else {"pledge_maturity": until}
        for kind in ("certificate", "treasury-bond"):
            made = quote(
                CONSUMER, tenor="1y", collateral=f"residential:100000;{kind}:50000", **term
            )
            assert outcome(made, "pledge-term") == found
        house = quote(CONSUMER, tenor="1y", collateral="residential:200000", **term)
        assert "pledge-term" not in {check.id for check in house.checks}

    def test_beyond_and_unknown(self):
        assert outcome(quote(CONSUMER, collateral="residential:142857"), "secured-limit") == "fail"
        assert outcome(quote(CONSUMER), "secured-limit") == "refer"

    def test_unknown_kind(self):
        with pytest.raises(InputError, match=r"collateral\[1\].kind: 'residentail' .*did you mean"):
            quote(CONSUMER, collateral="residentail:1")

    def test_five_years_from_2024_07_01(self):
        assert quote(CONSUMER, on="2024-06-30", tenor="10y").terms.tenor.count == 10
        with pytest.raises(InputError, match="over the maximum of 5y"):
            quote(CONSUMER, on="2024-07-01", tenor="61m")

    def test_household_limit_by_date(self):
        assert (
            outcome(quote(CONSUMER, on="2001-06-01", amount=500_001), "household-limit") == "fail"
        )
        assert outcome(quote(CONSUMER, amount=2_000_000), "household-limit") == "pass"

    def test_bullet_burden_spreads_the_whole(self):
        found = quote(CONSUMER, method="bullet", rate="0.06", amount=120_000)
        # 120,000 + 12 × 600 over 12 months
        assert found.result("monthly_burden").text() == "10600.00"


class TestCertificatePledged:
    @pytest.mark.parametrize(("on", "ratio"), [("2007-07-02", "0.8"), ("2007-07-03", "0.9")])
    def test_ratio_by_date(self, on: str, ratio: str):
        ask = {"tenor": "6m", "certificate_amount": 100_000, "certificate_maturity": "2030-01-01"}
        most = Decimal(100_000) * Decimal(ratio)
        assert outcome(quote(PLEDGED, on=on, amount=most, **ask), "pledge-ratio") == "pass"
        assert outcome(quote(PLEDGED, on=on, amount=most + 1, **ask), "pledge-ratio") == "fail"

    def test_due_within_the_certificate(self):
        ask = {"tenor": "90d", "certificate_amount": 200_000}
        assert (
            outcome(quote(PLEDGED, certificate_maturity="2024-06-13", **ask), "within-certificate")
            == "pass"
        )
        assert (
            outcome(quote(PLEDGED, certificate_maturity="2024-06-12", **ask), "within-certificate")
            == "fail"
        )
        assert outcome(quote(PLEDGED, **ask), "within-certificate") == "refer"

    def test_foreign_certificate_at_the_buying_rate(self):
        found = quote(
            PLEDGED, on="2019-01-02", tenor="6m", certificate_amount=20_000, certificate_currency="USD",
            certificate_maturity="2019-12-01",
        )  # fmt: skip
        # illustrative sheet of 2019-01-02: buying 6.8418
        assert found.result("certificate_value").text() == "136836.00"
        assert found.result("pledge_limit").text() == "123152.40"

    def test_several_certificates(self):
        # 2019-01-02, dollars at 6.8418: 50,000 + 136,836 = 186,836; × 90 % = 168,152.40
        ask = {"on": "2019-01-02", "tenor": "6m"}
        two = "50000:2019-07-02;20000:2019-12-01:USD"
        found = quote(PLEDGED, amount="168152.40", certificates=two, **ask)
        assert found.result("certificate_value").text() == "186836.00"
        assert outcome(found, "pledge-ratio") == outcome(found, "within-certificates") == "pass"
        assert "within-certificate" not in {check.id for check in found.checks}
        over = quote(PLEDGED, amount="168152.41", certificates=two, **ask)
        assert outcome(over, "pledge-ratio") == "fail"
        early = quote(PLEDGED, certificates="200000:2019-07-01;50000:2020-01-01", **ask)
        assert outcome(early, "within-certificates") == "fail"
        for rows, words in (
            ("-5:2019-12-01", r"certificates\[1\]\.amount: -5 is not above zero"),
            ("5:2019-12-01;5:2019-12-01:XYZ", r"certificates\[2\]\.currency: .*XYZ"),
        ):
            with pytest.raises(InputError, match=words):
                quote(PLEDGED, certificates=rows, **ask)
        with pytest.raises(InputError, match="certificates: state them all here, or one by"):
            quote(PLEDGED, certificates=two, certificate_amount=5, **ask)

    def test_benchmark_of_the_tenor(self):
        assert quote(PLEDGED, on="2001-06-01", tenor="6m").rate.annual == Decimal("0.0558")
        assert quote(PLEDGED, on="2001-06-01", tenor="184d").rate.annual == Decimal("0.0585")
        with pytest.raises(InputError, match="tenor: 13m is over the maximum of 1y"):
            quote(PLEDGED, tenor="13m")

    def test_consent_of_a_third_owner(self):
        own = {paper["id"] for paper in quote(PLEDGED).documents}
        other = {paper["id"] for paper in quote(PLEDGED, certificate_owner="third-party").documents}
        assert other - own == {"consent"}

    def test_early_repayment_bears_interest_by_its_days(self):
        found = quote(PLEDGED, tenor="90d", extra_payments="2024-04-14:40000")
        # 3.75 %: 100,000 for 30 days + 60,000 for 60 days = 312.50 + 375.00
        assert found.totals["interest"].text() == "687.50"
        assert not found.fees


@pytest.mark.parametrize("code", [CAR, CONSUMER, PLEDGED])
@pytest.mark.parametrize(
    "on", ["1999-09-01", "2004-01-01", "2004-10-29", "2012-06-08", "2013-07-20", "2019-08-20"]
)
def test_every_version_can_be_quoted_twice_alike(code: str, on: str):
    first, again = quote(code, on=on), quote(code, on=on)
    assert first.to_json() == again.to_json()
    assert first.totals["paid"] == first.totals["principal"] + first.totals["interest"]


@pytest.mark.parametrize("value", ["0", "-400000"])
def test_collateral_without_value_is_refused(value: str):
    with pytest.raises(InputError, match=r"collateral\[1\]\.value: .* is not above zero"):
        quote("general-consumer-loan", collateral=f"residential:{value}")


@pytest.mark.parametrize(
    ("income", "expected", "ratio"),
    [("8254.26", "pass", "0.5000"), ("8254.25", "fail", "0.50000061")],
)
def test_a_fen_above_half_of_the_income_is_above_it(income: str, expected: str, ratio: str):
    # LPR 3.10 % + 0.80 %: 140,000 over 36 months are 4,127.13 a month, twice 8,254.26
    poor = Customer(kind="person", age=30, monthly_income=income, other_monthly_debt=0)
    found = quote(CAR, "2025-03-10", poor, amount="140000", tenor="3y", price=200_000)
    check = next(c for c in found.checks if c.id == "payment-to-income")
    assert (check.outcome, check.found["ratio"]) == (expected, Decimal(ratio))
    assert found.result("payment_to_income") == Decimal("0.5000")


def test_no_income_is_not_an_unknown_one():
    for income, expected in (({"monthly_income": 0}, "fail"), ({}, "refer")):
        found = quote(CAR, customer=Customer(kind="person", age=30, **income))
        assert outcome(found, "payment-to-income") == outcome(found, "debt-to-income") == expected


def test_the_property_fee_is_named_where_it_is_asked():
    reasons = {
        code: next(c.reason for c in quote(code).checks if c.id == "payment-to-income")
        for code in (CAR, "home-loan")
    }
    assert reasons[CAR] == "Payment to income at most 50%"
    assert reasons["home-loan"] == "Payment (with the property fee) to income at most 50%"
