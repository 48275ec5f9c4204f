import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { stepOf, taintOf } from '../mail-facts.test-support.ts';
import type { HarvestCase } from './case.ts';
import { withDisks } from './other-disks.ts';

const STICK = '/media/ops/STICK';
const MNT = '/mnt/x';

interface Facts {
  /** Who did which file: pid and path. */
  readonly staged?: readonly (readonly [pid: number, path: string])[];
  /** Of `ops`, in passwd; and names by uid that records showed. */
  readonly uid?: number;
  readonly names?: readonly (readonly [number, string])[];
  /** Who mounted `MNT`: uid and login session. */
  readonly mounted?: readonly [uid: number, ses: number];
  readonly host?: string;
}

/** The disks, and who put what there, of a case of uid 1001 in session 4 that read the buyer's box. */
function disksOf({ staged = [[7, `${STICK}/x`]], uid = 1001, names = [], mounted, host = 'ws1' }: Facts): string[] {
  const box = '/home/buyer/Maildir';
  const found = {
    host,
    uid: 1001,
    ses: 4,
    context: 'interactive',
    broad: false,
    reads: new Map([[box, { box, own: false, owner: 'buyer' }]]),
    staged: staged.map(([pid, path]) => ({
      time: 5,
      pid,
      path,
      taint: taintOf({ box }, stepOf({ pid, object: path })),
    })),
    transfers: [],
  } as unknown as HarvestCase;
  const act = mounted === undefined ? null : { uid: mounted[0], ses: mounted[1] };
  const state = {
    setting: { identity: { uidOf: (name: string) => (name === 'ops' ? uid : -1) } },
    names: new Map(names),
    processes: { get: () => undefined },
    mounts: {
      above: (path: string) =>
        act !== null && path.startsWith(MNT) ? { path: MNT, mounted: act, ofHost: false, unmounted: null } : undefined,
    },
  };
  const world = { hosts: new Map([['ws1', state]]) } as unknown as World;
  return withDisks(found, world).transfers.map(({ pid, disk }) => `${pid} ${disk}`);
}

test('a place below /media is a disk where its name is that of a person, by passwd or by the records', () => {
  assert.deepEqual(disksOf({ uid: 1000 }), [`7 ${STICK}`]);
  assert.deepEqual(disksOf({ uid: 999 }), [], 'an account of the system');
  assert.deepEqual(disksOf({ uid: -1 }), [], 'of no account');
  assert.deepEqual(disksOf({ uid: -1, names: [[1000, 'ops']] }), [`7 ${STICK}`]);
  assert.deepEqual(disksOf({ uid: -1, names: [[999, 'ops']] }), []);
  assert.deepEqual(disksOf({ uid: -1, names: [[1000, 'dev']] }), [], 'somebody else');
});

test('a mounted folder is a disk where the same person mounted it in the same login', () => {
  const staged = [[7, `${MNT}/x`]] as const;
  assert.deepEqual(disksOf({ staged, mounted: [1001, 4] }), [`7 ${MNT}`]);
  assert.deepEqual(disksOf({ staged, mounted: [1001, 5] }), [], 'another login');
  assert.deepEqual(disksOf({ staged, mounted: [0, 4] }), [], 'where no login is recorded all have one number');
  assert.deepEqual(disksOf({ staged }), []);
});

test('what one program puts on one disk is told once', () => {
  const [a, b] = [`${STICK}/a`, `${STICK}/b`];
  assert.deepEqual(
    disksOf({
      staged: [
        [7, a],
        [7, b],
      ],
    }),
    [`7 ${STICK}`],
  );
  assert.deepEqual(
    disksOf({
      staged: [
        [7, a],
        [8, b],
      ],
    }),
    [`7 ${STICK}`, `8 ${STICK}`],
  );
  assert.deepEqual(
    disksOf({
      staged: [
        [7, a],
        [7, `${MNT}/b`],
      ],
      mounted: [1001, 4],
    }),
    [`7 ${STICK}`, `7 ${MNT}`],
  );
});

test('of a host of which nothing is known no disk is either', () => {
  assert.deepEqual(disksOf({ host: 'ws2' }), []);
});
