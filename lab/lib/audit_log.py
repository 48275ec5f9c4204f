"""Reads raw auditd output into events: just enough for the laboratory's own bookkeeping."""
import re
import socket
import struct

STAMP = re.compile(r'msg=audit\((\d+)\.(\d+):(\d+)\)')
FIELD = re.compile(r'(\w[\w-]*)=("[^"]*"|\'[^\']*\'|\S+)')
NAMES = {59: 'execve', 322: 'execveat', 2: 'open', 257: 'openat', 437: 'openat2', 85: 'creat', 82: 'rename', 264: 'rename',
         316: 'rename', 86: 'link', 265: 'link', 88: 'symlink', 266: 'symlink', 87: 'unlink', 263: 'unlink', 90: 'chmod',
         91: 'chmod', 268: 'chmod', 452: 'chmod', 42: 'connect', 319: 'memfd_create', 1: 'write', 44: 'sendto'}


def plain(value):
    """A field's text: quoted as it is, hex decoded."""
    if value.startswith('"'):
        return value.strip('"')
    if len(value) % 2 == 0 and re.fullmatch('[0-9A-F]{2,}', value):
        return bytes.fromhex(value).decode('utf-8', 'replace')
    return value


class Event:
    def __init__(self, key, time):
        self.key, self.time, self.lines, self.records = key, time, [], []
        self.directory = ''  # of openat(fd, name), where it is known

    def add(self, line):
        self.lines.append(line)
        body = line.split('\x1d')[0]
        kind = body.split(' ', 1)[0].removeprefix('type=')
        self.records.append((kind, dict(FIELD.findall(body))))

    def first(self, kind):
        return next((fields for name, fields in self.records if name == kind), None)

    @property
    def syscall(self):
        return self.first('SYSCALL')

    @property
    def name(self):
        call = self.syscall
        return NAMES.get(int(call['syscall']), call['syscall']) if call else ''

    @property
    def paths(self):
        cwd = self.directory or plain((self.first('CWD') or {}).get('cwd', '"/"'))
        out = []
        for kind, fields in self.records:
            if kind == 'PATH' and fields.get('name', '(null)') != '(null)':
                name = plain(fields['name'])
                out.append((fields.get('nametype', '?'), name if name.startswith('/') else f'{cwd}/{name}'))
        return out

    @property
    def argv(self):
        args = {}
        for kind, fields in self.records:
            if kind == 'EXECVE':
                args.update({int(k[1:]): plain(v) for k, v in fields.items() if re.fullmatch(r'a\d+', k)})
        return [args[n] for n in sorted(args)]

    @property
    def address(self):
        raw = (self.first('SOCKADDR') or {}).get('saddr', '')
        if not re.fullmatch('[0-9A-F]+', raw):
            return ''
        data = bytes.fromhex(raw)
        family = struct.unpack('<H', data[:2])[0]
        if family == 2:
            return f'{socket.inet_ntoa(data[4:8])}:{struct.unpack(">H", data[2:4])[0]}'
        if family == 10:
            return f'[{socket.inet_ntop(socket.AF_INET6, data[8:24])}]:{struct.unpack(">H", data[2:4])[0]}'
        return ''

    def decoded(self):
        """Every text of the event with hex decoded, for searches."""
        parts = []
        for line, (_, fields) in zip(self.lines, self.records):
            parts.append(line)
            parts.extend(plain(v) for v in fields.values())
        return '\n'.join(parts)


def read(path):
    """Whole events in the order of their first record."""
    events = {}
    with open(path, encoding='utf-8', errors='surrogateescape') as file:
        for line in file:
            found = STAMP.search(line)
            if not found:
                continue
            key = found.groups()
            if key not in events:
                events[key] = Event(key, int(key[0]) + int(key[1]) / 1000)
            events[key].add(line)
    descriptors = {}
    for event in events.values():
        call = event.syscall
        if event.name == 'openat' and call['success'] == 'yes':
            event.directory = descriptors.get((call['pid'], int(call['a0'], 16)), '')
            named = [path for kind, path in event.paths if kind != 'PARENT']
            descriptors[call['pid'], int(call['exit'])] = named[-1] if named else ''
    return list(events.values())
