import { epochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { AuditSession } from './session.ts';

export interface Replay {
  readonly events: WatchEvent[];
  readonly verdicts: Verdict[];
  readonly drops: ReadonlyMap<string, number>;
}

/** Reads records given as text, one a line, as one log of host `mx1`. */
export function replay(text: string, latenessMs = 5000): Replay {
  const events: WatchEvent[] = [];
  const verdicts: Verdict[] = [];
  const context = { source: 0, defaultHost: 'mx1', notAfter: epochMs(0), zoneOffsetMinutes: 0, latenessMs };
  const session = new AuditSession(context, event => events.push(event));
  const bytes = Buffer.from(text, 'latin1');
  let start = 0;
  while (start < bytes.length) {
    let end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    if (end > start) verdicts.push(session.pushLine(bytes, start, end, start));
    start = end + 1;
  }
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts, drops: session.drops() };
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
