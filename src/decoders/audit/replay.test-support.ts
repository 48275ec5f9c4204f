import assert from 'node:assert/strict';
import { LineSplitter } from '../../core/line-splitter.ts';
import { epochMs } from '../../core/time.ts';
import { EMIT, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { LineTally } from '../contract.ts';
import { AuditSession } from './session.ts';
import { EMPTY } from './verdicts.ts';

export interface Replay {
  readonly events: WatchEvent[];
  readonly verdicts: Verdict[];
  readonly drops: ReadonlyMap<string, number>;
}

/** Reads records given as text, one a line, as one log of host `mx1`: line by line, and all at once, which must be the same. */
export function replay(text: string, latenessMs = 5000): Replay {
  const bytes = Buffer.from(text, 'latin1');
  const one = byLine(bytes, latenessMs);
  const whole = bytes.at(-1) === LINE_FEED ? bytes : Buffer.concat([bytes, Buffer.of(LINE_FEED)]);
  const many = atOnce(whole, whole.length, latenessMs);
  assert.deepEqual(many.events, one.events);
  assert.deepEqual(many.tally, tallied(one.verdicts));
  assert.deepEqual(many.drops, one.drops);
  return one;
}

const LINE_FEED = 10;

function open(latenessMs: number): { session: AuditSession; events: WatchEvent[] } {
  const events: WatchEvent[] = [];
  const context = { source: 0, defaultHost: 'mx1', notAfter: epochMs(0), zoneOffsetMinutes: 0, latenessMs };
  return { session: new AuditSession(context, event => events.push(event)), events };
}

/** Lines one by one; those without a byte are nobody's here. */
export function byLine(bytes: Buffer, latenessMs: number): Replay {
  const { session, events } = open(latenessMs);
  const verdicts: Verdict[] = [];
  let start = 0;
  while (start < bytes.length) {
    let feed = bytes.indexOf(LINE_FEED, start);
    if (feed < 0) feed = bytes.length;
    const end = feed > start && bytes[feed - 1] === 13 ? feed - 1 : feed;
    if (end > start) verdicts.push(session.pushLine(bytes, start, end, start));
    start = feed + 1;
  }
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts, drops: session.drops() };
}

/** All lines at once, from blocks of so many bytes. */
export function atOnce(
  bytes: Buffer,
  blockBytes: number,
  latenessMs: number,
): { events: WatchEvent[]; tally: Record<string, number>; drops: ReadonlyMap<string, number>; lines: number } {
  const { session, events } = open(latenessMs);
  const told: Verdict[] = [];
  const tally: LineTally = {
    lines: 0,
    emitted: 0,
    tell: (verdict, lines) => {
      if (verdict !== EMPTY) for (let i = 0; i < lines; i++) told.push(verdict);
    },
  };
  const onLine = (b: Buffer, start: number, end: number, offset: number) => {
    if (end > start) told.push(session.pushLine(b, start, end, offset));
  };
  const splitter = new LineSplitter();
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    let from = splitter.begin(block, onLine);
    if (from < 0) continue;
    for (let rest = -1; rest !== from; ) {
      rest = from;
      from = session.pushLines(block, rest, at + rest, tally);
    }
    splitter.keep(block, from, at);
  }
  splitter.end(onLine);
  session.tick(Number.POSITIVE_INFINITY);
  for (let i = 0; i < tally.emitted; i++) told.push(EMIT);
  return { events, tally: tallied(told), drops: session.drops(), lines: tally.lines };
}

/** How many lines of each verdict. */
export function tallied(verdicts: readonly Verdict[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) {
    const name = verdict.tag === 'emit' ? 'emit' : verdict.reason;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The one event that a text must become; everything but where its record lies. */
export function only<K extends WatchEvent['kind']>(text: string, kind: K): WatchEvent & { kind: K } {
  const { events } = replay(text);
  if (events.length !== 1 || events[0]?.kind !== kind) {
    throw new Error(`expected one ${kind}, got ${events.map(event => event.kind).join(', ') || 'nothing'}`);
  }
  return events[0] as WatchEvent & { kind: K };
}

const ACTOR =
  'ppid=100 pid=200 auid=1001 uid=1001 gid=1001 euid=1001 suid=1001 fsuid=1001 egid=1001 sgid=1001 fsgid=1001 tty=pts0 ses=7 comm="tool" exe="/usr/bin/tool"';

/** A SYSCALL record in the kernel's order of fields. */
export function syscall(
  stamp: string,
  number: number,
  fields: { arch?: string; exit?: number | string; success?: string; a?: readonly string[] } = {},
): string {
  const [a0 = '0', a1 = '0', a2 = '0', a3 = '0'] = fields.a ?? [];
  return `type=SYSCALL msg=audit(${stamp}): arch=${fields.arch ?? 'c000003e'} syscall=${number} success=${fields.success ?? 'yes'} exit=${fields.exit ?? 0} a0=${a0} a1=${a1} a2=${a2} a3=${a3} items=2 ${ACTOR} key="x"\n`;
}

export function path(
  stamp: string,
  item: number,
  name: string,
  nametype: string,
  extra: { inode?: number; mode?: string } = {},
): string {
  const inode =
    extra.inode === undefined
      ? ''
      : ` inode=${extra.inode} dev=fe:00 mode=${extra.mode ?? '0100644'} ouid=1001 ogid=1001 rdev=00:00`;
  return `type=PATH msg=audit(${stamp}): item=${item} name=${name}${inode} nametype=${nametype} cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0\n`;
}

export const cwd = (stamp: string, directory: string): string => `type=CWD msg=audit(${stamp}): cwd="${directory}"\n`;
