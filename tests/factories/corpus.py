"""Files as somebody careless, unlucky or hostile would send them; every one is made here, nothing binary is kept.

CORPUS: what it is → (name, content, the verdict in Japanese; "" when it is taken).
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests.factories.uploads import PDF, photo

CONTENT = "ファイルの中身が、.{} のものではありません。"
ENDING = "お預かりできるのは、PDF・Word・Excel・PowerPoint・画像・テキストです。"
ACTIVE = "このPDFには、プログラムか添付ファイルが入っています。「PDFとして印刷」で作りなおしたものを選んでください。"
CLOSED = "鍵がかかっているか、中を確かめられない形のPDFです。「PDFとして印刷」で作りなおしたものを、お使いください。"
MACRO = "このファイルには、マクロか別のファイルが入っています。取りのぞいて保存しなおしてください。"
FETCH = "ほかの場所から取り寄せるリンク（テンプレート、別のブック、画像など）が入っています。リンクを切って、保存しなおしてください。"
LARGE = "このファイルは、展開すると大きくなりすぎます。"
PIXELS = "画像が大きすぎます（4000万画素まで）。小さくしてから、もう一度選んでください。"
BROKEN = "この画像は読めません。JPEGかPNGで保存しなおしてください。"
FORMAT = "写真は JPEG・PNG・WebP・GIF・HEIC のどれかです。"
FRAMES = "動く画像のコマ数が300をこえています。短くするか、1枚の画像にしてください。"
FORMULA = "「＝」「＋」「－」「＠」ではじまり、表計算ソフトが計算してしまうマスがあります。記号をとるか、Excelの形でお出しください。"
UTF16 = "文字コードがUTF-16（Excelの「Unicodeテキスト」）です。UTF-8で保存しなおしてください。"

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
JPEG_HEAD = 200


def pdf(entry: bytes, stream: bytes = b"", about: bytes = b"") -> bytes:
    """A PDF whose catalogue has that entry, and perhaps one stream."""
    body = b"2 0 obj<<%s/Length %d>>\nstream\n%s\nendstream endobj\n" % (about, len(stream), stream) if stream else b""
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog" + entry + b">>endobj\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def objects(content: bytes, about: bytes = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", level: int = 9) -> bytes:
    """A PDF whose objects are packed into a stream."""
    return pdf(b"", zlib.compress(b"5 0 " + content, level), about)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>田中花子</dc:creator>'
    "<cp:lastModifiedBy>佐藤次郎</cp:lastModifiedBy><dc:title>題</dc:title></cp:coreProperties>"
).encode()


def office(ending: str = "docx", **more: bytes) -> bytes:
    """An Office file; `__` in a name stands for "/", `_dot_` for "."."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return zipped({"[Content_Types].xml": TYPES, MAIN[ending]: b"<w/>", **named})


def rels(kind: str, target: str, mode: str = "External") -> bytes:
    """A part with one link."""
    return f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'.encode()


