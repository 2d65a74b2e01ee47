"""Members who write until they are told to stop, and remember what the site said yes to.

A form whose answer did not come is sent again with the same hidden key, as a browser would, until the site
says that it is there.
"""

import os
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlencode
from uuid import uuid4

from PIL import Image

from bench.drill.site import FORM, PATIENCE, Site

TOKEN = "d" * 32  # of the forms, in the cookie and beside it
SHARE = "/films/la-la-land/moments/new/"
WRITTEN = "drill"  # how every text of theirs begins
TURN = 30  # writes, of which one is a moment and each fifth a vote
BETWEEN_TRIES = 0.1  # seconds


@dataclass
class Member:
    name: str
    session: str

    @property
    def cookies(self) -> str:
        return f"sessionid={self.session}; csrftoken={TOKEN}"


@dataclass
class Acknowledged:
    """What the site said yes to, and during which blow: by texts of comments and titles of moments; and by
    member, whether they upvote."""

    comments: dict[str, str] = field(default_factory=dict)
    moments: dict[str, str] = field(default_factory=dict)
    pictured: dict[str, str] = field(default_factory=dict)  # moments with a picture
    upvotes: dict[str, bool] = field(default_factory=dict)
    writes: int = 0


class Members:
    """`moment` is the key of the one at which they comment and vote."""

    def __init__(self, site: Site, moment: str, members: list[Member]):
        self.site, self.moment, self.members = site, moment, members
        self.said, self.statuses, self.again = Acknowledged(), Counter(), 0
        self.visits: Counter = Counter()
        self.enough, self.blow = threading.Event(), ""
        self.problem: BaseException | None = None
        self.threads = [threading.Thread(target=self.keep, args=[self.write, one]) for one in members]
        self.threads.append(threading.Thread(target=self.keep, args=[self.visit]))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_problem):
        self.enough.set()
        for thread in self.threads:
            thread.join()

    def keep(self, act, *who) -> None:
        """Until it is enough; a fault of one ends the drill."""
        try:
            while not self.enough.is_set():
                act(*who)
        except BaseException as problem:
            self.problem = problem

    def write(self, member: Member) -> None:
        for number in range(TURN):
            if self.enough.is_set():
                return
            if number == 0:
                self.share(member)
            elif number % 5 == 0:
                self.vote(member, number % 10 == 0)
            else:
                self.comment(member)

    def visit(self) -> None:
        """What somebody without cookies gets meanwhile."""
        try:
            status, _to, _page = self.site.ask("GET", "/new/")
        except OSError:
            status = "no answer"
        self.visits[status] += 1
        time.sleep(0.05)

    def comment(self, member: Member) -> None:
        text = f"{WRITTEN} {uuid4()}"
        if self.send(member, f"/posts/{self.moment}/comments/", body=text, nonce=str(uuid4())):
            self.said.comments[text] = self.blow

    def vote(self, member: Member, is_up: bool) -> None:
        """Until the answer comes nobody knows how the vote stands, and so it is asked for again."""
        if self.send(member, f"/posts/{self.moment}/{'upvote' if is_up else 'unvote'}/"):
            self.said.upvotes[member.name] = is_up

    def share(self, member: Member, picture: bytes = b"") -> bool:
        title = f"{WRITTEN} {uuid4()}"
        form = {"title": title, "body": f"{title}, and a city below.", "nonce": str(uuid4())}
        is_there = self.send(member, SHARE, picture, **form)
        if is_there:
            self.said.moments[title] = self.blow
        if is_there and picture:
            self.said.pictured[title] = self.blow
        return is_there

    def send(self, member: Member, path: str, picture: bytes = b"", **form: str) -> bool:
        """Until the site says that it is there; False when it was enough before that."""
        body, kind = encoded(form | {"csrfmiddlewaretoken": TOKEN}, picture)
        while not self.enough.is_set():
            if self.is_taken(member, path, body, kind):
                self.said.writes += 1
                return True
            self.again += 1
            time.sleep(BETWEEN_TRIES)
        return False

    def is_taken(self, member: Member, path: str, body: bytes, kind: str) -> bool:
        try:
            status, to, _page = self.site.ask("POST", path, body, member.cookies, kind)
        except OSError:
            self.statuses["no answer"] += 1
            return False
        self.statuses[status] += 1
        if 400 <= status < 500 or "/login/" in to:
            raise SystemExit(f"The site answers {path} with {status} {to}.")
        return status < 400

    def until_written(self) -> float:
        """Wait until each of them could have written again; how many seconds that took."""
        began, before = time.monotonic(), self.said.writes
        while self.said.writes < before + len(self.members):
            if self.problem:
                raise self.problem
            if time.monotonic() - began > PATIENCE:
                raise SystemExit("Nobody can write any more.")
            time.sleep(0.01)
        return time.monotonic() - began


def encoded(form: dict[str, str], picture: bytes) -> tuple[bytes, str]:
    """The body of a form and its type, as browsers send it."""
    if not picture:
        return urlencode(form).encode(), FORM
    end = uuid4().hex
    rows = [f'--{end}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{form[name]}' for name in form]
    rows.append(f'--{end}\r\nContent-Disposition: form-data; name="still_alt"\r\n\r\nNoise.')
    head = f'--{end}\r\nContent-Disposition: form-data; name="picture"; filename="noise.jpg"\r\n'
    head += "Content-Type: image/jpeg\r\n\r\n"
    body = "\r\n".join([*rows, head]).encode() + picture + f"\r\n--{end}--\r\n".encode()
    return body, f"multipart/form-data; boundary={end}"


def noise(width: int = 1600, height: int = 1200) -> bytes:
    """A picture of which the smaller widths take some time, in the bytes of a JPEG."""
    file = BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(file, "JPEG", quality=60)
    return file.getvalue()
