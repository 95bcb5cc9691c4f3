"""The boards and the welcome topic that make a new installation usable at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiantang.community.forum.bodies import excerpt_of, render_body
from tiantang.community.forum.models import Board, BoardGroup, Post, Topic
from tiantang.events.catalog import ActorClass
from tiantang.events.envelope import Actor, Event
from tiantang.events.record import record

WELCOME_ORIGIN = "seed:welcome"


@dataclass(frozen=True, slots=True)
class BoardSeed:
    """One board as a new installation has it."""

    slug: str
    name: str
    name_en: str
    hue: int
    icon: str
    description: str
    description_en: str
    questions: bool = False


GROUPS: tuple[tuple[str, str, str, tuple[BoardSeed, ...]], ...] = (
    (
        "lobby",
        "门厅",
        "Lobby",
        (
            BoardSeed(
                "announcements",
                "站务公告",
                "Announcements",
                12,
                "speakerphone",
                "规则、更新和值班安排，先看这里",
                "Rules, changes and who is on duty",
            ),
            BoardSeed(
                "newcomers",
                "新人报到",
                "New here",
                4,
                "door-enter",
                "进门打个招呼，说说你从哪部作品来",
                "Say hello and tell which work brought you",
            ),
            BoardSeed(
                "suggestions",
                "社区建设",
                "Building this place",
                9,
                "tools",
                "给这里提意见，已经采纳的会标出来",
                "Ideas for the community; adopted ones are marked",
            ),
        ),
    ),
    (
        "games",
        "游戏",
        "Games",
        (
            BoardSeed(
                "pixel-indie",
                "像素与独立",
                "Pixel & indie",
                5,
                "device-gamepad-2",
                "小团队，大世界",
                "Small teams, big worlds",
            ),
            BoardSeed(
                "action-souls",
                "动作与魂",
                "Action & souls",
                1,
                "sword",
                "死了再来，顺便聊聊怎么死的",
                "Die, retry, and compare notes",
            ),
            BoardSeed(
                "handheld",
                "掌机茶馆",
                "Handheld teahouse",
                3,
                "cup",
                "地铁上、被窝里，小屏幕的事",
                "Small screens, on trains and under blankets",
            ),
            BoardSeed(
                "rhythm",
                "音游机厅",
                "Rhythm arcade",
                8,
                "music",
                "谱面、手台和今天的手感",
                "Charts, controllers and today's form",
            ),
            BoardSeed(
                "online-worlds",
                "长线网游",
                "Online worlds",
                9,
                "planet",
                "版本、副本和固定队",
                "Patches, raids and static groups",
            ),
            BoardSeed(
                "tabletop",
                "桌游与跑团",
                "Tabletop & RPG",
                2,
                "dice-5",
                "掷骰子之前先把话说圆",
                "Talk first, roll later",
            ),
            BoardSeed(
                "party-up",
                "联机组队",
                "Party up",
                6,
                "users",
                "缺一等三，写清时间、语音和水平",
                "One more needed: say when, which voice, what level",
            ),
        ),
    ),
    (
        "anime",
        "动画与阅读",
        "Anime & reading",
        (
            BoardSeed(
                "new-season",
                "新番放映室",
                "This season",
                10,
                "device-tv-old",
                "本季每一话，剧透请遮住",
                "Every episode of the season; cover your spoilers",
            ),
            BoardSeed(
                "classics-films",
                "老番与剧场版",
                "Classics & films",
                7,
                "movie",
                "值得再看一遍的，和只能在影院看的",
                "Worth a second watch, or a big screen",
            ),
            BoardSeed(
                "manga-novels",
                "漫画与轻小说",
                "Manga & light novels",
                12,
                "book-2",
                "连载追更、单行本和译名之争",
                "Serials, volumes and naming quarrels",
            ),
            BoardSeed(
                "voices-music",
                "声优与音乐",
                "Voices & music",
                11,
                "microphone",
                "听出来是谁了吗",
                "Recognise that voice?",
            ),
        ),
    ),
    (
        "making",
        "创作",
        "Making",
        (
            BoardSeed(
                "fan-art",
                "同人画室",
                "Fan art studio",
                11,
                "palette",
                "画、文、翻唱，半成品也欢迎",
                "Art, prose, covers; unfinished welcome",
            ),
            BoardSeed(
                "guides",
                "攻略档案",
                "Guide archive",
                6,
                "archive",
                "写给后来的人，注明版本",
                "Written for those who come after; name the version",
            ),
            BoardSeed(
                "models",
                "模型与手办",
                "Models & figures",
                2,
                "puzzle",
                "开箱、涂装和放不下的柜子",
                "Unboxing, painting, full shelves",
            ),
        ),
    ),
    (
        "together",
        "聚在一起",
        "Together",
        (
            BoardSeed(
                "help",
                "提问求助",
                "Questions & help",
                1,
                "lifebuoy",
                "卡关、选购、报错，问清楚就有人答",
                "Stuck, shopping or broken: ask well, get answers",
                questions=True,
            ),
            BoardSeed(
                "meetups",
                "线下集合",
                "Meetups",
                7,
                "map-pin",
                "漫展、机厅和同城约",
                "Conventions, arcades and your own city",
            ),
            BoardSeed(
                "lounge",
                "休息室",
                "Lounge",
                5,
                "coffee",
                "和作品无关的也可以说",
                "Anything that fits nowhere else",
            ),
        ),
    ),
)

WELCOME_TITLE = "进门先看：这里怎么玩，怎么提问，怎么不剧透"
WELCOME = """欢迎。这里按作品和主题分版块，先逛逛「版块」，把常去的记住。

