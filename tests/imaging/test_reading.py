"""What is uploaded is read upright, clean and in sRGB, or refused with its reason."""

import pytest
from PIL import Image, ImageCms

from reviews.imaging.headers import RefusedImageError
from reviews.imaging.reading import LONGEST_KEPT, read
from tests.imaging.files import BLUE, RED, encoded, noise, png_that_says, still

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")


def near(found: object, expected: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, expected, strict=False))


def refusal_of(data: bytes) -> str:
    with pytest.raises(RefusedImageError) as refused:
        read(data)
    return str(refused.value)


class TestFormats:
    @pytest.mark.parametrize("of_format", FORMATS)
    def test_each_is_read(self, of_format: str) -> None:
        picture = read(encoded(still(), of_format))
        assert (picture.image.mode, picture.image.size, picture.frames) == ("RGB", (400, 200), 1)
        assert near(picture.image.getpixel((5, 5)), BLUE)
        assert near(picture.image.getpixel((390, 190)), RED)

    @pytest.mark.parametrize(
        ("of_format", "named"),
        [("TIFF", "a TIFF"), ("BMP", "a Windows bitmap"), ("JPEG2000", "a JPEG 2000"), ("PDF", "a PDF")],
    )
    def test_others_are_refused_by_name(self, of_format: str, named: str) -> None:
        refusal = refusal_of(encoded(still(), of_format))
        assert named in refusal
        assert "Export it as JPEG, PNG, WebP, AVIF or GIF" in refusal

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "empty"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
            (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg/>", "SVG"),
            (b"<!DOCTYPE html><title>A still</title>", "web page"),
            (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 40, "HEIC"),
            (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomavc1" + b"\x00" * 40, "a film"),
            (b"just words", "not a picture"),
            (b"GIF8", "not a picture"),
        ],
    )
    def test_what_is_no_picture_is_refused(self, data: bytes, told: str) -> None:
        assert told in refusal_of(data)

    def test_a_file_is_read_by_what_is_in_it_and_not_as_what_it_may_also_be(self) -> None:
        polyglot = encoded(still(), "GIF") + b"<script>alert(1)</script>%PDF-1.7"
        assert read(polyglot).image.size == (400, 200)


class TestUpright:
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_eight_orientations(self, orientation: int) -> None:
        """The same picture, stored as each orientation stores it, is the same again."""
        undone = {
            2: 0,
            3: 3,
            4: 1,
            5: 5,
            6: 2,
            7: 6,
            8: 4,
        }  # The transposition that a camera made, as Pillow numbers them.
        stored = still() if orientation == 1 else still().transpose(Image.Transpose(undone[orientation]))
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture = read(encoded(stored, "JPEG", exif=exif, quality=95))
        assert picture.image.size == picture.uploaded_size == (400, 200)
        assert near(picture.image.getpixel((5, 5)), BLUE)
        assert near(picture.image.getpixel((390, 5)), RED)
        assert near(picture.image.getpixel((5, 190)), RED)

    def test_an_orientation_that_there_is_not_changes_nothing(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 77
        assert read(encoded(still(), "JPEG", exif=exif)).image.size == (400, 200)


class TestColours:
    def test_cmyk(self) -> None:
        assert near(read(encoded(still(mode="CMYK"), "JPEG", quality=95)).image.getpixel((390, 190)), RED)

    @pytest.mark.parametrize(("value", "grey"), [(0, 0), (257 * 100, 100), (65535, 255)])
    def test_sixteen_bits(self, value: int, grey: int) -> None:
        picture = read(encoded(Image.new("I;16", (30, 20), value), "PNG"))
        assert picture.image.getpixel((3, 3)) == (grey, grey, grey)

    def test_one_bit(self) -> None:
        assert read(encoded(Image.new("1", (30, 20), 1), "PNG")).image.getpixel((3, 3)) == (255, 255, 255)

    def test_the_profile_is_followed(self) -> None:
        """Under a profile whose red is the green of sRGB, what the file calls red is green."""
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        swapped = (
            profile.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)
        )
        picture = read(encoded(Image.new("RGB", (20, 20), (255, 0, 0)), "PNG", icc_profile=swapped))
        assert near(picture.image.getpixel((3, 3)), (0, 255, 0))

    def test_a_damaged_profile_is_passed_over(self) -> None:
        assert near(read(encoded(still(), "PNG", icc_profile=b"no profile")).image.getpixel((390, 190)), RED)

    @pytest.mark.parametrize("of_format", ["PNG", "WEBP", "AVIF"])
    def test_transparency_is_kept(self, of_format: str) -> None:
        image = still(mode="RGBA")
        image.putalpha(128)
        picture = read(encoded(image, of_format))
        assert picture.image.mode == "RGBA"
        assert picture.image.getpixel((390, 190))[3] == 128  # type: ignore[index]

    def test_a_palette_with_a_transparent_colour(self) -> None:
        image = still().quantize(4)
        picture = read(encoded(image, "PNG", transparency=image.getpixel((1, 1))))
        assert picture.image.getpixel((1, 1))[3] == 0  # type: ignore[index]
        assert near(picture.image.getpixel((390, 190)), RED)

    def test_opacity_everywhere_is_no_transparency(self) -> None:
        assert read(encoded(still(mode="RGBA"), "PNG")).image.mode == "RGB"


