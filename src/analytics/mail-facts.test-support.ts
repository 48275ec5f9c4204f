import type { EpochMs } from '../core/time.ts';
import type { Ref } from '../events/ref.ts';
import type { Delivery, Judgement, Message, MessageAttachment } from '../state/mail/contract.ts';
import type { Flow } from '../state/network/contract.ts';
import type { Taint, TaintOrigin, TaintStep } from '../state/taint.ts';

/** Messages, what they carry and what was said of them, in plain values: what is not said is not known. */
export const REF: Ref = { source: 0, offset: 0, length: 1, next: null };
export const at = (time: number): EpochMs => time as EpochMs;

export const message = (facts: Partial<Message> = {}): Message =>
  ({
    host: 'mx1',
    queueId: 'Q1',
    firstTime: 10,
    lastTime: 10,
    messageId: '',
    sender: '',
    senderKnown: false,
    sizeBytes: -1,
    clientName: '',
    clientAddress: '',
    attachments: [],
    ref: null,
    refShows: 'nothing',
    stored: null,
    ...facts,
  }) as Message;

export const delivery = (facts: Partial<Delivery> = {}): Delivery =>
  ({
    recipient: 'clerk@example.org',
    originalRecipient: '',
    mailbox: 'clerk',
    status: 'delivered',
    agent: 'local',
    agentPid: 7,
    time: 20,
    ref: REF,
    ...facts,
  }) as Delivery;

export const attachment = (facts: Partial<MessageAttachment> = {}): MessageAttachment => ({
  name: 'a.pdf',
  declaredType: '',
  realType: '',
  sizeBytes: -1,
  sha256: '',
  ref: REF,
  ...facts,
});

export const judgement = (facts: Partial<Judgement> = {}): Judgement =>
  ({
    time: 15,
    program: '/usr/sbin/amavisd',
    about: 'spam',
    verdict: 'fail',
    said: 'SPAM',
    name: '',
    part: '',
    score: null,
    action: 'none',
    by: 'queue-id',
    ref: REF,
    ...facts,
  }) as Judgement;

export const stepOf = (facts: Partial<TaintStep> = {}): TaintStep => ({
  time: at(0),
  order: 1,
  kind: 'file.created',
  program: '/usr/bin/client',
  pid: 5,
  verb: 'writes',
  object: '/home/clerk/a.pdf',
  ref: REF,
  strength: 'observed',
  why: '',
  ...facts,
});

export const taintOf = (origin: Partial<TaintOrigin> = {}, step: Partial<TaintStep> = {}): Taint => ({
  origin: {
    id: 'o',
    kind: 'mail',
    host: 'ws1',
    time: at(30),
    person: 'clerk',
    uid: 1003,
    program: '/usr/bin/client',
    pid: 5,
    strength: 'observed',
    basis: 'client-wrote',
    storePath: '',
    agentPid: -1,
    agentTime: 0,
    box: '',
    classBits: 0,
    ...origin,
  },
  step: stepOf(step),
  previous: null,
  hops: 0,
  curated: false,
  archived: false,
  assumes: '',
});

export const flowOf = (facts: Partial<Flow> = {}): Flow =>
  ({
    sensor: 'zeek',
    flowId: 'F1',
    sourceAddress: '192.0.2.7',
    sourcePort: 40000,
    destinationAddress: '203.0.113.9',
    destinationPort: 443,
    transport: 'tcp',
    startTime: 0,
    endTime: 1500,
    service: '',
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
