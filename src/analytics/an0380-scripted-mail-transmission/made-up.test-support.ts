import type { EpochMs } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import type { Delivery, Message } from '../../state/mail/contract.ts';
import type { AddressOwner, Attributed, Contact, Flow, FlowMail } from '../../state/network/contract.ts';
import type { World } from '../../state/world.ts';
import type { Outcome } from './outcome.ts';
import type { Send, SendJob } from './send.ts';
import type { Session } from './wire.ts';

/** Sends, messages, flows and a world around them, made up: for what no log of a host shows by itself. */
export const REF: Ref = { source: 0, offset: 0, length: 1, next: null };
export const DROP = 'drop@example.net';

let numbers = 100;
const next = (): number => {
  numbers += 1;
  return numbers;
};

export type Connection = Send['smtp'][number];
export const connection = (facts: Partial<Connection> = {}): Connection => ({
  destination: '203.0.113.25:25',
  time: 0 as EpochMs,
  ref: REF,
  program: '/usr/bin/swaks',
  failed: false,
  ownSmtp: true,
  contact: null,
  ...facts,
});

export function send(facts: Partial<Send> = {}): Send {
  const pid = next();
  return {
    time: 0 as EpochMs,
    ref: REF,
    pid,
    program: '/usr/bin/mail',
    command: 'mail',
    tty: '',
    trusted: true,
    inline: false,
    isWholeJob: false,
    guessed: false,
    broughtIn: null,
    hook: '',
    via: null,
    byDaemon: false,
    isLetter: false,
    submission: true,
    smtp: [],
    taken: null,
    papers: [],
    recipients: [],
    attachments: [],
    encoders: [],
    printed: false,
    packedBefore: [],
    packing: [],
    storeOwner: '',
    ownLetters: false,
    scriptHint: '',
    ...facts,
  };
}

export const delivery = (recipient: string, status: Delivery['status'] = 'delivered'): Delivery =>
  ({ recipient, originalRecipient: '', status, time: 5, agent: 'smtp', relay: '', ref: REF }) as Delivery;

/** `to`: who it was delivered to, one line of the log each. */
export function message(facts: Partial<Message> = {}, to: readonly (string | Delivery)[] = []): Message {
  const all = to.map(each => (typeof each === 'string' ? delivery(each) : each));
  return {
    host: 'ws1',
    queueId: `Q${next()}`,
    firstTime: 0,
    lastTime: 0,
    sender: '',
    senderKnown: false,
    sizeBytes: -1,
    clientAddress: '',
    submittedByUid: -1,
    submittedByUser: '',
    submitted: true,
    delivery: null,
    others: new Map(all.map(each => [each.recipient, each])),
    originQueueId: '',
    origin: 'none',
    ref: REF,
    refShows: 'arrival',
    stored: null,
    ...facts,
  } as Message;
}

export const flow = (facts: Partial<Flow> = {}): Flow =>
  ({
    sensor: 'zeek',
    flowId: `F${next()}`,
    sourceAddress: '192.0.2.7',
    sourcePort: 40000,
    destinationAddress: '203.0.113.25',
    destinationPort: 25,
    transport: 'tcp',
    startTime: 0,
    endTime: 1000,
    service: 'smtp',
    bytesOut: -1,
    bytesIn: -1,
    counted: 'payload',
    established: true,
    name: '',
    nameFrom: '',
    ref: REF,
    contact: null,
    ...facts,
  }) as Flow;

export const mailSeen = (facts: Partial<FlowMail> = {}): FlowMail => ({
  sender: 'clerk@example.org',
  recipients: [DROP],
  messageId: '',
  lastReply: '',
  dataSeen: true,
  attachments: [],
  time: 500 as EpochMs,
  ref: REF,
  ...facts,
});

export const attributed = (of: Partial<Flow> = {}): Attributed => ({
  flow: flow(of),
  strength: 'observed',
  why: 'same ports',
  alike: 0,
});

export const session = (of: Partial<Flow> = {}, mail: readonly FlowMail[] = [], behind = 0): Session => ({
  connection: behind,
  found: attributed(of),
  mail,
});

export function outcome(facts: Partial<Outcome> = {}): Outcome {
  const taken = facts.message ?? null;
  return {
    send: send(),
    message: taken,
    carried: taken,
    state: 'attempted',
    strength: 'inferred',
    why: 'same uid',
    sessions: [],
    ...facts,
  };
}

export const job = (facts: Partial<SendJob> = {}): SendJob => ({
  key: 'k',
  host: 'ws1',
  uid: 1003,
  context: 'cron',
  job: 'run',
  systemOwned: false,
  ofSite: false,
  daemon: false,
  rootPid: 50,
  rootTime: 0 as EpochMs,
  rootRef: REF,
  sends: [],
  dropped: 0,
  ...facts,
});

export interface Around {
  /** What the MTA was handed, and what came over the network; in order of time. */
  readonly submitted?: readonly Message[];
  readonly received?: readonly Message[];
  readonly flows?: readonly Flow[];
  readonly mailIn?: ReadonlyMap<Flow, readonly FlowMail[]>;
  readonly flowsOf?: ReadonlyMap<Contact, readonly Attributed[]>;
  readonly hostOf?: (address: string) => AddressOwner | null;
  readonly mtaWentTo?: (address: string) => boolean;
  readonly seen?: readonly string[];
  readonly anyMail?: boolean;
  readonly name?: string;
}

const within = (all: readonly Message[] | undefined, host: string, from: number, to: number): Message[] =>
  (all ?? []).filter(each => each.host === host && each.firstTime >= from && each.firstTime <= to);

/** Mail for example.org is delivered here. */
export const world = (around: Around = {}): World =>
  ({
    mail: {
      localDomains: new Set(['example.org']),
      submittedBetween: (host: string, from: number, to: number) => within(around.submitted, host, from, to),
      receivedBetween: (host: string, from: number, to: number) => within(around.received, host, from, to),
    },
    network: {
      smtpFlows: () => around.flows ?? [],
      mailIn: (each: Flow) => around.mailIn?.get(each) ?? [],
      flowsOf: (contact: Contact | null) => (contact === null ? [] : (around.flowsOf?.get(contact) ?? [])),
      hostOf: around.hostOf ?? (() => null),
      mtaWentTo: (_host: string, address: string) => around.mtaWentTo?.(address) ?? false,
    },
    seen: (_host: string, kind: string) => around.seen?.includes(kind) ?? false,
    userName: () => around.name ?? '',
    anyMail: around.anyMail ?? true,
    baseline: undefined,
  }) as unknown as World;
