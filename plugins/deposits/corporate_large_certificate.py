"""Large certificate of deposit for units (单位大额存单)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import ListedCertificate


class CorporateLargeCertificate(ListedCertificate):
    """A certificate at the rates that its definition lists by tenor."""


plugin = CorporateLargeCertificate()
