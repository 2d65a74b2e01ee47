"""The site as deploy/ puts it on several machines: PostgreSQL, its copy, Redis, a bucket, two app processes,
and nginx before them. Each is a program of its own, on 127.0.0.1.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from signal import SIGQUIT, SIGTERM

import psycopg
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.bucket import serve_bucket
from tests.support.waiting import PATIENCE, until

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
AT_ROOT = os.geteuid() == 0
# PostgreSQL refuses to run as root.
NOT_ROOT = {"user": "postgres", "group": "postgres", "extra_groups": []} if AT_ROOT else {}
PROGRAMS = ("nginx", "redis-server", "initdb", "pg_basebackup", "postgres", "psql")
# No disk is waited for, since no power cut comes.
HASTE = [f"-c{setting}=off" for setting in ("fsync", "full_page_writes")]


def path_with_postgresql():
    """The PATH, with the folder in which Debian hides the server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    sbin = ["/usr/sbin"]
    return os.pathsep.join([*map(str, folders[-1:]), os.environ["PATH"], *sbin])


def missing_programs():
    return [name for name in PROGRAMS if not shutil.which(name, path=path_with_postgresql())]


def free_ports(count):
    """Ports on which nothing listens, all different."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def variables(text):
    """The variables of a file for `env_file` or EnvironmentFile."""
    return dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", text, re.MULTILINE))


def command_of(unit):
    """What a unit for systemd starts, with the Python of here."""
    found = re.search(r"^ExecStart=\S+/python (.+)$", (DEPLOY / unit).read_text(), re.MULTILINE)
    return [sys.executable, *found[1].split()]


def listens(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def is_healthy(port):
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


class Cluster:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="reelive-cluster-"))
        self.folder.chmod(0o755)
        names = ("primary", "replica", "redis", "bucket", "a", "b", "http", "https")
        self.port = dict(zip(names, free_ports(len(names)), strict=True))
        self.running = {}
        self.base = os.environ | {"PATH": path_with_postgresql()}
        self.home = f"https://localhost:{self.port['https']}"

    def start(self):
        self.bucket = serve_bucket(self.port["bucket"])
        self.start_primary()
        self.start_redis()
        self.run_script("replica.sh", *HASTE, "-p", str(self.port["replica"]), "-k", self.sockets)
        self.make_certificate()
        for setting_up in [self.set_up(name) for name in "ab"]:
            assert setting_up.wait() == 0, self.log_of("setup of a") + self.log_of("setup of b")
        for name in "ab":
            self.start_app(name)
        self.start_nginx()
        self.wait("postgres replica", lambda: listens(self.port["replica"]))
        for name in "ab":
            self.wait(f"app {name}", lambda name=name: is_healthy(self.port[name]))

    def stop(self):
        """Who asks others ends before those; PostgreSQL at once, since nothing of it is needed any more."""
        for kind, number in (("nginx", SIGTERM), ("app", SIGTERM), ("", SIGQUIT)):
            ending = [name for name in self.running if name.startswith(kind)]
            for name in ending:
                self.running[name].send_signal(SIGTERM if name == "redis" else number)
            for name in ending:
                self.running.pop(name).wait(PATIENCE)
        if hasattr(self, "bucket"):
            self.bucket.shutdown()
            self.bucket.server_close()
        shutil.rmtree(self.folder)

    def launch(self, name, command, app=None, **options):
        """Start a program; what it says is kept in a file of that name."""
        options = {"env": self.environment_of(app) if app else self.base, "cwd": ROOT} | options
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, **options)
        self.running[name] = process
        return process

    def wait(self, name, true):
        """Until it is true, as long as that program is alive."""

        def answer():
            assert self.running[name].poll() is None, self.log_of(name)
            return true()

        until(answer)

    def log_of(self, name):
        return (self.folder / f"{name}.log").read_text()

    def end(self, name, number=SIGTERM):
        process = self.running.pop(name)
        process.send_signal(number)
        process.wait(PATIENCE)

    # --- The database and its copy

    def start_primary(self):
        data, self.sockets = self.folder_of_postgres("primary"), self.folder_of_postgres("sockets")
        quiet = {"env": self.base, "cwd": "/", "check": True, "stdout": subprocess.DEVNULL} | NOT_ROOT
        made = ["initdb", "-D", data, "-A", "trust", "-U", "reelive", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        subprocess.run(self.found(made), **quiet)
        places = ["-p", str(self.port["primary"]), "-k", self.sockets]
        command = ["postgres", "-D", data, "-c", "listen_addresses=127.0.0.1", *HASTE, *places]
        self.launch("postgres primary", self.found(command), **NOT_ROOT)
        self.wait("postgres primary", self.primary_answers)
        own = {"PGHOST": self.sockets, "PGPORT": str(self.port["primary"]), "PGDATA": data}
        own |= {"POSTGRES_USER": "reelive", "POSTGRES_DB": "postgres", "REPLICATION_PASSWORD": "sunset"}
        script = (DEPLOY / "primary.sh").read_text()
        quiet["env"] = self.base | own
        subprocess.run(["bash", "-s"], input=script, text=True, **quiet)

    def run_script(self, script, *arguments):
        """What runs the copy in compose.yaml, with the paths and ports of here."""
        data = self.folder_of_postgres("replica")
        copy = shutil.copy(DEPLOY / script, self.folder / script)
        own = {"PGDATA": data, "PGPASSWORD": "sunset", "PRIMARY_HOST": "127.0.0.1"}
        own |= {"PRIMARY_PORT": str(self.port["primary"])}
        command = ["bash", copy, *arguments]
        self.launch("postgres replica", command, **NOT_ROOT | {"env": self.base | own, "cwd": "/"})

    def folder_of_postgres(self, name):
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        if AT_ROOT:
            shutil.chown(folder, "postgres", "postgres")
        return str(folder)

    def found(self, command):
        return [shutil.which(command[0], path=self.base["PATH"]), *command[1:]]

    def primary_answers(self):
        try:
            return self.ask("primary", "SELECT 1")
        except psycopg.OperationalError:
            return None

    def ask(self, place, question, *values):
        """The first value that a database answers, past the site."""
        address = f"postgres://reelive@127.0.0.1:{self.port[place]}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            row = connection.execute(question, values).fetchone()
        return row and row[0]

    # --- The rest

    def start_redis(self):
        command = ["redis-server", "--port", str(self.port["redis"]), "--bind", "127.0.0.1", "--save", ""]
        self.launch("redis", [*command, "--dir", str(self.folder)])
        self.wait("redis", lambda: listens(self.port["redis"]))

    def environment_of(self, app):
        """The example's variables, with the values of here; a folder of its own stands for a machine."""
        example = variables((DEPLOY / "environment.example").read_text())
        database = "postgres://reelive@127.0.0.1:{}/postgres"
        ours = {
            "SITE_URL": self.home,
            "TRUSTED_PROXIES": "1",
            "SECRET_KEY": "5a" * 32,
            "LEDGER_KEY": "5e" * 32,
            "PUSH_KEY": "70" * 32,
            "DATABASE_URL": database.format(self.port["primary"]),
            "DATABASE_REPLICA_URL": database.format(self.port["replica"]),
            "DATABASE_POOL": {"a": "on", "b": ""}[app],  # the one lends its connection, the other keeps it
            "REDIS_URL": f"redis://127.0.0.1:{self.port['redis']}/0",
            "S3_BUCKET": "pictures",
            "S3_PUBLIC_URL": f"http://127.0.0.1:{self.port['bucket']}/pictures",
            "S3_PRIVATE_BUCKET": "private",
            "S3_ENDPOINT": f"http://127.0.0.1:{self.port['bucket']}",
            "S3_REGION": "here",
            "S3_ACCESS_KEY": "key",
            "S3_SECRET_KEY": "secret",
            "EMAIL_URL": "",  # accounts work at once
            "WORKERS": "1",
        }
        assert ours.keys() == example.keys(), "the example names other variables than are tried here"
        own = {"PORT": str(self.port[app]), "DATA_DIR": str(self.folder / f"machine-{app}"), "DEBUG": ""}
        own |= {"DJANGO_SETTINGS_MODULE": "reelive.settings", "PYTHONWARNINGS": "ignore", "LIMITS": "on"}
        return self.base | ours | own

    def set_up(self, name):
        """As its systemd unit does it."""
        return self.launch(f"setup of {name}", command_of("reelive-setup.service"), name)

    def start_app(self, name):
        """The same."""
        self.launch(f"app {name}", command_of("reelive@.service"), name)

    def make_certificate(self):
        """Of a name that only this test believes."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
        built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        certificate = built.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(
            key, hashes.SHA256()
        )
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        (self.folder / "privkey.pem").write_bytes(kept)
        (self.folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))

    def start_nginx(self):
        """The configuration of deploy/, with the names and ports of here, in the frame that nginx wants."""
        own = (DEPLOY / "nginx.conf").read_text()
        for there, here in (
            ("127.0.0.1:8001", f"127.0.0.1:{self.port['a']}"),
            ("127.0.0.1:8002", f"127.0.0.1:{self.port['b']}"),
            ("listen 80;", f"listen 127.0.0.1:{self.port['http']};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port['https']} ssl;"),
            ("proxy_set_header Host $host;", "proxy_set_header Host $http_host;"),  # the port is no usual one
            ("reelive.example", "localhost"),
            ("/etc/reelive", str(self.folder)),
            ("/var/lib/reelive", str(self.folder / "machine-a")),
        ):
            assert there in own, f"{there} is not in deploy/nginx.conf"
            own = own.replace(there, here)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        frame = (
            f"{'user root;' if AT_ROOT else ''} daemon off; pid {self.folder}/nginx.pid; error_log stderr;\n"
            f"events {{}}\nhttp {{ access_log {self.folder}/access.log; {temporary} {own} }}"
        )
        (self.folder / "nginx.conf").write_text(frame)
        command = ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        self.launch("nginx", self.found(command))
        self.wait("nginx", lambda: listens(self.port["https"]))
