"""Stills that no camera took: scenes of light, shape and grain, drawn for the demo and for invented archives.

The same seed always draws the same scene, but for the grain over it.
"""

import random
from collections.abc import Callable
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1920, 1080
KEPT = (1600, 900)
"""The size of the files, in pixels."""
Colour = tuple[int, int, int]


def stage(chance: random.Random) -> Image.Image:
    """A dancer alone in a cone of light, before a curtain."""
    picture = _fade((28, 8, 14), (8, 4, 8))
    draw = ImageDraw.Draw(picture)
    for number in range(34):
        left = number * WIDTH / 34
        shade = 52 + round(26 * sin(number * 2.1)) + chance.randrange(-6, 7)
        draw.polygon(
            [(left, 0), (left + 62, 0), (left + 50 + chance.randrange(18), 860), (left - 6, 860)],
            fill=(shade + 48, shade // 4, shade // 3),
        )
    picture = picture.filter(ImageFilter.GaussianBlur(7))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 845, WIDTH, HEIGHT), fill=(30, 17, 18))
    picture = _lit(picture, [(1010, -60), (1070, -60), (1480, 960), (640, 960)], (255, 226, 178), 40, 0.62)
    picture = _lit(picture, _oval(1060, 950, 430, 74), (255, 219, 165), 22, 0.8)
    figure = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(figure)
    pen.ellipse((1038, 430, 1084, 486), fill=255)
    pen.polygon([(1053, 480), (1069, 480), (1086, 560), (1078, 640), (1044, 640), (1036, 560)], fill=255)
    pen.polygon(
        [(960, 668), (1040, 618), (1082, 618), (1166, 672), (1140, 690), (1060, 676), (985, 690)], fill=255
    )
    pen.line([(1044, 512), (980, 452), (1004, 372)], fill=255, width=15, joint="curve")
    pen.line([(1078, 512), (1150, 470), (1228, 486)], fill=255, width=15, joint="curve")
    pen.line([(1056, 672), (1058, 800), (1056, 938)], fill=255, width=21, joint="curve")
    pen.line([(1070, 672), (1150, 742), (1068, 806)], fill=255, width=20, joint="curve")
    shadow = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shadow).ellipse((930, 930, 1240, 962), fill=170)
    picture.paste((20, 8, 10), mask=shadow.filter(ImageFilter.GaussianBlur(12)))
    picture.paste((18, 9, 14), mask=figure.filter(ImageFilter.GaussianBlur(1.6)))
    return _lit(picture, [(1020, 380), (1090, 380), (1100, 690), (1030, 690)], (255, 214, 170), 26, 0.16)


def village(chance: random.Random) -> Image.Image:
    """A village in snow at dusk, with three windows lit."""
    picture = _fade((36, 54, 92), (206, 150, 140))
    for number, shade in enumerate(((116, 118, 150), (84, 92, 126), (54, 66, 100))):
        ridge: list[tuple[float, float]] = [(0, HEIGHT)]
        for step in range(25):
            height = (
                430 + number * 130 + 90 * sin(step * (0.7 + number * 0.23) + number) - chance.randrange(70)
            )
            ridge.append((step * WIDTH / 24, height))
        layer = Image.new("RGB", picture.size, shade)
        mask = Image.new("L", picture.size, 0)
        ImageDraw.Draw(mask).polygon([*ridge, (WIDTH, HEIGHT)], fill=255)
        picture.paste(layer, mask=mask.filter(ImageFilter.GaussianBlur(5 - number)))
        picture = _lit(
            picture,
            [(0, 640 + number * 90), (WIDTH, 640 + number * 90), (WIDTH, 760), (0, 760)],
            (214, 188, 196),
            60,
            0.25,
        )
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        [(0, 850), (500, 812), (1180, 860), (WIDTH, 806), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(190, 198, 220)
    )
    for number in range(11):
        left, base = 90 + number * 165 + chance.randrange(-30, 30), 850 + chance.randrange(-16, 22)
        wide, high = 108 + chance.randrange(34), 80 + chance.randrange(56)
        draw.rectangle((left, base - high, left + wide, base + 8), fill=(38, 42, 64))
        draw.polygon(
            [(left - 14, base - high), (left + wide / 2, base - high - 62), (left + wide + 14, base - high)],
            fill=(204, 210, 228),
        )
        if number in (2, 5, 9):
            window = (left + 34, base - high + 26, left + 66, base - high + 62)
            draw.rectangle(window, fill=(255, 196, 96))
            picture = _lit(picture, _oval(left + 50, base - high + 44, 120, 100), (255, 178, 84), 46, 0.5)
            draw = ImageDraw.Draw(picture)
            draw.rectangle(window, fill=(255, 206, 120))
    return _snow(picture, chance, 420)


