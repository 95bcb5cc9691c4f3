"""Pictures are re-encoded by us, square, without what came with them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.actions.avatar import MOST_BYTES, remove_avatar, set_avatar
from tiantang.community.members.models import Member

pytestmark = pytest.mark.django_db


def picture(fmt: str = "JPEG", size: tuple[int, int] = (400, 300), exif: bool = False) -> SimpleUploadedFile:
    image = Image.new("RGB", size, "#d4432a")
    image.paste("#057256", (0, 0, size[0] // 2, size[1]))
    data = Image.Exif()
    if exif:
        data[0x010F] = "SecretCamera"
        data[0x0112] = 6  # lying on its side
    out = io.BytesIO()
    image.save(out, fmt, **({"exif": data} if exif else {}))
    return SimpleUploadedFile(f"me.{fmt.lower()}", out.getvalue())


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "GIF"])
def test_picture_becomes_a_small_square(fmt: str) -> None:
    member = set_avatar(member=make_member(), upload=picture(fmt))
    with Image.open(member.avatar.path) as stored:
        assert (stored.format, stored.size) == ("WEBP", (256, 256))


def test_metadata_is_dropped_and_the_picture_stands_upright() -> None:
    member = set_avatar(member=make_member(), upload=picture(exif=True))
    content = Path(member.avatar.path).read_bytes()
    assert b"SecretCamera" not in content
    with Image.open(io.BytesIO(content)) as stored:
        assert not stored.getexif()
        top, bottom = stored.getpixel((128, 20)), stored.getpixel((128, 236))
    assert top[1] > top[0]  # the green half, once left, is on top
    assert bottom[0] > bottom[1]


def test_new_picture_replaces_the_old_file(django_capture_on_commit_callbacks: object) -> None:
    member = make_member()
    with django_capture_on_commit_callbacks(execute=True):
        set_avatar(member=member, upload=picture())
    first = Path(member.avatar.path)
    with django_capture_on_commit_callbacks(execute=True):
        set_avatar(member=member, upload=picture("PNG"))
    assert not first.exists()
    second = Path(member.avatar.path)
    with django_capture_on_commit_callbacks(execute=True):
        remove_avatar(member=member)
    assert not second.exists()
    assert not Member.objects.get(pk=member.pk).avatar


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SimpleUploadedFile("big.png", b"\x89PNG" + b"0" * MOST_BYTES), "5 MB"),
        (SimpleUploadedFile("not.png", b"hello"), "不是能识别的图片"),
        (SimpleUploadedFile("evil.svg", b"<svg onload='alert(1)'/>"), "不是能识别的图片"),
        (SimpleUploadedFile("cut.jpg", picture().read()[:400]), "不是能识别的图片"),
    ],
)
def test_unusable_upload_says_how_to_mend_it(client: Client, upload: SimpleUploadedFile, says: str) -> None:
    member = make_member()
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    upload.seek(0)
    answer = client.post("/settings/avatar/", {"picture": upload})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Member.objects.get(pk=member.pk).avatar


def test_picture_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (8000, 6000)).save(out, "PNG")
    with pytest.raises(ValidationError) as refusal:
        set_avatar(member=make_member(), upload=SimpleUploadedFile("wide.png", out.getvalue()))
    assert refusal.value.code == "pixels"


def test_stored_name_tells_nothing_of_the_member() -> None:
    member = set_avatar(member=make_member("lantern"), upload=picture())
    assert "me" not in Path(member.avatar.name).stem
    assert Path(member.avatar.path).is_relative_to(Path(settings.MEDIA_ROOT))
