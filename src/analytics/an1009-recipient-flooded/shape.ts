import { remembered } from '../../core/remembered.ts';
import { flatText } from '../../core/text-pool.ts';

/**
 * What repeats in a flood once the numbers are taken out: runs of digits become `#`, and so do the random-looking words
 * that mailers put into bounce addresses. Lower case.
 */
export function shapeOf(text: string): string {
  let out = '';
  let i = 0;
  const stop = Math.min(text.length, 256);
  while (i < stop) {
    let end = i;
    let digitRuns = 0;
    let inDigits = false;
    for (; end < stop; end++) {
      const code = text.charCodeAt(end);
      const isDigit = code >= 0x30 && code <= 0x39;
      if (!isDigit && !((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)) break;
      if (isDigit && !inDigits) digitRuns += 1;
      inDigits = isDigit;
    }
    if (end === i) {
      out += text.charAt(i);
      i += 1;
      continue;
    }
    const word = text.slice(i, end);
    if (digitRuns === 0) out += word;
    else if (digitRuns >= 2 && word.length >= 8) out += '#';
    else out += word.replace(/\d+/g, '#');
    i = end;
  }
  return out.toLowerCase();
}

/**
 * Who writes, as far as the envelope tells: a list or a newsletter gives each message a bounce address of its own, which holds the
 * recipient (`news-bounces-17-clerk=example.org@lists.example.net`, VERP; `bounces+17-clerk@em.example.net`, with a number beside the
 * name). Without what belongs to this message they are one sender.
 */
export function writerOf(sender: string, recipient: string): string {
  const at = sender.lastIndexOf('@');
  const [local = '', domain] = recipient.split('@');
  if (local === '') return sender;
  // A local delivery program names the account only: then what follows it may be any domain.
  const from = sender.indexOf(`${local}=${domain ?? ''}`);
  if (from < 0) return namedWithNumber(sender, at, local);
  // Also where it has no @.
  if (from > at) return sender;
  const end = domain === undefined ? at : from + recipient.length;
  return shapeOf(`${sender.slice(0, from)}*${sender.slice(end, at)}`) + sender.slice(at);
}

/** The recipient's name stands alone in the sender's local part, and a number or a code beside it. */
function namedWithNumber(sender: string, at: number, local: string): string {
  const from = at < 0 ? -1 : sender.lastIndexOf(local, at - local.length);
  if (from < 0 || isWordAt(sender, from - 1) || isWordAt(sender, from + local.length)) return sender;
  const shape = shapeOf(`${sender.slice(0, from)}*${sender.slice(from + local.length, at)}`);
  return shape.includes('#') ? shape + sender.slice(at) : sender;
}

const isWordAt = (text: string, at: number): boolean => /[a-z0-9]/i.test(text.charAt(at));

/** So many that differ in nothing but their numbers are made by one program. */
const FORM_LEAST = 20;
/** Of what came together so much is made by programs, if it is. */
const FORMS_MOST = 0.6;

/** A name and a number. Numbers alone are names too, at providers that call people by them, and codes are anybody's at a mailing house. */
const NUMBERED = /^(?=[^@]*#)[^@]*[a-z]/;
export const isNumbered = (shape: string): boolean => NUMBERED.test(shape);

export interface Forms {
  /** Kinds of senders that differ in their numbers only, and how many senders or messages are of them. */
  readonly kinds: number;
  readonly count: number;
}

/**
 * The forms that nearly all senders are made by; null where they are not. `shapes` counts by shape. One form is one
 * correspondent whose program writes much; people who write have names of their own.
 */
export function formsOf(shapes: ReadonlyMap<string, number>, of: number): Forms | null {
  let kinds = 0;
  let count = 0;
  for (const [shape, times] of shapes) {
    if (times < FORM_LEAST || !isNumbered(shape)) continue;
    kinds += 1;
    count += times;
  }
  return kinds >= 2 && count >= FORMS_MOST * of ? { kinds, count } : null;
}

/** The network that an address belongs to: /24 of IPv4, /64 of IPv6; '' for anything else. */
export const networkOf = remembered((address: string): string => flatText(network(address)));

function network(address: string): string {
  if (address.includes('.') && !address.includes(':')) {
    const last = address.lastIndexOf('.');
    return `${address.slice(0, last)}.0/24`;
  }
  if (!address.includes(':')) return '';
  const [head = [], tail = []] = address
    .toLowerCase()
    .split('::')
    .map(half => half.split(':').filter(part => part !== ''));
  const zeros = Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail].slice(0, 4);
  return `${groups.map(group => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
