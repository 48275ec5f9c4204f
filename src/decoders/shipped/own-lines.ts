import { type EpochMs, epochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { DecodeContext, EmitEvent, FileFormat } from '../contract.ts';
import { eximFormat } from '../exim/format.ts';
import type { JsonMeta } from '../json-lines/record.ts';
import { OWN_LOG_FORMATS } from '../own-log/logs.ts';
import type { ShippedText } from './text.ts';

/** Programs whose log files are their own, without syslog; each line of theirs stands for itself. */
const FORMATS: readonly FileFormat[] = [eximFormat, ...OWN_LOG_FORMATS];
const SURE = 0.9;
const DAY_MS = 86_400_000;

function formatOf(line: Buffer): FileFormat | undefined {
  return FORMATS.find(format => format.recognise(line) >= SURE);
}

function contextOf(shipped: ShippedText, context: DecodeContext): DecodeContext {
  const notAfter = Number.isNaN(shipped.time) ? context.notAfter : epochMs(shipped.time + DAY_MS);
  return { ...context, defaultHost: shipped.host || context.defaultHost, notAfter };
}

/** When a line of a program's own log says that it was written; NaN when it is none. */
export function ownLineTime(shipped: ShippedText, context: DecodeContext): EpochMs {
  const line = Buffer.from(shipped.text);
  return epochMs(formatOf(line)?.firstTime(line, contextOf(shipped, context)) ?? Number.NaN);
}

/** Meaning of a line of a program's own log (Exim's mainlog, Dovecot's, Rspamd's and others); null when it is none. */
export function readOwnLine(
  shipped: ShippedText,
  context: DecodeContext,
  meta: JsonMeta,
  emit: EmitEvent,
): Verdict | null {
  const line = Buffer.from(shipped.text);
  const format = formatOf(line);
  if (format === undefined) return null;
  const session = format.open(contextOf(shipped, context), event => emit({ ...event, ref: meta.ref }));
  const verdict = session.pushLine(line, 0, line.length, 0);
  session.tick(Number.POSITIVE_INFINITY);
  return verdict;
}
