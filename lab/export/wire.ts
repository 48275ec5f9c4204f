import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/core/hash.ts';
import { epochMs } from '../../src/core/time.ts';
import { FORMATS } from '../../src/decoders/registry.ts';
import { planEvidence } from '../../src/engine/plan.ts';
import { Stream } from '../../src/engine/stream.ts';
import { compareEvents, type WatchEvent } from '../../src/events/event.ts';
import { discover } from '../../src/sources/discover.ts';
import { openBlocks } from '../../src/sources/open-blocks.ts';

/**
 * What a sensor on the laboratory's wire would have seen of a recorded case, worked out from the host's own records. True
 * to the recording: who connected to whom and when, which messages, envelopes, message ids, sizes and answers of the MTA.
 * Not in the recording, and made from a hash of what is: source ports, durations, ids, the bytes of connections that
 * carried no mail (or given by hand), hashes of attachments.
 */
export interface Wire {
  readonly flows: readonly WireFlow[];
  readonly names: readonly WireName[];
  readonly mails: readonly WireMail[];
}

export interface WireFlow {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
  readonly service: string;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly established: boolean;
  /** Name in TLS or HTTP, '' when none. */
  readonly name: string;
}

export interface WireName {
  readonly flow: WireFlow;
  readonly name: string;
  readonly address: string;
}

export interface WireMail {
  readonly flow: WireFlow;
  readonly transaction: number;
  readonly time: number;
  readonly helo: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly messageId: string;
  readonly reply: string;
  readonly files: readonly { id: string; name: string; type: string; size: number; sha256: string }[];
}

export interface WireOptions {
  /** Payload bytes that connections to `address:port` sent, by hand. */
  readonly bytes: ReadonlyMap<string, number>;
  /** Attachments by queue id: `name,type,size`. */
  readonly attachments: ReadonlyMap<string, string>;
  /** Milliseconds by which the sensor's clock is ahead of the host's. */
  readonly aheadMs: number;
}

const OWN = '198.51.100.10';

/** Every event of a folder of evidence, in order. */
export async function eventsOf(folder: string): Promise<WatchEvent[]> {
  const evidence = await discover([folder], { stdin: process.stdin, cwd: process.cwd() });
  const plan = planEvidence(evidence, { formats: FORMATS, zoneOffsetMinutes: 0, latenessMs: 5000, year: null });
  const events: WatchEvent[] = [];
  for (const log of plan.logs) {
    const stream = new Stream({
      format: log.format,
      context: {
        source: 0,
        defaultHost: log.host,
        notAfter: epochMs(log.notAfter),
        zoneOffsetMinutes: 0,
        latenessMs: 5000,
      },
      files: log.files,
      lineBytesMax: 1024 * 1024,
      open: file => openBlocks(file),
      onProblem: () => {},
    });
    while (await stream.fill()) events.push(stream.take());
  }
  return events.sort(compareEvents);
}

/** The laboratory's zone, read from its own DNS server. */
function zone(): Map<string, string> {
  const text = readFileSync(join(import.meta.dirname, '../lib/sinks.py'), 'utf8');
  const table = text.slice(text.indexOf('ZONE = {'), text.indexOf('}', text.indexOf('ZONE = {')));
  const names = new Map<string, string>();
  for (const [, name, address] of table.matchAll(/'([^']+)': '([^']+)'/g))
    if (address !== OWN && !names.has(address as string)) names.set(address as string, name as string);
  return names;
}

interface Arrived {
  readonly time: number;
  readonly client: string;
  readonly helo: string;
  readonly reply: string;
  sender: string;
  recipients: string[];
  messageId: string;
  size: number;
}

const SERVICES: Readonly<Record<number, string>> = { 25: 'smtp', 80: 'http', 443: 'ssl', 587: 'smtp', 465: 'ssl' };