**发帖**：标题写清作品和想说的事。别人的图文注明来源。讲到后面的剧情，用 `||` 把它包起来，会变成这样：||点一下才看得见||。

**提问**：写上平台、版本、试过什么。有人答对了，点「采纳」，后来的人会直接看到。

**回复和点评**：成段的话用回复，一两句用点评。看到不妥的，点「举报」，版主会处理并告诉你结果。

支持 Markdown：

| 想要 | 就写 |
| --- | --- |
| **加粗** | `**加粗**` |
| ~~划掉~~ | `~~划掉~~` |
| 引用 | 行首加 `>` |
| 叫人 | `@名字` |

先去「新人报到」打个招呼吧。

---

*In English:* boards are by game, series and theme. Cover spoilers with `||two bars||`, name your sources, accept
the answer that helped, report what should not be here. English topics are welcome everywhere.
"""


def seed_forum() -> None:
    """Boards and the welcome topic; what exists already stays as it is."""
    boards = seed_boards()
    seed_welcome(boards["announcements"])


@transaction.atomic
def seed_boards() -> dict[str, Board]:
    """Make the groups and boards that are missing. Returns the seeded boards by slug.

    ``position`` counts through all boards and is the number printed on their stubs.
    """
    boards: dict[str, Board] = {}
    for place, (slug, name, name_en, seeds) in enumerate(GROUPS, 1):
        names = {"name": name, "name_en": name_en, "position": place}
        group, _ = BoardGroup.objects.get_or_create(slug=slug, defaults=names)
        for seed in seeds:
            boards[seed.slug] = _board(seed, group, len(boards) + 1)
    return boards


def _board(seed: BoardSeed, group: BoardGroup, position: int) -> Board:
    board, _ = Board.objects.get_or_create(
        slug=seed.slug,
        defaults={
            "group": group,
            "name": seed.name,
            "name_en": seed.name_en,
            "description": seed.description,
            "description_en": seed.description_en,
            "hue": seed.hue,
            "icon": seed.icon,
            "position": position,
            "questions": seed.questions,
        },
    )
    return board


@transaction.atomic
def seed_welcome(board: Board) -> Topic:
    """The pinned topic that tells a new member how things work, signed by the site itself."""
    existing = Topic.objects.filter(origin=WELCOME_ORIGIN).first()
    if existing is not None:
        return existing
    now, body = timezone.now(), render_body(WELCOME)
    topic = Topic.objects.create(
        board=board,
        author_name=settings.SITE_NAME,
        title=WELCOME_TITLE,
        excerpt=excerpt_of(body),
        created_at=now,
        last_post_at=now,
        pinned_at=now,
        origin=WELCOME_ORIGIN,
    )
    Post.objects.create(
        topic=topic, number=1, author_name=settings.SITE_NAME, source=WELCOME, body_html=body, created_at=now
    )
    Board.objects.filter(pk=board.pk).update(
        topics_count=board.topics_count + 1, posts_count=board.posts_count + 1, last_topic=topic
    )
    place = {"object_id": topic.pk, "topic": topic.pk, "board": board.pk}
    record(Event("forum.topic_published", now, Actor(kind=ActorClass.BOT), **place))
    return topic
