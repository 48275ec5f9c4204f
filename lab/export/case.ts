import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One record of a recorded audit log. Times are milliseconds since 1970. */
export interface AuditRecord {
  readonly time: number;
  readonly serial: number;
  readonly type: string;
  /** What follows the stamp, without what auditd's ENRICHED format adds. */
  readonly body: string;
  /** What follows the stamp, as it stands in the log. */
  readonly whole: string;
}

/** One line of a recorded syslog file in the traditional format. */
export interface SyslogRecord {
  readonly time: number;
  readonly host: string;
  readonly program: string;
  readonly pid: number;
  readonly text: string;
}

export interface RecordedEvidence {
  readonly host: string;
  readonly audit: readonly AuditRecord[];
  readonly syslog: readonly SyslogRecord[];
  /** uid to name, from the recorded host's passwd. */
  readonly names: ReadonlyMap<number, string>;
}

const RECORD = /^type=(\S+) msg=audit\((\d+)\.(\d+):(\d+)\): ?(.*)$/s;
const LINE = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\S+) ([^\s[:]+)(?:\[(\d+)\])?: (.*)$/s;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads a recorded case (`src/analytics/<analytic>/cases/<case>`) with a syslog in the traditional format. Throws on a line it does not know. */
export function readCase(folder: string): RecordedEvidence {
  const audit = linesOf(folder, 'audit.log.gz').map(line => {
    const found = RECORD.exec(line);
    if (found === null) throw new Error(`no audit record: ${line}`);
    const [, type, seconds, millis, serial, whole] = found as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const body = whole.split('\x1d')[0] as string;
    return { time: Number(seconds) * 1000 + Number(millis), serial: Number(serial), type, body, whole };
  });
  const year = new Date(audit[0]?.time ?? 0).getUTCFullYear();
  const syslog = [...linesOf(folder, 'mail.log.gz'), ...linesOf(folder, 'syslog.gz')].map(line => {
    const found = LINE.exec(line);
    if (found === null) throw new Error(`no traditional syslog line: ${line}`);
    const [month, day, hour, minute, second, host, program, pid, text] = found.slice(1) as string[] as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string | undefined,
      string,
    ];
    const time = Date.UTC(year, MONTHS.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
    return { time, host, program, pid: pid === undefined ? -1 : Number(pid), text };
  });
  const names = new Map(
    readFileSync(join(folder, 'etc/passwd'), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.split(':'))
      .map(fields => [Number(fields[2]), fields[0] as string]),
  );
  return { host: syslog[0]?.host ?? '', audit, syslog, names };
}

function linesOf(folder: string, name: string): string[] {
  return gunzipSync(readFileSync(join(folder, name)))
    .toString('latin1')
    .split('\n')
    .filter(line => line !== '');
}

/** `key=value` of a record's body; quotes are taken off. The first of a key counts. */
export function fieldsOf(body: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, key, quoted, plain] of body.matchAll(/([\w-]+)=(?:"([^"]*)"|'?([^\s']*))/g))
    if (!fields.has(key as string)) fields.set(key as string, quoted ?? plain ?? '');
  return fields;
}

/** An untrusted value as the kernel prints it (quoted, or hexadecimal) as text. */
export function decoded(body: string, key: string): string {
  const found = new RegExp(`(?:^| )${key}=(?:"([^"]*)"|(\\S+))`).exec(body);
  if (found === null) return '';
  if (found[1] !== undefined) return found[1];
  const word = found[2] as string;
  if (word.startsWith('(')) return '';
  return /^(?:[0-9A-F]{2})+$/.test(word) ? Buffer.from(word, 'hex').toString('utf8') : word;
}

/** Records grouped to events, in the order of the first record of each. */
export function eventsOf(audit: readonly AuditRecord[]): AuditRecord[][] {
  const groups = new Map<string, AuditRecord[]>();
  for (const record of audit) {
    const key = `${record.time}:${record.serial}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}