export async function wireOf(folder: string, options: WireOptions): Promise<Wire> {
  const events = await eventsOf(folder);
  const names = zone();
  const flows: WireFlow[] = [];
  const asked: WireName[] = [];
  const mails: WireMail[] = [];
  const hash = (...parts: readonly unknown[]): string => sha256(parts.join('|'));
  const number = (text: string, below: number): number => Number.parseInt(text.slice(0, 8), 16) % below;
  const flow = (from: Partial<WireFlow> & Pick<WireFlow, 'start' | 'source' | 'destination' | 'port'>): WireFlow => {
    const key = hash(from.start, from.source, from.destination, from.port, flows.length);
    const made: WireFlow = {
      id: `C${BigInt(`0x${key.slice(0, 24)}`)
        .toString(36)
        .slice(0, 17)}`,
      sourcePort: 32_768 + number(key, 28_000),
      end: from.start + 80 + number(key.slice(8), 900),
      transport: 'tcp',
      service: SERVICES[from.port] ?? '',
      bytesOut: 220 + number(key.slice(16), 900),
      bytesIn: 300 + number(key.slice(24), 9000),
      established: true,
      name: '',
      ...from,
    };
    flows.push(made);
    return made;
  };
  for (const event of events) {
    if (event.kind !== 'network.connected' || event.family !== 'ipv4' || event.port === 53) continue;
    if (event.address.startsWith('127.') || event.address === OWN || event.address === '0.0.0.0' || event.port === 0)
      continue;
    const start = event.time + options.aheadMs + 0.4;
    const name = names.get(event.address) ?? '';
    const web = event.port === 80 || event.port === 443;
    if (name !== '') {
      const lookup = flow({
        start: start - 21,
        end: start - 20,
        source: OWN,
        destination: '203.0.113.53',
        port: 53,
        transport: 'udp',
        service: 'dns',
        bytesOut: name.length + 18,
        bytesIn: name.length + 34,
      });
      asked.push({ flow: lookup, name, address: event.address });
    }
    const given = options.bytes.get(`${event.address}:${event.port}`);
    flow({
      start,
      source: OWN,
      destination: event.address,
      port: event.port,
      established: event.outcome !== 'failed',
      name: web ? name : '',
      ...(given === undefined ? {} : { bytesOut: given }),
      ...(event.outcome === 'failed' ? { bytesOut: 0, bytesIn: 0 } : {}),
    });
  }
  const messages = new Map<string, Arrived>();
  for (const event of events) {
    if (!('queueId' in event) || event.queueId === '') continue;
    if (event.kind === 'mail.received' && event.clientAddress !== '' && !event.clientAddress.startsWith('127.')) {
      messages.set(event.queueId, {
        time: event.time,
        client: event.clientAddress,
        helo: event.clientName,
        sender: '',
        recipients: [],
        messageId: '',
        reply: `250 2.0.0 Ok: queued as ${event.queueId}`,
        size: 0,
      });
      continue;
    }
    const message = messages.get(event.queueId);
    if (message === undefined) continue;
    if (event.kind === 'mail.identified') message.messageId = event.messageId;
    else if (event.kind === 'mail.queued') {
      message.sender = event.sender;
      message.size = event.sizeBytes;
    } else if (event.kind === 'mail.delivered') {
      const recipient = event.originalRecipient === '' ? event.recipient : event.originalRecipient;
      if (!message.recipients.includes(recipient)) message.recipients = [...message.recipients, recipient];
    }
  }
  for (const [queueId, message] of messages) {
    const start = message.time + options.aheadMs - 12;
    const used = flow({
      start,
      source: message.client,
      destination: OWN,
      port: 25,
      bytesOut: Math.max(0, message.size) + 190,
      bytesIn: 420,
    });
    const file = (index: number, name: string, type: string, size: number) => {
      const key = hash(queueId, index, name);
      return {
        id: `F${BigInt(`0x${key.slice(0, 24)}`)
          .toString(36)
          .slice(0, 17)}`,
        name,
        type,
        size,
        sha256: key,
      };
    };
    const parts = [file(0, '', 'text/plain', 60 + number(hash(queueId), 400))];
    const attached = options.attachments.get(queueId);
    if (attached !== undefined) {
      const [name = '', type = '', size = '0'] = attached.split(',');
      parts.push(file(1, name, type, Number(size)));
    }
    mails.push({
      flow: used,
      transaction: 1,
      time: start + 9,
      helo: message.helo,
      sender: message.sender,
      recipients: message.recipients,
      messageId: message.messageId,
      reply: message.reply,
      files: parts,
    });
  }
  return { flows, names: asked, mails };
}
