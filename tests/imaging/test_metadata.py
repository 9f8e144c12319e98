"""What studios write into files is read into fields, and what cannot be read is no reason to refuse a picture."""

from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from reviews.imaging.metadata import LONGEST_VALUE, Metadata
from reviews.imaging.reading import read
from tests.imaging.files import encoded, iptc, still, with_segment, xmp


def said(data: bytes) -> Metadata:
    return read(data).metadata


def jpeg(**settings: Any) -> bytes:
    return encoded(still(), "JPEG", **settings)


XMP = xmp(
    "<photoshop:Credit>Lionsgate</photoshop:Credit>"
    "<dc:creator><rdf:Seq><rdf:li>Larry Horricks</rdf:li><rdf:li>Murray Close</rdf:li></rdf:Seq></dc:creator>"
    "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© 2025 Lionsgate</rdf:li></rdf:Alt></dc:rights>"
    "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Ana de Armas as Eve</rdf:li></rdf:Alt></dc:description>"
    "<photoshop:Source>Lionsgate Publicity</photoshop:Source>"
    "<photoshop:Instructions>Embargo: 4 June 2025</photoshop:Instructions>"
    "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li>A woman with a flamethrower</rdf:li></rdf:Alt>"
    "</Iptc4xmpCore:AltTextAccessibility>"
)
EXPECTED = Metadata(
    credit="Lionsgate",
    creator="Larry Horricks, Murray Close",
    copyright="© 2025 Lionsgate",
    caption="Ana de Armas as Eve",
    alt_text="A woman with a flamethrower",
    source="Lionsgate Publicity",
    terms="Embargo: 4 June 2025",
)


class TestXmp:
    def test_from_jpeg(self) -> None:
        assert said(jpeg(xmp=XMP)) == EXPECTED

    def test_from_webp(self) -> None:
        assert said(encoded(still(), "WEBP", xmp=XMP)) == EXPECTED

    def test_from_avif(self) -> None:
        assert said(encoded(still(), "AVIF", xmp=XMP)) == EXPECTED

    def test_from_png(self) -> None:
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", XMP.decode())
        assert said(encoded(still(), "PNG", pnginfo=chunks)) == EXPECTED

    def test_an_entity_is_not_expanded(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + xmp("<photoshop:Credit>&a;</photoshop:Credit>")
        assert said(jpeg(xmp=bomb)) == Metadata()

    @pytest.mark.parametrize("packet", [b"<x", b"", b"\x00\xff\xfe", xmp("<photoshop:Credit/>"), b"<a/>" * 9])
    def test_what_cannot_be_read_says_nothing(self, packet: bytes) -> None:
        assert said(jpeg(xmp=packet)) == Metadata()


class TestIptc:
    def test_records(self) -> None:
        segment = iptc(
            r1_90=b"\x1b%G",
            r2_110="Lionsgate",
            r2_80="Murray Close",
            r2_116="© 2025",
            r2_120="Ana de Armas",
            r2_115="Publicity",
            r2_40="Not before 4 June",
        )
        expected = Metadata(
            "Lionsgate", "Murray Close", "© 2025", "Ana de Armas", "", "Publicity", "Not before 4 June"
        )
        assert said(with_segment(jpeg(), segment)) == expected

    def test_letters_from_before_files_said_their_encoding(self) -> None:
        assert (
            said(with_segment(jpeg(), iptc(r2_80="Juliette Élan".encode("cp1252")))).creator
            == "Juliette Élan"
        )

    def test_a_damaged_segment_says_nothing(self) -> None:
        segment = iptc(r2_110="Lionsgate")
        broken = segment[:20] + b"\xff\xff" + segment[22:]
        assert said(with_segment(jpeg(), broken)).credit == ""


class TestExif:
    def test_fields(self) -> None:
        exif = Image.Exif()
        exif[0x010E], exif[0x013B], exif[0x8298] = "Eve in the snow", "Murray Close", "© Lionsgate".encode()
        found = said(jpeg(exif=exif))
        assert (found.caption, found.creator, found.copyright) == (
            "Eve in the snow",
            "Murray Close",
            "© Lionsgate",
        )

    def test_a_damaged_block_says_nothing(self) -> None:
        assert said(jpeg(exif=b"Exif\x00\x00MM\x00*\x00\x00\xff\xff")) == Metadata()


class TestWhichCounts:
    def test_xmp_before_iptc_before_exif(self) -> None:
        exif = Image.Exif()
        exif[0x010E], exif[0x013B], exif[0x8298] = "exif", "exif", "exif"
        packet = xmp("<dc:description>xmp</dc:description>")
        found = said(with_segment(jpeg(exif=exif, xmp=packet), iptc(r2_120="iptc", r2_80="iptc")))
        assert (found.caption, found.creator, found.copyright) == ("xmp", "iptc", "exif")


class TestText:
    def test_scripts_stay_text_and_control_characters_go(self) -> None:
        exif = Image.Exif()
        exif[0x010E] = "<script>alert(1)</script>\x07\x1b[31m"
        assert said(jpeg(exif=exif)).caption == "<script>alert(1)</script>[31m"

    def test_a_long_value_is_cut(self) -> None:
        assert (
            len(said(jpeg(xmp=xmp(f"<dc:description>{'a' * 9000}</dc:description>"))).caption)
            == LONGEST_VALUE
        )
