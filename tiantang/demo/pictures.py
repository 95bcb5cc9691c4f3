"""Pictures in posts: painted once, stored as uploads with thumbnails, shown in topics that speak of them."""

from __future__ import annotations

import hashlib
import io
import random
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from tiantang.community.forum.models import Picture
from tiantang.demo.bulk import insert, next_id, reset_sequences
from tiantang.demo.painters import HEIGHT, PAINTERS, WIDTH, paint
from tiantang.demo.world import TopicDraft, World

COUNT = 40
AVATARS = 32
THUMBNAIL = (400, 250)
CAPTIONS = ("手机拍的屏幕，将就看", "截图，{place}", "原图缩小过", "{work}", "随手一张", "就是这个角度", "")
BOARD_CAPTIONS = {
    "fan-art": ("小图", "缩小过的，细节糊了", "{work}", "", ""),
    "models": ("包装盒上的图", "附赠的海报", ""),
    "tabletop": ("版图一角", "牌背的图", ""),
    "lounge": ("{work}", ""),
}
"""What is written below pictures, on some boards in its own way."""


@dataclass(frozen=True)
class Painted:
    """Both forms of a picture as WebP bytes."""

    name: str
    large: bytes
    small: bytes


def choose_pictures(world: World) -> None:
    """Which topics carry a picture, and who uses one as a portrait; the rest keep their creature."""
    rng = world.plan.stream("pictures")
    for person in world.people:
        if person.kind != "passer" and rng.random() < 0.16:
            person.avatar = f"avatars/sample-{rng.randrange(AVATARS):02d}.webp"
    for topic in world.topics:
        if topic.kind.language == "zh" and rng.random() < topic.kind.picture:
            topic.picture = _name(topic, rng)
            caption = rng.choice(BOARD_CAPTIONS.get(topic.board, CAPTIONS)).format(
                work=topic.work.name, place=_place(topic)
            )
            title = f' "{caption}"' if caption else ""
            body = topic.posts[0]
            body.source = f"{body.source}\n\n![]({_address(topic)}{title})"


def _name(topic: TopicDraft, rng: random.Random) -> str:
    """Topics about one work share a motif, as people take pictures of the same places."""
    motifs = len(PAINTERS)
    return f"{topic.work.motif + motifs * rng.randrange(COUNT // motifs):02d}"


def _place(topic: TopicDraft) -> str:
    return topic.talk.settled.get("place", topic.work.name)


def _address(topic: TopicDraft) -> str:
    return default_storage.url(large_path(topic.picture))


def large_path(name: str) -> str:
    """Where a picture lies below the media folder; the size in the name keeps pages still while it loads."""
    return f"pictures/sample/{name}-{WIDTH}x{HEIGHT}.webp"


def small_path(name: str) -> str:
    """Where its thumbnail lies: the same path below ``thumbs``."""
    return large_path(name).replace("pictures/", "thumbs/", 1)


def write_pictures(world: World) -> None:
    """Paint what is used, store the files and their rows."""
    used: dict[str, TopicDraft] = {}
    for topic in world.topics:
        if topic.picture:
            used.setdefault(topic.picture, topic)
    rows = []
    for number, (name, topic) in enumerate(sorted(used.items()), next_id(Picture)):
        painted = _paint(name, world.plan.seed)
        _store(large_path(name), painted.large)
        _store(small_path(name), painted.small)
        rows.append(
            {
                "id": number,
                "uploader_id": topic.author.id,
                "file": large_path(name),
                "thumbnail": small_path(name),
                "width": WIDTH,
                "height": HEIGHT,
                "sha256": hashlib.sha256(painted.large).hexdigest(),
                "created_at": topic.at,
            }
        )
    for path in sorted({person.avatar for person in world.people if person.avatar}):
        number = int(path.removesuffix(".webp")[-2:])
        _store(path, _webp(_square(paint(number + COUNT, world.plan.seed)), 84))
    insert(Picture, rows)
    reset_sequences(Picture)


def _paint(name: str, seed: int) -> Painted:
    image = paint(int(name), seed)
    return Painted(name, _webp(image, 82), _webp(image.resize(THUMBNAIL), 80))


def _webp(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


def _square(image: Image.Image) -> Image.Image:
    """The middle of a picture, as a portrait."""
    left = (WIDTH - HEIGHT) // 2
    return image.crop((left, 0, left + HEIGHT, HEIGHT)).resize((192, 192))


def _store(path: str, content: bytes) -> None:
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
