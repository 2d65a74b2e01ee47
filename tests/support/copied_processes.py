"""Programs in processes of their own, without the time that it takes each of them to import Django.

One process has imported what they need, and makes a copy of itself for each.
"""

import json
import subprocess
import sys
from functools import cache
from types import SimpleNamespace

from tests.support.waiting import PATIENCE

COPIES = """
import json, os, runpy, sys
import django.core.mail, django.core.management, reelive.environment

for line in sys.stdin:
    environment, arguments, *files = json.loads(line)
    if not (copy := os.fork()):
        break
    print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
else:
    sys.exit()
os.environ.clear()
os.environ.update(environment)
for number, file in enumerate(files, 1):
    os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
sys.argv = arguments
if arguments[0] == "-c":
    exec(arguments[1], {"__name__": "__main__"})
else:
    runpy.run_path(arguments[0], run_name="__main__")
"""


@cache
def original():
    return subprocess.Popen(
        [sys.executable, "-c", COPIES], env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def run_alone(folder, environment, *arguments):
    """What `python` with these arguments says and ends with, in nothing but this environment."""
    files = [folder / "said-to-stdout", folder / "said-to-stderr"]
    json.dump([environment, arguments, *map(str, files)], original().stdin)
    original().stdin.write("\n")
    original().stdin.flush()
    status = int(original().stdout.readline())
    stdout, stderr = (file.read_text() for file in files)
    return SimpleNamespace(returncode=status, stdout=stdout, stderr=stderr)


def end_copies():
    """No copy is asked for any more."""
    original().communicate()
    original.cache_clear()


AT_ONCE = """
import os, sys
import django
django.setup()
{imports}

go, begin = os.pipe()
copies = []
for share in sys.argv[1:]:
    if not (copy := os.fork()):
        os.close(begin)
        os.read(go, 1)
        {act}(*share.split())
        sys.exit()
    copies.append(copy)
os.close(begin)
sys.exit(any(os.waitpid(copy, 0)[1] for copy in copies))
"""


def at_once(imports, act, shares, environment):
    """Have processes, one for each share of words, call this function with them, all at the same moment.

    `imports` is what each has imported by then, and the function. Returns what they printed; a line of one
    is written as a whole, so it does not stand within that of another.
    """
    program = AT_ONCE.format(imports=imports, act=act)
    done = subprocess.run(
        [sys.executable, "-c", program, *shares],
        env=environment | {"PYTHONUNBUFFERED": ""}, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
