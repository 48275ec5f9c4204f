import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../../scripts/lib/tree.ts';
import { epochMs } from '../core/time.ts';
import type { Verdict } from '../core/verdict.ts';
import type { WatchEvent } from '../events/event.ts';
import type { FileFormat } from './contract.ts';
import { FORMATS } from './registry.ts';

/** What `lab/filters` noted while it recorded. */
export interface RecordedTruth {
  readonly title: string;
  readonly host: string;
  readonly sent: readonly SentMessage[];
  readonly acted: readonly Record<string, unknown>[];
}

export interface SentMessage {
  readonly messageId: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly client: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly declaredType: string;
    readonly sizeBytes: number;
    readonly md5: string;
    readonly sha256: string;
  }[];
  readonly answer: number;
  readonly then: Readonly<Record<string, unknown>>;
}

export interface Recording {
  readonly name: string;
  readonly truth: RecordedTruth;
  readonly events: readonly WatchEvent[];
  readonly formats: ReadonlyMap<string, string>;
  /** Reasons of rejected lines, with how many. */
  readonly rejects: ReadonlyMap<string, number>;
}

/** All recordings of one program, decoded by whatever format recognises each file best. */
export function recordingsOf(program: string): Recording[] {
  const base = join(ROOT, 'src/decoders', program, 'recordings');
  return readdirSync(base).map(name => {
    const folder = join(base, name);
    const events: WatchEvent[] = [];
    const rejects = new Map<string, number>();
    const formats = new Map<string, string>();
    for (const file of readdirSync(folder).filter(each => each !== 'truth.json')) {
      const bytes = readFileSync(join(folder, file));
      const content = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      const format = formatOf(content);
      formats.set(file, format.id);
      const read = decodeAll(format, content);
      events.push(...read.events);
      for (const verdict of read.verdicts)
        if (verdict.tag === 'reject') rejects.set(verdict.reason, (rejects.get(verdict.reason) ?? 0) + 1);
    }
    const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as RecordedTruth;
    return { name, truth, events, formats, rejects };
  });
}

export function formatOf(content: Buffer): FileFormat {
  const sample = content.subarray(0, 65_536);
  return [...FORMATS].sort((a, b) => b.recognise(sample) - a.recognise(sample))[0] as FileFormat;
}

export function decodeAll(format: FileFormat, content: Buffer): { events: WatchEvent[]; verdicts: Verdict[] } {
  const events: WatchEvent[] = [];
  const context = {
    source: 0,
    defaultHost: 'mx1',
    notAfter: epochMs(Date.UTC(2026, 11, 31)),
    zoneOffsetMinutes: 0,
    latenessMs: 5000,
  };
  const session = format.open(context, event => events.push(event));
  const verdicts: Verdict[] = [];
  let start = 0;
  while (start < content.length) {
    const feed = content.indexOf(10, start);
    const end = feed < 0 ? content.length : feed;
    verdicts.push(session.pushLine(content, start, end, start));
    start = end + 1;
  }
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts };
}

/** The event types that can be of kind K. */
type OfKind<E, K> = E extends { readonly kind: infer Own } ? (Extract<Own, K> extends never ? never : E) : never;

/** Events of these kinds. */
export const ofKind = <K extends WatchEvent['kind']>(
  events: readonly WatchEvent[],
  ...kinds: readonly K[]
): OfKind<WatchEvent, K>[] =>
  events.filter((event): event is OfKind<WatchEvent, K> => (kinds as readonly string[]).includes(event.kind));

/** What filters said of each message that was sent, by its Message-ID (`?` for a message without one), sorted. */
export function judgementsOf({ events }: Recording): Map<string, string[]> {
  const ids = messageIdsOf(events);
  const told = new Map<string, string[]>();
  for (const { queueId, messageId, about, verdict, said, name, action } of ofKind(events, 'mail.judged')) {
    const id = (messageId || ids.get(queueId) || '?').replace(/^<>$/, '?');
    const text = [about, verdict, said, name, action].filter(each => each !== '' && each !== 'unknown').join(' | ');
    told.set(id, [...(told.get(id) ?? []), text].sort());
  }
  return told;
}

/** What filters named as attached, the same way. */
export function attachmentsOf({ events }: Recording): Map<string, string[]> {
  const ids = messageIdsOf(events);
  const told = new Map<string, string[]>();
  for (const { queueId, messageId, name, declaredType, realType, sizeBytes } of ofKind(events, 'attachment.seen')) {
    const id = (messageId || ids.get(queueId) || '?').replace(/^<>$/, '?');
    const text = [name, declaredType, realType, sizeBytes < 0 ? '' : String(sizeBytes)].filter(each => each !== '');
    told.set(id, [...(told.get(id) ?? []), text.join(' | ')].sort());
  }
  return told;
}

/** Queue ids are used again within a recording: only those of one message each are of use here. */
function messageIdsOf(events: readonly WatchEvent[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { queueId, messageId } of ofKind(events, 'mail.identified')) {
    const known = ids.get(queueId);
    ids.set(queueId, known === undefined || known === messageId ? messageId : '');
  }
  return ids;
}
