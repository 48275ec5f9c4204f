import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery } from '../../state/mail/contract.ts';
import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import { LIMITS } from './limits.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';
import { weigh } from './weigh.ts';

const WORLD = { hosts: new Map(), mail: { localDomains: new Set(['example.org']) } } as unknown as World;
export const OUT = 'drop@example.net';
export const HERE = 'ops@example.org';

export interface Facts {
  readonly to?: readonly string[];
  readonly attached?: boolean;
  readonly packed?: boolean;
  /** Packed by the job itself, before. */
  readonly before?: boolean;
  readonly store?: string;
  readonly inline?: boolean;
  readonly byDaemon?: boolean;
  /** Whose settings hold the line that sends. */
  readonly hook?: string;
  readonly hint?: string;
  /** Where it speaks SMTP itself. */
  readonly smtp?: string;
  readonly smtpFailed?: boolean;
  /** It does so by the MTA of this host. */
  readonly relayed?: boolean;
  /** What speaks it. */
  readonly program?: string;
  /** What the MTA took, in bytes; on the wire, what was sent. */
  readonly size?: number;
  readonly wire?: number;
  /** A file that the wire showed in it. */
  readonly wireFile?: string;
  readonly state?: Outcome['state'];
  readonly time?: number;
  /** The terminal that it belongs to, and whether nothing above it goes on. */
  readonly tty?: string;
  readonly alone?: boolean;
  /** How the program that decides to send came from outside. */
  readonly broughtIn?: 'mail' | 'download';
  /** What the MTA did with each copy. */
  readonly fate?: Pick<Delivery, 'status' | 'channel'>;
}
let pid = 0;
export function sent(facts: Facts = {}): Outcome {
  pid += 1;
  const to = facts.to ?? [OUT];
  const destination = facts.smtp ?? '';
  const program = facts.program ?? '/p';
  const smtp =
    destination === ''
      ? []
      : [{ destination, program, ownSmtp: facts.relayed !== true, failed: facts.smtpFailed ?? false }];
  const deliveries = new Map(to.map(recipient => [recipient, { originalRecipient: '', recipient, ...facts.fate }]));
  const message =
    facts.size === undefined
      ? null
      : { sizeBytes: facts.size, delivery: null, others: deliveries, host: 'ws1', queueId: 'Q' };
  return {
    send: {
      pid,
      time: facts.time ?? 0,
      smtp,
      papers: [],
      recipients: to,
      attachments: facts.attached === true ? ['a.zip'] : [],
      encoders: facts.packed === true ? ['tar'] : [],
      packedBefore: facts.before === true ? ['zip'] : [],
      storeOwner: facts.store ?? '',
      inline: facts.inline ?? false,
      byDaemon: facts.byDaemon ?? false,
      hook: facts.hook ?? '',
      via: null,
      scriptHint: facts.hint ?? '',
      command: 'mail',
      tty: facts.tty ?? '',
      isWholeJob: facts.alone ?? false,
      broughtIn: facts.broughtIn === undefined ? null : { kind: facts.broughtIn, program: '/usr/bin/mutt', url: '' },
    },
    message,
    carried: message,
    state: facts.state ?? 'attempted',
    sessions: sessionsOf(facts),
  } as unknown as Outcome;
}
function sessionsOf({ wire = -1, wireFile = '' }: Facts): readonly unknown[] {
  if (wireFile !== '')
    return [{ mail: [{ attachments: [{ name: wireFile }], recipients: [] }], found: { flow: { bytesOut: wire } } }];
  return wire < 0 ? [] : [{ mail: [], found: { flow: { bytesOut: wire } } }];
}

export function weighed(outcomes: readonly Outcome[], job: Partial<SendJob> = {}) {
  const story = new Story();
  const all = { context: 'cron', job: 'job', systemOwned: false, ...job } as SendJob;
  const severity = weigh(all, outcomes, story, LIMITS, WORLD);
  return { severity, factors: story.factors.map(({ weight, name }) => `${weight} ${name}`), story };
}
export const each = (count: number, make: (index: number) => Facts): Outcome[] =>
  Array.from({ length: count }, (_, index) => sent(make(index)));

export const BACK = '1 runs in the background';
export const TTY = '-2 started from a terminal';
export const FILES = '2 files attached';
export const PACKED = '2 packed or encoded data in the pipeline';
export const STORE = '2 data of a mail store';
export const OWN = '2 speaks SMTP itself, past the governed relay';
export const FOREIGN = '2 what sends it came from outside';
export const OWN_HERE = '2 speaks SMTP itself, to a server of this host';
export const LOGGED = '1 transmission confirmed by the MTA';
export const SEEN = '1 transmission seen on the wire';
export const OUTSIDE = '1 recipient outside';
export const OTHER = '1 SMTP to another host';
export const INSIDE = '-2 only recipients inside';
export const USERS = "1 job of no package: a command line or a user's script";
export const HINT = '1 command line of a scripted mailer';
export const SYSTEM = '-4 job of the system or a package';
export const SITE = '-1 program of the site, which sends data out';
export const BEFORE = '2 packed just before it was sent';
export const DAEMON = '-4 a service of the host, of no login';
export const SERVICE = { context: 'systemd', daemon: true } as const;
export const LARGE = '2 large payload';
export const SUM = '2 large in sum';
export const MANY = '2 many messages to one recipient';
export const ALIKE = '-3 this job has sent alike before';
export const CROWD = '-1 short messages of one kind, to whoever asks';
export const ODD = '2 unlike what this job sent before';
export const BESIDE = '2 again and again, beside somebody at a terminal';
export const HELD = '0 nothing of it went on from here';
export const KIB = 1024;
export const taken = { state: 'confirmed', size: 900 } as const;
export const all = { attached: true, packed: true, ...taken } as const;

export interface Row {
  readonly says: string;
  readonly outcomes: readonly Outcome[];
  readonly job?: Partial<SendJob>;
  readonly severity: string | null;
  readonly factors: readonly string[];
}
export const terminal = { context: 'interactive' } as const;

/** The sends that a factor is shown by, as their places among the outcomes. */
export function shownBy(name: string, outcomes: readonly Outcome[], job: Partial<SendJob> = {}): readonly number[] {
  const { story } = weighed(outcomes, job);
  const steps = story.factors.find(factor => factor.name === name)?.steps ?? [];
  return steps.map(step => outcomes.findIndex(({ send }) => step.includes(`#${send.pid}.`)));
}

/** A test of each. */
export function tellsOf(rows: readonly Row[]): void {
  for (const { says, outcomes, job, severity, factors } of rows)
    void test(`${says}: ${severity ?? 'nothing'}`, () => {
      const told = weighed(outcomes, job);
      assert.deepEqual(told.factors, factors);
      assert.equal(told.severity, severity);
    });
}
