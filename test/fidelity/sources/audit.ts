import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditFormat } from '../../../src/decoders/audit/format.ts';
import { decodeAll, ofKind } from '../../../src/decoders/recorded.test-support.ts';
import type { WatchEvent } from '../../../src/events/event.ts';
import { contentOf, recordedCases } from '../../support/recordings.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';

/** One event of the log as a plain reading of its text has it: nothing of the decoder is used. */
interface Plain {
  readonly time: number;
  readonly serial: string;
  readonly call: ReadonlyMap<string, string>;
  readonly execve: ReadonlyMap<string, string> | undefined;
  readonly saddr: string;
}

const STAMP = /msg=audit\((\d+)\.(\d+):(\d+)\): (.*)$/;
const PAIR = /([\w[\]]+)=("[^"]*"|\S+)/g;

function pairsOf(text: string): Map<string, string> {
  const known = new Map<string, string>();
  // The enriched tail, after the group separator, repeats the values in words.
  for (const [, name, value] of (text.split('\x1d')[0] ?? '').matchAll(PAIR)) known.set(name ?? '', value ?? '');
  return known;
}

function plainEvents(content: string): Plain[] {
  const groups = new Map<
    string,
    { time: number; serial: string; call?: Map<string, string>; execve?: Map<string, string>; saddr: string }
  >();
  for (const line of content.split('\n')) {
    const stamp = STAMP.exec(line);
    if (stamp === null) continue;
    const [, seconds, parts, serial = '', rest = ''] = stamp;
    const key = `${seconds}.${parts}:${serial}`;
    const time = Number(seconds) * 1000 + Number(`0.${parts}`) * 1000;
    const group = groups.get(key) ?? { time: Math.round(time), serial, saddr: '' };
    groups.set(key, group);
    const type = /(?:^| )type=(\w+)/.exec(line)?.[1];
    if (type === 'SYSCALL') group.call = pairsOf(rest);
    else if (type === 'EXECVE') group.execve = new Map([...(group.execve ?? []), ...pairsOf(rest)]);
    else if (type === 'SOCKADDR') group.saddr = pairsOf(rest).get('saddr') ?? '';
  }
  return [...groups.values()].flatMap(each =>
    each.call === undefined ? [] : [{ ...each, call: each.call, execve: each.execve }],
  );
}

/** Quoted as it is, else hex of the bytes. */
function textOf(value: string | undefined): string {
  if (value === undefined || value === '(null)') return '';
  if (value.startsWith('"')) return value.slice(1, -1);
  return /^(?:[0-9A-F]{2})+$/.test(value) ? Buffer.from(value, 'hex').toString('utf8') : value;
}

const ids = (call: ReadonlyMap<string, string>, ...names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, Number(call.get(name))]));

const UNSET = 4_294_967_295;

function argvOf(execve: ReadonlyMap<string, string>): string[] {
  const count = Number(execve.get('argc') ?? 0);
  return Array.from({ length: count }, (_, i) => textOf(execve.get(`a${i}`)));
}

/** `0200` port address of `struct sockaddr_in`, `0A00` port flow address of `sockaddr_in6`, as the kernel lays them out. */
function peerOf(saddr: string): { address: string; port: number } | null {
  const bytes = Buffer.from(saddr, 'hex');
  if (bytes.length >= 8 && bytes.readUInt16LE(0) === 2)
    return { port: bytes.readUInt16BE(2), address: [...bytes.subarray(4, 8)].join('.') };
  return null;
}

const EXECVE = new Set(['59', '322']);
const CONNECT = '42';

/** Executions and IPv4 connections of one log against a plain reading of its text. */
function compareAudit(comparison: Comparison, where: string, content: Buffer): void {
  const { events } = decodeAll(auditFormat, content);
  const started = byKey(ofKind(events, 'process.started'));
  const connected = byKey(ofKind(events, 'network.connected'));
  for (const { time, serial, call, execve, saddr } of plainEvents(content.toString('latin1'))) {
    if (call.get('arch') !== 'c000003e') continue;
    const name = `${where} ${time}:${serial}`;
    const key = `${time} ${call.get('pid')}`;
    const actor = {
      ...ids(call, 'pid', 'ppid', 'uid', 'euid'),
      auid: Number(call.get('auid')) === UNSET ? UNSET : Number(call.get('auid')),
      comm: textOf(call.get('comm')),
      exe: textOf(call.get('exe')),
    };
    if (EXECVE.has(call.get('syscall') ?? '') && call.get('success') === 'yes' && execve !== undefined) {
      const told = take(started, key, each => each.argv[0] === argvOf(execve)[0]);
      comparison.record(name, told && { ...told.actor, argv: told.argv }, { ...actor, argv: argvOf(execve) }, long);
    } else if (call.get('syscall') === CONNECT) {
      const peer = peerOf(saddr);
      if (peer === null) continue;
      const same = (each: { address: string; port: number }) =>
        each.port === peer.port && each.address === peer.address;
      const told = take(connected, key, same);
      // Other connections of the process in that millisecond are told for themselves.
      if (peer.port === 0 && (told === undefined || !same(told)))
        comparison.leftOut('connect to port 0: an address is chosen, nothing is sent');
      else
        comparison.record(name, told && { ...told.actor, address: told.address, port: told.port }, {
          ...actor,
          ...peer,
        });
    }
  }
}

const long = (field: string, told: unknown, expected: unknown): string =>
  field === 'argv' && Array.isArray(told) && Array.isArray(expected) && expected.join(' ').length > 2048
    ? 'very long arguments are kept in part'
    : '';

function byKey<E extends WatchEvent & { readonly actor: { readonly pid: number } }>(
  events: readonly E[],
): Map<string, E[]> {
  const found = new Map<string, E[]>();
  for (const event of events) {
    const key = `${Math.round(event.time)} ${event.actor.pid}`;
    found.set(key, [...(found.get(key) ?? []), event]);
  }
  return found;
}

/** The first that fits, which is then gone: threads of one process do the same in the same millisecond. Else any, to be compared. */
function take<E>(all: ReadonlyMap<string, E[]>, key: string, fits: (each: E) => boolean): E | undefined {
  const list = all.get(key) ?? [];
  const at = list.findIndex(fits);
  return at < 0 ? list[0] : list.splice(at, 1)[0];
}

const AGAINST = 'a plain reading of the text: ids, program, arguments; address and port from the bytes of sockaddr';

export const auditSources: readonly FidelitySource[] = [
  {
    id: 'otrf-auditd',
    title: 'audit records of two commands (OTRF)',
    origin: 'others',
    against: AGAINST,
    skip: samplesAt('otrf-security-datasets').skip,
    measure() {
      const comparison = new Comparison();
      const { folder } = samplesAt('otrf-security-datasets', 'auditd');
      for (const name of readdirSync(folder).sort()) compareAudit(comparison, name, readFileSync(join(folder, name)));
      return comparison.done();
    },
  },
  {
    id: 'own-audit',
    title: 'executions and connections in the audit logs of all recorded cases',
    origin: 'own',
    against: AGAINST,
    skip: false,
    measure() {
      const comparison = new Comparison();
      for (const { name, folder } of recordedCases())
        for (const file of readdirSync(folder).filter(each => /^audit\.log(?:\.gz)?$/.test(each)))
          compareAudit(comparison, name, contentOf(join(folder, file)));
      return comparison.done();
    },
  },
];
