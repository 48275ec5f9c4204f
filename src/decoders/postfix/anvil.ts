import { EMIT } from '../../core/verdict.ts';
import type { MailNotice } from '../../events/mail-events.ts';
import { decimalOf, isAddress } from './parts.ts';
import { emitNotice, NO_FATE, postfixDecoder } from './said.ts';

/**
 * Postfix anvil: the busiest client of the last interval.
 *
 *   line := "statistics: max " ("connection rate" | "connection count" | "message rate" | "recipient rate" | ...) " " n ["/" s "s"]
 *           " for (" service ":" address ") at " stamp
 *
 * Source: Postfix anvil/anvil.c. Emits: mail.notice with the count. Trust: count and address are ours.
 * Skips: other rates and the cache's size.
 */
export const anvilDecoder = postfixDecoder({
  id: 'postfix.anvil',
  daemons: ['anvil'],
  decode(said) {
    const { text } = said;
    if (!text.startsWith('statistics: max ')) return NO_FATE;
    for (const [words, what] of KINDS) {
      if (!text.startsWith(words, 16)) continue;
      const from = 16 + words.length;
      let stop = from;
      while (stop < text.length && text.charCodeAt(stop) !== 0x20 && text.charCodeAt(stop) !== 0x2f) stop += 1;
      const count = decimalOf(text, from, stop);
      const open = text.indexOf(' for (', stop);
      const close = open < 0 ? -1 : text.indexOf(') at ', open);
      if (count < 0 || close < 0) return NO_FATE;
      const colon = text.indexOf(':', open);
      const address = text.slice(colon + 1, close);
      emitNotice(said, what, isAddress(address) ? address : '', count, text.slice(12));
      return EMIT;
    }
    return NO_FATE;
  },
});

const KINDS: readonly (readonly [string, MailNotice['what']])[] = [
  ['connection rate ', 'connection-rate'],
  ['connection count ', 'connection-count'],
  ['message rate ', 'message-rate'],
  ['recipient rate ', 'recipient-rate'],
];
