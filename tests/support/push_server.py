"""A push service of our own, and devices that read what it was given, as browsers do."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_bytes
from threading import Thread

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reelive.web_push import packed, unpacked


def point_of(key):
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derived(secret, salt, about, length):
    return HKDF(SHA256(), length, salt, about).derive(secret)


class DeviceKeys:
    """What a browser makes for a subscription and tells nobody."""

    def __init__(self):
        self.private, self.auth = ec.generate_private_key(ec.SECP256R1()), token_bytes(16)
        self.public_key, self.secret = packed(point_of(self.private.public_key())), packed(self.auth)

    def read(self, sealed):
        """The message, as RFC 8291 says that it is sealed."""
        salt, length = sealed[:16], sealed[20]
        sender, body = sealed[21 : 21 + length], sealed[21 + length :]
        shared = self.private.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        own = point_of(self.private.public_key())
        material = derived(shared, self.auth, b"WebPush: info\0" + own + sender, 32)
        key = derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(material, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, body, None)
        return json.loads(padded.rstrip(b"\0").removesuffix(b"\x02"))


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        owner = self.server.owner
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = owner.answers.pop(0) if owner.answers else 201
        if status == 201:
            owner.taken.append((self.path, dict(self.headers), body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{owner.origin}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said):
        pass


class PushServer:
    """`answers` has the status for each message to come; what comes without one is taken."""

    def __init__(self):
        self.answers, self.taken = [], []

    def __enter__(self):
        self.listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listener.owner = self
        self.origin = f"http://127.0.0.1:{self.listener.server_port}"
        self.thread = Thread(target=self.listener.serve_forever, args=(0.05,))
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.listener.shutdown()
        self.listener.server_close()
        self.thread.join()

    def claims(self, number=0):
        """What the site says of itself with a message, if its signature is right."""
        kind, rest = self.taken[number][1]["Authorization"].split(" ", 1)
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert kind == "vapid"
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(parts["k"]))
        return jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.origin)
