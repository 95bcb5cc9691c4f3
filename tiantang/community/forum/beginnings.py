"""What a new installation starts with: its boards, and the first topic in the community's own voice."""

# ruff: noqa: E501 - one board and one paragraph a line

from __future__ import annotations

BOARDS = """
# lobby | 门厅 | Lobby
announcements | 12 | speakerphone | 站务公告 | Announcements | 规则、更新和值班安排，先看这里 | Rules, changes and who is on duty
newcomers | 4 | door-enter | 新人报到 | New here | 进门打个招呼，说说你从哪部作品来 | Say hello and tell which work brought you
suggestions | 9 | tools | 社区建设 | Building this place | 给这里提意见，已经采纳的会标出来 | Ideas for the community; adopted ones are marked
# games | 游戏 | Games
pixel-indie | 5 | device-gamepad-2 | 像素与独立 | Pixel & indie | 小团队，大世界 | Small teams, big worlds
action-souls | 1 | sword | 动作与魂 | Action & souls | 死了再来，顺便聊聊怎么死的 | Die, retry, and compare notes
handheld | 3 | cup | 掌机茶馆 | Handheld teahouse | 地铁上、被窝里，小屏幕的事 | Small screens, on trains and under blankets
rhythm | 8 | music | 音游机厅 | Rhythm arcade | 谱面、手台和今天的手感 | Charts, controllers and today's form
online-worlds | 9 | planet | 长线网游 | Online worlds | 版本、副本和固定队 | Patches, raids and static groups
tabletop | 2 | dice-5 | 桌游与跑团 | Tabletop & RPG | 掷骰子之前先把话说圆 | Talk first, roll later
party-up | 6 | users | 联机组队 | Party up | 缺一等三，写清时间、语音和水平 | One more needed: say when, which voice, what level
# anime | 动画与阅读 | Anime & reading
new-season | 10 | device-tv-old | 新番放映室 | This season | 本季每一话，剧透请遮住 | Every episode of the season; cover your spoilers
classics-films | 7 | movie | 老番与剧场版 | Classics & films | 值得再看一遍的，和只能在影院看的 | Worth a second watch, or a big screen
manga-novels | 12 | book-2 | 漫画与轻小说 | Manga & light novels | 连载追更、单行本和译名之争 | Serials, volumes and naming quarrels
voices-music | 11 | microphone | 声优与音乐 | Voices & music | 听出来是谁了吗 | Recognise that voice?
# making | 创作 | Making
fan-art | 11 | palette | 同人画室 | Fan art studio | 画、文、翻唱，半成品也欢迎 | Art, prose, covers; unfinished welcome
guides | 6 | archive | 攻略档案 | Guide archive | 写给后来的人，注明版本 | Written for those who come after; name the version
models | 2 | puzzle | 模型与手办 | Models & figures | 开箱、涂装和放不下的柜子 | Unboxing, painting, full shelves
# together | 聚在一起 | Together
help | 1 | lifebuoy | 提问求助 | Questions & help | 卡关、选购、报错，问清楚就有人答 | Stuck, shopping or broken: ask well, get answers | questions
meetups | 7 | map-pin | 线下集合 | Meetups | 漫展、机厅和同城约 | Conventions, arcades and your own city
lounge | 5 | coffee | 休息室 | Lounge | 和作品无关的也可以说 | Anything that fits nowhere else
"""
"""Lines with ``#`` are groups: slug, names. The others are boards: slug, hue, icon, names, descriptions."""

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
