#!/usr/bin/python3
"""
Lays messages of our own recordings out as mail clients do that cannot be run here, into a folder.

    lab/stores/convert.py src/decoders/mail-store/recordings src/decoders/mail-store/converted

Thunderbird: mbox with `From - ` lines and X-Mozilla-Status headers, an index beside it (Mork), sub-folders in `.sbd`; and
its maildir option (`cur/*.eml`). Evolution: Maildir++ below `.local/share/evolution/mail/local`, cached messages of a
server below `.cache/evolution/mail/<account>/folders/<folder>/cur/<xx>/<uid>`. KMail: Maildirs in `.<folder>.directory`, and
Akonadi's payload files `<n>_r<revision>`.
"""

import re
import sys
from pathlib import Path

MORK = b'// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> >\n'


def messages(recordings: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((recordings / "procmail-maildir/new").iterdir())]


def mozilla(mail: bytes, status: str) -> bytes:
    quoted = re.sub(rb"(?m)^From ", b">From ", mail)
    head = f"From - Sat Nov 21 10:42:00 2026\nX-Mozilla-Status: {status}\nX-Mozilla-Status2: 00000000\n"
    return head.encode() + quoted + b"\n"


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> None:
    recordings, out = Path(sys.argv[1]), Path(sys.argv[2])
    plain, label, _archives, named, forwarded = messages(recordings)
    home = out / "home/clerk"
    local = home / ".thunderbird/k3x9.default-release/Mail/Local Folders"
    # The second one was deleted and not yet compacted away.
    put(local / "Inbox", mozilla(label, "0001") + mozilla(plain, "0009"))
    put(local / "Inbox.msf", MORK)
    put(local / "Kept.sbd/Parcels", mozilla(named, "0001"))
    imap = home / ".thunderbird/k3x9.default-release/ImapMail/mail.example.org"
    put(imap / "INBOX/cur/1795264961000.eml", b"X-Mozilla-Status: 0001\n" + forwarded)
    put(imap / "INBOX.msf", MORK)
    evolution = home / ".local/share/evolution/mail/local"
    put(evolution / ".Parcels/cur/1795264961.2738_0.ws1:2,S", label)
    put(home / ".cache/evolution/mail/5f3a/folders/INBOX/cur/3b/17", forwarded)
    kmail = home / ".local/share/local-mail"
    put(kmail / "inbox/new/1795264961.2738_0.ws1", label)
    put(kmail / ".inbox.directory/Parcels/cur/1795264961.2743_0.ws1:2,S", named)
    put(home / ".local/share/akonadi/file_db_data/12/1712_r0", forwarded)


main()
