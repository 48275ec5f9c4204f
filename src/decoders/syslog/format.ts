import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from '../contract.ts';
import { type LineKind, SyslogLine } from './line.ts';
import { PROGRAMS } from './programs.ts';
import { openSyslog } from './session.ts';
import { StampReader } from './stamp.ts';

/**
 * Syslog as files keep it: RFC 3164 with and without year, RFC 5424, rsyslog's ISO form, and what `journalctl -o short*` prints.
 *
 * Trust: whoever may write to /dev/log can write a line in any program's name; the host's logs are believed as far as the
 * host is. A client's words cannot start a line: daemons and rsyslog escape control characters.
 * Drops: `duplicate line` (same time, host and bytes); `late` is counted there too, though late events are still emitted.
 */
export const syslogFormat: FileFormat = Object.freeze({
  id: 'syslog',
  title: 'Syslog (RFC 3164, RFC 5424, rsyslog, journalctl short forms)',
  recognise(sample: Buffer): number {
    let good = 0;
    let bad = 0;
    eachLine(sample, ANY, (kind, line, length) => {
      if (kind === 'message' || kind === 'repeat') good += 1;
      else if (kind === 'no-tag') bad += line.hostEnd > line.hostStart && length > 0 ? 0.5 : 1;
      else if (kind !== 'empty' && kind !== 'journal-marker' && kind !== 'continuation') bad += 1;
      return 'next';
    });
    if (good === 0) return 0;
    return Math.min(0.95, good / (good + bad));
  },
  hostOf(sample: Buffer): string {
    let host = '';
    eachLine(sample, ANY, (kind, line) => {
      if ((kind !== 'message' && kind !== 'repeat') || line.hostEnd === line.hostStart) return 'next';
      host = sample.toString('utf8', line.hostStart, line.hostEnd);
      return 'stop';
    });
    return host;
  },
  hostsOf(sample: Buffer): ReadonlySet<string> {
    const hosts = new Set<string>();
    eachLine(sample, ANY, (kind, line) => {
      if ((kind === 'message' || kind === 'repeat') && line.hostEnd > line.hostStart)
        hosts.add(sample.toString('utf8', line.hostStart, line.hostEnd));
      return 'next';
    });
    return hosts;
  },
  firstTime(sample: Buffer, context: DecodeContext): number {
    let time = Number.NaN;
    eachLine(sample, context, (kind, line) => {
      if (kind !== 'message' && kind !== 'repeat' && kind !== 'no-tag') return 'next';
      time = line.stamp.time;
      return 'stop';
    });
    return time;
  },
  yearless(sample: Buffer): boolean {
    let yearless = false;
    eachLine(sample, ANY, (kind, line) => {
      if (kind !== 'message' && kind !== 'repeat' && kind !== 'no-tag') return 'next';
      yearless = line.stamp.yearless;
      return 'stop';
    });
    return yearless;
  },
  open(context: DecodeContext, emit: EmitEvent): DecoderSession {
    return openSyslog(context, emit, PROGRAMS);
  },
});

const ANY = { notAfter: Number.POSITIVE_INFINITY, zoneOffsetMinutes: 0 };
const LINES_SAMPLED_MAX = 400;

function eachLine(
  sample: Buffer,
  context: { readonly notAfter: number; readonly zoneOffsetMinutes: number },
  visit: (kind: LineKind, line: SyslogLine, length: number) => 'next' | 'stop',
): void {
  const line = new SyslogLine(new StampReader(context));
  let start = 0;
  for (let count = 0; count < LINES_SAMPLED_MAX && start < sample.length; count++) {
    const feed = sample.indexOf(0x0a, start);
    // A last line without an end may be cut in the middle; alone it is all there is.
    if (feed < 0 && count > 0) return;
    let end = feed < 0 ? sample.length : feed;
    if (end > start && sample[end - 1] === 0x0d) end -= 1;
    if (visit(line.parse(sample, start, end), line, end - start) === 'stop') return;
    start = feed < 0 ? sample.length : feed + 1;
  }
}
