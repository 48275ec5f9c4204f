import { epochMs } from '../../core/time.ts';
import type { NetworkConnected } from '../../events/host-events.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { FileTransferred, FlowEnded, NameResolved, SmtpSeen } from '../../events/network-events.ts';
import { loadIdentity } from '../identity/identity.ts';
import type { MailState } from '../mail/contract.ts';
import { LearnedDomains } from '../mail/domains.ts';
import { createMailState } from '../mail/state.ts';
import { NetworkState } from './state.ts';

export const T = Date.UTC(2026, 2, 1, 9);
const ref = { source: 0, offset: 0, length: 1, next: null };
const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nclerk:x:1000:1000::/home/clerk:/bin/bash\n';
let serial = 0;

const base = (at: number) => ({
  time: epochMs(T + at),
  order: (serial += 1),
  host: 'sensor',
  ref,
  flowId: `C${serial}`,
  communityId: '',
  sourceAddress: '198.51.100.10',
  sourcePort: 30_000 + serial,
  destinationAddress: '203.0.113.66',
  destinationPort: 443,
});

/** A flow that begins at `at` and takes `forMs`. */
export const flow = (at: number, more: Partial<FlowEnded> = {}, forMs = 500): FlowEnded => ({
  kind: 'flow.ended',
  ...base(at + forMs),
  startTime: epochMs(T + at),
  transport: 'tcp',
  service: '',
  bytesOut: 1000,
  bytesIn: 200,
  counted: 'payload',
  established: true,
  ...more,
});

export const answer = (at: number, name: string, more: Partial<NameResolved> = {}): NameResolved => ({
  kind: 'name.resolved',
  ...base(at),
  destinationAddress: '203.0.113.53',
  destinationPort: 53,
  name,
  answers: ['203.0.113.66'],
  ...more,
});

export const smtp = (at: number, more: Partial<SmtpSeen> = {}): SmtpSeen => ({
  kind: 'smtp.seen',
  ...base(at),
  sourceAddress: '203.0.113.10',
  destinationAddress: '198.51.100.10',
  destinationPort: 25,
  helo: 'mail.example.net',
  sender: 'a@example.net',
  recipients: ['clerk@example.org'],
  messageId: '<1@example.net>',
  userAgent: '',
  lastReply: '250 2.0.0 Ok: queued as 4AAAA',
  tls: false,
  dataSeen: true,
  transaction: 1,
  fileIds: [],
  attachmentNames: [],
  ...more,
});

export const file = (at: number, more: Partial<FileTransferred> = {}): FileTransferred => ({
  kind: 'file.transferred',
  ...base(at),
  fileId: '',
  transaction: -1,
  service: 'SMTP',
  server: '',
  name: 'offer.zip',
  type: 'application/zip',
  sizeBytes: 3311,
  sha256: 'ab'.repeat(32),
  outbound: true,
  ...more,
});

export const connect = (at: number, more: Partial<NetworkConnected> = {}): NetworkConnected => ({
  kind: 'network.connected',
  time: epochMs(T + at),
  order: (serial += 1),
  host: 'mx1',
  ref,
  actor: { pid: 4711, ppid: 1, uid: 1000, euid: 1000, auid: 1000, ses: 1, tty: '', comm: 'curl', exe: '/usr/bin/curl' },
  family: 'ipv4',
  address: '203.0.113.66',
  port: 443,
  outcome: 'established',
  ...more,
});

export interface Bench {
  readonly network: NetworkState;
  readonly mail: MailState;
  /** An MTA's line. */
  log(event: MailEvent): void;
}

export function bench(hosts: Readonly<Record<string, string>> = {}): Bench {
  const domains = new LearnedDomains();
  const identity = loadIdentity({ passwd: [PASSWD], aliases: [], recipientDelimiter: '+', domains });
  const mail = createMailState({ identity, domains });
  const mailHosts = new Set<string>();
  const network = new NetworkState({ mail, hosts: new Map(Object.entries(hosts)), mailHosts: () => [...mailHosts] });
  return {
    network,
    mail,
    log(event) {
      if (event.kind === 'mail.received') mailHosts.add(event.host);
      mail.push(event);
      network.mailLine(event);
    },
  };
}

const line = (at: number, queueId: string) => ({
  time: epochMs(T + at),
  order: (serial += 1),
  host: 'mx1',
  ref,
  program: 'postfix/smtpd',
  pid: 1,
  queueId,
});

export const came = (at: number, clientAddress: string): MailEvent => ({
  kind: 'mail.connected',
  ...line(at, ''),
  clientName: 'mail.example.net',
  clientAddress,
});

export const received = (at: number, queueId: string, clientAddress: string): MailEvent => ({
  kind: 'mail.received',
  ...line(at, queueId),
  clientName: 'mail.example.net',
  clientAddress,
  saslUser: '',
  originQueueId: '',
});

export const identified = (at: number, queueId: string, messageId: string): MailEvent => ({
  kind: 'mail.identified',
  ...line(at, queueId),
  messageId,
  resent: false,
});
