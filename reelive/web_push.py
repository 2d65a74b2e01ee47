"""Web Push (RFC 8030): a sealed message goes to the push service of a browser, which hands it to the device.

Where such a service is, browsers tell. So that nobody can have this site call a machine inside of its own
network, a message goes by HTTPS alone, to a host with a name, and to the very address that was looked at.
"""

import base64
import re
import socket
import ssl
import time
from contextlib import suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import IPv4Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

LONGEST_ENDPOINT = 800  # letters
SECRET_BYTES = 16
SILENCE, DEADLINE = 5, 10  # seconds: without a byte; for all of it
TOKEN_SECONDS = 12 * 60 * 60
KEPT_SECONDS = 24 * 60 * 60  # by the push service, for a device that is not there
GONE_STATUSES = (404, 410)
# Origins of push services that may lie inside of a network and go without TLS: none but those of tests.
INSIDE: frozenset[str] = frozenset()
# Global addresses of version 6 that lead to none of version 4: not those of 6to4 and Teredo.
GLOBAL_6, DISGUISED_6 = ip_network("2000::/3"), (ip_network("2002::/16"), ip_network("2001::/32"))
NAME = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")


class NotDelivered(Exception):
    """A push service answered that it did not take the message.

    Args:
        status_code: what it answered; whether a later try may help follows from it (reelive.retries).
    """

    def __init__(self, status_code: int):
        super().__init__(f"A push service answered {status_code}.")
        self.status_code = status_code


class SubscriptionGone(NotDelivered):
    """The device does not want messages at this endpoint any more."""


class NotPublic(Exception):
    """The endpoint lies inside of a network, and nothing is sent there."""


def is_endpoint(text: str) -> bool:
    """Whether a message could be sent there: HTTPS, a host with a name, and nothing unusual."""
    if len(text) > LONGEST_ENDPOINT or not re.fullmatch(r"[!-~]+", text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if _origin(parts) in INSIDE:
        return True
    is_plain = (
        parts.scheme == "https" and port in (None, 443) and not parts.fragment and "@" not in parts.netloc
    )
    return is_plain and NAME.fullmatch(parts.hostname or "") is not None


def is_public_key(text: str) -> bool:
    """Whether this is the key of a device: a point of the curve P-256, in base64url."""
    with suppress(ValueError):
        return bool(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(text)))
    return False


def is_secret(text: str) -> bool:
    """Whether this is the secret that a device shares with those who write to it, in base64url."""
    with suppress(ValueError):
        return len(unpacked(text)) == SECRET_BYTES
    return False


def application_key() -> str:
    """The public key of this site, by which a device knows that a message comes from it, in base64url."""
    point = _private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return packed(point)


def send(endpoint: str, public_key: str, secret: str, message: bytes, topic: str) -> None:
    """Seal the message for a device and give it to its push service.

    Args:
        public_key, secret: of the device, in base64url.
        message: at most 3,000 bytes; push services take no more than 4,096 of what is sealed.
        topic: a message that still waits there under the same topic gives way to this one.

    Raises NotPublic, SubscriptionGone, NotDelivered, and OSError where nobody answers.
    """
    body = http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=unpacked(public_key),
        auth_secret=unpacked(secret),
        version="aes128gcm",
    )
    parts = urlsplit(endpoint)
    headers = {
        "Authorization": f"vapid t={_token(parts)}, k={application_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Topic": packed(sha256(topic.encode()).digest()[:24]),
        "Urgency": "normal",
    }
    status = _post(parts, body, headers)
    if status in GONE_STATUSES:
        raise SubscriptionGone(status)
    if not 200 <= status < 300:
        raise NotDelivered(status)


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", text):
        raise ValueError("This is no base64url.")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _private_key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int(settings.PUSH_KEY, 16), ec.SECP256R1())


def _token(parts: SplitResult) -> str:
    """Says who sends this and until when that holds (RFC 8292)."""
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else settings.SITE_URL
    claims = {"aud": _origin(parts), "exp": int(time.time()) + TOKEN_SECONDS, "sub": contact}
    return jwt.encode(claims, _private_key(), algorithm="ES256")


def _post(parts: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer. No redirect is followed, and no answer is read."""
    connection = _connection(parts)
    clock = Timer(DEADLINE, connection.give_up)
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", body, headers)
        return connection.getresponse().status
    finally:
        clock.cancel()
        connection.close()


class _Abandonable:
    def give_up(self):
        """End it from another thread; who waits for an answer gets an OSError."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


class _Inside(_Abandonable, HTTPConnection):
    """To a push service of one's own."""


class _Outside(_Abandonable, HTTPSConnection):
    """To an address that was looked at, whatever the name leads to by now."""

    def __init__(self, host: str, address: str):
        self.address, self.trust = address, ssl.create_default_context()
        super().__init__(host, 443, timeout=SILENCE, context=self.trust)

    def connect(self):
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self.trust.wrap_socket(plain, server_hostname=self.host)


def _connection(parts: SplitResult) -> _Inside | _Outside:
    if _origin(parts) in INSIDE:
        return _Inside(parts.hostname, parts.port, timeout=SILENCE)
    return _Outside(parts.hostname, public_address(parts.hostname))


def public_address(host: str) -> str:
    """An address of the host. Raises NotPublic where any of its addresses is not for everybody."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    addresses = [where[0] for *_about, where in found]
    if not addresses or not all(map(is_public, addresses)):
        raise NotPublic(host)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet."""
    number = ip_address(address.partition("%")[0])
    if isinstance(number, IPv4Address):
        return number.is_global and not number.is_multicast
    is_disguised = any(number in network for network in DISGUISED_6)
    return number.is_global and number in GLOBAL_6 and not is_disguised


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"
