#!/usr/bin/python3
"""Writes the messages that the store recordings are made of, one file each, into a folder. Every payload is harmless."""

import io
import sys
import tarfile
import zipfile
from email import policy
from email.message import EmailMessage
from pathlib import Path

SCRIPT = b"#!/bin/sh\necho harmless\n"
DESKTOP = b"[Desktop Entry]\nType=Application\nName=Invoice\nExec=/bin/true\n"
RECEIVED = (
    "from mail.example.net (mail.example.net [203.0.113.10])\r\n"
    "\tby mx1.example.org (Postfix) with ESMTP id {id}\r\n"
    "\tfor <clerk@example.org>; Sat, 21 Nov 2026 09:{minute:02d}:00 +0000 (UTC)"
)


def packed(kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("parcel/readme.txt", "See label.\n")
            archive.writestr("parcel/.lib/index", SCRIPT)
    else:
        with tarfile.open(fileobj=out, mode="w:gz" if kind == "tgz" else "w") as archive:
            for name, data in (("cv/notes.txt", b"notes\n"), ("cv/run.py", b"print('harmless')\n")):
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def message(number: int, text: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "shipping@example.net"
    mail["To"] = "clerk@example.org"
    mail["Subject"] = "not to be shown anywhere"
    mail["Date"] = f"Sat, 21 Nov 2026 09:{number:02d}:00 +0000"
    mail["Message-ID"] = f"<store-{number}@mail.example.net>"
    mail.set_content(text)
    return mail


def messages() -> list[EmailMessage]:
    plain = message(1, "Nothing is attached.\n\nFrom here on it is text, which an mbox quotes.\n")
    label = message(2, "See the label.\n")
    label.add_attachment(SCRIPT, maintype="application", subtype="pdf", filename="label.pdf")
    archives = message(3, "Three of them.\n")
    archives.add_attachment(packed("zip"), maintype="application", subtype="zip", filename="parcel.zip")
    archives.add_attachment(packed("tar"), maintype="application", subtype="x-tar", filename="cv.tar")
    archives.add_attachment(packed("tgz"), maintype="application", subtype="gzip", filename="cv.tar.gz")
    named = message(4, "Names beyond ASCII.\n")
    named.add_attachment(DESKTOP, maintype="application", subtype="octet-stream", filename="Rechnung März.pdf.desktop")
    named.add_attachment(b"%PDF-1.4\n%harmless\n", maintype="application", subtype="pdf", filename="請求書.pdf")
    forwarded = message(5, "See below.\n")
    forwarded.add_attachment(label)
    return [plain, label, archives, named, forwarded]


def main() -> None:
    folder = Path(sys.argv[1])
    for number, mail in enumerate(messages(), 1):
        body = mail.as_bytes().replace(b"\r\n", b"\n")
        trace = RECEIVED.format(id=f"4F1A{number:02X}", minute=number).replace("\r\n", "\n")
        head = f"Return-Path: <shipping@example.net>\nDelivered-To: clerk@example.org\nReceived: {trace}\n"
        (folder / f"{number}.eml").write_bytes(head.encode() + body)


main()
