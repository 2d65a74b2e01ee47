"""What a stranger may send to make a site grow: kinds of requests, and how many of each in a thousand."""

import itertools
import re
from collections.abc import Callable

from bench.wire import ask_once, get, post

numbers = itertools.count(1)
LONG = "x" * 15_000
LISTS = ("/", "/new/", "/top/", "/films/", "/songs/", "/trivia/", "/tags/", "/ledger/", "/films/la-la-land/")
FEEDS = ("/feed/", "/new/feed/", "/top/feed/", "/songs/feed/", "/ledger/feed/")
EVERY_LIST, EVERY_FEED = itertools.cycle(LISTS), itertools.cycle(FEEDS)


class Attacker:
    """Makes requests. `token` is the form token of a visitor, `post` the number of a moment."""

    def __init__(self, token: str, post: int):
        self.token, self.post = token, post
        shares = {
            self.page_that_is_kept: 540,
            self.page_by_tag: 200,
            self.feed_by_time: 200,
            self.long_query: 16,
            self.made_up_parameter: 8,
            self.made_up_host: 3,
            self.cursor: 3,
            self.export_range: 4,
            self.forged_cookies: 6,
            self.refused_form: 6,
            self.draft: 4,
            self.feeling: 3,
            self.search: 3,
            self.no_page: 4,
        }
        self.kinds: list[Callable[[], bytes]] = [kind for kind, share in shares.items() for _ in range(share)]

    def requests(self, count: int):
        """So many, the kinds well mixed: in steps that share no factor with a thousand."""
        for number in range(count):
            yield self.kinds[number * 387 % len(self.kinds)]()

    def page_that_is_kept(self) -> bytes:
        return get(next(EVERY_LIST))

    def page_by_tag(self) -> bytes:
        return get(next(EVERY_LIST), if_none_match=f'"{next(numbers)}", W/"{LONG[:500]}"')

    def feed_by_time(self) -> bytes:
        return get(next(EVERY_FEED), if_modified_since="Sun, 01 Nov 2037 10:00:00 GMT")

    def long_query(self) -> bytes:
        return get(f"/ledger/export.jsonl?from=99999999&x={next(numbers)}-{LONG}")

    def made_up_parameter(self) -> bytes:
        return get(f"/ledger/export.jsonl?from=99999999&p{next(numbers)}=1")

    def made_up_host(self) -> bytes:
        return get("/ledger/export.jsonl?from=9999999", host=f"localhost:{next(numbers) % 65_000}")

    def cursor(self) -> bytes:
        return get(f"/new/?after={next(numbers)}")

    def export_range(self) -> bytes:
        return get(f"/ledger/export.jsonl?from={next(numbers)}", range="bytes=0-1")

    def forged_cookies(self) -> bytes:
        number = next(numbers)
        cookie = f"sessionid={number:032x}; visits={'f-f.' * 1_000}; horizons={number:x}-1; theme={LONG}"
        return get("/ledger/export.jsonl?from=99999999", cookie=cookie)

    def refused_form(self) -> bytes:
        return post(f"/posts/{self.post}/upvote/", {"csrfmiddlewaretoken": LONG})

    def form(self, path: str, **fields: str) -> bytes:
        """With a token that is right, and no session: each would begin one."""
        fields["csrfmiddlewaretoken"] = self.token
        return post(path, fields, cookie=f"csrftoken={self.token}")

    def draft(self) -> bytes:
        invented = {f"field{number}": LONG for number in range(20)}
        return self.form(f"/posts/{self.post}/comments/", body=f"{next(numbers)} " * 5_000, **invented)

    def feeling(self) -> bytes:
        return self.form(f"/relive/{self.post}/feel/", feeling="joy")

    def search(self) -> bytes:
        return get(f"/search/?q=a{next(numbers)}+b+c*+-d")

    def no_page(self) -> bytes:
        return get(f"/{LONG[:2_000]}{next(numbers)}/")


async def visitor_of(port: int) -> Attacker:
    """An attacker who has looked around: with a token from the sign-in page and a moment of a film."""
    _status, headers, _body = await ask_once(port, get("/accounts/login/", accept_encoding="identity"))
    token = re.search(r"csrftoken=(\w+)", headers["set-cookie"])[1]
    _status, _headers, body = await ask_once(port, get(LISTS[-1], accept_encoding="identity"))
    return Attacker(token, int(re.search(rb'id="card-(\d+)"', body)[1]))
