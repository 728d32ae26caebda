"""Writes pictures.json: small PNG and JPEG files of every kind, and the gray values that Pillow sees in them.

    python pictures.py radiology/src/test/resources/reference

PNGs are put together here, chunk by chunk; JPEGs are Pillow's, some with their markers changed. What is transparent is
composed on black, EXIF's orientation is obeyed. Of samples of 16 bits, of which Pillow takes the high byte at most, those
that hold fewer bits are expected to look as the same picture of 8 bits does. A kind that must be refused has the word
that the refusal begins with in place of values.
"""

import argparse
import base64
import io
import json
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageOps

WIDTH, HEIGHT = 21, 13
SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, RGB, PALETTE, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGB_ALPHA: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def planes(count, depth):
    """Samples [height, width, count]: ramps over all values, in other directions for each channel."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    ramps = [x / (WIDTH - 1), y / (HEIGHT - 1), (x + y) / (WIDTH + HEIGHT - 2), (x - y + HEIGHT) / (WIDTH + HEIGHT)]
    if count == 2:  # the last is alpha
        ramps[1] = numpy.clip(1.5 - y / 8, 0, 1)
    top = (1 << depth) - 1
    return numpy.stack([numpy.round(ramps[i] * top).astype(numpy.uint32) for i in range(count)], axis=2)


def packed(samples, depth):
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            data = row.astype(">u2").tobytes()
        elif depth == 8:
            data = row.astype(numpy.uint8).tobytes()
        else:
            bits = "".join(format(int(value), f"0{depth}b") for value in row)
            bits += "0" * (-len(bits) % 8)
            data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        rows.append(b"\0" + data)
    return b"".join(rows)


def chunk(kind, content=b"", damage=0):
    return (struct.pack(">I", len(content)) + kind + content
            + struct.pack(">I", zlib.crc32(kind + content) ^ damage))


def header(colour, depth, interlaced=0, damage=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour, 0, 0, interlaced), damage)


def data(samples, depth, interlaced=0):
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in PASSES]
        raw = b"".join(packed(part, depth) for part in passes if part.size)
    else:
        raw = packed(samples, depth)
    return zlib.compress(raw, 9)


def png(colour, depth, samples=None, interlaced=0, before=b"", after=b""):
    samples = planes(CHANNELS[colour], depth) if samples is None else samples
    return (SIGNATURE + header(colour, depth, interlaced) + before
            + chunk(b"IDAT", data(samples, depth, interlaced)) + after + chunk(b"IEND"))


def palette(depth, coloured):
    index = numpy.arange(1 << depth)
    return numpy.stack([index * 37 % 256, index * 91 % 256 if coloured else index * 37 % 256,
                        index * 201 % 256 if coloured else index * 37 % 256], axis=1).astype(numpy.uint8).tobytes()


def exif(orientation, order="<"):
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def seen(file):
    """What Pillow sees, as uint8 [height, width]."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
    if image.mode.startswith("I;16"):
        return (numpy.asarray(image) >> 8).astype(numpy.uint8)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, (0, 0, 0, 255)), image)
    return numpy.asarray(image.convert("RGB").convert("L") if image.mode != "L" else image)


def pngs():
    """Name, file, and where they are not Pillow's of this file, values or the word of refusal."""
    for colour, depths in ((GRAY, (1, 2, 4, 8, 16)), (RGB, (8, 16)), (PALETTE, (1, 2, 4, 8)), (GRAY_ALPHA, (8, 16)),
                           (RGB_ALPHA, (8, 16))):
        for depth in depths:
            for interlaced in (0, 1):
                before = chunk(b"PLTE", palette(depth, True)) if colour == PALETTE else b""
                yield f"png {colour} {depth} {interlaced}", png(colour, depth, None, interlaced, before)
    yield "png gray palette", png(PALETTE, 8, None, 0, chunk(b"PLTE", palette(8, False)))
    yield ("png palette with alpha",
           png(PALETTE, 4, None, 0, chunk(b"PLTE", palette(4, True)) + chunk(b"tRNS", bytes(range(0, 200, 17)))))
    yield "png palette too short", png(PALETTE, 8, None, 0, chunk(b"PLTE", palette(7, True)))
    yield from transparent()
    yield from deep()
    yield from untidy()
    yield from refused()


def transparent():
    for depth in (1, 2, 4, 8):
        samples = planes(1, depth)
        for hidden in (0, (1 << depth) - 1):
            values = seen(png(GRAY, depth, samples)) * (samples[:, :, 0] != hidden)
            yield f"png gray {depth}, {hidden} hidden", png(
                GRAY, depth, samples, 0, chunk(b"tRNS", struct.pack(">H", hidden))), values
    colour = [int(value) for value in planes(3, 8)[5, 7]]
    yield "png colour hidden", png(RGB, 8, None, 0, chunk(b"tRNS", struct.pack(">HHH", *colour)))
    samples = planes(1, 8) * 16
    samples[3:6, 4:9] = 65535
    values = planes(1, 8)[:, :, 0].copy()
    values[3:6, 4:9] = 0
    yield "png 12 bits in 16, 65535 hidden", png(GRAY, 16, samples, 0, chunk(b"tRNS", b"\xff\xff")), values
    opaque = planes(2, 8)
    opaque[:, :, 1] = 255
    yield "png opaque alpha", png(GRAY_ALPHA, 8, opaque)


