"""Puts a capture at the time of a recorded case: the first packet that opens a connection to ANCHOR (address:port) gets the
time AT (ISO 8601, UTC), all others move with it. Without an anchor nothing moves.

    shift.py FROM TO ANCHOR AT
"""
import datetime, socket, struct, sys

source, target, anchor, at = sys.argv[1:5]
data = bytearray(open(source, 'rb').read())
assert data[:4] == b'\xd4\xc3\xb2\xa1', 'a pcap of this machine, microseconds'
places, first = [], None
host, _, port = anchor.rpartition(':')
offset = 24
while offset + 16 <= len(data):
    seconds, micros, kept, _ = struct.unpack_from('<IIII', data, offset)
    places.append((offset, seconds * 1_000_000 + micros))
    packet = data[offset + 30:offset + 16 + kept]
    if first is None and anchor and len(packet) > 40 and packet[0] >> 4 == 4 and packet[9] == 6:
        tcp = (packet[0] & 15) * 4
        opens = packet[tcp + 13] & 0x12 == 0x02
        if opens and packet[16:20] == socket.inet_aton(host) and struct.unpack_from('>H', packet, tcp + 2)[0] == int(port):
            first = places[-1][1]
    offset += 16 + kept
moved = 0
if anchor:
    assert first is not None, f'nothing connects to {anchor}'
    when = datetime.datetime.fromisoformat(at.replace('Z', '+00:00'))
    moved = round(when.timestamp() * 1_000_000) - first
for place, time in places:
    struct.pack_into('<II', data, place, *divmod(time + moved, 1_000_000))
open(target, 'wb').write(data)
print(len(places), 'packets moved by', moved // 1000, 'ms')
