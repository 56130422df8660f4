"""Which addresses are the public internet's, and which URLs are taken."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit, urlunsplit

from ....errors import ReviewError

_NAT64 = IPv6Network("64:ff9b::/96")
_KEPT = "%/:=&?~#+!$,;'@()*[]"


def is_public(address: str) -> bool:
    """Tell whether an IP address is the public internet's, also where it carries another address in it.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("fe80::1%eth0")
    (True, False, False, False)
    """
    ip = ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in (ip, *_inside(ip)))


def _inside(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def is_url(path: str) -> bool:
    """Tell whether what a user gave is a URL rather than a path."""
    return path.lower().startswith(("http://", "https://"))


def without_secrets(url: str) -> str:
    """Return a URL to be shown, without a user's name and password."""
    before, at, after = url.partition("://")[2].partition("/")[0].rpartition("@")
    return url.replace(f"{before}{at}", "***@", 1) if at and after else url


def plain_url(url: str) -> str:
    """Return a URL as it is asked for: in ASCII, without a fragment. Raises ReviewError for one that is not fetched."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        known = parts.scheme.lower() in ("http", "https") and host
        ascii_host = _in_ascii(host or "")
    except ValueError as error:  # a wrong port or host
        raise ReviewError("this is not a URL that can be fetched; check how it is written") from error
    if parts.username is not None or parts.password is not None:
        raise ReviewError("it has a user name or password in it, which are not sent; fetch it another way")
    if not known:
        raise ReviewError("it is not an http(s) address")
    name = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    netloc = name if port is None else f"{name}:{port}"
    path, query = quote(parts.path, _KEPT) or "/", quote(parts.query, _KEPT)
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _in_ascii(host: str) -> str:
    if host.isascii():
        return host
    import idna  # Python's own is of 2003, and makes "ss" of "ß": another site

    return idna.encode(host, uts46=True).decode()


def origin_of(url: str) -> str:
    """Return the scheme, host and port of a URL: what one robots.txt is about."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