def deep():
    for colour in (GRAY, RGB, GRAY_ALPHA, RGB_ALPHA):
        eight = planes(CHANNELS[colour], 8)
        values = seen(png(colour, 8, eight))
        for bits in (10, 12, 15):
            samples = eight << (bits - 8)
            if colour in (GRAY_ALPHA, RGB_ALPHA):
                samples[:, :, -1] = eight[:, :, -1] * 257
            named = chunk(b"sBIT", bytes([bits] * CHANNELS[colour]))
            high = samples << (16 - bits)
            if colour in (GRAY_ALPHA, RGB_ALPHA):
                high[:, :, -1] = samples[:, :, -1]
            yield f"png {colour} {bits} in 16", png(colour, 16, samples), values
            yield f"png {colour} {bits} in 16, named", png(colour, 16, samples, 0, named), values
            yield f"png {colour} {bits} scaled to 16, named", png(colour, 16, high, 0, named), values
    dark = planes(1, 8) * 4
    yield ("png dark 12 in 16, named", png(GRAY, 16, dark, 0, chunk(b"sBIT", b"\x0c")),
           (dark[:, :, 0] >> 4).astype(numpy.uint8))


def untidy():
    plain = png(GRAY, 8)
    values = seen(plain)
    compressed = data(planes(1, 8), 8)
    start = SIGNATURE + header(GRAY, 8)
    end = chunk(b"IEND")
    middle = len(compressed) // 2
    ancillary = {
        "gamma": chunk(b"gAMA", struct.pack(">I", 100000)),
        "chromaticities": chunk(b"cHRM", bytes(32)),
        "sRGB": chunk(b"sRGB", b"\0"),
        "broken profile": chunk(b"iCCP", b"x\0\0broken"),
        "background": chunk(b"bKGD", b"\0\x80"),
        "density": chunk(b"pHYs", struct.pack(">IIB", 5000, 3000, 1)),
        "text": chunk(b"tEXt", b"Comment\0nothing"),
        "broken text": chunk(b"zTXt", b"x\0\7broken"),
        "broken exif": chunk(b"eXIf", b"II*\0\xff\xff\xff\xff"),
        "sBIT of 8": chunk(b"sBIT", b"\5"),
        "text of wrong checksum": chunk(b"tEXt", b"Comment\0nothing", 1)}
    for name, extra in ancillary.items():
        yield f"png {name}", start + extra + chunk(b"IDAT", compressed) + end, values
    yield "png transparency too late", png(GRAY, 8, None, 0, b"", chunk(b"tRNS", b"\0\xff")), values
    yield "png without end", plain[:-12]
    yield "png bytes behind the end", plain + b"behind"
    yield "png end of wrong checksum", plain[:-1] + b"?"
    yield "png data in pieces", start + chunk(b"IDAT", compressed[:middle]) + chunk(b"IDAT") + chunk(
        b"IDAT", compressed[middle:]) + end
    yield "png more data than pixels", start + chunk(b"IDAT", compressed + b"more") + end
    for orientation in range(0, 10):
        yield f"png exif {orientation}", png(GRAY, 8, None, 0, chunk(b"eXIf", exif(orientation, ">")))