def corridor(chance: random.Random) -> Image.Image:
    """A corridor that narrows to a lit door, and somebody in it."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (10, 16, 20))
    draw = ImageDraw.Draw(picture)
    x, y = 1180, 500
    for step in range(15, -1, -1):
        share = (step / 15) ** 1.8
        half, tall = 90 + 1250 * share, 150 + 760 * share
        light = 1 - share
        draw.rectangle(
            (x - half, y - tall, x + half * 0.9, y + tall),
            fill=(round(12 + 30 * light), round(30 + 92 * light), round(38 + 96 * light)),
            outline=(round(20 + 60 * light), round(60 + 130 * light), round(66 + 130 * light)),
            width=2 + round(7 * share),
        )
    draw.rectangle((x - 84, y - 128, x + 70, y + 150), fill=(255, 240, 206))
    picture = picture.filter(ImageFilter.GaussianBlur(2.2))
    picture = _lit(picture, _oval(x, y + 10, 340, 320), (255, 226, 170), 90, 0.6)
    picture = _lit(
        picture,
        [(x - 84, y + 150), (x + 70, y + 150), (x + 560, HEIGHT), (x - 760, HEIGHT)],
        (255, 226, 170),
        44,
        0.4,
    )
    figure = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(figure)
    pen.ellipse((x - 34, y - 66, x + 8, y - 16), fill=255)
    pen.rounded_rectangle((x - 58, y - 18, x + 34, y + 150), 34, fill=255)
    pen.polygon(
        [
            (x - 50, y + 130),
            (x + 28, y + 130),
            (x + 34, y + 302),
            (x + 2, y + 302),
            (x - 12, y + 180),
            (x - 30, y + 306),
            (x - 62, y + 306),
        ],
        fill=255,
    )
    picture.paste((9, 17, 20), mask=figure.filter(ImageFilter.GaussianBlur(2)))
    return picture


def city(chance: random.Random) -> Image.Image:
    """A street at night through a wet window: only its lights."""
    picture = _fade((14, 12, 30), (44, 22, 40))
    colours = ((255, 120, 60), (255, 190, 90), (90, 190, 255), (255, 70, 110), (240, 240, 255))
    for _ in range(95):
        x, y = chance.randrange(WIDTH), round(chance.gauss(610, 190))
        size = chance.randrange(16, 96)
        picture = _lit(
            picture, _oval(x, y, size, size), chance.choice(colours), 4, chance.uniform(0.1, 0.5), glow=False
        )
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    for _ in range(14):
        x = chance.randrange(WIDTH)
        picture = _lit(
            picture, [(x, 0), (x + 8, 0), (x + 22, HEIGHT), (x - 6, HEIGHT)], (200, 210, 255), 9, 0.13
        )
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 930, WIDTH, HEIGHT), fill=(12, 9, 18))
    return picture.filter(ImageFilter.GaussianBlur(1))


def profile(chance: random.Random) -> Image.Image:
    """A face in half light, close."""
    warm, cold = (226, 108, 60), (24, 62, 84)
    picture = _fade((20, 22, 30), (44, 30, 32))
    picture = _lit(picture, _oval(420, 420, 620, 560), cold, 160, 0.9)
    head = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(head)
    pen.ellipse((800, 130, 1240, 720), fill=255)
    neck = [
        (912, 640),
        (1128, 640),
        (1146, 812),
        (1430, 900),
        (1560, HEIGHT),
        (470, HEIGHT),
        (600, 900),
        (890, 812),
    ]
    pen.polygon(neck, fill=255)
    soft = head.filter(ImageFilter.GaussianBlur(9))
    picture.paste((30, 22, 26), mask=soft)
    lit = Image.new("L", picture.size, 0)
    ImageDraw.Draw(lit).polygon(
        [(1020, 0), (WIDTH, 0), (WIDTH, HEIGHT), (1120, HEIGHT), (1050, 560)], fill=255
    )
    picture.paste(
        warm,
        mask=ImageChops.multiply(soft, lit.filter(ImageFilter.GaussianBlur(70))).point(
            lambda v: round(v * 0.86)
        ),
    )
    picture.paste(
        (150, 190, 205),
        mask=ImageChops.multiply(
            ImageChops.subtract(soft, ImageChops.offset(head, 16, 6).filter(ImageFilter.GaussianBlur(14))),
            Image.new("L", picture.size, 120),
        ),
    )
    return picture


SCENES: dict[str, Callable[[random.Random], Image.Image]] = {
    scene.__name__: scene for scene in (stage, village, corridor, city, profile)
}


def drawn(name: str, seed: int) -> Image.Image:
    """A scene with a little of the grain of film over it, 1600 × 900 pixels."""
    picture = SCENES[name](random.Random(seed)).resize(KEPT, Image.Resampling.LANCZOS)
    grain = Image.effect_noise(KEPT, 26).convert("RGB")
    return Image.blend(picture, ImageChops.soft_light(picture, grain), 0.3)


def _fade(top: Colour, foot: Colour) -> Image.Image:
    strip = Image.new("RGB", (1, 2))
    strip.putdata([top, foot])
    return strip.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _lit(
    picture: Image.Image,
    shape: list[tuple[float, float]],
    colour: Colour,
    blur: float,
    strength: float,
    *,
    glow: bool = True,
) -> Image.Image:
    """Light of a colour on a part of the picture, with soft edges."""
    mask = Image.new("L", (WIDTH // 2, HEIGHT // 2), 0)
    ImageDraw.Draw(mask).polygon([(x / 2, y / 2) for x, y in shape], fill=round(255 * strength))
    mask = mask.filter(ImageFilter.GaussianBlur(blur / 2)).resize((WIDTH, HEIGHT))
    light = Image.new("RGB", picture.size, colour)
    added = ImageChops.screen(picture, light) if glow else Image.blend(picture, light, 0.8)
    return Image.composite(added, picture, mask)


def _oval(x: float, y: float, across: float, down: float) -> list[tuple[float, float]]:
    return [(x + across * cos(2 * pi * step / 48), y + down * sin(2 * pi * step / 48)) for step in range(48)]


def _snow(picture: Image.Image, chance: random.Random, flakes: int) -> Image.Image:
    mask = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(flakes):
        x, y, size = chance.randrange(WIDTH), chance.randrange(HEIGHT), chance.choice((2, 2, 3, 4, 7))
        pen.ellipse((x, y, x + size, y + size), fill=chance.randrange(90, 230))
    picture.paste((240, 244, 252), mask=mask.filter(ImageFilter.GaussianBlur(1)))
    return picture
