"""PDF: begins and ends as one, does nothing by itself, and names no author.

A sieve for the known tricks, not a reader of PDF: names written with #-escapes, objects packed in streams, files of two
kinds at once. Files are handed out as downloads in a sandbox besides; they are never drawn on our pages.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO

from cms.uploads.verdicts import active_pdf, closed_pdf, differs, too_large_inside

HEAD_BYTES = 1024
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 65_557  # the end of an archive with the longest comment
#: Names that make a reader act, fetch or unpack. Long enough never to stand in packed bytes by chance.
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|SubmitForm|ImportData|GoToE|XFA)(?![A-Za-z0-9])"
)
#: The short one, and a page that is fetched on opening, are looked for outside packed bytes only.
SHORT_ACTIVE = re.compile(rb"/JS(?![A-Za-z0-9])|/(?:OpenAction|AA)\s*<<[^>]{0,400}/(?:URI|GoToR)(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
WHOLE_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
PACKED_ODDLY = re.compile(
    rb"/(LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|Crypt|DecodeParms|DP)(?![A-Za-z0-9])"
)
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
#: Packed objects begin with numbers; pictures and fonts hardly ever do.
LIKE_OBJECTS = re.compile(rb"[\s\0]*(?:[%0-9]|\Z)")
UNPACKED_AT_MOST = 200 * 1024 * 1024
PIECE = 256 * 1024
OVERLAP = 32

SIGNED = re.compile(rb"/ByteRange(?![A-Za-z0-9])")
AUTHOR = re.compile(rb"/(?:Author|Manager|Company)\s*(?:\((?P<text>(?:\\.|[^\\()]|\([^()]{0,200}\)){0,500})\)|<(?P<hex>[0-9A-Fa-f\s]{0,2000})>)", re.DOTALL)  # fmt: skip
XMP_PEOPLE = re.compile(
    rb"<(?P<tag>dc:creator|dc:contributor|pdf:Author|xmpRights:Owner|photoshop:AuthorsPosition)\b[^>]*>(?P<body>.{0,4000}?)</(?P=tag)>",
    re.DOTALL,
)
XML_TEXT = re.compile(rb">([^<]+)")


def check_pdf(file: IO[bytes]) -> None:
    """Raises ValidationError: it is none, is another kind of file as well, acts, or cannot be looked into."""
    content = file.read()
    tail = content[-HEAD_BYTES * 2 :]
    if not content.startswith(b"%PDF-") or b"%%EOF" not in tail:
        raise differs("pdf")
    if ZIP_END in content[-ZIP_TAIL:] or content[content.rfind(b"%%EOF") + 5 :].strip(b"\0\r\n\t \x1a"):
        raise differs("pdf")
    plain = named(content)
    del content
    if LOCKED.search(plain) or packed_oddly(plain):
        raise closed_pdf()
    if ACTIVE.search(plain) or SHORT_ACTIVE.search(WHOLE_STREAM.sub(b"", plain)):
        raise active_pdf()
    del plain
    file.seek(0)
    for piece in packed_objects(file.read()):
        if ACTIVE.search(piece) or SHORT_ACTIVE.search(piece):
            raise active_pdf()


def named(content: bytes) -> bytes:
    """With the #-escapes of names read: /J#61vaScript is /JavaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content) if b"#" in content else content


def packed_oddly(plain: bytes) -> bool:
    """Whether objects are packed in a way that we do not unpack."""
    for found in OBJECTS.finditer(plain):
        begin = max(plain.rfind(b" obj", 0, found.start()), found.start() - PIECE)
        end = plain.find(b"stream", found.end())
        if PACKED_ODDLY.search(plain[begin : end if end >= 0 else found.end() + PIECE]):
            return True
    return False


def packed_objects(content: bytes) -> Iterator[bytes]:
    """What the packed streams hold that may be objects, in overlapping pieces, escapes read. Bounded in sum."""
    room = UNPACKED_AT_MOST
    for found in STREAM.finditer(content):
        rest = b""
        for piece in inflated(content, found.end()):
            if not rest and not LIKE_OBJECTS.match(piece):
                break
            room -= len(piece)
            if room < 0:
                raise too_large_inside()
            yield named(rest + piece)
            rest = piece[-OVERLAP:]


def inflated(content: bytes, at: int) -> Iterator[bytes]:
    """Unpacked pieces of a Flate stream that begins there; nothing when it is none."""
    unpacker, position = zlib.decompressobj(), at
    most = PIECE // 64  # the beginning tells whether the rest is worth the work
    try:
        while not unpacker.eof:
            data = unpacker.unconsumed_tail or content[position : position + PIECE]
            position += 0 if unpacker.unconsumed_tail else len(data)
            piece = unpacker.decompress(data, most)
            if piece:
                most = PIECE
                yield piece
            elif not data:
                return
    except zlib.error:
        return


def without_authors(content: bytes) -> bytes:
    """The same bytes with the authors' names blanked where they stand unpacked; a signed file stays as it is.

    Every offset of a PDF is counted from its beginning: nothing may become longer or shorter.
    """
    if SIGNED.search(content):
        return content
    content = AUTHOR.sub(_blank_entry, content)
    return XMP_PEOPLE.sub(lambda found: XML_TEXT.sub(_blank_text, found[0]), content)


def _blank_entry(found: re.Match[bytes]) -> bytes:
    entry, group = found[0], "text" if found["text"] is not None else "hex"
    begin, end = found.start(group) - found.start(), found.end(group) - found.start()
    return entry[:begin] + b" " * (end - begin) + entry[end:]


def _blank_text(found: re.Match[bytes]) -> bytes:
    return b">" + b" " * len(found[1])
