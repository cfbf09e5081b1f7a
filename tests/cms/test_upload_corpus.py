"""What members may upload: each file with its verdict in Japanese, in bounded memory and time, leaving nothing behind."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.forms import ValidationError
from PIL import Image

from cms.forms import ManyUploadsField, UploadField, checked_upload, refused_sentences
from cms.uploads import harmless_name
from tests.factories.corpus import CORE, CORPUS, ENDING, FETCH, NAMELESS, NAMES, Row, office, pdf
from tests.factories.uploads import CAMERA, PDF, photo, upload

MEGABYTES = 200  # more than this no judgement may cost
SECONDS = 20


def content_of(row: Row) -> bytes:
    return row[1] if isinstance(row[1], bytes) else row[1]()


def verdict(name: str, content: bytes) -> str:
    """The sentence for the person; "" when the file is taken."""
    try:
        checked_upload(upload(content, name), megabytes=20)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def test_there_are_enough_of_them() -> None:
    assert len(CORPUS) + len(NAMES) + len(NAMELESS) >= 60


@pytest.mark.parametrize("what", CORPUS)
def test_each_file_has_its_verdict(what: str) -> None:
    name, _content, expected = CORPUS[what]
    assert verdict(name, content_of(CORPUS[what])) == expected


@pytest.mark.parametrize("given", NAMES)
def test_each_name_becomes_harmless(given: str) -> None:
    assert harmless_name(given) == NAMES[given]


@pytest.mark.parametrize("given", NAMELESS)
def test_a_name_without_a_known_ending_is_refused(given: str) -> None:
    file = upload(PDF, "a.pdf")
    file._name = given  # Django itself keeps the last part only
    with pytest.raises(ValidationError) as refused:
        checked_upload(file, megabytes=20)
    assert refused.value.messages == [ENDING]


def test_too_large_is_said_with_the_limit() -> None:
    assert verdict("a.pdf", PDF + b" " * (21 * 1024 * 1024)) == "20MBより大きいファイルです。"


# --- what goes, what stays ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_camera_data_is_gone(kind: str) -> None:
    kept = checked_upload(upload(photo(kind), f"a.{kind.lower()}"), megabytes=20).content.read()
    assert CAMERA.encode() not in kept
    assert not dict(Image.open(io.BytesIO(kept)).getexif())


def test_an_office_file_forgets_who_wrote_it() -> None:
    text = '<w:document><w:ins w:id="1" w:author="田中花子" w:date="2026-01-01"/>本文</w:document>'.encode()
    remarks = '<w:comments><w:comment w:author="佐藤次郎" w:initials="佐"/></w:comments>'.encode()
    given = office(docProps__core_dot_xml=CORE, word__b_dot_xml=text, word__comments_dot_xml=remarks,
                   word__media__a_dot_jpeg=photo("JPEG"), docProps__app_dot_xml=b"<P><Company>NPO Nagi</Company></P>")  # fmt: skip
    kept = zipfile.ZipFile(checked_upload(upload(given, "a.docx"), megabytes=20).content)
    whole = b"".join(kept.read(name) for name in kept.namelist())
    for word in ("田中花子", "佐藤次郎", "NPO Nagi", CAMERA):
        assert word.encode() not in whole
    assert "本文".encode() in whole
    assert "<dc:title>題</dc:title>".encode() in whole
    assert kept.testzip() is None
    assert {part.date_time[0] for part in kept.infolist()} == {1980}


def test_a_pdf_forgets_who_wrote_it_and_stays_as_long() -> None:
    people = b"/Author(Tanaka \\(Hanako\\))/Creator(Writer)/Author <FEFF7530>"
    xmp = "<dc:creator><rdf:Seq><rdf:li>田中花子</rdf:li></rdf:Seq></dc:creator>".encode()
    given = pdf(people, xmp, b"/Type/Metadata")
    kept = checked_upload(upload(given, "a.pdf"), megabytes=20).content.read()
    assert len(kept) == len(given)
    assert b"Tanaka" not in kept
    assert b"FEFF7530" not in kept
    assert "田中花子".encode() not in kept
    assert b"/Creator(Writer)" in kept


def test_a_signed_pdf_stays_as_it_is() -> None:
    given = pdf(b"/Author(Tanaka)/ByteRange[0 1 2 3]")
    assert checked_upload(upload(given, "a.pdf"), megabytes=20).content.read() == given


def test_what_stood_around_an_office_file_is_gone() -> None:
    given = office() + b"<script>"  # behind its end: the archive can still be read
    kept = checked_upload(upload(given.replace(b"PK\x05\x06", b"PK\x05\x06"), "a.docx"), megabytes=20).content.read()
    assert b"<script>" not in kept


# --- several at once ---------------------------------------------------------------------------------------------


def test_one_bad_file_costs_no_good_one() -> None:
    files = [upload(PDF, "一.pdf"), upload(CORPUS["a template from elsewhere"][1], "二.docx"), upload(PDF, "三.pdf")]  # type: ignore[arg-type]
    taken, refused = ManyUploadsField().clean(files)
    assert [each.name for each in taken] == ["一.pdf", "三.pdf"]
    assert refused_sentences(refused) == [f"二.docx：{FETCH}"]


def test_so_many_and_no_more() -> None:
    taken, refused = ManyUploadsField(most=2).clean([upload(PDF, f"{n}.pdf") for n in range(3)])
    assert len(taken) == 2
    assert refused_sentences(refused) == ["2.pdf：一度にお預かりできるのは、2ファイルまでです。"]


def test_nothing_sent_is_nothing() -> None:
    assert ManyUploadsField().clean(None) == ([], [])
    assert UploadField(required=False).clean(None) is None


# --- memory, time, traces ----------------------------------------------------------------------------------------


def test_temporary_files_are_gone() -> None:
    file = TemporaryUploadedFile("a.pdf", "application/pdf", len(PDF), None)
    file.write(PDF)
    path = Path(file.temporary_file_path())
    assert checked_upload(file, megabytes=20).size == len(PDF)
    file.close()
    assert not path.exists()


MEASURE = """
import json, os, resource, sys, time
sys.path.insert(0, {root!r})
import django
django.setup()
from tests.cms.test_upload_corpus import CORPUS, content_of, verdict
name = CORPUS[sys.argv[1]][0]
content = open(sys.argv[2], "rb").read()
verdict("a.txt", b"x")
before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
said = verdict(name, content)
print(json.dumps([said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, time.monotonic() - begun]))
"""
HUNGRY = [what for what, row in CORPUS.items() if not isinstance(row[1], bytes)] + [
    "a PNG of 60,000 × 60,000",
    "a PNG of 1 × 2,000,000,000",
    "a GIF of 10,000 pictures",
]


@pytest.mark.parametrize("what", HUNGRY)
def test_memory_and_time_are_bounded(what: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content_of(CORPUS[what]))
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", MEASURE.format(root=root), what, str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, env=env, cwd=root, check=False, timeout=120)
    assert answer.returncode == 0, answer.stderr[-2000:]
    said, megabytes, seconds = json.loads(answer.stdout.splitlines()[-1])
    assert said == CORPUS[what][2]
    assert megabytes < MEGABYTES
    assert seconds < SECONDS
    assert list(tmp_path.iterdir()) == [path]  # nothing was left in the temporary folder


def test_the_largest_photograph_we_take_stays_bounded_too() -> None:
    """Not 200 MB like the refused ones: 40 million pixels are 120 MB before anything is done."""
    begun = time.monotonic()
    assert verdict("a.png", photo("PNG", (3000, 2000))) == ""
    assert time.monotonic() - begun < SECONDS


def test_the_request_is_cut_and_the_form_hears_of_it(client: Any, rf: Any) -> None:
    from cms.uploads import handlers

    handler = handlers.CappedUpload(None)
    handler.new_file("files", "大きい.pdf", "application/pdf", None)
    piece = b"x" * (8 * handlers.MEGABYTE)
    assert [handler.receive_data_chunk(piece, 0) is None for _ in range(6)] == [False] * 5 + [True]
    cut = handler.file_complete(0)
    assert cut is not None
    with pytest.raises(ValidationError) as refused:
        checked_upload(cut, megabytes=20)
    assert refused.value.messages == ["20MBより大きいファイルです。"]


def test_all_files_of_a_request_together(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from cms.uploads import handlers

    monkeypatch.setattr(handlers, "REQUEST_AT_MOST", 2_000)
    monkeypatch.setattr(handlers, "FILE_AT_MOST", 1_500)
    request = rf.post("/", {"files": [upload(PDF, "一.pdf"), upload(PDF + b" " * 3_000, "二.pdf")], "title": "題"})
    taken, refused = ManyUploadsField().clean(request.FILES.getlist("files"))
    assert [each.name for each in taken] == ["一.pdf"]
    assert refused_sentences(refused) == ["二.pdf：20MBより大きいファイルです。"]
    assert request.POST["title"] == "題"
