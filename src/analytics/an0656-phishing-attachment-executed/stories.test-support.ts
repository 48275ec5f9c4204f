import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contentOf, recordedCases } from '../../../test/support/recordings.ts';
import { checkStory } from '../../../test/support/told.ts';
import type { InventoryEntry } from '../../config/config.ts';
import { defaultConfig } from '../../config/default-config.ts';
import type { ScanReport } from '../../engine/report.ts';
import { scan } from '../../engine/scan.ts';
import type { Alert } from '../../events/alert.ts';
import { type AnalyticId, type Severity, type Strength, severityRank } from '../../events/vocabulary.ts';
import { discover } from '../../sources/discover.ts';
import type { TunableValue } from '../contract.ts';
import { ANALYTICS_ALL } from '../registry.ts';
import type { HostLog } from './host-log.test-support.ts';

export type Settings = Readonly<Record<string, TunableValue>>;

/** The real scan over a folder; `settings` are tunables of whichever analytic has them. */
export async function scanFolder(
  folder: string,
  settings: Settings = {},
  inventory: readonly InventoryEntry[] = [],
): Promise<ScanReport> {
  const config = defaultConfig(
    ANALYTICS_ALL.map(({ meta }) => ({
      id: meta.id,
      tunables: meta.tunables.map(each => ({ ...each, default: settings[each.name] ?? each.default })),
    })),
  );
  return await scan({
    evidence: await discover([folder], { stdin: process.stdin, cwd: folder }),
    config: { ...config, inventory },
    only: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: 0,
    year: null,
    onProgress: () => {},
    clock: { now: () => 0 },
  });
}

export interface ScanOptions {
  readonly settings?: Settings;
  readonly inventory?: readonly InventoryEntry[];
  /** False leaves the mail log out of the evidence. */
  readonly mail?: boolean;
}