def refused():
    compressed = data(planes(1, 8), 8)
    start = SIGNATURE + header(GRAY, 8)
    end = chunk(b"IEND")
    whole = start + chunk(b"IDAT", compressed) + end
    damaged = "image is damaged"
    yield "png header of wrong checksum", SIGNATURE + header(GRAY, 8, 0, 1) + whole[33:], damaged
    yield "png data of wrong checksum", start + chunk(b"IDAT", compressed, 1) + end, damaged
    yield "png wrong sum of data", start + chunk(b"IDAT", compressed[:-1] + b"?") + end, damaged
    yield "png data cut", start + chunk(b"IDAT", compressed[:len(compressed) // 2]) + end, damaged
    yield "png cut", whole[:len(whole) // 2], "image is truncated"
    yield "png without data", start + end, "image is truncated"
    yield "png palette of wrong checksum", png(PALETTE, 8, None, 0, chunk(b"PLTE", palette(8, True), 1)), damaged
    yield "png palette missing", png(PALETTE, 8), damaged
    yield "png transparency of wrong checksum", png(GRAY, 8, None, 0, chunk(b"tRNS", b"\0\0", 1)), damaged
    yield "png unknown needed chunk", png(GRAY, 8, None, 0, chunk(b"ABCD")), "image is of no known kind"
    yield "png gray of 3 bits", SIGNATURE + header(GRAY, 3) + whole[33:], damaged


def jpeg(mode, **options):
    samples = planes(4, 8).astype(numpy.uint8)
    array = samples[:, :, 0] if mode == "L" else samples[:, :, :len(mode)]
    file = io.BytesIO()
    Image.fromarray(numpy.ascontiguousarray(array), mode).save(file, "JPEG", quality=92, **options)
    return file.getvalue()


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def without(file, marker):
    at = file.index(bytes([0xFF, marker]))
    return file[:at] + file[at + 2 + struct.unpack(">H", file[at + 2:at + 4])[0]:]


def named(file, names):
    """With other names of the components, in frame and scan."""
    result = bytearray(file)
    frame, scan = file.index(b"\xff\xc0"), file.index(b"\xff\xda")
    for i, name in enumerate(names):
        result[frame + 10 + 3 * i] = name
        result[scan + 5 + 2 * i] = name
    return bytes(result)


def adobe(transform):
    return segment(0xEE, b"Adobe\0d\0\0\0\0" + bytes([transform]))


def jpegs():
    gray, colour, ink = jpeg("L"), jpeg("RGB", subsampling=0), jpeg("CMYK")
    bare = without(colour, 0xE0)
    yield "jpeg gray", gray
    yield "jpeg progressive", jpeg("L", progressive=True)
    yield "jpeg restarts", jpeg("L", restart_marker_blocks=1)
    for subsampling in (0, 1, 2):
        for progressive in (False, True):
            yield f"jpeg colour {subsampling} {progressive}", jpeg(
                "RGB", subsampling=subsampling, progressive=progressive)
    yield "jpeg rgb", jpeg("RGB", keep_rgb=True)
    yield "jpeg without marker", bare
    yield "jpeg with names R, G, B", named(bare, b"RGB")
    yield "jpeg with names 0, 1, 2", named(bare, b"\0\1\2")
    for transform in (0, 1):
        yield f"jpeg adobe {transform}", bare[:2] + adobe(transform) + bare[2:]
    yield "jpeg jfif and adobe 0", colour[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + adobe(0) + bare[2:]
    bare_ink = without(ink, 0xEE)
    yield "jpeg cmyk", bare_ink[:2] + adobe(0) + bare_ink[2:]
    yield "jpeg ycck", bare_ink[:2] + adobe(2) + bare_ink[2:]
    yield "jpeg cmyk without marker", bare_ink, "image is of no known kind"
    yield "jpeg cmyk of transform 1", bare_ink[:2] + adobe(1) + bare_ink[2:], "image is of no known kind"
    yield "jpeg gray, broken profile", gray[:2] + segment(0xE2, b"ICC_PROFILE\0\1\1broken") + gray[2:]
    yield "jpeg colour, broken profile", colour[:2] + segment(0xE2, b"ICC_PROFILE\0\1\2broken") + colour[2:]
    yield "jpeg comment", gray[:2] + segment(0xFE, b"nothing") + gray[2:]
    yield "jpeg bytes before the end", gray[:-2] + bytes(7) + gray[-2:]
    yield "jpeg padded before the end", gray[:-2] + b"\xff" * 9 + gray[-2:]
    yield "jpeg bytes behind the end", gray + b"behind"
    for orientation in range(1, 9):
        yield f"jpeg exif {orientation}", gray[:2] + segment(0xE1, b"Exif\0\0" + exif(orientation)) + gray[2:]
    yield "jpeg broken exif", gray[:2] + segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\x7f") + gray[2:], seen(gray)
    frame = gray.index(b"\xff\xc0")
    yield "jpeg without end", gray[:-2], "image is truncated"
    yield "jpeg cut", gray[:len(gray) - 40], "image is truncated"
    yield "jpeg cut and ended", gray[:len(gray) - 40] + b"\xff\xd9", "image is damaged"
    yield "jpeg arithmetic", gray[:frame + 1] + b"\xc9" + gray[frame + 2:], "image is of no known kind"
    yield "jpeg lossless", gray[:frame + 1] + b"\xc3" + gray[frame + 2:], "image is of no known kind"
    yield "jpeg of 12 bits", gray[:frame + 4] + b"\x0c" + gray[frame + 5:], "image is of no known kind"


def entry(name, file, expected=None):
    result = {"name": name, "file": base64.b64encode(file).decode()}
    if isinstance(expected, str):
        return {**result, "refused": expected}
    values = seen(file) if expected is None else expected
    return {**result, "width": values.shape[1], "gray": values.astype(numpy.uint8).tobytes().hex()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=pathlib.Path)
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    entries = [entry(*kind) for kinds in (pngs(), jpegs()) for kind in kinds]
    text = "[\n" + ",\n".join(json.dumps(it) for it in entries) + "\n]\n"
    (directory / "pictures.json").write_text(text)
    print(f"{len(entries)} pictures, {len(text)} bytes")


if __name__ == "__main__":
    main()
