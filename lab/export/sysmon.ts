import { createHash } from 'node:crypto';
import type { WatchEvent } from '../../src/events/event.ts';
import { type HostEvent, ID_UNSET } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';

/**
 * Sysmon for Linux in the local syslog (rsyslog's traditional format), under a configuration that leaves nothing out:
 * ProcessCreate, NetworkConnect, ProcessTerminate, FileCreate and FileDelete. As the real one: the image that runs, the
 * arguments joined by blanks, users by name (`-` for root's file events), connections once they stand, files only as they
 * are made and deleted. It sees no reads, no renames, no changes of mode, no unix sockets.
 *
 * What the recording does not hold is made from a hash of what it does: the machine's id and the key in each GUID. Source
 * addresses are left `-`; `Hashes` too, as when none are configured.
 * Source: SysmonForLinux outputxml.c and ebpfKern/*.c, SysmonCommon manifest.xml and eventsCommon.cpp (GenerateUniqueId,
 * GenerateUniqueSGUID, LogonIdToString, N_LinuxCommandLine).
 */
export const sysmonForm: Form = {
  id: 'sysmon',
  options: {},
  write(events, _on, names): ExportedFile[] {
    const writer = new Writer(names);
    const lines: string[] = [];
    for (const event of events) {
      const line = 'actor' in event ? writer.line(event) : null;
      if (line !== null) lines.push(line);
      if ('actor' in event) writer.learn(event);
    }
    return [{ name: 'syslog', lines }];
  },
};

interface Known {
  guid: string;
  forked: number;
  image: string;
  commandLine: string;
  user: string;
}

type Acted = Extract<WatchEvent, { actor: unknown }> & HostEvent;
type Fields = readonly (readonly [string, string])[];

const TASKS = { create: [1, 5], connect: [3, 5], terminate: [5, 3], fileCreate: [11, 2], fileDelete: [23, 5] } as const;

class Writer {
  readonly #names: ReadonlyMap<number, string>;
  readonly #processes = new Map<number, Known>();
  /** When a pid was first seen: the time of its fork, or of its first record. */
  readonly #forked = new Map<number, number>();
  #record = 0;

  constructor(names: ReadonlyMap<number, string>) {
    this.#names = names;
  }

  learn(event: Acted): void {
    if (event.kind === 'process.forked') this.#forked.set(event.childPid, event.time);
    else if (event.kind === 'process.exited') {
      this.#forked.delete(event.actor.pid);
      this.#processes.delete(event.actor.pid);
    }
  }

