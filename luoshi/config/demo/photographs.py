"""Pictures that stand for evidence: a drawn landscape, different for every seed, a few kilobytes each."""

import math
import struct
import zlib
from random import Random

WIDTH, HEIGHT = 240, 160
Colour = tuple[int, int, int]
SKY, HILL, FIELD, ROAD = (207, 222, 232), (108, 140, 122), (158, 178, 106), (196, 184, 160)


def photograph(seed: int) -> bytes:
    """A PNG of sky, hills, a field and a road."""
    random = Random(seed)  # noqa: S311 – a drawing, no secret
    near, far = random.uniform(0, 6), random.uniform(0, 6)
    lane = random.uniform(0.3, 0.7)
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)
        for x in range(WIDTH):
            rows += bytes(_shaded(_ground(x, y, near, far, lane), y))
    return _png(bytes(rows))


def _ground(x: int, y: int, near: float, far: float, lane: float) -> Colour:
    if y < 60 + 16 * math.sin(x / 37 + far):
        return SKY
    if y < 92 + 10 * math.sin(x / 53 + near):
        return HILL
    depth = (y - 80) / HEIGHT
    return ROAD if abs(x / WIDTH - lane) < 0.02 + 0.16 * depth else FIELD


def _shaded(colour: Colour, y: int) -> Colour:
    light = 1.06 - 0.18 * (y % 40) / 40
    return (min(255, int(colour[0] * light)), min(255, int(colour[1] * light)), min(255, int(colour[2] * light)))


def _png(rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
