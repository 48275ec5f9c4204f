import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { filesUnder } from '../../scripts/lib/tree.ts';
import { MAIL_LIMITS, type MessageRange, type StoredAttachment } from '../../src/decoders/mail-store/contract.ts';
import { MboxIndex } from '../../src/decoders/mail-store/mbox-index.ts';
import { readMessage } from '../../src/decoders/mail-store/message-reader.ts';
import { samplesAt } from '../support/samples.ts';

/** How well one project's samples are understood. */
export interface Fidelity {
  readonly source: string;
  readonly program: string;
  /** Messages read. */
  readonly records: number;
  /** Messages of which both readers tell the same attachments: name, type, size, hash. */
  readonly exact: number;
  /** Messages on which they differ for none of the reasons below. */
  readonly notUnderstood: number;
  /** Messages by why the two differ. */
  readonly differences: ReadonlyMap<Reason, number>;
  readonly unexplained: readonly string[];
}

/**
 * `line end`: postal-mime counts the line end before a boundary into the part; RFC 2046 section 5.1.1 gives it to the boundary.
 * `named text`: a text part with a name is a file to a person, and part of the text to postal-mime.
 * `line blanks`: postal-mime keeps blanks at the ends of quoted-printable lines; RFC 2045 section 6.7 rule 3 drops them.
 */
export type Reason = 'line end' | 'named text' | 'line blanks';

const SOURCES = [
  { source: 'enmime', files: (name: string) => name.endsWith('.raw') },
  { source: 'spamassassin', files: (name: string) => /^(?:nice|spam|dkim|txrep|welcomelists)/.test(name) },
];

/** Reads every message of the samples with postal-mime as a second opinion. Empty where the samples are absent. */
export async function mimeFidelity(): Promise<Fidelity[]> {
  const found: Fidelity[] = [];
  for (const { source, files } of SOURCES) {
    const { folder, skip } = samplesAt(source);
    if (skip !== false) continue;
    const messages = filesUnder('.', folder)
      .filter(files)
      .flatMap(name => messagesIn(`/${name}`, readFileSync(join(folder, name))));
    found.push(await compared(source, messages));
  }
  return found;
}

type Sample = { readonly name: string; readonly bytes: Buffer };

function messagesIn(name: string, bytes: Buffer): Sample[] {
  if (!name.endsWith('.mbox')) return [{ name, bytes }];
  const ranges: MessageRange[] = [];
  const index = new MboxIndex(range => ranges.push(range));
  index.push(bytes, 0);
  index.end();
  return ranges.map(({ offset, length }) => ({
    name: `${name}@${offset}`,
    bytes: bytes.subarray(offset, offset + length),
  }));
}

async function compared(source: string, messages: readonly Sample[]): Promise<Fidelity> {
  const differences = new Map<Reason, number>();
  const unexplained: string[] = [];
  let exact = 0;
  for (const { name, bytes } of messages) {
    const { attachments } = await readMessage([bytes], 0, MAIL_LIMITS, false);
    const ours = attachments.filter(each => each.within.length === 0);
    const parsed = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
    const theirs = parsed.attachments.map(each => ({
      name: each.filename ?? '',
      type: each.mimeType,
      content: Buffer.from(each.content as ArrayBuffer),
    }));
    const reasons = reasonsFor(ours, theirs);
    if (reasons === null) unexplained.push(`${name}: ours ${ours.length}, theirs ${theirs.length}`);
    else if (reasons.size === 0) exact += 1;
    else for (const reason of reasons) differences.set(reason, (differences.get(reason) ?? 0) + 1);
  }
  const program = 'postal-mime';
  return {
    source,
    program,
    records: messages.length,
    exact,
    notUnderstood: unexplained.length,
    differences,
    unexplained,
  };
}

interface Theirs {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Why the two lists differ: empty when they do not, null when nothing explains it. */
function reasonsFor(ours: readonly StoredAttachment[], theirs: readonly Theirs[]): Set<Reason> | null {
  const reasons = new Set<Reason>();
  const left = [...theirs];
  for (const our of ours) {
    const their = left[0];
    if (their !== undefined && their.name === our.name && their.type === our.declaredType) {
      const why = whyContent(our, their.content);
      if (why === null) return null;
      if (why !== '') reasons.add(why);
      left.shift();
    } else if (our.name !== '' && /^text\/(?:plain|html)$/.test(our.declaredType)) reasons.add('named text');
    else return null;
  }
  return left.length === 0 ? reasons : null;
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function whyContent(our: StoredAttachment, content: Buffer): Reason | '' | null {
  if (our.sizeBytes === content.length && our.sha256 === hashOf(content)) return '';
  if (content.at(-1) === 10 && our.sha256 === hashOf(content.subarray(0, -1))) return 'line end';
  const bare = Buffer.from(content.toString('latin1').replace(/[ \t]+(?=\r?\n)/g, ''), 'latin1');
  return our.sha256 === hashOf(bare) || our.sha256 === hashOf(bare.subarray(0, -1)) ? 'line blanks' : null;
}
