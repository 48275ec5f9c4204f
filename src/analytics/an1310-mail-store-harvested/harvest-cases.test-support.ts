import assert from 'node:assert/strict';
import type { HostState } from '../../state/host.ts';
import type { Notice } from '../../state/notices.ts';
import { MARK } from '../../state/path-marks.ts';
import { splitHome } from '../../state/places.ts';
import type { ProcessState } from '../../state/processes.ts';
import { classOfPath } from '../../state/programs.ts';
import type { Taint } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';
import { HarvestCases } from './cases.ts';

export const WINDOW = 600_000;
let pids = 10;
export function ran(exe: string, argv: readonly string[] = [exe]): ProcessState {
  pids += 1;
  return {
    id: '',
    host: 'ws1',
    pid: pids,
    start: 0,
    parent: null,
    ppid: 1,
    exe,
    comm: '',
    argv,
    cwd: '/',
    uid: 1003,
    euid: 1003,
    auid: 1003,
    ses: 4,
    tty: 'pts0',
    script: '',
    classBits: classOfPath(exe),
    trusted: true,
    images: [],
    execSeen: true,
    execRef: null,
    carries: [],
    connections: [],
    recentChildren: [],
    controlled: null,
  } as unknown as ProcessState;
}

export interface Around {
  /** Kinds of events that the host is seen to record. */
  readonly seen?: readonly string[];
  readonly processes?: readonly ProcessState[];
  /** Path -> of what kind the content is that it may hold. */
  readonly holds?: Readonly<Record<string, Taint['origin']['kind']>>;
}
/** What is kept of a harvest, notice by notice, as state tells them. */
export function cases({ seen = ['network.connected'], processes = [], holds = {} }: Around = {}) {
  const host = {
    host: 'ws1',
    has: (kind: string) => seen.includes(kind),
    userName: () => 'clerk',
    identity: { homeOf: () => '/home/clerk', userName: () => 'clerk', homeOwner: () => 'clerk' },
    homes: { split: splitHome },
    sessions: { peek: () => undefined },
    terminals: { peek: () => undefined },
    processes: { get: (pid: number) => processes.find(each => each.pid === pid) },
    files: {
      byName: (path: string) =>
        holds[path] === undefined ? undefined : { taints: [{ origin: { kind: holds[path] } }] },
    },
    place: (path: string) => ({ marks: path.startsWith('/home/') ? MARK.user : 0 }),
    installed: { isNewByHand: () => false },
    setting: { identity: { homeOwner: () => 'clerk', homeOf: () => '/home/clerk', accountOf: () => 'clerk' } },
  } as unknown as HostState;
  const world = {
    hosts: new Map([['ws1', host]]),
    seen: (_host: string, kind: string) => seen.includes(kind),
    network: { watch: () => ({ flows: [] }), contactAt: () => null },
  } as unknown as World;
  const kept = new HarvestCases(WINDOW);
  return {
    tell: (facts: object): void => kept.take({ host: 'ws1', time: 0, ref: null, ...facts } as unknown as Notice, world),
    get only(): HarvestCase {
      assert.equal(kept.cases.size, 1);
      return [...kept.cases.values()][0] as HarvestCase;
    },
    size: (): number => kept.cases.size,
  };
}
export const taint = (id: string, strength: 'observed' | 'inferred' = 'observed'): Taint =>
  ({
    origin: { id, strength, kind: 'mailstore', person: 'clerk', storePath: id, box: id },
    step: { time: 0 },
  }) as unknown as Taint;
export const read = (process: ProcessState, box: string, of = taint(box)) => ({
  kind: 'store.read',
  process,
  box,
  path: `${box}/m`,
  owner: 'clerk',
  taint: of,
});
