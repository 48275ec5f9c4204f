import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, ROOT } from '../../scripts/lib/tree.ts';
import { contentOf } from '../../test/support/recordings.ts';
import { varied } from './vary.ts';

/** One row: which recordings the input is made of, and what else reads such input. */
export interface FormatRow {
  readonly id: string;
  readonly title: string;
  /** Recordings, by path. */
  readonly from: RegExp;
  /** `jq` for JSON; `pflogsumm` for Postfix; else `grep`, which only looks for a word. */
  readonly peer: 'jq' | 'pflogsumm' | 'grep';
  /** Lines that stand at the head of every such file, and only there. */
  readonly isHead?: (line: string) => boolean;
}

const isTsvHead = (line: string): boolean => line.startsWith('#');

/** A new format adds its row here. */
export const FORMAT_ROWS: readonly FormatRow[] = [
  {
    id: 'postfix',
    title: 'Postfix (syslog)',
    from: /^src\/analytics\/[^/]+\/cases\/[^/]+\/mail\.log(?:\.gz)?$/,
    peer: 'pflogsumm',
  },
  {
    id: 'dovecot',
    title: 'Postfix and Dovecot (syslog)',
    from: /^src\/decoders\/dovecot\/recordings\/[^/]+\/mail\.log/,
    peer: 'grep',
  },
  { id: 'exim', title: 'Exim mainlog', from: /^src\/decoders\/exim\/recordings\/.*\/mainlog/, peer: 'grep' },
  {
    id: 'sendmail',
    title: 'Sendmail (syslog)',
    from: /^src\/decoders\/sendmail\/recordings\/.*\/mail\.log/,
    peer: 'grep',
  },
  {
    id: 'opensmtpd',
    title: 'OpenSMTPD (syslog)',
    from: /^src\/decoders\/opensmtpd\/recordings\/.*\/mail\.log/,
    peer: 'grep',
  },
  {
    id: 'filters',
    title: 'Postfix with Amavis, ClamAV, Rspamd, OpenDKIM (syslog)',
    from: /^src\/decoders\/(?:amavis|clamav|rspamd|opendmarc|spamassassin)\/recordings\/[^/]+\/mail\.log/,
    peer: 'grep',
  },
  {
    id: 'rspamd',
    title: "Rspamd's own log",
    from: /^src\/decoders\/rspamd\/recordings\/[^/]+\/rspamd\.log/,
    peer: 'grep',
  },
  {
    id: 'journald-json',
    title: 'journald, JSON',
    from: /^src\/decoders\/journald\/converted\/.*\.json\.gz$/,
    peer: 'jq',
  },
  {
    id: 'journald-export',
    title: 'journald, export',
    from: /^src\/decoders\/journald\/converted\/.*\.export\.gz$/,
    peer: 'grep',
  },
  {
    id: 'zeek-tsv',
    title: 'Zeek conn, TSV',
    from: /^src\/decoders\/zeek\/converted\/.*\/conn\.log$/,
    peer: 'grep',
    isHead: isTsvHead,
  },
  { id: 'zeek-json', title: 'Zeek, JSON', from: /^src\/decoders\/zeek\/converted\/.*\.json\.log$/, peer: 'jq' },
  { id: 'suricata', title: 'Suricata EVE', from: /^src\/decoders\/suricata\/recordings\/.*eve\.json/, peer: 'jq' },
  { id: 'osquery', title: 'osquery results', from: /^src\/decoders\/osquery\/converted\/results\.log/, peer: 'jq' },
  { id: 'ecs', title: 'auditbeat (ECS)', from: /^src\/decoders\/ecs\/converted\/.*auditbeat/, peer: 'jq' },
];

/** The recordings of a row, as text; empty when there are none. */
export function recordingsFor({ from }: FormatRow): string[] {
  return filesUnder('src')
    .filter(file => from.test(file))
    .sort()
    .map(file => contentOf(join(ROOT, file)).toString('latin1'));
}

/** Writes `bytes` or a little more of varied recordings to `path`; kept when it is there and large enough. */
export function writeInput(row: FormatRow, path: string, bytes: number): void {
  if (existsSync(path) && statSync(path).size >= bytes) return;
  const recordings = recordingsFor(row).map(text => (text.endsWith('\n') ? text : `${text}\n`));
  if (recordings.length === 0) throw new Error(`no recordings for ${row.id}`);
  const file = openSync(`${path}.part`, 'w');
  let written = 0;
  const put = (text: string): void => void (written += writeSync(file, text, null, 'latin1'));
  const { isHead } = row;
  if (isHead !== undefined) put(linesWhere(recordings[0] ?? '', isHead));
  for (let round = 0; written < bytes; round++)
    for (const text of recordings)
      put(varied(isHead === undefined ? text : linesWhere(text, line => !isHead(line)), round));
  closeSync(file);
  renameSync(`${path}.part`, path);
}

const linesWhere = (text: string, fits: (line: string) => boolean): string =>
  text
    .split('\n')
    .filter(line => line !== '' && fits(line))
    .map(line => `${line}\n`)
    .join('');
