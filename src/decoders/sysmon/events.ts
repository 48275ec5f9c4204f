import { type EpochMs, epochMs } from '../../core/time.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { Actor } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';
import { addressOf } from '../address.ts';
import { splitCommandLine } from '../command-line.ts';
import { actorOf, commOf, fileOf, withContent } from '../json-lines/actor.ts';

type Data = ReadonlyMap<string, string>;

interface Base {
  readonly time: EpochMs;
  readonly order: number;
  readonly host: string;
  readonly ref: Ref;
}

const NO_PROCESS = reject('Sysmon event without a readable process');
const NO_FILE = reject('Sysmon file event without a name');
const NO_ADDRESS = reject('Sysmon connection without a readable address');
const ACCEPTED = skip('Sysmon accepted connection');
const ACCESSED = skip('Sysmon process access');
const OTHER_STATE = skip('Sysmon state of another kind');

/** By event id (SysmonCommon manifest.xml): what the event means, or why it means nothing here. */
export const EVENTS: ReadonlyMap<number, (data: Data, base: Base) => WatchEvent | Verdict> = new Map([
  [1, processCreate],
  [3, networkConnect],
  [4, serviceState],
  [5, processTerminate],
  [9, rawAccessRead],
  [10, () => ACCESSED],
  [11, fileCreate],
  [16, configurationChange],
  [23, fileDelete],
  [26, fileDelete],
]);

/** Sysmon writes `-` for a value that there is none of. */
function valueOf(data: Data, name: string): string {
  const value = data.get(name) ?? '';
  return value === '-' ? '' : value;
}

function numberOf(data: Data, name: string): number {
  const text = data.get(name) ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : -1;
}

/**
 * ProcessCreate, on every execve that succeeds. `Image` is the file that runs: a script's interpreter. `CommandLine` has blanks
 * between the arguments and nothing around them. Who acts is a name, a number in `LogonId` and `LogonGuid`
 * (see uidOf), and the audit session in `TerminalSessionId`; the login uid and the terminal are not written.
 */
function processCreate(data: Data, base: Base): WatchEvent | Verdict {
  const actor = actorIn(data);
  if (actor === null) return NO_PROCESS;
  const argv = splitCommandLine(valueOf(data, 'CommandLine'), '');
  const parentStart = startIn(data, 'ParentProcessGuid');
  return {
    kind: 'process.started',
    ...base,
    actor: {
      ...actor,
      uid: uidOf(data),
      ppid: numberOf(data, 'ParentProcessId') || -1,
      ses: numberOf(data, 'TerminalSessionId'),
      comm: commOf(actor.exe),
      ...(Number.isNaN(parentStart) ? {} : { parentStartTime: parentStart }),
    },
    file: withContent(fileOf(actor.exe), sha256In(valueOf(data, 'Hashes'))),
    interpreter: untrusted(''),
    argv,
    ...(argv.length > 1 ? { argvJoined: true as const } : {}),
    argvCut: false,
    cwd: untrusted(valueOf(data, 'CurrentDirectory')),
    userName: valueOf(data, 'User'),
  };
}

/** `Hashes` is a list of `ALGORITHM=hex`, or `-` where none was asked for. */
function sha256In(hashes: string): string {
  const one = hashes.split(',', HASHES_MAX).find(each => each.toUpperCase().startsWith('SHA256='));
  return one === undefined ? '' : one.slice(7);
}

const HASHES_MAX = 16;

function processTerminate(data: Data, base: Base): WatchEvent | Verdict {
  const actor = actorIn(data);
  return actor === null ? NO_PROCESS : { kind: 'process.exited', ...base, actor };
}

