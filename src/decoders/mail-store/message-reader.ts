import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import type { Untrusted } from '../../core/untrusted.ts';
import { ContentGauge } from './content.ts';
import type { MailLimits, ReadMessage, StoredAttachment, Trouble } from './contract.ts';
import { factsOfHeaders, type HeaderFacts, NO_HEADERS } from './header-facts.ts';
import { isPlainEncoding, transferDecoder } from './transfer.ts';

type Chunk = MimeNode | { readonly type: 'data' | 'body'; readonly node: MimeNode; readonly value?: Buffer };

/** What all messages inside one message share. */
interface Shared {
  readonly limits: MailLimits;
  readonly trouble: Set<Trouble>;
  readonly attachments: StoredAttachment[];
  parts: number;
  bytes: number;
}

/** Where a message stands: alone in a file, or inside another one. */
interface Position {
  /** Of its first byte in the file, -1 when it lies encoded inside something. */
  readonly offset: number;
  readonly depth: number;
  /** Part number of what holds it, with a dot at its end; '' outside. */
  readonly prefix: string;
  readonly within: readonly Untrusted[];
}

/** An attachment that is being read. */
interface Open {
  readonly node: MimeNode;
  readonly gauge: ContentGauge;
  readonly name: string;
  readonly part: string;
  /** The message that it is, when it is one. */
  readonly inner: MimeReader | null;
  offset: number;
  length: number;
}

/**
 * Reads one message as it goes by: what its headers say of its delivery, and each attachment's name, types, size and hash.
 * MIME is taken apart by mailsplit, which holds one header block or a piece of a line at most; messages inside messages are
 * read the same way. No byte string makes it throw; what is over a bound is said in `trouble`.
 */
export async function readMessage(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  offset: number,
  limits: MailLimits,
  isCut: boolean,
): Promise<ReadMessage> {
  const shared: Shared = { limits, trouble: new Set(), attachments: [], parts: 0, bytes: 0 };
  const reader = new MimeReader({ offset, depth: 0, prefix: '', within: [] }, shared);
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP_BYTES) await reader.push(piece.subarray(at, at + STEP_BYTES));
    if (reader.isOver) break;
  }
  await reader.end(isCut);
  const { facts } = reader;
  return {
    ...facts,
    parts: shared.parts,
    attachments: shared.attachments.sort((a, b) => compareParts(a.part, b.part)),
    trouble: [...shared.trouble].sort(),
  };
}

const STEP_BYTES = 64 * 1024;
const NAME_MAX = 1024;
const TYPE_MAX = 256;

class MimeReader {
  facts: HeaderFacts = NO_HEADERS;
  isOver = false;
  readonly #position: Position;
  readonly #shared: Shared;
  readonly #splitter: Splitter;
  /** Of the next byte that the splitter gives, from the beginning of the message. */
  #at = 0;
  #root: MimeNode | null = null;
  #current: MimeNode | null = null;
  #open: Open | null = null;
  /** Work that waits until the splitter is done with a piece: what is inside goes on one level deeper. */
  #later: (() => Promise<void>)[] = [];

