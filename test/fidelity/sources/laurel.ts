import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditFormat } from '../../../src/decoders/audit/format.ts';
import { decodeAll } from '../../../src/decoders/recorded.test-support.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';

/** The part of LAUREL's event that an event of ours can tell. */
interface Expected {
  readonly ID: string;
  readonly NODE?: string;
  readonly SYSCALL?: Readonly<Record<string, string | number | null>>;
  readonly EXECVE?: { readonly ARGV: readonly string[] };
  readonly CWD?: { readonly cwd: string };
}

const number = (value: unknown): number => (typeof value === 'number' ? value : -1);

function expectedOf({ ID, NODE, SYSCALL, EXECVE, CWD }: Expected): object {
  return {
    time: Math.round(Number(ID.split(':')[0]) * 1000),
    ...(NODE === undefined ? {} : { host: NODE }),
    ...(SYSCALL === undefined
      ? {}
      : {
          pid: number(SYSCALL.pid),
          ppid: number(SYSCALL.ppid),
          uid: number(SYSCALL.uid),
          euid: number(SYSCALL.euid),
          auid: number(SYSCALL.auid),
          ses: number(SYSCALL.ses),
          comm: SYSCALL.comm,
          exe: SYSCALL.exe,
        }),
    ...(EXECVE === undefined ? {} : { argv: EXECVE.ARGV }),
    ...(EXECVE === undefined || CWD === undefined ? {} : { cwd: CWD.cwd }),
  };
}

function laurelPairs(): Comparison {
  const comparison = new Comparison();
  const { folder } = samplesAt('laurel');
  for (const name of readdirSync(folder)
    .filter(file => file.startsWith('record-') && file.endsWith('.txt'))
    .sort()) {
    const json = join(folder, name.replace('.txt', '.json'));
    if (!existsSync(json)) continue;
    const expected = JSON.parse(readFileSync(json, 'utf8').split('\n')[0] ?? '') as Expected;
    const { events, verdicts } = decodeAll(auditFormat, readFileSync(join(folder, name)));
    const odd = verdicts.find(verdict => verdict.tag === 'reject');
    const [event] = events;
    if (odd?.tag === 'reject') comparison.differs(`rejected: ${odd.reason}`);
    else if (event === undefined) comparison.leftOut(skippedAs(verdicts));
    else {
      const actor = 'actor' in event ? event.actor : {};
      comparison.record(name, { ...actor, ...event }, expectedOf(expected), (field, told, wanted) =>
        field === 'argv' && JSON.stringify(cut(told)) === JSON.stringify(cut(wanted))
          ? 'very long arguments are kept in part'
          : told === undefined && event.kind === 'session.started'
            ? 'a login tells who logged in, not the parents of the program'
            : '',
      );
    }
  }
  return comparison;
}

/** What both kept of long arguments. */
function cut(value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, 32).map(word => String(word).slice(0, 1024)) : value;
}

function skippedAs(verdicts: ReturnType<typeof decodeAll>['verdicts']): string {
  const reasons = verdicts.flatMap(verdict => (verdict.tag === 'skip' ? [verdict.reason] : []));
  return reasons[0] ?? 'records of a call that no analytic asks for';
}

export const laurelSources: readonly FidelitySource[] = [
  {
    id: 'laurel',
    title: "audit records of LAUREL's own tests, raw and enriched",
    origin: 'others',
    against: 'the JSON that LAUREL makes of each: time, host, ids, program, arguments, directory',
    skip: samplesAt('laurel').skip,
    measure: () => laurelPairs().done(),
  },
];
