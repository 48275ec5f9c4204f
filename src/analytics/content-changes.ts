import type { Change } from '../events/finding.ts';
import type { World } from '../state/world.ts';
import type { ContentCase } from './content-cases.ts';
import type { ContentStory } from './content-story.ts';
import { byEvidence, byInventory } from './factors.ts';
import { orderChanges } from './new-order.ts';

/** What both content analytics would judge otherwise: connections, what is left behind, approval. */
export function contentChanges(found: ContentCase, told: ContentStory, world: World): Change[] {
  const { host } = found;
  const changes: Change[] = orderChanges(found);
  if (!told.reachedOut)
    changes.push(
      byEvidence(2, 'the program, or what it started, had connected out', whyNoConnection(told, host, world)),
    );
  if (found.persistence.length === 0 && told.main.how !== 'unit')
    changes.push(
      byEvidence(
        2,
        'it had left a unit, an autostart entry or a crontab behind',
        world.seen(host, 'file:written')
          ? 'this host records files being written, and none such was seen'
          : world.seen(host, 'file:appeared')
            ? 'this host records files appearing, and none such was seen'
            : 'not seen, because no record of files being written covers this host',
      ),
    );
  const who = told.person || `uid ${found.uid}`;
  const sender = told.delivery?.message.senderKnown === true ? told.delivery.message.sender : '';
  const selector = sender === '' ? `user: ${who}, path: ${told.main.path || 'none'}` : `sender: ${sender}`;
  changes.push(byInventory('automation', selector));
  return changes;
}

function whyNoConnection({ leaving }: ContentStory, host: string, world: World): string {
  if (world.seen(host, 'network.connected'))
    return 'this host records connections, and none of these processes made one';
  if (leaving.length > 0)
    return 'this host records no connections, and what the wire shows cannot be given to a process';
  if (world.network.addressesOf(host).length > 0)
    return 'this host records no connections, and the wire shows none to a new place in the minutes after';
  return 'not seen, because no network evidence covers this host';
}