/** The real scan over logs written by hand. Nothing in them may be refused. */
export async function scanLog(log: HostLog, options: ScanOptions = {}): Promise<readonly Alert[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-log-'));
  try {
    for (const [name, content] of log.files({ mail: options.mail ?? true })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const report = await scanFolder(folder, options.settings, options.inventory);
    for (const source of report.sources) assert.deepEqual([...source.rejected], [], `rejected of ${source.name}`);
    checkStory(report.alerts);
    return report.alerts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shown = (alerts: readonly Alert[]): string =>
  alerts.map(alert => `${alert.analytic} ${alert.severity}: ${alert.title}`).join('\n') || 'nothing';

/** The one story of an analytic; of several the first of the highest severity. */
export function storyOf(alerts: readonly Alert[], analytic: AnalyticId): Alert {
  const found = alerts.find(alert => alert.analytic === analytic);
  assert.ok(found, `expected a story of ${analytic}, got:\n${shown(alerts)}`);
  return found;
}

/** The story of an analytic, of this severity or above. */
export function firesAt(alerts: readonly Alert[], analytic: AnalyticId, severity: Severity): Alert {
  const found = alerts.find(
    alert => alert.analytic === analytic && severityRank(alert.severity) >= severityRank(severity),
  );
  assert.ok(found, `expected ${analytic} at ${severity} or above, got:\n${shown(alerts)}`);
  return found;
}

/** No analytic says more than this. */
export function atMostAt(alerts: readonly Alert[], severity: Severity): void {
  const over = alerts.filter(alert => severityRank(alert.severity) > severityRank(severity));
  assert.deepEqual(
    over.map(alert => `${alert.analytic} ${alert.severity}: ${alert.title}`),
    [],
  );
}

/** No analytic says anything at all. */
export function silent(alerts: readonly Alert[]): void {
  assert.equal(shown(alerts), 'nothing');
}

/** The steps hold these texts in this order; each is looked for behind the one before. */
export function inOrder(alert: Alert, wanted: readonly (readonly [kind: string, ...texts: string[]])[]): void {
  const told = alert.steps.map(step => `${step.kind} ${step.summary}`.replace(/(\(pid \d+), [^)]*\)/, '$1)'));
  let from = 0;
  for (const [kind, ...texts] of wanted) {
    const at = told.findIndex(
      (step, index) => index >= from && step.startsWith(`${kind} `) && texts.every(each => step.includes(each)),
    );
    assert.ok(at >= 0, `no ${kind} with ${JSON.stringify(texts)} from step ${from + 1} on in:\n${told.join('\n')}`);
    from = at + 1;
  }
}

/** Strengths of the links of a kind, each once, sorted. */
export function strengthsOf(alert: Alert, kind: string): readonly Strength[] {
  return [...new Set(alert.links.filter(link => link.kind === kind).map(link => link.strength))].sort();
}

/** Every link is between steps of the alert, or names what is absent. */
export function linksHold(alert: Alert): void {
  const ids = new Set(alert.steps.map(step => step.id));
  for (const link of alert.links) {
    if (link.strength === 'unavailable') continue;
    assert.ok(ids.has(link.from) && ids.has(link.to), `${link.kind} from ${link.from} to ${link.to} hangs in the air`);
  }
  for (const step of alert.steps) {
    if (step.ref !== null) assert.ok(step.raw.length > 0, `${step.kind} shows no record`);
  }
}

export const valuesOf = (alert: Alert, kind: string): readonly string[] =>
  alert.entities.filter(entity => entity.kind === kind).map(entity => entity.value);

export const factorsOf = (alert: Alert): readonly string[] => alert.factors.map(factor => factor.name);

interface ChainStep {
  readonly step: string;
  readonly time: string;
  readonly pid: number | null;
  readonly path: string | null;
}

/** A recorded case with what its truth says of the chain. */
export interface Recording {
  readonly folder: string;
  readonly user: string;
  readonly host: string;
  /** The pid of a step, as alerts write it, and its path. */
  pid(step: string): string;
  path(step: string): string;
  /** Queue id of the message that carries the attack: the largest of those delivered to the user; the rest is small talk. */
  carrier(): string;
  /** Queue ids of messages that were handed in on this host by a uid, in order. */
  submissions(uid: number): readonly string[];
}

export function recording(name: string): Recording {
  const found = recordedCases().find(each => each.name === name);
  assert.ok(found, `no recording ${name}`);
  const truth = JSON.parse(readFileSync(join(found.folder, 'truth.json'), 'utf8')) as {
    readonly user: string;
    readonly host: string;
    readonly chain: readonly ChainStep[];
  };
  const stepOf = (step: string): ChainStep => {
    const one = truth.chain.find(each => each.step === step);
    assert.ok(one, `${name} has no step ${step}: ${truth.chain.map(each => each.step).join(', ')}`);
    return one;
  };
  const mailLog = (): string[] => contentOf(join(found.folder, 'mail.log.gz')).toString('latin1').split('\n');
  return {
    folder: found.folder,
    user: truth.user,
    host: truth.host.split('.')[0] as string,
    pid: step => `(pid ${stepOf(step).pid})`,
    path: step => (stepOf(step).path ?? '').replaceAll('/./', '/'),
    carrier: () => largestFor(truth.user, mailLog()),
    submissions: uid => mailLog().flatMap(line => new RegExp(`\\]: ([0-9A-Z]+): uid=${uid} `).exec(line)?.[1] ?? []),
  };
}

function largestFor(user: string, lines: readonly string[]): string {
  const sizes = new Map(
    lines.flatMap(line => {
      const seen = /\]: ([0-9A-Z]+): from=<[^>]*>, size=(\d+)/.exec(line);
      return seen === null ? [] : [[seen[1] as string, Number(seen[2])] as const];
    }),
  );
  const delivered = lines.flatMap(line =>
    line.includes(' status=sent') ? (new RegExp(`\\]: ([0-9A-Z]+): to=<${user}[+@]`).exec(line)?.[1] ?? []) : [],
  );
  const largest = delivered.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))[0];
  assert.ok(largest, `nothing was delivered to ${user}`);
  return largest;
}
