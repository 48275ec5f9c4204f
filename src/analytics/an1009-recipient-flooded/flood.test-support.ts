import { getTestContext } from 'node:test';
import { checkStory } from '../../../test/support/told.ts';
import { epochMs } from '../../core/time.ts';
import { syslogFormat } from '../../decoders/syslog/format.ts';
import { Machine, type MachineSetting, type Observer } from '../../engine/machine.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { Finding } from '../../events/finding.ts';
import type { BaselineView } from '../../state/baseline/view.ts';
import type { TunableValue } from '../contract.ts';
import { an1009 } from './analytic.ts';

/** Postfix logs written by rule, for what cannot be recorded in real time: weeks of history, hours of flood. */
export const T0 = Date.UTC(2026, 2, 2, 9, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export interface Mail {
  readonly at: number;
  readonly to?: string;
  readonly origTo?: string;
  readonly from?: string;
  readonly ip?: string;
  readonly name?: string;
  readonly size?: number;
  readonly host?: string;
  readonly messageId?: string;
  readonly delaySeconds?: number;
  readonly recipients?: readonly string[];
  readonly uid?: number;
  readonly sasl?: string;
  readonly attachment?: string;
  /** The line's end after `relay=`. */
  readonly fate?: 'maildir' | 'mailbox' | 'command' | 'lmtp' | 'virtual' | 'gateway' | 'full';
  readonly id?: string;
}

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'www-data:x:33:33::/var/www:/usr/sbin/nologin',
  'ops:x:1001:1001::/home/ops:/bin/bash',
  'dev:x:1002:1002::/home/dev:/bin/bash',
  'clerk:x:1003:1003::/home/clerk:/bin/bash',
  'buyer:x:1004:1004::/home/buyer:/bin/bash',
  '',
].join('\n');
const ALIASES = 'postmaster: root\nroot: ops\nsales: buyer\ninfo: clerk, buyer\norders: clerk\n';

/** Counts the messages of one test, so that what it says does not depend on the tests before it. */
const serials = new WeakMap<object, number>();
const outsideTests = {};
function nextSerial(): number {
  const test = getTestContext() ?? outsideTests;
  const next = (serials.get(test) ?? 0) + 1;
  serials.set(test, next);
  return next;
}

/** All lines of one message's life. */
export function linesOf(mail: Mail): string[] {
  const serial = nextSerial();
  const id = mail.id ?? (0xa0000000 + serial).toString(16).toUpperCase();
  const host = mail.host ?? 'mx1';
  const delay = mail.delaySeconds ?? 0.1;
  const arrived = mail.at - delay * 1000;
  const stamp = (time: number): string => `${new Date(time).toISOString().replace('Z', '')}+00:00 ${host}`;
  const from = mail.from ?? 'someone@example.com';
  const to = mail.recipients ?? [mail.to ?? 'clerk@example.org'];
  const ip = mail.ip ?? '192.0.2.10';
  const name = mail.name ?? 'unknown';
  const lines: string[] = [];
  if (mail.uid !== undefined) lines.push(`${stamp(arrived)} postfix/pickup[70]: ${id}: uid=${mail.uid} from=<${from}>`);
  else {
    lines.push(`${stamp(arrived)} postfix/smtpd[71]: connect from ${name}[${ip}]`);
    const sasl = mail.sasl === undefined ? '' : `, sasl_method=PLAIN, sasl_username=${mail.sasl}`;
    lines.push(`${stamp(arrived)} postfix/smtpd[71]: ${id}: client=${name}[${ip}]${sasl}`);
  }
  lines.push(
    `${stamp(arrived)} postfix/cleanup[72]: ${id}: message-id=<${mail.messageId ?? `m${serial}@example.com`}>`,
  );
  if (mail.attachment !== undefined) {
    lines.push(
      `${stamp(arrived)} postfix/cleanup[72]: ${id}: info: header Content-Disposition: attachment; filename="${mail.attachment}" from ${name}[${ip}]; from=<${from}> to=<${to[0]}> proto=ESMTP helo=<x>: seen`,
    );
  }
  lines.push(
    `${stamp(arrived)} postfix/qmgr[73]: ${id}: from=<${from}>, size=${mail.size ?? 4000 + ((serial * 7919) % 9000)}, nrcpt=${to.length} (queue active)`,
  );
  for (const each of to) {
    const original = mail.origTo === undefined ? '' : `, orig_to=<${mail.origTo}>`;
    const [agent, relay, rest] = FATES[mail.fate ?? 'maildir'];
    lines.push(
      `${stamp(mail.at)} postfix/${agent}[74]: ${id}: to=<${each}>${original}, relay=${relay}, delay=${delay}, delays=0/0/0/0, ${rest}`,
    );
  }
  lines.push(`${stamp(mail.at)} postfix/qmgr[73]: ${id}: removed`);
  if (mail.uid === undefined)
    lines.push(
      `${stamp(mail.at)} postfix/smtpd[71]: disconnect from ${name}[${ip}] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5`,
    );
  return lines;
}

