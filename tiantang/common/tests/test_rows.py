from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from tiantang.common.rows import COPIED_FROM, put_rows
from tiantang.metrics.models import Kpi

pytestmark = pytest.mark.django_db
KEY = ("metric", "cut", "grain", "start", "end")
REST = ("value", "n", "extra", "as_of")


def put(count: int, value: float, start: int = 0) -> None:
    at = connection.ops.adapt_datetimefield_value(datetime(2024, 3, 5, 12, tzinfo=UTC))
    days = (("dau", f"c{number}", "day", "2024-03-04", "2024-03-05") for number in range(start, count))
    put_rows(Kpi, KEY, REST, [(*day, value, 7, '{"of": 3}', at) for day in days])


@pytest.mark.parametrize("count", [3, COPIED_FROM + 3])
def test_rows_are_put_and_put_again_with_new_values(count: int) -> None:
    put(count, 1.5)
    first = set(Kpi.objects.values_list("cut", "pk"))
    put(count - 1, 2.5)
    put(count + 1, 3.5, start=count)
    assert set(Kpi.objects.exclude(cut=f"c{count}").values_list("cut", "pk")) == first
    assert Kpi.objects.get(cut=f"c{count}").value == 3.5
    assert Kpi.objects.get(cut=f"c{count - 1}").value == 1.5
    assert {kpi.value for kpi in Kpi.objects.exclude(cut__in=[f"c{count}", f"c{count - 1}"])} == {2.5}
    assert Kpi.objects.filter(n=7, extra={"of": 3}, as_of__year=2024).count() == count + 1
