"""Addresses that lead to nothing: a page that says so, never an error."""

from __future__ import annotations

import pytest
from django.test import Client

from tiantang.community.forum.tests.factory import make_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/t/{}/", "/t/{}/reply/", "/p/{}/", "/p/{}/history/", "/p/{}/comments/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_number_that_no_row_can_have_leads_nowhere(client: Client, address: str, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make_member(), backend="tiantang.community.members.backend.MemberBackend")
    for number in (2**63, 10**30):
        answer = client.get(address.format(number))
        assert answer.status_code == (404 if signed_in or "reply" not in address else 302)
