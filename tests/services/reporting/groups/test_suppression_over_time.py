"""Whatever happens in a district and whoever asks for reports, no group under the threshold can be computed."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.services.reporting.groups.attacker import check, live
from tests.services.reporting.groups.ledger import Ledger

stories = st.binary(min_size=80, max_size=240)
"""From some forty to a hundred and twenty events."""


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=stories)
@example(story=bytes([25, 20, 7] + [0, 30, 0, 31, 5, 3] * 12))
async def test_no_small_group_can_be_computed_from_everything_ever_published(story: bytes) -> None:
    check(await live(Ledger(), story))
