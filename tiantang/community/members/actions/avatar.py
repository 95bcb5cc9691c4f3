"""The picture beside a member's name."""

from __future__ import annotations

import io
import secrets
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import pgettext
from PIL import Image, ImageOps, UnidentifiedImageError

from tiantang.community.members.looks import looks_changed
from tiantang.community.members.models import Member

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 256
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def set_avatar(*, member: Member, upload: UploadedFile[bytes]) -> Member:
    """Take a picture as avatar: turned upright, cut square, re-encoded by us without what came with it.

    Raises ValidationError with a sentence that says how to mend it.
    """
    content = _square_webp(upload)
    before = member.avatar.name
    with transaction.atomic():
        member.avatar.save(f"{secrets.token_hex(10)}.webp", ContentFile(content), save=False)
        member.save(update_fields=["avatar"])
        looks_changed()
        transaction.on_commit(lambda: _delete(member, before))
    return member


def remove_avatar(*, member: Member) -> Member:
    """Go back to the drawn creature."""
    before = member.avatar.name
    with transaction.atomic():
        member.avatar = ""
        member.save(update_fields=["avatar"])
        looks_changed()
        transaction.on_commit(lambda: _delete(member, before))
    return member


def _delete(member: Member, name: str | None) -> None:
    if name:
        member.avatar.storage.delete(name)


def _square_webp(upload: UploadedFile[bytes]) -> bytes:
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(
            pgettext("avatar", "This picture is over 5 MB. Make it smaller and try again."), code="size"
        )
    picture = ImageOps.fit(_read(upload), (SIDE, SIDE), Image.Resampling.LANCZOS)
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=84, method=4)
    return out.getvalue()


def _read(upload: UploadedFile[bytes]) -> Image.Image:
    unreadable = ValidationError(
        pgettext("avatar", "This is not a picture we can read. Use JPEG, PNG, WebP or GIF."), code="format"
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload.file or io.BytesIO(), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    pgettext("avatar", "This picture has too many pixels. Make it smaller and try again."),
                    code="pixels",
                )
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise unreadable from error