def lying(content: bytes, says: int) -> bytes:
    """The same archive, whose table of contents gives the size of the first part wrongly."""
    at = content.find(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", says) + content[at + 28 :]


def overlapping(times: int) -> bytes:
    """An Office file in which many names share the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("word/document.xml", b"<w/>")
        book.writestr("word/a.bin", bytes(range(256)) * 400)
        shared = book.infolist()[-1]
        for number in range(times):
            again = zipfile.ZipInfo(f"word/{number}.bin")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type", "flag_bits"):
                setattr(again, name, getattr(shared, name))
            book.filelist.append(again)
            book.NameToInfo[again.filename] = again
        book._didModify = True
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    """A plain picture of that format."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A small file that says it is very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def many_frames(count: int) -> bytes:
    """A GIF of one pixel, so many times."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + (b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0") * count + b";"


def polyglot_zip(times: int = 1) -> bytes:
    """A PDF with an archive behind its end, whose comment ends like a PDF."""
    out = io.BytesIO(PDF)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("a.class", b"x" * times)
        book.comment = b"%%EOF"
    return out.getvalue()


GIFAR = picture("GIF") + zipped({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"})
Make = Callable[[], bytes]
Row = tuple[str, bytes | Make, str]

CORPUS: dict[str, Row] = {
    # --- what is taken
    "a PDF": ("手引き.pdf", PDF, ""),
    "a PDF that opens on its second page": ("a.pdf", pdf(b"/OpenAction[3 0 R/XYZ null null 0]"), ""),
    "a PDF with a link to click": ("a.pdf", pdf(b"/A<</S/URI/URI(https://example.jp)>>"), ""),
    "a PDF with harmless packed objects": ("a.pdf", objects(b"<</Type/Page>>"), ""),
    "a PDF whose packed picture says /JS by chance": ("a.pdf", pdf(b"", b"\x80\x81/JS \x00", b"/Filter/DCTDecode"), ""),
    "a Word file": ("a.docx", office(), ""),
    "a workbook": ("a.xlsx", office("xlsx"), ""),
    "slides": ("a.pptx", office("pptx"), ""),
    "a Word file with a link to click": ("a.docx", office(word___rels__d_dot_rels=rels("hyperlink", "https://example.jp")), ""),
    "a table": ("名簿.csv", "名前,数\r\nみなも,-5\r\nふね,+81\r\n".encode(), ""),
    "a table as Excel writes it": ("a.csv", "名前,数\r\nみなも,5\r\n".encode("cp932"), ""),
    "text": ("a.txt", "=== 見出し ===\r\n本文".encode(), ""),
    "a photograph": ("a.jpg", photo("JPEG"), ""),
    "a photograph of a telephone": ("a.heic", photo("HEIF"), ""),
    "a picture with a place in it, PNG": ("a.png", photo("PNG"), ""),
    "a picture with a place in it, WebP": ("a.webp", photo("WEBP"), ""),
    "a picture under another picture's ending": ("a.jpg", photo("PNG"), ""),
    "an archive behind a GIF": ("a.gif", GIFAR, ""),  # drawn anew: the archive is gone
    "an animation": ("a.gif", many_frames(20), ""),
    # --- what says it is something else
    "a web page": ("a.html", HTML, ENDING),
    "a drawing with a script": ("a.svg", SVG, ENDING),
    "a web page called PDF": ("a.pdf", HTML, CONTENT.format("pdf")),
    "a web page before a PDF": ("a.pdf", HTML + PDF, CONTENT.format("pdf")),
    "a web page called text": ("a.txt", HTML, CONTENT.format("txt")),
    "a drawing called text": ("a.txt", b"\n" + SVG, CONTENT.format("txt")),
    "a drawing called PNG": ("a.png", SVG, BROKEN),
    "a PDF called Word": ("a.docx", PDF, CONTENT.format("docx")),
    "a Word file called Excel": ("a.xlsx", office(), CONTENT.format("xlsx")),
    "an empty PDF": ("a.pdf", b"%", CONTENT.format("pdf")),
    "half a PDF": ("a.pdf", PDF.replace(b"%%EOF", b""), CONTENT.format("pdf")),
    "half an archive": ("a.docx", office()[:60], CONTENT.format("docx")),
    "an archive behind a PDF": ("a.pdf", polyglot_zip, CONTENT.format("pdf")),
    "bytes behind a PDF": ("a.pdf", PDF + b"MZ\x90\0" * 9, CONTENT.format("pdf")),
    "a PDF before a Word file": ("a.docx", PDF + office(), CONTENT.format("docx")),
    "a program": ("a.exe", b"MZ\x90\0", ENDING),
    "a program called text": ("a.txt", b"MZ\x90\0\x03", CONTENT.format("txt")),
    "a shell script called text": ("a.txt", b"#!/bin/sh\nrm -rf /\n", CONTENT.format("txt")),
    "a script": ("a.js", b"alert(1)", ENDING),
    "a font": ("a.ttf", b"\0\1\0\0", ENDING),
    "an archive": ("a.zip", zipped({"a.txt": b"x"}), ENDING),
    "a TIFF": ("a.tiff", picture("TIFF"), ENDING),
    "a TIFF called JPEG": ("a.jpg", picture("TIFF"), FORMAT),
    "a BMP called PNG": ("a.png", picture("BMP"), FORMAT),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ENDING),
    "old Word called new": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, CONTENT.format("docx")),
    "text in UTF-16": ("a.txt", "名前".encode("utf-16"), UTF16),
    "a table in UTF-16": ("a.csv", "名前,数".encode("utf-16"), UTF16),
    "text in no encoding we know": ("a.txt", b"abc \x81", CONTENT.format("txt")),
    # --- what would act
    "a script in a PDF": ("a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), ACTIVE),
    "a script under an escaped name": ("a.pdf", pdf(b"/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>"), ACTIVE),
    "a script among packed objects": ("a.pdf", objects(b"<</S/JavaScript/JS(app.alert(1))>>"), ACTIVE),
    "an escaped script among packed objects": ("a.pdf", objects(b"<</S/Java#53cript/JS(1)>>"), ACTIVE),
    "a script behind much packed space": ("a.pdf", objects(b" " * 90_000 + b"<</S/JavaScript/JS(1)>>"), ACTIVE),
    "a script hidden behind a remark": ("a.pdf", pdf(b"").replace(b"trailer", b"% stream\n3 0 obj<</S/JavaScript>>endobj\n% endstream\ntrailer"), ACTIVE),
    "a script packed oddly": ("a.pdf", objects(b"<<>>", b"/Type/ObjStm/Filter[/ASCII85Decode/FlateDecode]"), CLOSED),
    "a script packed by rows": ("a.pdf", objects(b"<<>>", b"/DecodeParms<</Predictor 12>>/Type/Obj#53tm/Filter/FlateDecode"), CLOSED),
    "a PDF with a password": ("a.pdf", pdf(b"/Encrypt 9 0 R"), CLOSED),
    "a PDF that starts a program": ("a.pdf", pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), ACTIVE),
    "a PDF that opens a page elsewhere": ("a.pdf", pdf(b"/OpenAction<</S/URI/URI(https://example.jp/seen)>>"), ACTIVE),
    "a PDF that sends a form": ("a.pdf", pdf(b"/AA<</O<</S/SubmitForm/F(https://example.jp)>>>>"), ACTIVE),
    "a PDF with an attachment": ("a.pdf", pdf(b"/Names<</EmbeddedFiles 3 0 R>>"), ACTIVE),
    "a PDF with a form that holds scripts": ("a.pdf", pdf(b"/AcroForm<</XFA 3 0 R>>"), ACTIVE),
    "a PDF with a film": ("a.pdf", pdf(b"/Subtype/RichMedia"), ACTIVE),
    "a macro": ("a.docx", office(word__vbaProject_dot_bin=b"x"), MACRO),
    "a macro file by its own ending": ("a.xlsm", office("xlsx"), ENDING),
    "a macro file called xlsx": ("a.xlsx", office("xlsx", xl__vbaProject_dot_bin=b"x"), MACRO),
    "a macro file with its macros renamed": ("a.docx", zipped({"[Content_Types].xml": b'<T C="application/vnd.ms-word.document.macroEnabled.main+xml"/>', "word/document.xml": b"<w/>"}), MACRO),
    "an embedded object": ("a.docx", office(word__embeddings__oleObject1_dot_bin=b"x"), MACRO),
    "a web page inside a Word file": ("a.docx", office(word__afchunk1_dot_htm=HTML), MACRO),
    "a program inside slides": ("a.pptx", office("pptx", ppt__media__a_dot_exe=b"MZ"), MACRO),
    "an archive inside a workbook": ("a.xlsx", office("xlsx", xl__media__a_dot_zip=b"PK"), MACRO),
    "a template from elsewhere": ("a.docx", office(word___rels__s_dot_rels=rels("attachedTemplate", "https://example.jp/t.dotm")), FETCH),
    "a picture from elsewhere": ("a.docx", office(word___rels__d_dot_rels=rels("image", "https://example.jp/p.png")), FETCH),
    "a linked workbook": ("a.xlsx", office("xlsx", xl__externalLinks___rels__e_dot_rels=rels("externalLinkPath", "file:///\\\\fs\\a.xlsx")), FETCH),
    "a link with its mode escaped": ("a.docx", office(word___rels__d_dot_rels=rels("frame", "https://example.jp", "&#69;xternal")), FETCH),
    "a link behind a document type": ("a.docx", office(word___rels__d_dot_rels=b'<!DOCTYPE r [<!ENTITY e "External">]><r/>'), CONTENT.format("docx")),
    "a field that asks another program": ("a.docx", zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<w:instrText> DDEAUTO c:\\cmd.exe</w:instrText>"}), FETCH),
    "a cell that starts a program": ("a.csv", b"name,x\r\na,=cmd|'/C calc'!A0\r\n", FORMULA),
    "a cell that adds up": ("a.csv", b"name,x\r\na,\"=SUM(A1:A9)\"\r\n", FORMULA),
    "a cell with @": ("a.csv", b"@SUM(1)\r\n", FORMULA),
    "a cell with a sign before a command": ("a.csv", b"a,+cmd|' /C calc'!A0\r\n", FORMULA),
    # --- what would fill memory or disk
    "a bomb": ("a.docx", lambda: office(word__media__a_dot_bin=b"\0" * 60_000_000), LARGE),
    "a bomb of many": ("a.docx", lambda: office(**{f"word__m{n}_dot_bin": bytes(3_000_000) for n in range(40)}), LARGE),
    "a bomb in a bomb": ("a.docx", lambda: office(word__media__a_dot_bin=office(word__a_dot_bin=bytes(60_000_000)) * 900), MACRO),
    "a bomb that says it is small": ("a.docx", lambda: lying(zipped({"word/document.xml": bytes(3_000_000), "[Content_Types].xml": TYPES}), 10), CONTENT.format("docx")),
    "names that share their bytes": ("a.docx", lambda: overlapping(4_000), LARGE),
    "too many names": ("a.docx", lambda: office(**{f"a{n}": b"" for n in range(5_001)}), LARGE),
    "a PDF that unpacks for ever": ("a.pdf", lambda: objects(b"0 " * 110_000_000, level=1), LARGE),
    "a PNG of 60,000 × 60,000": ("a.png", huge_png(60_000, 60_000), PIXELS),
    "a PNG of 1 × 2,000,000,000": ("a.png", huge_png(1, 2_000_000_000), PIXELS),
    "a PNG without its pixels": ("a.png", huge_png(10, 10), BROKEN),
    "a JPEG cut off": ("a.jpg", photo("JPEG", (400, 300))[:JPEG_HEAD], BROKEN),
    "a JPEG cut off later": ("a.jpg", photo("JPEG", (400, 300))[:-400], BROKEN),
    "a GIF of 10,000 pictures": ("a.gif", many_frames(10_000), FRAMES),
    "a GIF of a million pictures": ("a.gif", lambda: many_frames(1_000_000), FRAMES),
    # --- parts that would leave their folder
    "a part above its folder": ("a.docx", zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>", "../../etc/x": b""}), CONTENT.format("docx")),
    "a part at the root": ("a.docx", zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>", "/etc/x": b""}), CONTENT.format("docx")),
    "a part on another disk": ("a.docx", zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>", "C:\\x": b""}), CONTENT.format("docx")),
    "a part twice in other letters": ("a.docx", zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>", "WORD/document.xml": b"<x/>"}), CONTENT.format("docx")),
    "a locked Word file": ("a.docx", lambda: office().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), CONTENT.format("docx")),
}  # fmt: skip

#: As it is sent → as people see it.
NAMES: dict[str, str] = {
    "資料.pdf": "資料.pdf",
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\資料.pdf": "資料.pdf",
    "C:\\Users\\tanaka\\資料.pdf": "資料.pdf",
    "資料\u202efdp.pdf": "資料fdp.pdf",  # turned-round text
    "資\0料.pdf": "資料.pdf",
    "か\u3099っこう.pdf": "がっこう.pdf",  # as a Mac writes it
    "CON.pdf": "_CON.pdf",
    "com1.txt.pdf": "_com1.txt.pdf",
    "a.exe.pdf": "a.exe.pdf",
    "a.pdf. .": "a.pdf",
    "資料\r\nSet-Cookie: a=b.pdf": "資料Set-Cookie_ a=b.pdf",
    '"; filename="a.exe".pdf': "_; filename=_a.exe_.pdf",
    "<b>資料</b>.pdf": "b_.pdf",
    "あ" * 200 + ".pdf": "あ" * 78 + ".pdf",
    "a" * 300 + ".pdf": "a" * 116 + ".pdf",
    "葛󠄀城市.pdf": "葛󠄀城市.pdf",  # a variation selector is a letter
    "𠮷野.pdf": "𠮷野.pdf",
}
#: Names without an ending that we know.
NAMELESS = ["", ".pdf", "...", "資料", "pdf", "a.pdf.exe", "a.pdf\u202e.exe", "/", "a.htaccess", "a." + "x" * 400]
