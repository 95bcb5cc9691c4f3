"""An import killed at any batch goes on, and the result is that of one undisturbed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tiantang.importers.tests.dump import answer, comment, question, user, vote, write_dump

PROGRAM = """
import json, os, signal, sys
import django
django.setup()
from pathlib import Path
from tiantang.community.forum.models import Comment, Post, Topic
from tiantang.config.schema import bring_up_to_date
from tiantang.events.models import Act
from tiantang.importers.stackexchange.arrival import stackexchange_import

batches = int(sys.argv[2])

def tell(progress):
    global batches
    batches -= 1
    if batches == 0:
        os.kill(os.getpid(), signal.SIGKILL)

bring_up_to_date()
tallies = stackexchange_import(Path(sys.argv[1]), tell=tell).run()
floors = Post.objects.order_by("topic__title", "number")
print(json.dumps({
    "rows": [model.objects.count() for model in (Topic, Post, Comment, Act)],
    "likes": sum(Post.objects.values_list("likes_count", flat=True)),
    "floors": list(floors.values_list("topic__title", "number", "source")),
    "tallies": {kind: tally.as_dict() for kind, tally in tallies.items()},
}))
"""


def run_import(home: Path, folder: Path, batches: int) -> subprocess.CompletedProcess[str]:
    """Import in a process of its own that kills itself after ``batches`` batches (0: never)."""
    environment = os.environ | {
        "TIANTANG_HOME": str(home),
        "TIANTANG_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tiantang.config.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(batches)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_killed_three_times_brings_what_one_run_brings(tmp_path: Path) -> None:
    folder = write_dump(
        tmp_path / "dump",
        Users=[user(old) for old in range(1, 700)],
        Posts=[question(old, owner=old) for old in range(1, 601)]
        + [answer(1000 + old, old % 600 + 1, owner=old % 600 + 1) for old in range(1, 1300)],
        Comments=[comment(old, old % 600 + 1) for old in range(1, 900)],
        Votes=[vote(old, old % 600 + 1, 2) for old in range(1, 1200)],
    )
    whole = run_import(tmp_path / "whole", folder, 0)
    assert whole.returncode == 0, whole.stderr
    for batches in (1, 2, 2):
        killed = run_import(tmp_path / "killed", folder, batches)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    resumed = run_import(tmp_path / "killed", folder, 0)
    assert resumed.returncode == 0, resumed.stderr
    assert json.loads(resumed.stdout) == json.loads(whole.stdout)
