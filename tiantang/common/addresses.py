"""From which address a request comes: what limits for each address count by.

``X-Forwarded-For`` is written by whoever sends the request, except for what our own proxies add at its
end. So it is read only as far as ``TIANTANG_TRUSTED_PROXIES`` says. No address is stored with what
people do here.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

FORWARDED = "HTTP_X_FORWARDED_FOR"
Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The client's address; that of the nearest machine when the proxies named none."""
    nearest = request.META.get("REMOTE_ADDR") or ""
    if not settings.TRUSTED_PROXIES:
        return nearest
    named = [part.strip() for part in request.META.get(FORWARDED, "").split(",") if part.strip()]
    if len(named) < settings.TRUSTED_PROXIES:
        return nearest  # somebody came past a proxy
    address = _read(named[-settings.TRUSTED_PROXIES])
    return str(address) if address else nearest


def crowd_of(request: HttpRequest) -> str:
    """By what limits for an address count: the address, or the network of a household in IPv6.

    An empty string when a proxy nobody told us about stands in front: then all readers have its address, and
    a limit for one would be a limit for all.
    """
    text = client_address(request)
    if FORWARDED not in request.META and text.count(".") == 3 and ":" not in text:
        return text  # the usual case, without reading it: every visit asks
    address = _read(text)
    if address is None:
        return ""
    if not settings.TRUSTED_PROXIES and address.is_private and FORWARDED in request.META:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(address)


def _read(text: str) -> Address | None:
    try:
        return ip_address(text.strip("[]"))
    except ValueError:
        return None
