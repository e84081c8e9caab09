"""Large certificate of deposit for persons (个人大额存单)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import ListedCertificate


class LargeCertificate(ListedCertificate):
    """A certificate at the rates that its definition lists by tenor."""


plugin = LargeCertificate()
