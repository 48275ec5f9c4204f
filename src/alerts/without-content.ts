const LEFT_OUT = '[left out]';

/**
 * Keys under which sensors log what was said: subjects, payload and bodies. `url` is only meant as a list, which is
 * Suricata's of the links in a message.
 */
const KEYS = [
  'subject',
  'payload',
  'payload_printable',
  'packet',
  'http_request_body',
  'http_request_body_printable',
  'http_response_body',
  'http_response_body_printable',
  'url',
] as const;

/**
 * A sensor's record without what it quotes of messages (ALL-6). The hash of the record covers it still.
 *
 *   Suricata EVE, Zeek JSON   "subject":"…", "payload":"…", "email":{"url":[…]}
 *   Zeek TSV                  the column of smtp.log that holds the subject, in the order of the default log
 */
export function withoutContent(line: string): string {
  if (line.startsWith('{')) return withoutValues(line);
  return line.includes('\t') ? withoutColumn(line) : line;
}

/** Quotes of a record, of a record that stands as text in a shipper's document, and of one that was shipped on. */
const QUOTES = ['"', '\\"', '\\\\\\"'] as const;

function withoutValues(line: string): string {
  let text = line;
  for (const quote of text.includes(QUOTES[1]) ? QUOTES : QUOTES.slice(0, 1))
    for (const key of KEYS) text = withoutValue(text, key, quote);
  return text;
}

/** `"key":"…"`, also behind a dot, as flattened documents name it. */
function withoutValue(line: string, key: string, quote: string): string {
  let text = line;
  const mark = `${key}${quote}:`;
  let from = text.indexOf(mark);
  while (from >= 0) {
    let start = from + mark.length;
    while (text[start] === ' ') start += 1;
    const before = text[from - 1];
    if (before === '.' || text.startsWith(quote, from - quote.length)) {
      const isList = text[start] === '[';
      const end = isList ? listEnd(text, start, quote) : stringEnd(text, start, quote);
      if (end > start && (isList || key !== 'url'))
        text = `${text.slice(0, start)}${quote}${LEFT_OUT}${quote}${text.slice(end)}`;
    }
    from = text.indexOf(mark, start + 1);
  }
  return text;
}

/** Behind the closing quote of the string that begins at `start`; `start` when none does, the end when it is cut. */
function stringEnd(text: string, start: number, quote: string): number {
  return text.startsWith(quote, start) ? quotedEnd(text, start + quote.length, quote.length - 1) : start;
}

/**
 * Position behind the quote that ends the text at `from`, where quotes have `slashes` before them: one of the text's own has
 * that many, and one more and again as many, doubled by each escape.
 */
export function quotedEnd(text: string, from: number, slashes: number): number {
  let run = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') run += 1;
    else {
      if (text[at] === '"' && run % (2 * (slashes + 1)) === slashes) return at + 1;
      run = 0;
    }
  }
  return text.length;
}

function listEnd(text: string, start: number, quote: string): number {
  let at = start + 1;
  while (at < text.length && text[at] !== ']') at = text.startsWith(quote, at) ? stringEnd(text, at, quote) : at + 1;
  return Math.min(at + 1, text.length);
}

const SUBJECT = 17;
const DEPTH = 6;
const METHOD = 7;

/** smtp.log has the number of the message where conn.log has the protocol, and no method behind it as http.log has. */
function withoutColumn(line: string): string {
  const columns = line.split('\t', 64);
  if (columns.length < 20 || !isNumber(columns[0], '.') || !isNumber(columns[DEPTH], '') || isMethod(columns[METHOD]))
    return line;
  columns[SUBJECT] = LEFT_OUT;
  return columns.join('\t');
}

function isNumber(text: string | undefined, also: string): boolean {
  if (text === undefined || text.length === 0 || text.length > 24) return false;
  for (const char of text) if ((char < '0' || char > '9') && char !== also) return false;
  return true;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'HEAD', 'CONNECT', 'OPTIONS', 'DELETE', 'PATCH', 'PROPFIND', '-']);
const isMethod = (text: string | undefined): boolean => METHODS.has(text ?? '');
