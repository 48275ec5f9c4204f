import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFormat } from '../../../src/decoders/contract.ts';
import { eximFormat } from '../../../src/decoders/exim/format.ts';
import { OWN_LOG_FORMATS } from '../../../src/decoders/own-log/logs.ts';
import { syslogFormat } from '../../../src/decoders/syslog/format.ts';
import type { WatchEvent } from '../../../src/events/event.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { isTold, readOne } from './lines.ts';

/** What fail2ban's own test says of the line below it. */
interface FailJson {
  readonly time?: string;
  readonly match: boolean;
  readonly host?: string;
}

interface Sample {
  readonly expected: FailJson;
  readonly line: string;
}

function samplesIn(file: string): Sample[] {
  const lines = readFileSync(join(samplesAt('fail2ban').folder, file), 'latin1').split('\n');
  return lines.flatMap((line, i) => {
    if (!line.startsWith('# failJSON:')) return [];
    const expected = JSON.parse(line.slice('# failJSON:'.length)) as FailJson;
    const next = lines.slice(i + 1).find(each => !each.startsWith('#')) ?? '';
    return expected.match && expected.host !== undefined ? [{ expected, line: next }] : [];
  });
}

/** Month to second: most of the lines have no year. */
const clock = (iso: string): string => iso.replace(/-(\d)T/, '-0$1T').slice(5, 19);

function toldOf(events: readonly WatchEvent[], host: string): object | undefined {
  const event = events.find(each => textsOf(each).includes(host)) ?? events[0];
  return event === undefined
    ? undefined
    : { host: textsOf(event).includes(host) ? host : '', time: clock(new Date(event.time).toISOString()) };
}

const textsOf = (event: object): string[] =>
  Object.values(event).flatMap(value =>
    typeof value === 'object' && value !== null ? textsOf(value) : [String(value).toLowerCase()],
  );

const ownFormat = (line: string): FileFormat | undefined =>
  OWN_LOG_FORMATS.find(each => each.recognise(Buffer.from(`${line}\n`)) > 0.5);

const TAI =
  'fail2ban takes TAI64N labels as UTC and tells them in its own zone; they run 10 s ahead (tai64n(8)) and are told in UTC';

function failures(file: string, format: FileFormat): Comparison {
  const comparison = new Comparison();
  for (const { expected, line } of samplesIn(file)) {
    const host = (expected.host ?? '').toLowerCase();
    // Programs' own log files stand between the lines of syslog: each line is read as the scan would read it alone.
    const read = readOne(ownFormat(line) ?? format, line);
    if (!isTold(read, line.slice(0, 90), comparison)) continue;
    const wanted = { host, ...(expected.time === undefined ? {} : { time: clock(expected.time) }) };
    comparison.record(line.slice(0, 160), toldOf(read.events, host), wanted, field =>
      field === 'time' && line.startsWith('@4') ? TAI : '',
    );
  }
  return comparison;
}

const FILES: readonly { readonly file: string; readonly format: FileFormat; readonly what: string }[] = [
  { file: 'postfix.log', format: syslogFormat, what: 'Postfix' },
  { file: 'dovecot.log', format: syslogFormat, what: 'Dovecot' },
  { file: 'exim.log', format: eximFormat, what: 'Exim' },
  { file: 'exim-spam.log', format: eximFormat, what: 'Exim with its filters' },
  { file: 'sendmail-auth.log', format: syslogFormat, what: 'Sendmail, authentication' },
  { file: 'sendmail-reject.log', format: syslogFormat, what: 'Sendmail, refusals' },
  { file: 'pam-generic.log', format: syslogFormat, what: 'PAM of several programs' },
];

export const fail2banSources: readonly FidelitySource[] = FILES.map(({ file, format, what }) => ({
  id: `fail2ban-${file.slice(0, -4)}`,
  title: `lines of refused and failed clients from fail2ban's tests: ${what}`,
  origin: 'others',
  against: "fail2ban's own expectation of each line that is a failure: the client's address, month to second",
  skip: samplesAt('fail2ban').skip,
  measure: () => failures(file, format).done(),
}));
