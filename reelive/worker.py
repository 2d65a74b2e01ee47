"""The task worker: does the work that pages leave for later, one piece after the other."""

import fcntl
import logging
import re
import signal
import socket
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from types import FrameType
from typing import Any, TextIO

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from reelive.giving_way import give_way, work_in_background
from reelive.models import Work
from reelive.retries import kind_of

IDLE_SECONDS = 1.0
TIDY_SECONDS = 60.0

logger = logging.getLogger(__name__)


def host() -> str:
    """Whose work it is when machines share a database. On SQLite there is one machine, whatever its name."""
    return "" if connection.vendor == "sqlite" else socket.gethostname()


def worker_name() -> str:
    """The same at each start, so that a worker knows what the one before it left behind."""
    return f"{host()}:{settings.DATA_DIR}"


class Worker:
    def __init__(self, name: str):
        self.name = name
        self.running = self.idle = True
        self.next_tidying = 0.0

    def run(self) -> None:
        """Work until asked to stop. A second worker of the same name waits until the first has ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)
        with _lock_file().open("a") as lock:
            _wait_for_turn(lock)
            work_in_background()
            while self.running:
                self.idle = False
                close_old_connections()
                busy = self.turn()
                self.idle = True
                if busy:
                    give_way()
                elif self.running:
                    time.sleep(IDLE_SECONDS)

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """What is begun is finished."""
        self.running = False
        if self.idle:
            sys.exit(0)

    def turn(self) -> bool:
        """Tidy from time to time, and do one piece of work; False when there was none."""
        if time.monotonic() >= self.next_tidying:
            self.next_tidying = time.monotonic() + TIDY_SECONDS
            self._unless_it_fails(self.tidy)
        did_work = self._unless_it_fails(self.work)
        return bool(self._unless_it_fails(self.work_of_apps) or did_work)

    def tidy(self) -> None:
        """Take up what was left behind, clear the table, and let the apps do as much with what is theirs."""
        now = timezone.now()
        for work in Work.objects.left_behind(self.name, now):
            work.take_up(now)
        clear_away(now)

    def work(self) -> bool:
        now = timezone.now()
        while work := Work.objects.due(now).first():
            if work.start(self.name, now):
                self._do(work)
                return True
        return False

    def work_of_apps(self) -> bool:
        """Let the apps do what waits in tables of their own; False when nothing did."""
        return any(_ask_apps("at_each_turn", timezone.now()))

    def _do(self, work: Work) -> None:
        try:
            work.do()
        except Exception as error:
            pause = work.fail(error, timezone.now())
            outcome = "given up" if pause is None else f"next try in {pause}"
            logger.warning(
                "%s: try %d failed, %s: %s",
                work.task_path,
                work.attempts,
                outcome,
                _in_short(error),
                extra={"task": str(work.pk)},
            )
        else:
            work.finish(timezone.now())
            logger.info("%s: done", work.task_path, extra={"task": str(work.pk)})

    def _unless_it_fails(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:
            # The database is away. What was begun is taken up by the next tidying, as soon as it answers.
            self.next_tidying = 0.0
            logger.warning("The task worker could not go on: %s", _in_short(error))
            return None


def clear_away(now: datetime) -> None:
    """Drop some of what is past its time, of the tasks and of the apps."""
    Work.objects.mend_clock(now)
    Work.objects.clear(now)
    _ask_apps("tidy", now)


def _ask_apps(name: str, now: datetime) -> list[Any]:
    """What the functions answer that AppConfigs name by a dotted path under this name: "tidy" is asked for
    once in a minute, "at_each_turn" says whether there was anything to do."""
    paths = filter(None, (getattr(app, name, None) for app in apps.get_app_configs()))
    return [import_string(path)(now) for path in paths]


def _in_short(error: Exception) -> str:
    """The class, the number and the place of an error; its text may repeat an address or other words."""
    number = getattr(error, "errno", None) or getattr(error, "smtp_code", "")
    place = extract_tb(error.__traceback__)[-1]
    return " ".join(filter(None, (kind_of(error), str(number), f"in {place.filename}:{place.lineno}")))


def _lock_file() -> Path:
    return Path(settings.DATA_DIR, f"tasks{re.sub(r'[^a-zA-Z0-9.-]', '', host())}.lock")


def _wait_for_turn(lock: TextIO) -> None:
    """The system frees the lock when its holder ends, however that happens."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        logger.warning(
            "Another task worker is at work for %s; this one waits for its end.", settings.DATA_DIR
        )
        fcntl.flock(lock, fcntl.LOCK_EX)