  line(event: Acted): string | null {
    switch (event.kind) {
      case 'process.started':
        return this.#write(event, TASKS.create, this.#created(event));
      case 'process.exited':
        return this.#write(event, TASKS.terminate, [...this.#head(event), ['User', this.#user(event)]]);
      case 'network.connected':
        if (event.family === 'unix' || event.outcome === 'failed') return null;
        return this.#write(event, TASKS.connect, this.#connected(event));
      case 'file.opened':
        if (!event.created) return null;
        return this.#write(event, TASKS.fileCreate, [
          ...this.#head(event),
          ['TargetFilename', event.file.path],
          ['CreationUtcTime', utc(event.time)],
          ['User', this.#fileUser(event)],
        ]);
      case 'file.deleted': {
        const [rule, time, guid, pid, image] = this.#head(event) as [
          Fields[0],
          Fields[0],
          Fields[0],
          Fields[0],
          Fields[0],
        ];
        return this.#write(event, TASKS.fileDelete, [
          rule,
          time,
          guid,
          pid,
          ['User', this.#fileUser(event)],
          image,
          ['TargetFilename', event.file.path],
          ['Hashes', '-'],
          ['IsExecutable', '-'],
          ['Archived', '-'],
        ]);
      }
      default:
        return null;
    }
  }

  #known(event: Acted): Known {
    const { pid, exe } = event.actor;
    const forked = this.#forked.get(pid) ?? event.time;
    this.#forked.set(pid, forked);
    const before = this.#processes.get(pid);
    if (before !== undefined && event.kind !== 'process.started') return before;
    const key = digest(`${event.host} ${pid} ${event.time}`).slice(0, 12);
    const known = {
      guid: guidOf(event.host, forked, `${key}0000`),
      forked,
      image: exe,
      commandLine: event.kind === 'process.started' ? event.argv.join(' ') : '-',
      user: this.#names.get(event.actor.uid) ?? '',
    };
    this.#processes.set(pid, known);
    return known;
  }

  #user(event: Acted): string {
    return this.#names.get(event.actor.uid) ?? '';
  }

  /** The eBPF part leaves the uid out of file events when it is 0. */
  #fileUser(event: Acted): string {
    return event.actor.uid === 0 ? '-' : this.#user(event);
  }

  #head(event: Acted): Fields {
    const known = this.#known(event);
    return [
      ['RuleName', '-'],
      ['UtcTime', utc(event.time)],
      ['ProcessGuid', known.guid],
      ['ProcessId', String(event.actor.pid)],
      ['Image', known.image],
    ];
  }

  #created(event: Acted & { kind: 'process.started' }): Fields {
    const { actor, host } = event;
    const known = this.#known(event);
    const parent = this.#processes.get(actor.ppid);
    const tty = /^pts(\d+)$/.exec(actor.tty)?.[1] ?? '0';
    const key = Buffer.alloc(8);
    key.writeUInt32LE(actor.uid, 0);
    key.writeUInt32LE(Number(tty), 4);
    return [
      ['RuleName', '-'],
      ['UtcTime', utc(known.forked)],
      ['ProcessGuid', known.guid],
      ['ProcessId', String(actor.pid)],
      ['Image', actor.exe],
      ...['FileVersion', 'Description', 'Product', 'Company', 'OriginalFileName'].map(name => [name, '-'] as const),
      ['CommandLine', event.argv.join(' ')],
      ['CurrentDirectory', event.cwd],
      ['User', this.#user(event)],
      ['LogonGuid', guidOf(host, actor.uid === 0 ? 0 : SESSION_TIME, key.toString('hex'))],
      ['LogonId', String(actor.uid % 65_536)],
      ['TerminalSessionId', String(actor.ses < 0 ? ID_UNSET : actor.ses)],
      ['IntegrityLevel', 'no level'],
      ['Hashes', '-'],
      ['ParentProcessGuid', parent?.guid ?? '{00000000-0000-0000-0000-000000000000}'],
      ['ParentProcessId', String(actor.ppid)],
      ['ParentImage', parent?.image ?? '-'],
      ['ParentCommandLine', parent?.commandLine ?? '-'],
      ['ParentUser', parent?.user ?? '-'],
    ];
  }

  #connected(event: Acted & { kind: 'network.connected' }): Fields {
    const six = String(event.family === 'ipv6');
    return [
      ...this.#head(event),
      ['User', this.#user(event)],
      ['Protocol', event.port === 53 ? 'udp' : 'tcp'],
      ['Initiated', 'true'],
      ['SourceIsIpv6', six],
      ...['SourceIp', 'SourceHostname'].map(name => [name, '-'] as const),
      ['SourcePort', '0'],
      ['SourcePortName', '-'],
      ['DestinationIsIpv6', six],
      ['DestinationIp', event.address],
      ['DestinationHostname', '-'],
      ['DestinationPort', String(event.port)],
      ['DestinationPortName', '-'],
    ];
  }

  #write(event: Acted, [task, version]: readonly [number, number], fields: Fields): string {
    this.#record += 1;
    const system = [
      '<Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/>',
      `<EventID>${task}</EventID><Version>${version}</Version><Level>4</Level><Task>${task}</Task><Opcode>0</Opcode>`,
      '<Keywords>0x8000000000000000</Keywords>',
      `<TimeCreated SystemTime="${iso(event.time)}"/><EventRecordID>${this.#record}</EventRecordID><Correlation/>`,
      '<Execution ProcessID="612" ThreadID="612"/><Channel>Linux-Sysmon/Operational</Channel>',
      `<Computer>${escaped(event.host)}</Computer><Security UserId="0"/>`,
    ].join('');
    const data = fields.map(([name, value]) =>
      value === '' ? `<Data Name="${name}"></Data>` : `<Data Name="${name}">${escaped(value)}</Data>`,
    );
    const xml = `<Event><System>${system}</System><EventData>${data.join('')}</EventData></Event>`;
    return `${syslogStamp(event.time)} ${event.host} sysmon: ${controlsEscaped(xml)}`;
  }
}

/** When the machine's users are said to have logged on: the same for all. */
const SESSION_TIME = Date.UTC(2026, 10, 21);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function guidOf(host: string, timeMs: number, key: string): string {
  const seconds = Math.floor(timeMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `{${digest(host).slice(0, 8)}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${key.slice(0, 4)}-${key.slice(4)}}`;
}

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, -1)}000000Z`;
const utc = (time: number): string => new Date(time).toISOString().slice(0, -1).replace('T', ' ');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function syslogStamp(time: number): string {
  const at = new Date(time);
  return `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)}`;
}

/** As libxml2's writer escapes the text of an element. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');

/** As rsyslog writes control characters: `#` and three octal digits. */
function controlsEscaped(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    out += code < 0x20 || code === 0x7f ? `#${code.toString(8).padStart(3, '0')}` : char;
  }
  return out;
}
