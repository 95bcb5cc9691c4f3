"""Uploaded pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tiantang.community.forum.actions import pictures
from tiantang.community.forum.actions.pictures import upload_picture
from tiantang.community.forum.models import Picture
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.tests.factory import make_member

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **extra: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c83b2c").save(out, kind, **extra)
    return out.getvalue()


def upload(raw: bytes) -> Picture:
    return upload_picture(member=make_member(), content=io.BytesIO(raw), size=len(raw))


def test_pictures_are_drawn_anew_without_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = 6  # turned by 90 degrees
    stored = upload(picture(exif=exif))
    with Image.open(stored.file.path) as image, Image.open(stored.thumbnail.path) as small:
        assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (480, 640), {})
        assert small.size == pictures.THUMBNAIL
    assert (stored.width, stored.height) == (480, 640)
    assert stored.file.name.replace("pictures/", "thumbs/") == stored.thumbnail.name
    assert "-480x640" in stored.file.name


def test_the_same_content_is_stored_once() -> None:
    raw = picture()
    assert upload(raw) == upload(raw)
    assert Picture.objects.count() == 1


def test_large_pictures_shrink() -> None:
    assert upload(picture(size=(4000, 1000))).width == pictures.LONGEST_SIDE


def test_moving_pictures_keep_moving() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80)
    with Image.open(upload(out.getvalue()).file.path) as image:
        assert image.n_frames == 3


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a<script>alert(1)</script>",
        b"\xff\xd8\xff\xe0" + b"\x00" * 200,
        picture("PNG")[:300],
        picture("BMP", (8, 8)),
    ],
)
def test_what_is_no_picture_is_refused_with_what_works(raw: bytes) -> None:
    with pytest.raises(Refused, match="JPEG, PNG, WebP and GIF"):
        upload(raw)


def test_too_big_and_too_many_pixels_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="10 MB"):
        upload_picture(member=make_member(), content=io.BytesIO(b""), size=pictures.BYTES_MOST + 1)
    monkeypatch.setattr(pictures, "PIXELS_MOST", 1000)
    with pytest.raises(Refused, match="pixels"):
        upload(picture())
