import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, type Settings, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

export const OUT = '203.0.113.66';
export const validated: Settings = { ValidatedHosts: ['ws1'] };

export interface Facts {
  readonly log: HostLog;
  readonly mine: Delivered;
  readonly other: Delivered;
  readonly third: Delivered;
}

export function mailHost(telemetry?: { files?: boolean; network?: boolean }): Facts {
  const log = new HostLog({ ...telemetry });
  if (telemetry?.files !== false) log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  if (telemetry?.network !== false) log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const facts = { log, mine: log.deliver(), other: log.deliver({ to: 'buyer' }), third: log.deliver({ to: 'dev' }) };
  log.wait(MINUTE);
  return facts;
}

export interface Condition {
  readonly says: string;
  readonly severity: string | null;
  readonly factors?: readonly string[];
  readonly never?: readonly string[];
  readonly settings?: Settings;
  readonly telemetry?: { files?: boolean; network?: boolean };
  readonly act: (facts: Facts) => void;
}

/** A test each: what AN1310 says of it, null for nothing. */
export function checkAll(conditions: readonly Condition[]): void {
  for (const condition of conditions) check(condition);
}

function check({ says, severity, factors = [], never = [], settings = {}, telemetry, act }: Condition): void {
  void test(`${says}: ${severity ?? 'nothing'}`, async () => {
    const facts = mailHost(telemetry);
    act(facts);
    const [alert] = (await scanLog(facts.log, { settings })).filter(each => each.analytic === 'AN1310');
    const told = alert === undefined ? '' : `${alert.title}\n${factorsOf(alert).join('\n')}`;
    assert.equal(alert?.severity ?? null, severity, told);
    if (alert === undefined) return;
    for (const factor of factors) assert.ok(factorsOf(alert).includes(factor), told);
    for (const factor of never) assert.ok(!factorsOf(alert).includes(factor), factor);
  });
}
