import { isWithin } from '../../core/paths.ts';
import type { HandMount } from '../../state/hand-mounts.ts';
import type { HostState } from '../../state/host.ts';
import { isPerson } from '../../state/people.ts';
import type { World } from '../../state/world.ts';
import { commandOf } from '../command-of.ts';
import type { Story } from '../story.ts';
import type { HarvestCase, Transfer } from './case.ts';
import { foreignReads, transferId } from './weigh.ts';

/** Somebody is at work, and no schedule or service. */
const BY_SOMEBODY: ReadonlySet<HarvestCase['context']> = new Set([
  'interactive',
  'unattended',
  'detached',
  'unrecorded',
  'at',
]);

/**
 * Where udisks(8) hangs in what a person plugs in: /media/NAME/LABEL, /run/media/NAME/LABEL. Programs of the system mount
 * elsewhere; that the name is a person's account is what tells.
 */
const PLUGGED_IN = /^(?:\/run)?\/media\/([^/]+)\/[^/]+(?=\/|$)/;

/**
 * The case with what was carried off on a disk: mail of somebody else, put by a person on what that person, or somebody at the
 * desk, plugged in or mounted. A disk in a pocket is as good as a connection. What fstab(5) names and nobody unmounts is of the host,
 * a job's copies are backups, and whoever takes along whole homes makes one by hand.
 */
export function withDisks(found: HarvestCase, world: World): HarvestCase {
  const host = world.hosts.get(found.host);
  if (host === undefined || !BY_SOMEBODY.has(found.context) || found.broad) return found;
  const boxes = foreignReads(found).map(({ box }) => box);
  const taken: Transfer[] = [];
  for (const { time, pid, path, taint } of found.staged) {
    const disk = diskOf(found, host, path);
    if (disk === '' || !boxes.includes(taint.origin.box) || isWithin(taint.origin.box, disk)) continue;
    if (taken.some(each => each.disk === disk && each.pid === pid)) continue;
    const process = host.processes.get(pid);
    taken.push({
      time,
      pid,
      program: taint.step.program,
      command: process === undefined ? '' : commandOf(process),
      strength: 'inferred',
      byWindow: false,
      namesItsFile: false,
      byReader: false,
      takenAlong: false,
      gapMs: -1,
      why: 'put on a disk that can be taken away',
      destination: '',
      servedAt: '',
      disk,
      also: [],
      taint,
      ref: taint.step.ref as Transfer['ref'],
      contact: null,
    });
  }
  return taken.length === 0 ? found : { ...found, transfers: [...found.transfers, ...taken] };
}

/** The disk that holds the path and can be taken away; '' for the host's own. */
function diskOf(found: HarvestCase, host: HostState, path: string): string {
  const [plugged = '', account = ''] = PLUGGED_IN.exec(path) ?? [];
  // Who sits at a desk: a system's account has no stick, though a place may have its name (/media/backup).
  if (account === 'root' || isPerson(host, account)) return plugged;
  const mount = host.mounts.above(path);
  return mount !== undefined && !mount.ofHost && isOfSession(found, mount) ? mount.path : '';
}

/** Mounted or unmounted in the very session, or job, that took the mail. */
const isOfSession = ({ uid, ses }: HarvestCase, { mounted, unmounted }: HandMount): boolean =>
  [mounted, unmounted].some(act => act !== null && act.uid === uid && act.ses === ses);

/** That a disk came and went is told with what was put there. */
export function tellDisks(story: Story, found: HarvestCase, world: World): void {
  for (const transfer of found.transfers) {
    const { disk } = transfer;
    const mount = disk === '' ? undefined : world.hosts.get(found.host)?.mounts.above(disk);
    if (mount === undefined || mount.path !== disk) continue;
    for (const [act, what] of [
      [mount.mounted, 'mounts'],
      [mount.unmounted, 'unmounts'],
    ] as const) {
      if (act === null) continue;
      const id = `disk.${what.slice(0, -1)}ed#${act.pid}.${act.time}`;
      story.step(id, act.time, 'process.started', `${act.program} (pid ${act.pid}) ${what} ${disk}`, act.ref);
      story.link(transferId(transfer), id, 'disk', 'inferred', 'the file lies below this mount point');
    }
  }
}
