"""Small pictures drawn by ourselves: flat, few colours, the look of printed tickets and pixel games."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 600
Painter = Callable[[ImageDraw.ImageDraw, random.Random], None]

NIGHT = ("#0e4a4c", "#12656a", "#0a3438", "#f3c53c", "#d9482f", "#f6efe0")
SKIES = ("#bfe6ee", "#f6d9b8", "#cfd8f2", "#f2c6c0", "#cdeedd")
SEAS = ("#2b86a8", "#2f6f8f", "#3d75c4", "#1f7a6d")
VIOLETS = (
    ("#3a2a63", "#8f7ad6", "#b9a8ee"),
    ("#123a4d", "#59a7b8", "#a9dbe0"),
    ("#4a1f2d", "#c7677d", "#efb2bd"),
)


def paint(number: int, seed: int) -> Image.Image:
    """Picture ``number``: the painters take turns, the colours and places differ."""
    rng = random.Random(f"picture/{seed}/{number}")  # noqa: S311 - play, not secrets
    image = Image.new("RGB", (WIDTH, HEIGHT), "#eef1ee")
    PAINTERS[number % len(PAINTERS)](ImageDraw.Draw(image), rng)
    return image


def _block(
    draw: ImageDraw.ImageDraw, x: float, y: float, w: float, h: float, colour: str, unit: int = 24
) -> None:
    """A rectangle on the pixel grid."""
    draw.rectangle((x * unit, y * unit, (x + w) * unit - 1, (y + h) * unit - 1), fill=colour)


def island(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A pixel island with a house, a tree and a square sun."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=rng.choice(SKIES))
    sun = rng.randint(4, 32)
    _block(draw, sun, rng.randint(2, 5), 4, 4, "#fff2bf")
    for _ in range(3):
        x, y = rng.randint(0, 32), rng.randint(2, 8)
        _block(draw, x, y, 6, 1, "#ffffff")
        _block(draw, x + 2, y - 1, 3, 1, "#ffffff")
    draw.rectangle((0, 16 * 24, WIDTH, HEIGHT), fill=rng.choice(SEAS))
    left = rng.randint(6, 14)
    for step, colour in enumerate(("#e2cf8d", "#5d9a36", "#5d9a36", "#4d8a2c")):
        _block(draw, left + step * 2, 16 - step, 20 - step * 4, 1.2, colour)
    _block(draw, left + 6, 7, 1, 7, "#8a5a33")
    for dx, dy, w in ((3, 6, 3), (7, 6, 4), (4, 5, 6), (5, 4, 3)):
        _block(draw, left + dx, dy, w, 1, "#3d6f24")
    _block(draw, left + 10, 10, 5, 4, "#f7eedb")
    _block(draw, left + 9, 9, 7, 1.4, rng.choice(("#d9482f", "#3d75c4", "#b03a68")))
    _block(draw, left + 12, 12, 1, 2, "#2a3b3a")
    for _ in range(6):
        _block(draw, rng.randint(0, 36), rng.randint(18, 23), rng.randint(2, 5), 0.4, "#7fc4d8")


def night_train(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A red train on a bridge before a dotted sun, and its lights on the water."""
    ground, hill, water, gold, red, cream = NIGHT
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=ground)
    x, y, radius = rng.randint(500, 800), rng.randint(170, 260), rng.randint(120, 180)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=gold)
    _dots(draw, x, y, radius, ground)
    points = [(0, 340)]
    points += [(place * 120, rng.randint(230, 330)) for place in range(1, 9)]
    draw.polygon([*points, (WIDTH, 380), (0, 380)], fill=hill)
    draw.rectangle((0, 380, WIDTH, HEIGHT), fill=water)
    for place in range(rng.randint(20, 90), WIDTH, 230):
        draw.rectangle((place, 380, place + 14, 540), fill=water)
    end = rng.randint(620, 900)
    draw.rounded_rectangle((-20, 312, end, 382), 26, fill=red)
    draw.rectangle((-20, 362, end, 382), fill=cream)
    for place in range(26, end - 60, 82):
        draw.rounded_rectangle((place, 326, place + 50, 352), 5, fill="#ffe9a3")
    for row in range(4):
        start = rng.randint(480, 700)
        draw.rectangle((start, 430 + row * 34, start + rng.randint(90, 240), 434 + row * 34), fill=gold)


