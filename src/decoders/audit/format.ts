import { InternTable } from '../../core/intern.ts';
import type { DecodeContext, EmitEvent, FileFormat } from '../contract.ts';
import { type Header, newHeader, parseHeader } from './header.ts';
import { AuditSession } from './session.ts';
import { STANDALONE } from './standalone.ts';

const FIRST = ['type=', 'node='];
const BEHIND_A_HEAD = 0.8;
const LINES_FOR_HOSTS_MAX = 1000;

/**
 * Calls `visit` with each audit record head among the first `linesMax` lines of a sample. Returns how many lines there were,
 * how many heads, and how many of these stood first in their line.
 */
function heads(
  sample: Buffer,
  linesMax: number,
  visit: (header: Header) => boolean,
): { lines: number; heads: number; first: number } {
  const intern = new InternTable(256, 16_384);
  const header = newHeader();
  let lines = 0;
  let found = 0;
  let first = 0;
  let start = 0;
  while (start < sample.length && lines < linesMax) {
    let end = sample.indexOf(10, start);
    if (end < 0) end = sample.length;
    if (end > start) {
      lines += 1;
      if (parseHeader(sample, start, end, header, intern, STANDALONE) === 0) {
        found += 1;
        if (FIRST.some(word => sample.toString('latin1', start, start + 5) === word)) first += 1;
        if (!visit(header)) break;
      }
    }
    start = end + 1;
  }
  return { lines, heads: found, first };
}

/**
 * The Linux audit log: raw or enriched, with or without `node=`, from auditd's file, a dispatcher plugin or syslog.
 * Source: auditd(8), auditd.conf(5) log_format, audit-userspace. Emits host events. Trust: see record.ts.
 */
export const auditFormat: FileFormat = {
  id: 'audit',
  title: 'Linux audit log',
  // An event has a kilobyte and a half in several records: a block holds few, and the next one costs a turn of the event loop.
  blockBytes: 1024 * 1024,
  recognise(sample) {
    const { lines, heads: found, first } = heads(sample, 200, () => true);
    // Behind a syslog head, records are syslog's to read: it knows the host and what else stands there.
    return lines === 0 ? 0 : Math.min(1, ((first + (found - first) * BEHIND_A_HEAD) / lines) * 1.05);
  },
  hostOf(sample) {
    let host = '';
    heads(sample, 200, header => {
      host = header.node;
      return host === '';
    });
    return host;
  },
  hostsOf(sample) {
    const hosts = new Set<string>();
    heads(sample, LINES_FOR_HOSTS_MAX, header => {
      if (header.node !== '') hosts.add(header.node);
      return header.node !== '';
    });
    return hosts;
  },
  firstTime(sample) {
    let time = Number.NaN;
    heads(sample, 200, header => {
      time = header.time;
      return false;
    });
    return time;
  },
  yearless: () => false,
  open: (context: DecodeContext, emit: EmitEvent) => new AuditSession(context, emit),
};
