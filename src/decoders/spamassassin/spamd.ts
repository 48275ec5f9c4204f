import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { FilterLine, scoreOf } from '../judged.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';

/**
 * SpamAssassin's spamd: what it made of a message.
 *
 *   result := "spamd: result: " ("Y" | ".") SP score " - " [test *("," test)] " scantime=" s *("," key "=" value) ",mid=" id *("," key "=" value)
 *   named  := "spamd: " ("identified spam" | "clean message") " (" score "/" limit ") for " user …
 *
 * Source: SpamAssassin spamd(8p), recordings of 4.0.1. Emits: mail.judged for the result line, which alone has the Message-ID;
 * its score is rounded. Trust: verdict, score and tests are ours; the id is the sender's word and ends where spamd's next key
 * begins, looked for from the right. Skips: the line before it, which says the same, and everything else.
 */
export const spamdDecoder: ProgramDecoder = Object.freeze({
  id: 'spamd',
  programs: ['spamd'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    if (text.startsWith('spamd: identified spam (') || text.startsWith('spamd: clean message (')) return SAID_AGAIN;
    if (!text.startsWith('spamd: result: ')) return OF_NO_USE;
    const letter = text.charAt(15);
    const dash = text.indexOf(' - ', 16);
    const keys = text.indexOf('scantime=', dash);
    if ((letter !== 'Y' && letter !== '.') || dash < 0 || keys < 0) return MALFORMED;
    const line = new FilterLine(meta, emit, { queueId: '', messageId: messageIdIn(text, keys) });
    const spam = letter === 'Y';
    line.judged('spam', spam ? 'fail' : 'pass', spam ? 'spam' : 'clean', {
      score: scoreOf(text.slice(16, dash).trim()),
    });
    return EMIT;
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('spamd message of no use here');
const SAID_AGAIN = skip('spamd says it again with the message id');
const MALFORMED = reject('spamd result breaks off or has an unknown shape');

function messageIdIn(text: string, from: number): string {
  const at = text.indexOf(',mid=', from);
  if (at < 0) return '';
  let end = text.length;
  // What may follow, each read from the right: an id can hold the words, not their last occurrence.
  for (const key of [',shortcircuit=', ',autolearn=', ',bayes=', ',rmid=']) {
    const next = text.lastIndexOf(key, end - 1);
    if (next > at) end = next;
  }
  const id = text.slice(at + 5, end);
  return id === '(unknown)' ? '' : id;
}