const FATES = {
  maildir: ['local', 'local', 'dsn=2.0.0, status=sent (delivered to maildir)'],
  mailbox: ['local', 'local', 'dsn=2.0.0, status=sent (delivered to mailbox)'],
  command: ['local', 'local', 'dsn=2.0.0, status=sent (delivered to command: /usr/bin/procmail)'],
  lmtp: ['lmtp', 'mx1.example.org[private/dovecot-lmtp]', 'dsn=2.0.0, status=sent (250 2.0.0 <x> Saved)'],
  virtual: ['virtual', 'virtual', 'dsn=2.0.0, status=sent (delivered to maildir)'],
  gateway: ['smtp', 'store.example.org[198.51.100.20]:25', 'dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4ABCDEF)'],
  full: ['virtual', 'virtual', 'dsn=4.2.2, status=deferred (maildir delivery failed: mailbox is full)'],
} as const;

/** `count` messages, `everyMs` apart, from `at` on; `build` makes each. */
export function many(count: number, at: number, everyMs: number, build: (index: number) => Omit<Mail, 'at'>): Mail[] {
  return Array.from({ length: count }, (_, index) => ({ ...build(index), at: at + index * everyMs }));
}

export const log = (mails: readonly Mail[]): string[] => inOrder(mails.flatMap(linesOf));

/** By stamp; lines of one time stay as they are. */
export function inOrder(lines: readonly string[]): string[] {
  const keyed = lines.map((line, index) => ({ line, time: Date.parse(line.slice(0, 29)), index }));
  keyed.sort((a, b) => a.time - b.time || a.index - b.index);
  return keyed.map(each => each.line);
}

export interface ReplayOptions {
  readonly tunables?: Record<string, TunableValue>;
  readonly passwd?: string;
  readonly aliases?: string;
  /** After so many lines everything is saved, thrown away and restored. */
  readonly cutAt?: number;
  readonly latenessMs?: number;
  readonly baseline?: BaselineView;
  readonly observers?: readonly Observer[];
}

/** What AN1009 says of a log. */
export function replay(lines: readonly string[], options: ReplayOptions = {}): Finding[] {
  const tunables = new Map<string, TunableValue>(an1009.meta.tunables.map(each => [each.name, each.default]));
  for (const [name, value] of Object.entries(options.tunables ?? {})) tunables.set(name, value);
  const setting: MachineSetting = {
    analytics: [an1009],
    tunables: new Map([['AN1009', tunables]]),
    identity: {
      passwd: options.passwd === undefined ? [PASSWD] : options.passwd === '' ? [] : [options.passwd],
      aliases: options.aliases === undefined ? [ALIASES] : options.aliases === '' ? [] : [options.aliases],
    },
    messagesMax: 50_000,
    baseline: options.baseline,
    observers: options.observers,
  };
  const context = {
    source: 0,
    defaultHost: 'mx1',
    notAfter: epochMs(T0 + 90 * DAY),
    zoneOffsetMinutes: 0,
    latenessMs: options.latenessMs ?? 5000,
  };
  let machine = new Machine(setting);
  const open = () => syslogFormat.open(context, (event: WatchEvent) => machine.apply(event));
  let session = open();
  let offset = 0;
  lines.forEach((line, index) => {
    if (index === options.cutAt) {
      const bytes = machine.snapshot(session.snapshot());
      const restored = Machine.restore(setting, bytes);
      machine = restored.machine;
      session = open();
      session.restore(restored.also);
    }
    const bytes = Buffer.from(line);
    session.pushLine(bytes, 0, bytes.length, offset);
    offset += bytes.length + 1;
  });
  session.tick(Number.POSITIVE_INFINITY);
  const found = machine.findings();
  checkStory(found);
  return found;
}

/** Everything but where the records lie. */
export const gist = (findings: readonly Finding[]): unknown =>
  findings.map(({ steps, ...rest }) => ({ ...rest, steps: steps.map(({ ref: _, ...step }) => step) }));

/** A month of ordinary mail for a mailbox: a few senders, several messages a working day. */
export function ordinaryMonth(to: string, until: number, perDay: number): Mail[] {
  const mails: Mail[] = [];
  for (let day = 28; day >= 1; day--) {
    for (let i = 0; i < perDay; i++) {
      const at = until - day * DAY + ((i * 8 * HOUR) / perDay + (day % 5) * 7 * MINUTE);
      mails.push({ at, to, from: `partner${i % 6}@example.net`, ip: `198.51.100.${60 + (i % 6)}` });
    }
  }
  return mails;
}
