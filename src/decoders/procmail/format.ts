import { fnv1a } from '../../core/hash.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { FileFormat } from '../contract.ts';
import {
  type At,
  type BlockState,
  blockMeta,
  deliveryLog,
  emitDelivered,
  join,
  localDate,
  SUBJECT,
} from '../delivery-log.ts';
import type { LineHold } from '../held-lines.ts';
import { procmailDecoder } from './procmail.ts';

/**
 * procmail's LOGFILE.
 *
 *   block   := "From " sender "  " date LF [" Subject:" text LF] "  Folder: " name 1*TAB *SP size LF        LOGABSTRACT
 *   verbose := "procmail: [" pid "] " date LF | "procmail: " message LF                                      see procmail.ts
 *
 * name is a file, a folder of a mailbox, a directory, or a command with its arguments; relative to MAILDIR, which the log does not
 * tell. Anything else is what programs that procmail ran wrote, or LOG= of the owner's.
 * Source: procmail 3.22, logabstract() in misc.c, procmailrc(5); recordings of 3.22. Trust: as in procmail.ts; the sender and the subject are
 * outsiders' words, a subject is cut at its first line and stands behind ` Subject:`. The subject is never kept.
 */
export const procmailFormat: FileFormat = deliveryLog({
  id: 'procmail-log',
  title: "procmail's LOGFILE",
  recognise(lines: readonly string[]): number {
    let own = 0;
    let known = 0;
    let others = 0;
    for (const line of lines) {
      if (line === '') continue;
      if (isFolder(line) || isOwnWord(line)) own += 1;
      else if (line.startsWith(' Subject:') || isFrom(line)) known += 1;
      else others += 1;
    }
    // What programs wrote stands between procmail's own lines, and one of those is sure: no other log has it.
    return own === 0 ? 0 : ((3 * own + known) / (3 * own + known + others)) * 0.97;
  },
  dateOf: (line, context) =>
    line.startsWith('From ') || line.startsWith('procmail: [') ? localDate(line, context) : Number.NaN,
  begins: line => line.startsWith('From '),
  line(text: string, at: At, block: BlockState, hold: LineHold): Verdict {
    if (text.startsWith(' Subject:') && block.step === 1) {
      join(block, at);
      return SUBJECT;
    }
    if (text.startsWith('  Folder: ') && block.step > 0) {
      join(block, at);
      const verdict = folder(text, at, block, hold);
      block.step = 0;
      return verdict;
    }
    block.step = 0;
    if (!text.startsWith('procmail: ')) return OUTPUT;
    if (Number.isNaN(block.time)) return TIMELESS;
    block.hash = fnv1a(at.buffer, at.start, at.end);
    return procmailDecoder.decode(text, blockMeta(block, 'procmail', hold, at), each => hold.add(each));
  },
});

/** `  Folder: `, a name, and behind a tab a size. */
const isFolder = (line: string): boolean =>
  line.startsWith('  Folder: ') && /^\d{1,15}$/.test(line.slice(line.lastIndexOf('\t') + 1).trim());

/** `procmail: [pid] …` or a sentence, which begins with a capital letter; `procmail: root` stands in a table of aliases. */
function isOwnWord(line: string): boolean {
  if (!line.startsWith('procmail: ')) return false;
  const first = line.charAt(10);
  return first === '[' || (first >= 'A' && first <= 'Z' && line.includes(' ', 11));
}

const isFrom = (line: string): boolean => line.startsWith('From ') && !Number.isNaN(localDate(line, UTC));
const UTC = { zoneOffsetMinutes: 0 };

const OUTPUT = skip('output of a program that procmail ran, or a note of the owner');
const TIMELESS = skip('procmail message before any date');
const MALFORMED = reject('procmail folder line of an unknown shape');

function folder(text: string, at: At, block: BlockState, hold: LineHold): Verdict {
  const tab = text.lastIndexOf('\t');
  const size = text.slice(tab + 1).trim();
  if (tab < 10 || !/^\d{1,15}$/.test(size)) return MALFORMED;
  let nameEnd = tab;
  while (nameEnd > 10 && text.charCodeAt(nameEnd - 1) === 0x09) nameEnd -= 1;
  const name = text.slice(10, nameEnd);
  return emitDelivered(blockMeta(block, 'procmail', hold, at), hold, {
    channel: channelOf(name),
    name,
    size,
  });
}

/** A command has arguments, or stands where shells keep programs; a name alone is a file or a folder. */
function channelOf(name: string): MailDelivery['channel'] {
  if (name === '/dev/null') return 'discard';
  if (name.includes(' ')) return 'command';
  return PROGRAMS.some(place => name.startsWith(place)) ? 'command' : 'mailbox';
}

const PROGRAMS = ['/bin/', '/sbin/', '/usr/bin/', '/usr/sbin/', '/usr/local/bin/', '/usr/lib/', '/usr/libexec/'];
