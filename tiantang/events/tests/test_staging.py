from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import DatabaseError

from tiantang.events import staging
from tiantang.events.bots import Drop
from tiantang.events.models import DroppedVisit, SeenVisit, Visit
from tiantang.events.tests.factory import a_visit

pytestmark = pytest.mark.django_db(databases="__all__")


def test_visits_of_many_threads_are_all_written():
    held = staging.Staging(background=False)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: held.add([a_visit(), a_visit()]), range(200)))
    assert held.flush() == 400
    assert Visit.objects.count() == 400


def test_nothing_is_lost_when_the_database_refuses_once(monkeypatch):
    held = staging.Staging(background=False)
    held.add([a_visit()])
    held.drop(Drop.ROBOT, 3)
    real = staging.write_visits
    monkeypatch.setattr(staging, "write_visits", refusing)
    with pytest.raises(DatabaseError):
        held.flush()
    monkeypatch.setattr(staging, "write_visits", real)
    held.add([a_visit()])
    assert held.flush() == 2
    assert DroppedVisit.objects.get().count == 3


def refusing(rows, drops):
    raise DatabaseError


def test_full_staging_takes_none_of_the_rows(monkeypatch):
    monkeypatch.setattr(staging, "MOST_HELD", 3)
    held = staging.Staging(background=False)
    held.add([a_visit(), a_visit()])
    with pytest.raises(staging.Overloaded):
        held.add([a_visit(), a_visit()])
    assert held.flush() == 2


def test_counters_add_up_over_flushes():
    held = staging.Staging(background=False)
    for _ in range(2):
        held.drop(Drop.ROBOT, 2)
        held.drop(Drop.FOREIGN)
        held.flush()
    assert dict(DroppedVisit.objects.values_list("reason", "count")) == {"robot": 4, "foreign": 2}


def test_ids_are_forgotten_after_two_days(monkeypatch):
    staging.write_visits([a_visit()], Counter())
    assert staging.forget_seen() == 0
    SeenVisit.objects.update(seen_us=0)
    assert staging.forget_seen() == 1


def test_one_thread_writes_soon_after_a_visit_arrived(monkeypatch):
    written = Event()
    monkeypatch.setattr(staging, "write_visits", lambda rows, drops: written.set() or len(rows))
    monkeypatch.setattr(staging, "INTERVAL_S", 0.01)
    held = staging.Staging()
    held.add([a_visit()])
    assert written.wait(5)


END = """
import django, multiprocessing, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiantang.config.settings")
django.setup()
from tiantang.events import staging
from tiantang.events.tests.factory import a_visit
staging.INTERVAL_S = 60
staging.write_visits = lambda rows, drops: print(len(rows), "written", flush=True) or len(rows)

def work():
    staging.staging.add([a_visit(), a_visit()])

{}
"""


@pytest.mark.parametrize(
    "process",
    [
        "work()",
        'child = multiprocessing.get_context("fork").Process(target=work); child.start(); child.join()',
    ],
    ids=["alone", "worker of a server"],
)
def test_what_is_held_is_written_when_the_process_ends(process):
    command = [sys.executable, "-c", END.format(process)]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert ended.stdout == "2 written\n", ended.stderr