/** TCP connections once they stand, UDP at its first packet. One that failed is never written. */
function networkConnect(data: Data, base: Base): WatchEvent | Verdict {
  const actor = actorIn(data);
  if (actor === null) return NO_PROCESS;
  if (data.get('Initiated') !== 'true') return ACCEPTED;
  const at = addressOf(valueOf(data, 'DestinationIp'));
  const port = numberOf(data, 'DestinationPort');
  if (at === null || port < 0 || port > 65_535) return NO_ADDRESS;
  return {
    kind: 'network.connected',
    ...base,
    actor,
    family: at.family,
    address: untrusted(at.address),
    port,
    outcome: 'established',
  };
}

/** A file was made by open, openat or creat. What is written to it later, and files that were there, are not seen. */
function fileCreate(data: Data, base: Base): WatchEvent | Verdict {
  return openedAs('write', data, base, 'TargetFilename');
}

/** A block device was opened for reading, past its file system. */
function rawAccessRead(data: Data, base: Base): WatchEvent | Verdict {
  return openedAs('read', data, base, 'Device');
}

function openedAs(access: 'read' | 'write', data: Data, base: Base, field: string): WatchEvent | Verdict {
  const actor = actorIn(data);
  if (actor === null) return NO_PROCESS;
  const path = valueOf(data, field);
  if (path === '') return NO_FILE;
  const created = access === 'write';
  return { kind: 'file.opened', ...base, actor, file: fileOf(path), access, created, truncated: false, fd: -1 };
}

function fileDelete(data: Data, base: Base): WatchEvent | Verdict {
  const actor = actorIn(data);
  if (actor === null) return NO_PROCESS;
  const path = valueOf(data, 'TargetFilename');
  return path === '' ? NO_FILE : { kind: 'file.deleted', ...base, actor, file: fileOf(path) };
}

function serviceState(data: Data, base: Base): WatchEvent | Verdict {
  const state = data.get('State');
  if (state !== 'Started' && state !== 'Stopped') return OTHER_STATE;
  return { kind: 'sensor.health', ...base, what: state === 'Started' ? 'started' : 'stopped', count: 1 };
}

function configurationChange(_: Data, base: Base): WatchEvent {
  return { kind: 'sensor.health', ...base, what: 'rules-changed', count: 1 };
}

/** The process that an event names; null without pid and image. Events but ProcessCreate give no number of its user. */
function actorIn(data: Data): Actor | null {
  const pid = numberOf(data, 'ProcessId');
  const exe: Untrusted = untrusted(valueOf(data, 'Image'));
  if (pid <= 0) return null;
  const startTime = startIn(data, 'ProcessGuid');
  const actor = actorOf({ pid, euid: -1, exe });
  return Number.isNaN(startTime) ? actor : { ...actor, startTime };
}

/** `{MMMMMMMM-SSSS-SSSS-KKKK-KKKKKKKKKKKK}`: machine, seconds (low half first), key. */
const GUID = /^\{[0-9a-f]{8}-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}$/i;

/**
 * When the process behind a ProcessGuid was forked, in whole seconds: the same for all images that one process runs, and
 * another's when its pid is used again. NaN when the GUID is of none. Source: eventsCommon.cpp, GenerateUniqueId.
 */
function startIn(data: Data, name: string): EpochMs {
  const parts = GUID.exec(data.get(name) ?? '');
  const seconds = parts === null ? 0 : Number.parseInt(`${parts[2]}${parts[1]}`, 16);
  return epochMs(seconds === 0 ? Number.NaN : seconds * 1000);
}

/**
 * `LogonId` is the lower half of the uid; the key of `LogonGuid` begins with the whole of it, lowest byte first
 * (GenerateUniqueSGUID, LogonIdToString). -1 where the two do not go together.
 */
function uidOf(data: Data): number {
  const low = numberOf(data, 'LogonId');
  const parts = GUID.exec(data.get('LogonGuid') ?? '');
  if (parts === null || low < 0) return -1;
  const key = Buffer.from(`${parts[3]}${parts[4]}`, 'hex');
  const uid = key.readUInt32LE(0);
  return uid % 65_536 === low ? uid : -1;
}