def _dots(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int, colour: str) -> None:
    for row in range(-radius, radius, 22):
        for column in range(-radius, radius, 22):
            if (reach := math.hypot(row, column)) < radius - 6:
                size = 5 * (1 - reach / radius) + 1
                draw.ellipse(
                    (x + column - size, y + row - size, x + column + size, y + row + size), fill=colour
                )


def crystals(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Crystals in a dotted night with two stars."""
    deep, middle, light = rng.choice(VIOLETS)
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=deep)
    for row in range(24, 330, 26):
        for column in range(14 + row % 52 // 2, WIDTH, 26):
            draw.ellipse((column, row, column + 4, row + 4), fill=middle)
    for _ in range(rng.randint(3, 5)):
        x, top, wide = rng.randint(120, 840), rng.randint(90, 300), rng.randint(44, 90)
        draw.polygon([(x, top), (x - wide, top + 90), (x - wide * 0.7, 520), (x, 520)], fill=light)
        draw.polygon([(x, top), (x + wide, top + 90), (x + wide * 0.7, 520), (x, 520)], fill=middle)
    draw.rectangle((0, 520, WIDTH, HEIGHT), fill="#1c1433")
    for _ in range(3):
        _star(draw, rng.randint(60, 900), rng.randint(50, 260), rng.randint(18, 40))


def _star(draw: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    thin = size / 4
    points = [(x, y - size), (x + thin, y - thin), (x + size, y), (x + thin, y + thin)]
    points += [(x, y + size), (x - thin, y + thin), (x - size, y), (x - thin, y - thin)]
    draw.polygon(points, fill="#f3c53c")


def sunburst(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Rays from a point, and a blade across them."""
    back, ray = rng.choice((("#c23a22", "#e9593c"), ("#1f4d8f", "#3d75c4"), ("#8a6a10", "#d9a72a")))
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=back)
    x, y = rng.randint(300, 660), rng.randint(300, 520)
    for number in range(0, 36, 2):
        one, two = math.radians(number * 10), math.radians(number * 10 + 8)
        ends = [(x + 1400 * math.cos(angle), y + 1400 * math.sin(angle)) for angle in (one, two)]
        draw.polygon([(x, y), *ends], fill=ray)
    tilt = rng.choice((-1, 1))
    tip = (x + tilt * 330, y - 320)
    draw.polygon([(x - 22, y + 60), tip, (x + 22, y + 80)], fill="#f7efe2")
    draw.polygon([(x + 4, y + 70), tip, (x + 22, y + 80)], fill="#c9c3b8")
    draw.rounded_rectangle((x - 90, y + 62, x + 90, y + 84), 8, fill="#2a2320")
    draw.rounded_rectangle((x - 16, y + 80, x + 16, y + 190), 8, fill="#5a3b25")


