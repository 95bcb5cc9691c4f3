"""Put together what a member may take along."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO

from django.conf import settings
from django.core.files.storage import Storage
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.community.members.models import Member
from tiantang.community.members.takeout import PARTS, Row
from tiantang.ui.words import moment_text

IN_MEMORY = 8 << 20
PIECE = 1 << 20


def export_own_data(*, member: Member) -> IO[bytes]:
    """A zip archive of everything the member wrote, did and uploaded, ready to be read from its beginning.

    Rows are written as they are read, so that the size of an account does not matter. Files that are no
    longer there are named in ``missing.txt``.
    """
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        _pack(member, archive)
    except BaseException:
        archive.close()
        raise
    archive.seek(0)
    return archive


def _pack(member: Member, archive: IO[bytes]) -> None:
    missing: list[str] = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", _about(member))
        for part in PARTS.values():
            _write_rows(packed, f"{part.name}.json", part.rows(member))
            for name, store, stored in part.files(member):
                if not _write_file(packed, name, store, stored):
                    missing.append(name)
        if missing:
            packed.writestr("missing.txt", "\n".join(missing) + "\n")


def _about(member: Member) -> str:
    lines = (
        pgettext("export", "What %(site)s has of %(name)s, as of %(when)s."),
        pgettext("export", "The .json files are lists of entries; times carry their offset."),
        pgettext("export", "Pictures lie beside them, under the names that the entries mention."),
    )
    known = {"site": settings.SITE_NAME, "name": member.shown_name, "when": moment_text(timezone.now())}
    return "\n".join(line % known for line in lines) + "\n"


def _write_rows(packed: zipfile.ZipFile, name: str, rows: Iterable[Row]) -> None:
    with packed.open(name, "w", force_zip64=True) as out:
        out.write(b"[")
        for place, row in enumerate(rows):
            out.write(b",\n" if place else b"\n")
            out.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False).encode())
        out.write(b"\n]\n")


def _write_file(packed: zipfile.ZipFile, name: str, store: Storage, stored: str) -> bool:
    try:
        source = store.open(stored)
    except FileNotFoundError:
        return False
    with source, packed.open(name, "w", force_zip64=True) as out:
        while piece := source.read(PIECE):
            out.write(piece)
    return True
