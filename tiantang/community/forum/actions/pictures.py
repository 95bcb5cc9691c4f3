"""Uploaded pictures: judged by their content, drawn anew, freed of what cameras write into them."""

from __future__ import annotations

import hashlib
import io
import struct
from contextlib import suppress
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import pgettext
from PIL import Image, ImageOps

from tiantang.community.forum.bodies import thumbnails_of
from tiantang.community.forum.limits import check_upload_pace
from tiantang.community.forum.models import Picture
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member

BYTES_MOST = 10 * 1024 * 1024
PIXELS_MOST, JPEG_PIXELS_MOST = 25_000_000, 50_000_000
"""Pixels of a still picture as they are read; of a JPEG a quarter, or less, of what it has."""
LONGEST_SIDE = 1920
THUMBNAIL = (384, 288)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOVING_FORMATS = ("PNG", "WEBP", "GIF")
"""A JPEG with more pictures in it (MPO: what many phones take) holds other views and light, not a film."""
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises over files that are cut off or broken, whichever part of them it reads."""
FRAMES_MOST = 200
MOVING_PIXELS_MOST = 50_000_000
"""Pixels of all frames together. A moving picture with more of either is kept as its first frame: a file of
half a megabyte could ask for a minute of work."""
MOVING_SIZE = (480, 480)
QUALITY = 84


def upload_picture(*, member: Member, content: IO[bytes], size: int) -> Picture:
    """Store a picture and its thumbnail as WebP; the same content again gives the same picture.

    ``size`` is in bytes. Raises Refused with what to do: too many pictures, too big, too many pixels, no
    picture at all.
    """
    check_upload_pace(member)
    if size > BYTES_MOST:
        raise Refused(
            pgettext("refusal", "This picture is over 10 MB. Make it smaller and try again."), "picture"
        )
    raw = content.read(BYTES_MOST + 1)
    digest = hashlib.sha256(raw).hexdigest()
    known = Picture.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    image = _open(raw)
    still = _still(image)
    full = (_moving(image) if image.format in MOVING_FORMATS else b"") or _webp(still)
    small = _webp(ImageOps.fit(still, THUMBNAIL, Image.Resampling.LANCZOS))
    width, height = _size(full)
    name = f"{digest[:16]}-{width}x{height}.webp"
    picture = Picture(uploader=member, sha256=digest, created_at=timezone.now())
    picture.file.save(name, ContentFile(full), save=False)
    small_name = str(picture.file.name).replace("pictures/", "thumbs/", 1)
    picture.thumbnail.name = picture.thumbnail.storage.save(small_name, ContentFile(small))
    picture.width, picture.height = width, height  # Django's own reading fails for some WebP files
    picture.save()
    return picture


def thumbnail_for(body_html: str) -> str:
    """Stored name of the thumbnail a topic shows: of its first picture that is there, else nothing."""
    return next(filter(default_storage.exists, thumbnails_of(body_html)), "")


def _open(raw: bytes) -> Image.Image:
    """The picture in these bytes, checked before its pixels are read. Raises Refused."""
    try:
        image = Image.open(io.BytesIO(raw), formats=FORMATS)
        large = image.width * image.height > JPEG_PIXELS_MOST
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at a half or a quarter already
        if large or image.width * image.height > PIXELS_MOST:
            words = pgettext("refusal", "This picture has too many pixels. Make it smaller and try again.")
            raise Refused(words, "picture")
        image.load()
    except UNREADABLE as error:
        words = pgettext("refusal", "This is no picture we can read. JPEG, PNG, WebP and GIF work.")
        raise Refused(words, "picture") from error
    return image


def _still(image: Image.Image) -> Image.Image:
    """The first frame, upright where it says how, no larger than a page shows it."""
    still = image.convert("RGBA" if _has_alpha(image) else "RGB")
    still.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    with suppress(*UNREADABLE):  # what the camera wrote may be broken while the picture is whole
        still = ImageOps.exif_transpose(still)
    return still


def _moving(image: Image.Image) -> bytes:
    """All frames as one moving picture; nothing when there is one frame only, or more than we draw.

    A file that was cut off moves as far as it goes.
    """
    frames, durations = [], []
    pixels = image.width * image.height
    for number in range(min(FRAMES_MOST, MOVING_PIXELS_MOST // pixels) + 1):
        try:
            image.seek(number)
            frame = image.convert("RGBA")
        except UNREADABLE:
            break
        frame.thumbnail(MOVING_SIZE, Image.Resampling.BILINEAR)
        frames.append(frame)
        durations.append(max(int(image.info.get("duration", 100)), 20))
    else:
        return b""
    if len(frames) < 2:
        return b""
    out = io.BytesIO()
    frames[0].save(
        out, "WEBP", save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=70, method=2
    )
    return out.getvalue()


def _webp(image: Image.Image) -> bytes:
    """The pixels and nothing else: no EXIF, no place, no colour profile."""
    plain = image.convert("RGBA" if _has_alpha(image) else "RGB")
    out = io.BytesIO()
    plain.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=None)
    return out.getvalue()


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.mode or "transparency" in image.info


def _size(webp: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(webp)) as image:
        return image.size
