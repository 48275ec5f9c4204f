import type { World } from '../../state/world.ts';
import type { BoxRead, HarvestCase, Transfer } from './case.ts';
import { foreignReads } from './weigh.ts';

/**
 * Time alone joined an upload to the read, while nothing had told of writes. Since the host does tell of them, mail that had
 * come into the file which the upload names would have been seen on its way.
 */
export function withoutOthers(found: HarvestCase, world: World): HarvestCase {
  const isToldOf = world.seen(found.host, 'file:written');
  // What people keep of their own mail in their homes, the host's own copy of all homes takes along.
  const own = foreignReads(found).length === 0;
  const isOthers = (each: Transfer): boolean => (isToldOf && each.namesItsFile) || (own && each.takenAlong);
  // Told by words alone, while no record told of writes.
  const isVoid = ({ taint: { assumes, previous } }: HarvestCase['staged'][number]): boolean =>
    isToldOf && assumes === 'file:written' && previous?.assumes !== assumes;
  // All users' mail, by the words of a program of which records told afterwards whose it read.
  const isToldAnew = ({ box, pid, taint }: BoxRead): boolean =>
    !box.startsWith('/') &&
    taint.assumes === 'store:read' &&
    world.seen(found.host, 'store:read') &&
    [...found.reads.values()].some(read => read.pid === pid && read.taint.assumes === '');
  const reads = [...found.reads].filter(([, read]) => !isToldAnew(read));
  return {
    ...found,
    reads: new Map(reads),
    staged: found.staged.filter(each => !isVoid(each)),
    transfers: found.transfers.filter(each => !isOthers(each)),
  };
}
