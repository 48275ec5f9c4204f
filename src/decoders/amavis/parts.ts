import type { WatchEvent } from '../../events/event.ts';
import { FilterLine, upTo } from '../judged.ts';
import type { SyslogMeta } from '../syslog-contract.ts';

/** Amavis knows a message by an id of its own until its result names the queue id: see MailEventBase.queueId. */
export const queueIdFor = (amavisId: string): string => `amavis.${amavisId}`;

/**
 * One MIME part, at log level 1 and above.
 *
 *   line := "p" n SP place " Content-Type: " type ["," SP encoding] [", size: " bytes] [", SHA1 digest: " hex] [", name: " name]
 *
 * Size is that of the decoded part. False when the line names no attachment.
 */
export function decodePart(
  text: string,
  at: number,
  id: string,
  meta: SyslogMeta,
  emit: (event: WatchEvent) => void,
): boolean {
  const type = text.indexOf(' Content-Type: ', at);
  if (type < 0 || type - at > 40) return false;
  const from = type + 15;
  const named = text.indexOf(', name: ', from);
  if (named < 0) return false;
  const size = text.indexOf(', size: ', from);
  const digest = text.indexOf(', SHA1 digest: ', from);
  const line = new FilterLine(meta, emit, { queueId: queueIdFor(id), messageId: '' });
  line.attached({
    name: text.slice(named + 8),
    declaredType: upTo(text, from, ', ').toLowerCase(),
    sha1: digest < 0 || digest > named ? '' : sha1At(text, digest + 15),
    sizeBytes: size < 0 || size > named ? -1 : wholeNumber(upTo(text, size + 8, ', ')),
  });
  return true;
}

/**
 * The way through containers to a part that is banned, at log level 1 and above.
 *
 *   line := "BANNED:" n SP recipient ': "' step *(" | " step) '", matching_key=' …
 *   step := "P=" part ",L=" place *("," ("M=" type | "T=" real-type | "N=" name | "A=" attribute))
 *
 * The name of what lies inside is written behind the container's and a `!`.
 */
export function decodePath(
  text: string,
  at: number,
  id: string,
  meta: SyslogMeta,
  emit: (event: WatchEvent) => void,
): boolean {
  const open = text.indexOf(': "P=', at);
  const close = text.lastIndexOf('", matching_key=');
  if (open < 0 || close < open) return false;
  let name = '';
  let declaredType = '';
  let realType = '';
  for (const step of text.slice(open + 3, close).split(' | ')) {
    const own = valueOf(step, 'N');
    if (own !== '') name = name === '' ? own : `${name}!${own}`;
    declaredType = valueOf(step, 'M');
    realType = valueOf(step, 'T');
  }
  if (name === '') return false;
  const line = new FilterLine(meta, emit, { queueId: queueIdFor(id), messageId: '' });
  line.attached({ name, declaredType: declaredType.toLowerCase(), realType });
  return true;
}

/** A name may hold commas: it ends where another key begins or the step does. */
function valueOf(step: string, key: string): string {
  const at = step.indexOf(`,${key}=`);
  if (at < 0) return '';
  const from = at + 3;
  let end = step.length;
  for (const next of [',A=', ',N=', ',T=', ',M=']) {
    const found = step.indexOf(next, from);
    if (found >= 0 && found < end) end = found;
  }
  return step.slice(from, end);
}

/** 40 hexadecimal digits, or ''. */
function sha1At(text: string, at: number): string {
  const found = upTo(text, at, ', ');
  if (found.length !== 40) return '';
  for (let i = 0; i < 40; i++) {
    const code = found.charCodeAt(i);
    if (!(code >= 0x30 && code <= 0x39) && !(code >= 0x61 && code <= 0x66)) return '';
  }
  return found;
}

function wholeNumber(text: string): number {
  if (text.length === 0 || text.length > 15) return -1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return -1;
  return Number(text);
}
