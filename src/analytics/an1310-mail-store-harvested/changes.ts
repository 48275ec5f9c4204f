import type { Change } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byHabit, byInventory, byTunable } from '../factors.ts';
import type { Tunables } from '../tunables.ts';
import type { HarvestCase } from './case.ts';
import { foreignReads, isClientAtWork, TIME_WINDOW_MS } from './weigh.ts';

/** What would have raised or lowered this harvest, and why it does not. */
export function changesOf(found: HarvestCase, world: World, tunables: Tunables): Change[] {
  const reads = [...found.reads.values()];
  const who = world.userName(found.host, found.uid) || `uid ${found.uid}`;
  const program = reads[0]?.program ?? '';
  const changes: Change[] = [
    ...transferChanges(found, world, tunables),
    byInventory('store-reader, backup, migration or administrator', `user: ${who}, executable: ${program}`),
    byHabit('this work', world.baseline !== undefined),
  ];
  if (foreignReads(found).length === 0)
    changes.push(
      byEvidence(
        2,
        'the mail were of somebody else than the reader',
        reads.every(read => read.own) ? 'it is the mail of the reader' : 'whose mail it is, no record says',
      ),
    );
  if (found.staged.length === 0)
    changes.push(
      byEvidence(
        1,
        'a copy of the mail had been left in a file',
        world.seen(found.host, 'file:written')
          ? 'files being written are recorded on this host, and no such copy was seen'
          : 'not seen, because this host does not record files being written',
      ),
    );
  if (!tunables.list('ValidatedHosts').includes(found.host) && !isClientAtWork(found))
    changes.push(validation(found.host));
  return changes;
}

/** AN1310 stops at medium until somebody saw it work on the host. */
function validation(host: string): Change {
  return {
    weight: 0,
    what: `analytics.AN1310.ValidatedHosts named ${host} (an observed harvest and transfer is then high)`,
    why: `it does not: read and upload a test mailbox on ${host}, see it told by \`watchpost scan\` with its reads recorded, then add the name in the configuration`,
    setting: 'ValidatedHosts',
  };
}

function transferChanges(found: HarvestCase, world: World, tunables: Tunables): Change[] {
  const windowMs = tunables.number('TimeWindow', TIME_WINDOW_MS);
  const { transfers, host } = found;
  if (transfers.length === 0) {
    const changes = [
      byEvidence(
        5,
        'the data had left: by this process, its pipeline, its children or a tool of this session',
        world.seen(host, 'network:outbound')
          ? 'connections are recorded on this host, and none by them was seen, look-ups of names aside'
          : 'not seen, because no network evidence covers this host',
      ),
    ];
    if (!world.seen(host, 'file:written'))
      changes.push(
        byTunable(
          4,
          'a tool that uploads had been started in the session within TimeWindow',
          `none was within ${windowMs} ms`,
          'TimeWindow',
        ),
      );
    return changes;
  }
  const byName = tunables.program('ProcessNameList', ...transfers.map(transfer => transfer.program));
  if (transfers.every(transfer => transfer.byWindow)) {
    const gapMs = Math.min(...transfers.map(transfer => transfer.gapMs));
    return [
      byTunable(-4, `TimeWindow were below ${gapMs} ms`, `it is ${windowMs} ms`, 'TimeWindow'),
      byEvidence(
        1,
        'records showed the data itself going to the tool',
        world.seen(host, 'file:written')
          ? 'when it was started, no record had told of files being written: only session and time join them'
          : 'this host does not record files being written: only session and time join them',
      ),
    ];
  }
  const changes: Change[] = [];
  if (transfers.every(transfer => transfer.strength === 'inferred'))
    changes.push(
      byEvidence(
        1,
        'the transfer were observed',
        transfers.every(({ disk }) => disk !== '')
          ? 'no record tells that the disk was carried out of the house'
          : transfers.every(({ servedAt }) => servedAt !== '')
            ? 'no record tells who connected, and what was taken'
            : world.seen(host, 'network.connected')
              ? 'that the data went to the tool is told by arguments, pipeline or session, not by a record of it'
              : 'not seen, because no network evidence covers this host',
      ),
    );
  if (byName !== null && transfers.length === 1)
    changes.push(
      byTunable(
        transfers[0]?.strength === 'observed' ? -3 : -2,
        `ProcessNameList did not name ${byName.limit} and the tool had made no connection of its own`,
        `it names it, and ${byName.met} fits`,
        'ProcessNameList',
      ),
    );
  return changes;
}