def lighthouse(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A striped tower whose beam reaches over the sea."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=rng.choice(("#16324a", "#26214a", "#0e3d3a")))
    x = rng.randint(180, 420)
    draw.polygon(
        [(x + 40, 170), (WIDTH, rng.randint(20, 120)), (WIDTH, rng.randint(240, 330))], fill="#f3dc8a"
    )
    draw.rectangle((0, 430, WIDTH, HEIGHT), fill="#0a2433")
    for row in range(6):
        wide = 70 + row * 8
        colour = ("#f6efe0", "#d9482f")[row % 2]
        draw.rectangle((x + 40 - wide // 2, 200 + row * 44, x + 40 + wide // 2, 244 + row * 44), fill=colour)
    draw.rectangle((x + 6, 150, x + 74, 200), fill="#ffe9a3")
    draw.polygon([(x, 150), (x + 80, 150), (x + 40, 106)], fill="#d9482f")
    draw.ellipse((x - 140, 430, x + 230, 620), fill="#1a3a2e")
    for _ in range(7):
        start, height = rng.randint(0, 820), rng.randint(460, 590)
        draw.rectangle((start, height, start + rng.randint(60, 160), height + 4), fill="#2b86a8")


def waves(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Scale-shaped waves in ranks and a small boat."""
    one, two, paper = rng.choice(
        (
            ("#24549b", "#3d75c4", "#f7efe2"),
            ("#0e6a5a", "#2f9a82", "#eef5ee"),
            ("#7a2f52", "#b85a86", "#fbeef2"),
        )
    )
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=paper)
    x = rng.randint(300, 640)
    draw.polygon([(x - 110, 260), (x + 130, 260), (x + 80, 320), (x - 60, 320)], fill="#d9482f")
    draw.polygon([(x, 70), (x, 250), (x - 90, 250)], fill=one)
    draw.polygon([(x + 16, 60), (x + 16, 250), (x + 110, 250)], fill=two)
    for rank in range(5):
        for place in range(-1, 9):
            middle, top = place * 120 + rank % 2 * 60 + 60, 290 + rank * 64
            for size, colour in ((64, paper), (58, one), (44, two), (36, paper), (24, one)):
                draw.ellipse((middle - size, top - size + 64, middle + size, top + size + 64), fill=colour)


def street(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A row of shops in the evening, windows lit here and there."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=rng.choice(("#f0b58a", "#8fb3d9", "#d7a6c8", "#3d4a7a")))
    x = 0
    while x < WIDTH:
        wide, top = rng.randint(110, 190), rng.randint(150, 330)
        wall = rng.choice(("#f6efe0", "#dfe7df", "#e8d3c0", "#c9d6e6", "#efe0b8"))
        draw.rectangle((x, top, x + wide, 500), fill=wall)
        draw.rectangle(
            (x - 6, top - 18, x + wide + 6, top), fill=rng.choice(("#7a3b2e", "#2a4a5a", "#4a5a2e"))
        )
        for row in range(top + 24, 400, 62):
            for column in range(x + 18, x + wide - 34, 50):
                lit = rng.random() < 0.45
                draw.rectangle((column, row, column + 28, row + 36), fill="#ffe29a" if lit else "#5a6a7a")
        draw.rectangle((x + 14, 430, x + wide - 14, 500), fill="#3a3a3a")
        draw.rectangle((x + 8, 412, x + wide - 8, 432), fill=rng.choice(("#d9482f", "#12715a", "#f3c53c")))
        x += wide
    draw.rectangle((0, 500, WIDTH, HEIGHT), fill="#4a4f55")
    for place in range(20, WIDTH, 130):
        draw.rectangle((place, 546, place + 66, 552), fill="#e8e2d0")


def stars(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A sky with a constellation over a dome."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=rng.choice(("#101a3a", "#1a1233", "#0c2a36")))
    for _ in range(150):
        x, y, size = rng.randint(0, WIDTH), rng.randint(0, 430), rng.choice((1, 1, 2, 3))
        draw.ellipse((x, y, x + size, y + size), fill="#dfe7ff")
    points = [(rng.randint(100, 860), rng.randint(50, 300)) for _ in range(rng.randint(5, 7))]
    points.sort()
    draw.line(points, fill="#8fa6e0", width=3)
    for x, y in points:
        draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill="#f3c53c")
    draw.polygon(
        [(0, 470), (240, 430), (520, 476), (760, 440), (WIDTH, 480), (WIDTH, HEIGHT), (0, HEIGHT)],
        fill="#0a1420",
    )
    x = rng.randint(260, 640)
    draw.pieslice((x - 110, 350, x + 110, 570), 180, 360, fill="#dfe0e6")
    draw.polygon([(x - 14, 350), (x + 50, 380), (x + 30, 460), (x - 14, 460)], fill="#22304a")
    draw.rectangle((x - 120, 460, x + 120, 540), fill="#b9bcc8")


PAINTERS: tuple[Painter, ...] = (island, night_train, crystals, sunburst, lighthouse, waves, street, stars)
