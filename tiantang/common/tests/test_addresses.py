"""Whose address a request has, and what may be believed of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from tiantang.common.addresses import client_address, crowd_of


def asked(nearest: str, forwarded: str | None = None) -> Any:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=nearest, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_added_is_believed(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client_address(asked("10.0.0.1", forwarded)) == address


@pytest.mark.parametrize(
    ("nearest", "forwarded", "crowd"),
    [
        ("9.9.9.7", None, "9.9.9.7"),
        ("9.9.9.7", "203.0.113.9", "9.9.9.7"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", ""),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("", None, ""),
    ],
)
def test_limits_count_by_address_unless_everybody_has_the_same(
    settings: Any, nearest: str, forwarded: str | None, crowd: str
) -> None:
    settings.TRUSTED_PROXIES = 0
    assert crowd_of(asked(nearest, forwarded)) == crowd