class TestAnimations:
    @pytest.mark.parametrize("of_format", ["GIF", "WEBP", "PNG", "AVIF"])
    def test_the_first_frame_is_taken_and_all_are_counted(self, of_format: str) -> None:
        frames = [Image.new("RGB", (50, 50), (40 * each, 0, 0)) for each in range(5)]
        picture = read(encoded(frames[0], of_format, save_all=True, append_images=frames[1:]))
        assert picture.frames == 5
        assert near(picture.image.getpixel((20, 20)), (0, 0, 0))


class TestCutOff:
    @pytest.mark.parametrize("of_format", FORMATS)
    @pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97])
    def test_ten_places(self, of_format: str, share: float) -> None:
        data = encoded(noise(), of_format)
        told = refusal_of(data[: round(len(data) * share)])
        assert "cut off" in told or "damaged" in told
        assert "again" in told


class TestSize:
    def test_a_picture_is_reduced_and_never_enlarged(self) -> None:
        picture = read(encoded(Image.new("RGB", (4200, 2100)), "PNG"))
        assert picture.image.size == (LONGEST_KEPT, LONGEST_KEPT // 2)
        assert picture.uploaded_size == (4200, 2100)

    @pytest.mark.parametrize(
        ("width", "height", "depth", "colour"),
        [
            (10_000, 8_000, 1, 0),
            (15_000, 12_000, 1, 0),
            (10_000, 8_000, 8, 2),
            (15_000, 12_000, 8, 2),
            (25_000, 100, 8, 2),
        ],
    )
    def test_a_bomb_is_refused_by_its_header(self, width: int, height: int, depth: int, colour: int) -> None:
        assert f"{width:,} × {height:,}" in refusal_of(png_that_says(width, height, depth, colour))

    def test_no_pixels(self) -> None:
        assert "0 × 20" in refusal_of(png_that_says(0, 20))

    def test_a_large_file(self) -> None:
        assert "20 MB" in refusal_of(b"\xff\xd8\xff" + b"\x00" * 20_000_001)


class TestNothingElseIsKept:
    def test_no_word_of_the_file(self) -> None:
        exif = Image.Exif()
        exif[0x010E], exif[0x8298] = "A SECRET CAPTION", "SECRET OWNER"
        picture = read(encoded(still(), "JPEG", exif=exif, comment=b"A SECRET COMMENT"))
        assert picture.metadata.caption == "A SECRET CAPTION"
        assert picture.image.info == {}
        for of_format in ("JPEG", "WEBP", "AVIF", "PNG"):
            assert b"SECRET" not in encoded(picture.image, of_format)
