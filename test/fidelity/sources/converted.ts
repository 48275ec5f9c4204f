import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ROOT } from '../../../scripts/lib/tree.ts';
import { decodeAll, formatOf, ofKind } from '../../../src/decoders/recorded.test-support.ts';
import type { WatchEvent } from '../../../src/events/event.ts';
import { contentOf } from '../../support/recordings.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';

/** A recording in another program's form, and the log that it was made from. */
interface Pair {
  readonly converted: string;
  readonly from: string;
}

const CASES = 'src/analytics';
const ZIP = `${CASES}/an0656-phishing-attachment-executed/cases/fires.zip-hidden-child`;
const TAR = `${CASES}/an1310-mail-store-harvested/cases/fires.tar-maildir-curl`;
const ELF = `${CASES}/an0656-phishing-attachment-executed/cases/fires.thunderbird-elf-terminal`;
const CSV = `${CASES}/an0656-phishing-attachment-executed/cases/quiet.csv-own-script`;

function eventsOf(path: string): readonly WatchEvent[] {
  const content = contentOf(join(ROOT, path));
  return decodeAll(formatOf(content), content).events;
}

type Executed = { readonly pid: number; readonly program: string; readonly path: string; readonly arguments: string };

const executionsIn = (path: string): Executed[] =>
  ofKind(eventsOf(path), 'process.started').map(({ actor, argv }) => ({
    pid: actor.pid,
    program: actor.comm,
    path: actor.exe,
    arguments: argv.join(' '),
  }));

/** Every execution of the original stands in the converted form, once, with the same fields. */
function compareExecutions({ converted, from }: Pair): Comparison {
  const comparison = new Comparison();
  const left = executionsIn(converted);
  for (const expected of executionsIn(from)) {
    const same = left.findIndex(each => isDeepStrictEqual(each, expected));
    const at = same >= 0 ? same : left.findIndex(each => each.pid === expected.pid);
    const told = left[at];
    if (at >= 0) left.splice(at, 1);
    comparison.record(`${converted} pid ${expected.pid}`, told, expected, field =>
      converted.includes('osquery')
        ? ofOsquery(field, expected)
        : converted.includes('sysmon') && field === 'program'
          ? 'Sysmon tells the path, not the name that the process has'
          : '',
    );
  }
  for (const each of left) comparison.unexplained(`${converted}: pid ${each.pid} is not in the original`);
  return comparison;
}

function ofOsquery(field: string, expected: Executed): string {
  if (field === 'program') return 'osquery tells the path, not the name that the process has';
  return field === 'arguments' && expected.arguments.split(' ').length > 10
    ? 'osquery joins eleven and more arguments by the names of their fields (a10 before a2)'
    : '';
}

const source = (id: string, title: string, pairs: readonly Pair[]): FidelitySource => ({
  id: `converted-${id}`,
  title,
  origin: 'own',
  against: 'the audit log that they were converted from: every execution, its program and arguments',
  skip: false,
  measure() {
    const all = new Comparison();
    for (const pair of pairs) all.add(compareExecutions(pair));
    return all.done();
  },
});

const D = 'src/decoders';

export const convertedSources: readonly FidelitySource[] = [
  source('auditbeat', 'recorded cases as auditbeat writes them (ECS)', [
    { converted: `${D}/ecs/converted/fires.zip-hidden-child/auditbeat.ndjson.gz`, from: `${ZIP}/audit.log.gz` },
    { converted: `${D}/ecs/converted/fires.tar-maildir-curl/auditbeat.ndjson.gz`, from: `${TAR}/audit.log.gz` },
  ]),
  source('journald', 'recorded cases in a journal, as JSON and as export', [
    { converted: `${D}/journald/converted/attack.json.gz`, from: `${ELF}/audit.log.gz` },
    { converted: `${D}/journald/converted/attack.export.gz`, from: `${ELF}/audit.log.gz` },
    { converted: `${D}/journald/converted/lookalike.json.gz`, from: `${CSV}/audit.log.gz` },
    { converted: `${D}/journald/converted/lookalike.export.gz`, from: `${CSV}/audit.log.gz` },
  ]),
  source('sysmon', 'recorded cases as Sysmon for Linux writes them', [
    { converted: `${D}/sysmon/converted/zip-hidden-child.syslog.gz`, from: `${ZIP}/audit.log.gz` },
    { converted: `${D}/sysmon/converted/tar-maildir-curl.syslog.gz`, from: `${TAR}/audit.log.gz` },
    { converted: `${D}/sysmon/converted/csv-own-script.syslog.gz`, from: `${CSV}/audit.log.gz` },
  ]),
  source('osquery', 'a recorded case as osquery writes it', [
    { converted: `${D}/osquery/converted/results.log.gz`, from: `${ZIP}/audit.log.gz` },
  ]),
];
