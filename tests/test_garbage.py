"""A process that answers pages looks for garbage rarely, and not among its own program."""

import subprocess
import sys

from reelive.garbage import THRESHOLDS

ASKED = """
import gc
import reelive.web_process
print(gc.get_threshold(), gc.get_freeze_count() > 100_000)
"""


def test_a_web_process_looks_for_garbage_rarely(settings, tmp_path):
    environment = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "reelive.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == f"{THRESHOLDS} True"