  constructor(position: Position, shared: Shared) {
    this.#position = position;
    this.#shared = shared;
    const { headerBytesMax, partsMax } = shared.limits;
    this.#splitter = new Splitter({ ignoreEmbedded: true, maxHeadSize: headerBytesMax, maxChildNodes: partsMax });
    // Taken where it comes out: a queue in between would have no bound and no use.
    this.#splitter.push = (chunk: Chunk | null) => {
      if (chunk !== null) this.#take(chunk);
      return true;
    };
  }

  async push(bytes: Buffer): Promise<void> {
    if (this.isOver || bytes.length === 0) return;
    this.#shared.bytes += this.#position.depth === 0 ? bytes.length : 0;
    if (this.#shared.bytes > this.#shared.limits.messageBytesMax) {
      this.#shared.trouble.add('bytes-over-bound');
      this.isOver = true;
      return;
    }
    // The splitter keeps pieces of lines and headers as views: they must not change under it.
    const own = Buffer.from(bytes);
    await new Promise<void>(resolve => {
      this.#splitter._transform(own, 'buffer' as BufferEncoding, error => {
        if (error) this.#stop();
        resolve();
      });
    });
    await this.#work();
  }

  async end(isCut: boolean): Promise<void> {
    if (!this.isOver) {
      await new Promise<void>(resolve => {
        this.#splitter._flush(error => {
          if (error) this.#stop();
          resolve();
        });
      });
    }
    if (isCut) this.#shared.trouble.add('cut-short');
    // Every multipart that was closed leads back to the one around it.
    else if (!this.isOver && this.#current !== null && this.#current !== this.#root && this.#current.parentNode)
      this.#shared.trouble.add('no-end-boundary');
    this.#finish(isCut || this.isOver);
    await this.#work();
  }

  #stop(): void {
    this.#shared.trouble.add('mime-over-bound');
    this.isOver = true;
  }

  async #work(): Promise<void> {
    while (this.#later.length > 0) {
      const work = this.#later;
      this.#later = [];
      for (const each of work) await each();
    }
  }

  #take(chunk: Chunk): void {
    if (this.isOver) return;
    if (chunk.type === 'node') {
      this.#finish(false);
      this.#at += chunk._headerlen;
      this.#begin(chunk);
      return;
    }
    const bytes = chunk.value ?? EMPTY;
    if (chunk.type === 'data') {
      this.#finish(false);
      this.#current = chunk.node;
    } else if (this.#open !== null && this.#open.node === chunk.node) this.#feed(this.#open, bytes);
    this.#at += bytes.length;
  }

  #begin(node: MimeNode): void {
    this.#shared.parts += 1;
    this.#current = node;
    if (this.#root === null) {
      this.#root = node;
      if (this.#position.depth === 0) this.facts = factsOfHeaders(node, node._headerlen);
    }
    // The splitter counts the parts of its own message; all those inside count together.
    if (this.#shared.parts > this.#shared.limits.partsMax) return this.#stop();
    if (node.multipart !== false || !isAttachment(node)) return;
    const depth = this.#position.depth + depthOf(node);
    if (depth > this.#shared.limits.depthMax) {
      this.#shared.trouble.add('depth-over-bound');
      return;
    }
    const part = `${this.#position.prefix}${partOf(node)}`;
    const name = (node.filename || '').slice(0, NAME_MAX);
    const encoding = node.encoding || '';
    const gauge = new ContentGauge(transferDecoder(encoding), this.#shared.limits);
    const offset = this.#position.offset < 0 ? -1 : this.#position.offset + this.#at;
    const isMessage = node.contentType === 'message/rfc822' || node.contentType === 'message/global';
    const inner = isMessage
      ? new MimeReader(
          {
            offset: isPlainEncoding(encoding) ? offset : -1,
            depth: depth + 1,
            prefix: `${part}.`,
            within: [...this.#position.within, name],
          },
          this.#shared,
        )
      : null;
    this.#open = { node, gauge, name, part, inner, offset, length: 0 };
  }

  #feed(open: Open, bytes: Buffer): void {
    open.length += bytes.length;
    const content = open.gauge.push(bytes);
    const { inner } = open;
    if (inner !== null && content.length > 0) this.#later.push(() => inner.push(content));
  }

  /** The open attachment, if there is one, ends here. */
  #finish(isCut: boolean): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const last = open.gauge.flush();
    const { inner } = open;
    this.#later.push(async () => {
      if (inner !== null) {
        await inner.push(last);
        await inner.end(isCut);
      }
      const { names, ...facts } = await open.gauge.facts(isCut);
      this.#shared.attachments.push({
        name: open.name,
        declaredType: (open.node.contentType || '').slice(0, TYPE_MAX),
        ...facts,
        offset: open.offset,
        length: open.length,
        part: open.part,
        within: this.#position.within,
        members: names.members,
        membersKnown: names.known,
      });
    });
  }
}

const EMPTY = Buffer.alloc(0);

/** All but the text that a client shows as the message: a part with a name, one said to be attached, any other type. */
function isAttachment(node: MimeNode): boolean {
  if (node.filename || node.disposition === 'attachment') return true;
  return node.contentType !== 'text/plain' && node.contentType !== 'text/html' && node.contentType !== false;
}

function depthOf(node: MimeNode): number {
  let depth = 0;
  for (let at = node.parentNode; at; at = at.parentNode) depth += 1;
  return depth;
}

/** As IMAP numbers it; a message that is one part has part 1. */
function partOf(node: MimeNode): string {
  const numbers = (node.partNr || []).filter(nr => typeof nr === 'number');
  return numbers.length === 0 ? '1' : numbers.join('.');
}

function compareParts(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < left.length || i < right.length; i++) {
    const difference = Number(left[i] ?? -1) - Number(right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
