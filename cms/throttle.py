"""How often one address, or everybody, may do a thing. Counters live in the cache and hold no address in clear."""

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from cms.encryption import keyed_hash


def allow(action: str, key: str, *, limit: int, seconds: int, when_down: bool = True) -> bool:
    """Count one act and say whether it is within `limit` acts in a window of `seconds`.

    `action` names what is done ("register"), `key` who or what does it (an address, a receipt code, "" for everybody).
    `when_down` is the answer while the cache cannot be reached: False for doors that guard secrets, True where somebody
    may be waiting for help. settings.THROTTLE_FACTOR widens every limit (the race test of registrations).
    """
    window = int(time.time()) // seconds
    name = "throttle:" + keyed_hash(f"{action}\0{key}\0{window}", purpose="cms.throttle")
    try:
        # add() before incr(): incr() refuses a name that does not exist, and add() never resets one that does.
        count = 1 if cache.add(name, 1, seconds + 1) else cache.incr(name)
    except ValueError:  # it ran out between the two
        return True
    except Exception:  # noqa: BLE001  each cache server has its own errors; none may become a 500
        return when_down
    return count <= limit * settings.THROTTLE_FACTOR


def address(request: HttpRequest) -> str:
    """The sender's network address.

    X-Forwarded-For is believed only as far as our own proxies wrote it: with TRUSTED_PROXIES = n, the n-th entry from
    the right; whatever a sender puts before it counts for nothing.
    """
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return str(forwarded[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def network(request: HttpRequest) -> str:
    """The sender's network: its address; of IPv6 the first 64 bits, because one home or telephone has all of the rest."""
    sender = address(request)
    try:
        known = ip_address(sender)
    except ValueError:
        return sender
    if not isinstance(known, IPv6Address):
        return sender
    return str(known.ipv4_mapped or ip_network((int(known), 64), strict=False))
