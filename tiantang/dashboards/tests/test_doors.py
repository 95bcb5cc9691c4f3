from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tiantang.community.forum.tests.factory import make_member

BACKEND = "tiantang.community.members.backend.MemberBackend"
DOORS = [
    reverse("dashboards:home"),
    reverse("dashboards:metrics"),
    reverse("dashboards:workbook"),
    reverse("dashboards:dictionary"),
    reverse("dashboards:panel", args=["boards"]),
    reverse("dashboards:panel_sheet", args=["boards", "csv"]),
    reverse("dashboards:figure", args=["dau"]),
    reverse("dashboards:series", args=["dau", "csv"]),
    reverse("dashboards:rows", args=["dau", "csv"]),
]


@pytest.mark.parametrize("door", DOORS)
def test_nobody_is_led_to_sign_in_and_back(client: Client, door: str) -> None:
    response = client.get(door)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert "next=" in response["Location"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", ["", "moderator"])
def test_members_and_moderators_are_refused(client: Client, door: str, role: str) -> None:
    client.force_login(make_member(role=role), backend=BACKEND)
    assert client.get(door).status_code == 403


@pytest.mark.parametrize("role", ["lead", "content", "events", "members", "technology", "data"])
def test_every_duty_may_look(client: Client, role: str) -> None:
    client.force_login(make_member(role=role), backend=BACKEND)
    assert client.get(reverse("dashboards:dictionary")).status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_every_door_opens_to_a_duty(operator: Client, door: str) -> None:
    response = operator.get(door)
    response.close()
    assert response.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/console/data/panels/nothing/",
        "/console/data/panels/nothing.csv",
        "/console/data/panels/boards.exe",
        "/console/data/figures/nothing/",
        "/console/data/figures/nothing/rows.csv",
    ],
)
def test_what_does_not_exist_is_not_found(operator: Client, address: str) -> None:
    assert operator.get(address).status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_doors_change_nothing(operator: Client, door: str) -> None:
    response = operator.post(door)
    response.close()
    assert response.status_code in (200, 405)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("asked", ["from=0001-01-01&to=9999-12-31", "from=0001-01-01&to=0001-01-02"])
def test_days_at_the_ends_of_the_calendar_are_answered(client: Client, door: str, asked: str) -> None:
    client.force_login(make_member(role="data"), backend=BACKEND)
    response = client.get(f"{door}?{asked}")
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    response.close()
