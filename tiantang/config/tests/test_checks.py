"""The doctor: looks at everything, whatever it finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tiantang.common.errors import TiantangError
from tiantang.config import checks
from tiantang.config.checks import examine, look_at_figures, look_at_lake
from tiantang.events.manifest import live_paths
from tiantang.metrics.rollup import rebuild
from tiantang.metrics.rollups import state
from tiantang.metrics.tests.conftest import lake as lake
from tiantang.metrics.tests.pasts import event, seal

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


@pytest.fixture(params=["missing", "cut off"])
def damaged(request: pytest.FixtureRequest, lake: object) -> Iterator[str]:
    seal([event(20, "2026-01-02T04:00:00", subject=1, object_id=1, topic=1)])
    rebuild()
    path = Path(settings.LAKE) / (name := live_paths()[0])
    if request.param == "missing":
        path.unlink()
    else:
        path.chmod(0o644)
        path.write_bytes(b"PAR1")
    yield name


def test_a_damaged_file_of_events_is_found_and_named(damaged: str) -> None:
    found = look_at_lake()
    assert (found.state, damaged in found.text) == ("ill", True)
    assert "backup" in found.mend
    assert look_at_figures().state == "odd"


def test_figures_stay_when_events_to_make_them_again_are_missing(damaged: str) -> None:
    with pytest.raises(TiantangError, match="the figures stay as they are"):
        rebuild()
    assert state.load().rolled


def test_an_organ_that_cannot_be_examined_does_not_end_the_examination(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look_at_moon() -> checks.Finding:
        raise RuntimeError("it is dark\nreally")

    monkeypatch.setattr(checks, "LOOKS", (look_at_moon, checks.look_at_python))
    moon, python = examine()
    assert (moon.organ, moon.state, moon.text) == ("moon", "ill", "Cannot be examined: it is dark")
    assert python.organ == "python"
