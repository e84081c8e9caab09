"""A limit on everything: the largest input that this program accepts, each stated once, here.

Every error that refuses something for its size names the limit. Nothing here is a business
rule; product definitions set narrower limits of their own.
"""

from __future__ import annotations

from datetime import date
from typing import Final

# Numbers
MAX_AMOUNT_INTEGER_DIGITS: Final = 15
"""Digits before the point of an amount in major units."""
MAX_DECIMALS: Final = 12
"""Digits after the point of any number that is not an amount."""
MAX_RATE: Final = 10
"""A rate is below this as a fraction (1000 % a year), and above minus this."""
MAX_RATE_DECIMALS: Final = 12
"""Digits after the point of a rate as a fraction."""
MAX_INT64_MINOR: Final = 9_200_000_000_000_000_000
"""Largest product of minor units and a factor that may be held in an int64 column."""
MAX_MINOR_DIGITS: Final = 40
"""Digits of any computed amount in minor units (inputs are far smaller)."""
DECIMAL_PRECISION: Final = 60
"""Significant digits of the package's own decimal context."""

# Time
MAX_TENOR_YEARS: Final = 100
MAX_TENOR_MONTHS: Final = 1_200
MAX_TENOR_DAYS: Final = 36_525
MAX_DATE: Final = date(2200, 12, 31)
"""Last date of any schedule or input."""
MAX_AS_OF: Final = date(2199, 12, 31)
"""Last pricing date."""
MAX_SCHEDULE_ROWS: Final = 5_300
"""Rows of one schedule (100 years of weeks)."""

# Files
MAX_CUSTOMER_FILE_BYTES: Final = 1_048_576
MAX_DEFINITION_FILE_BYTES: Final = 1_048_576
MAX_FOLDER_FILES: Final = 10_000
MAX_FOLDER_BYTES: Final = 67_108_864

# Structure
MAX_NESTING: Final = 32
MAX_CONDITION_DEPTH: Final = 16
MAX_CONDITION_NODES: Final = 1_000
MAX_TIERS: Final = 1_000
MAX_BUNDLE_LINES: Final = 100

# Text
MAX_NAME_CHARS: Final = 200
MAX_TEXT_CHARS: Final = 10_000
MAX_CODE_CHARS: Final = 64
MAX_ECHO_CHARS: Final = 80
"""Characters of a user's value that an error repeats, after escaping."""
MAX_FINDINGS: Final = 20
"""Findings printed before "and N more"; JSON output has all."""
MAX_PLUGIN_MESSAGE_CHARS: Final = 500
