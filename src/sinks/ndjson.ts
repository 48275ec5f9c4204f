import type { Alert } from '../events/alert.ts';

/** One alert a line, final revision only, in the order given. Control characters are escaped by JSON itself. */
export function* ndjson(alerts: Iterable<Alert>): Generator<string> {
  for (const alert of alerts) yield `${jsonLine(alert)}\n`;
}

/** JSON on one line, with what JSON leaves alone and a terminal or a log viewer would obey (C1, bidi, separators) escaped too. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(OBEYED, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const OBEYED = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
