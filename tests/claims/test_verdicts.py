"""What a page is told of its claims: whether they stand, and on what figure."""

import pytest

from bigcurves.chapters.opener.big_curves import same_points
from bigcurves.claims.verdicts import verdicts

pytestmark = pytest.mark.slow  # it fits six learners, some of them networks


def test_a_page_is_told_the_figure_and_what_was_asked(tmp_path):
    told = verdicts(same_points, seeds=range(2), store=tmp_path)
    assert set(told) == {claim.id for claim in same_points.CLAIMS}
    assert all(stands is True for stands, _ in told.values())
    assert all("asked for" in words for _, words in told.values())
