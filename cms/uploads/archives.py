"""Archives and Office files: bearable in size, without macros, embedded files and links that fetch; written anew."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from django.core.exceptions import ValidationError

from cms.uploads.pictures import cleaned_picture
from cms.uploads.verdicts import active_office, differs, fetching_office, too_large_inside

UNPACKED_AT_MOST = 200 * 1024 * 1024
UNPACKED_RATIO_AT_MOST = 200
PARTS_AT_MOST = 5_000
PIECE = 256 * 1024
XML_AT_MOST = 30 * 1024 * 1024  # of a part that is read whole
LOCAL_HEADER = b"PK\x03\x04"
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ACTIVE_PARTS = ("vbaproject", "vbadata", "/activex/", "/embeddings/", "/ctrlprops/", "/afchunk", "customui/")
ACTIVE_ENDINGS = re.compile(
    r"\.(exe|dll|scr|com|msi|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|jar|sh|py|zip|7z|rar|gz|html?|mht|swf|docm|xlsm|pptm)$"
)
MACRO_TYPES = (b"macroenabled", b"ms-office.activex", b"vnd.ms-office.vbaproject")
#: Links of these kinds wait for a click; every other link outward is fetched on opening.
WAITING_LINKS = ("/hyperlink",)
DDE = re.compile(rb"\bDDE(?:AUTO)?\s", re.IGNORECASE)
#: What names people: who wrote, who changed last, for which company. Emptied wherever they stand.
PEOPLE_TAGS = re.compile(
    rb"(<(?P<tag>dc:creator|cp:lastModifiedBy|Manager|Company|dc:contributor)(?:\s[^>]*)?>)[^<]*(</(?P=tag)>)"
)
PEOPLE_ATTRIBUTES = re.compile(rb'(\s(?:w:author|w:initials|w15:author|userId|lastModifiedBy|w:userId)=")[^"]*(")')
COMMENT_AUTHORS = re.compile(rb"(<(?P<tag>author)>)[^<]*(</(?P=tag)>)")
COMMENT_PEOPLE = re.compile(rb'((?:<p:cmAuthor|<p188:author|<person)\b[^>]*?\s(?:name|displayName)=")[^"]*(")')
#: Archives, programs, old Office files, PDF: not to be carried inside a document.
OTHER_FILES = (LOCAL_HEADER, b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"%PDF-")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CAMERA = b"Exif\0\0"


def check_archive(file: IO[bytes], ending: str) -> None:
    """A readable archive of bearable size; an Office file has its main part, runs nothing and fetches nothing."""
    file.seek(0)
    if file.read(4) != LOCAL_HEADER:  # nothing may stand before it: such a file would be two kinds at once
        raise differs(ending)
    with opened(file, ending) as archive:
        parts = archive.infolist()
        check_size(parts, length_of(file))
        if ending in OFFICE_PARTS:
            check_office(archive, parts, ending)
        else:
            check_names(parts, ending)


def opened(file: IO[bytes] | Any, ending: str) -> zipfile.ZipFile:
    """The archive with its table of contents read; nothing is unpacked."""
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise differs(ending) from error


def length_of(file: IO[bytes]) -> int:
    """How many bytes the file really has."""
    return file.seek(0, io.SEEK_END)


def check_size(parts: list[zipfile.ZipInfo], length: int) -> None:
    """What the table of contents says is bearable and can be true: parts that share their bytes sum up to too much."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    dense = unpacked > 10_000_000 and unpacked / (packed or 1) > UNPACKED_RATIO_AT_MOST
    if len(parts) > PARTS_AT_MOST or unpacked > UNPACKED_AT_MOST or dense or packed > length:
        raise too_large_inside()


def check_names(parts: list[zipfile.ZipInfo], ending: str) -> None:
    """No part leaves the folder it is unpacked into, and none stands there twice."""
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) != len(names):
        raise differs(ending)
    for name in names:
        steps = name.replace("\\", "/").split("/")
        if ".." in steps or name.startswith(("/", "\\")) or ":" in steps[0] or "\0" in name:
            raise differs(ending)


