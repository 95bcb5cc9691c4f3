"""Uploaded pictures."""

from __future__ import annotations

import io
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from tiantang.community.forum import limits
from tiantang.community.forum.actions import pictures
from tiantang.community.forum.actions.edit import edit_post
from tiantang.community.forum.actions.pictures import upload_picture
from tiantang.community.forum.actions.publish import publish_topic
from tiantang.community.forum.models import Picture
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.tests.factory import make_board, make_member
from tiantang.community.members.models import Member

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


def test_a_photograph_with_more_pictures_in_it_stands_still() -> None:
    view = Image.new("RGB", (320, 240), "blue")
    with Image.open(upload(picture("MPO", save_all=True, append_images=[view])).file.path) as image:
        assert (getattr(image, "n_frames", 1), image.size) == (1, (640, 480))


def test_a_moving_picture_that_was_cut_off_moves_as_far_as_it_goes() -> None:
    whole = moving(6, (60, 40))
    with Image.open(upload(whole[: len(whole) * 2 // 3]).file.path) as image:
        assert 1 < image.n_frames < 6


def test_a_picture_is_kept_though_what_the_camera_wrote_is_broken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    raw = picture(exif=exif).replace(b"MM\x00\x2a", b"MM\x36\x00").replace(b"II\x2a\x00", b"II\x00\x36")
    assert upload(raw).width == 640


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


def moving(frames: int, size: tuple[int, int]) -> bytes:
    drawn = [Image.new("RGB", size, (number * 40 % 256, number % 256, 90)) for number in range(frames)]
    out = io.BytesIO()
    drawn[0].save(out, "GIF", save_all=True, append_images=drawn[1:], duration=50)
    return out.getvalue()


def test_a_moving_picture_with_too_many_pixels_keeps_its_first_frame_and_costs_little() -> None:
    raw = moving(60, (1500, 1500))
    began = time.process_time()
    stored = upload(raw)
    assert time.process_time() - began < 4
    with Image.open(stored.file.path) as image:
        assert (getattr(image, "n_frames", 1), image.size) == (1, (1500, 1500))


def test_a_moving_picture_with_too_many_frames_keeps_its_first() -> None:
    with Image.open(upload(moving(pictures.FRAMES_MOST + 1, (8, 8))).file.path) as image:
        assert getattr(image, "n_frames", 1) == 1
    with Image.open(upload(moving(pictures.FRAMES_MOST, (8, 8))).file.path) as image:
        assert image.n_frames == pictures.FRAMES_MOST


def test_a_small_file_with_very_many_pixels_is_refused_before_they_are_read() -> None:
    raw = picture("PNG", (8000, 6000))
    began = time.process_time()
    with pytest.raises(Refused, match="too many pixels"):
        upload(raw)
    assert time.process_time() - began < 0.5


def test_photographs_of_a_good_camera_are_welcome() -> None:
    assert upload(picture("JPEG", (8000, 6000))).width == pictures.LONGEST_SIDE


def send(member: Member, colour: int) -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (colour, colour, colour)).save(out, "PNG")
    return upload_picture(member=member, content=io.BytesIO(out.getvalue()), size=out.tell())


def test_newcomers_upload_fewer_pictures_an_hour_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NEW_PICTURES_AN_HOUR", 2)
    monkeypatch.setattr(limits, "PICTURES_AN_HOUR", 3)
    newcomer, known = make_member(joined_at=timezone.now()), make_member()
    for colour in range(2):
        send(newcomer, colour)
    with pytest.raises(Refused, match="2 pictures an hour"):
        send(newcomer, 2)
    for colour in range(10, 13):
        send(known, colour)
    with pytest.raises(Refused, match="3 pictures an hour"):
        send(known, 13)
    Picture.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert send(newcomer, 2)


def test_pictures_a_day_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PICTURES_A_DAY", 2)
    member = make_member()
    for colour in range(2):
        send(member, colour)
    Picture.objects.update(created_at=timezone.now() - timedelta(hours=2))
    with pytest.raises(Refused, match="2 pictures a day"):
        send(member, 3)


def test_trying_uploads_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.UPLOADS, "most", 2)
    member = make_member()
    for _ in range(2):
        with pytest.raises(Refused, match="no picture"):
            upload_picture(member=member, content=io.BytesIO(b"nonsense"), size=8)
    with pytest.raises(Refused, match="many pictures in a minute"):
        upload_picture(member=member, content=io.BytesIO(b"nonsense"), size=8)


def test_a_topic_shows_the_first_picture_that_is_there() -> None:
    stored = upload(picture())
    gone = "![](/media/pictures/2026/11/gone-640x480.webp)"
    author, board = make_member(role="moderator"), make_board()
    write = {"author": author, "board": board, "title": "雨天的照片"}
    assert publish_topic(source=f"{gone}", **write).thumbnail == ""
    topic = publish_topic(source=f"{gone}\n\n![]({stored.file.url})", **write)
    assert topic.thumbnail == stored.thumbnail.name
    edit_post(editor=author, post=topic.posts.get(), source=gone)
    topic.refresh_from_db()
    assert topic.thumbnail == ""
