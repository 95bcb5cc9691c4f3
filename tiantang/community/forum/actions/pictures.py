"""Uploaded pictures: judged by their content, drawn anew, freed of what cameras write into them."""

from __future__ import annotations

import hashlib
import io
from typing import IO

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import pgettext
from PIL import Image, ImageOps

from tiantang.community.forum.models import Picture
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member

BYTES_MOST = 10 * 1024 * 1024
PIXELS_MOST = 50_000_000
LONGEST_SIDE = 1920
THUMBNAIL = (384, 288)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
FRAMES_MOST = 200
"""Frames kept of a moving picture; more would let a small file fill the memory."""
QUALITY = 84


def upload_picture(*, member: Member, content: IO[bytes], size: int) -> Picture:
    """Store a picture and its thumbnail as WebP; the same content again gives the same picture.

    ``size`` is in bytes. Raises Refused with what to do: too big, too many pixels, no picture at all.
    """
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
    full, small = _shrink(image), _thumbnail(image)
    width, height = _size(full)
    name = f"{digest[:16]}-{width}x{height}.webp"
    picture = Picture(uploader=member, sha256=digest, created_at=timezone.now())
    picture.file.save(name, ContentFile(full), save=False)
    small_name = str(picture.file.name).replace("pictures/", "thumbs/", 1)
    picture.thumbnail.name = picture.thumbnail.storage.save(small_name, ContentFile(small))
    picture.width, picture.height = width, height  # Django's own reading fails for some WebP files
    picture.save()
    return picture


def _open(raw: bytes) -> Image.Image:
    """The picture in these bytes, checked before its pixels are read. Raises Refused."""
    try:
        image = Image.open(io.BytesIO(raw), formats=FORMATS)
        if image.width * image.height > PIXELS_MOST:
            words = pgettext("refusal", "This picture has too many pixels. Make it smaller and try again.")
            raise Refused(words, "picture")
        image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        words = pgettext("refusal", "This is no picture we can read. JPEG, PNG, WebP and GIF work.")
        raise Refused(words, "picture") from error
    return image


def _shrink(image: Image.Image) -> bytes:
    frames = min(getattr(image, "n_frames", 1), FRAMES_MOST)
    if frames > 1:
        return _moving(image, frames)
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _webp(upright)


def _moving(image: Image.Image, frames: int) -> bytes:
    drawn, durations = [], []
    for number in range(frames):
        image.seek(number)
        frame = image.convert("RGBA")
        frame.thumbnail((640, 640), Image.Resampling.LANCZOS)
        drawn.append(frame)
        durations.append(max(int(image.info.get("duration", 100)), 20))
    out = io.BytesIO()
    drawn[0].save(out, "WEBP", save_all=True, append_images=drawn[1:], duration=durations, loop=0, quality=70)
    return out.getvalue()


def _thumbnail(image: Image.Image) -> bytes:
    image.seek(0)
    upright = ImageOps.exif_transpose(image).convert("RGBA" if _has_alpha(image) else "RGB")
    return _webp(ImageOps.fit(upright, THUMBNAIL, Image.Resampling.LANCZOS))


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