def check_office(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], ending: str) -> None:
    """Raises ValidationError for anything but a plain document of that kind."""
    check_names(parts, ending)
    names = {part.filename.lower() for part in parts}
    if OFFICE_PARTS[ending] not in names or "[content_types].xml" not in names or any(p.flag_bits & 1 for p in parts):
        raise differs(ending)
    if any(mark in f"/{name}" for name in names for mark in ACTIVE_PARTS) or any(map(ACTIVE_ENDINGS.search, names)):
        raise active_office()
    for part in parts:
        name = part.filename.lower()
        if name == "[content_types].xml" and any(mark in whole(archive, part, ending).lower() for mark in MACRO_TYPES):
            raise active_office()
        if not name.endswith((".xml", ".rels")) and first_bytes(archive, part, ending).startswith(OTHER_FILES):
            raise active_office()
        if name.endswith(".rels"):
            check_links(whole(archive, part, ending), ending)
        elif name.startswith("word/") and name.endswith(".xml") and DDE.search(whole(archive, part, ending)):
            raise fetching_office()


def first_bytes(archive: zipfile.ZipFile, part: zipfile.ZipInfo, ending: str) -> bytes:
    """The beginning of a part: what kind of file it is, whatever it is called."""
    return next(unpacked(archive, part, ending), b"")[:16]


def check_links(xml: bytes, ending: str) -> None:
    """Only links that wait for a click may lead outside."""
    for kind, mode in relationships(xml, ending):
        if mode == "external" and not kind.endswith(WAITING_LINKS):
            raise fetching_office()


def relationships(xml: bytes, ending: str) -> Iterator[tuple[str, str]]:
    """(type, target mode) of the links of a .rels part, in lower case. A document type is refused: it hides entities."""
    found: list[tuple[str, str]] = []
    refused: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *about: refused.append("doctype")
    parser.StartElementHandler = lambda tag, attributes: found.append(
        (attributes.get("Type", "").lower(), attributes.get("TargetMode", "").lower())
    )
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise differs(ending) from error
    if refused:
        raise differs(ending)
    yield from found


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, ending: str) -> Iterator[bytes]:
    """The part in pieces, never more than its table of contents says (zipfile stops there, and compares the sum)."""
    try:
        with archive.open(part) as source:
            yield from iter(lambda: source.read(PIECE), b"")
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise differs(ending) from error


def whole(archive: zipfile.ZipFile, part: zipfile.ZipInfo, ending: str) -> bytes:
    """A part of bearable size."""
    if part.file_size > XML_AT_MOST:
        raise too_large_inside()
    content = b"".join(unpacked(archive, part, ending))
    if content.startswith(UTF16_MARKS):  # Office writes UTF-8; nothing below would see what stands in it
        raise differs(ending)
    return content


# --- written anew ---------------------------------------------------------------------------------------


def rewritten(file: IO[bytes] | Any, ending: str) -> bytes:
    """The judged Office file, packed anew: without authors, camera data, and whatever stood before, between or after."""
    out = io.BytesIO()
    with opened(file, ending) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.is_dir():
                continue
            fresh = zipfile.ZipInfo(part.filename.replace("\\", "/"))  # the day of 1980 instead of the true one
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.file_size = part.file_size
            with target.open(fresh, "w") as place:
                for piece in cleaned(source, part, ending):
                    place.write(piece)
    return out.getvalue()


def cleaned(archive: zipfile.ZipFile, part: zipfile.ZipInfo, ending: str) -> Iterator[bytes]:
    """The part as it goes into the new file."""
    name = part.filename.lower()
    if name.endswith(".xml") and part.file_size <= XML_AT_MOST:
        yield without_people(whole(archive, part, ending), name)
    elif name.endswith((".jpg", ".jpeg")) and part.file_size <= XML_AT_MOST:
        yield without_camera(whole(archive, part, ending))
    else:
        yield from unpacked(archive, part, ending)


def without_people(xml: bytes, name: str) -> bytes:
    """Properties, comments and tracked changes without the names of those who wrote them."""
    if name.startswith("docprops/"):
        return PEOPLE_TAGS.sub(rb"\1\3", xml)
    xml = PEOPLE_ATTRIBUTES.sub(rb"\1\2", xml)
    if "comment" in name or "author" in name or "person" in name or "people" in name:
        xml = COMMENT_PEOPLE.sub(rb"\1\2", COMMENT_AUTHORS.sub(rb"\1\3", xml))
    return xml


def without_camera(content: bytes) -> bytes:
    """A picture inside the document, drawn anew when it carries camera data; what cannot be read stays as it is."""
    if CAMERA not in content[: 128 * 1024]:
        return content
    try:
        return cleaned_picture(io.BytesIO(content)).read()
    except ValidationError:
        return content
