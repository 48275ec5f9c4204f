import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import { type BoxRead, firstReadId, type HarvestCase } from './case.ts';

/** Reads, staging and transfers of a case as steps and links. */
export function tell(found: HarvestCase, beside: readonly BoxRead[] = []): Story {
  const story = new Story();
  for (const read of [...found.reads.values(), ...beside]) story.taint(read.taint);
  for (const staged of found.staged) story.taint(staged.taint);
  if (found.takenOver !== null) story.taint(found.takenOver.taint);
  const firstRead = firstReadId(found);
  for (const transfer of found.transfers) {
    if (transfer.taint !== null) story.taint(transfer.taint);
    else {
      const id = `transfer.started#${transfer.pid}.${transfer.time}`;
      story.step(
        id,
        transfer.time,
        'process.started',
        `${transfer.program} (pid ${transfer.pid}) is started: ${transfer.command}`,
        transfer.ref,
      );
      story.link(firstRead, id, 'session', transfer.strength, transfer.why);
    }
  }
  return story;
}

/** What this host could not show. */
export function absences(found: HarvestCase, story: Story, world: World): void {
  const first = story.steps[0]?.id ?? 'store.read';
  if (!world.seen(found.host, 'store:read'))
    story.miss('This host does not record reads of mail stores: the read is inferred from arguments.');
  if (!world.seen(found.host, 'file:written')) {
    story.miss('This host does not record file creation: staging files are inferred from arguments.');
    story.link(first, 'file.written', 'content', 'unavailable', 'file creation is not recorded on this host');
  }
  if (!world.seen(found.host, 'network.connected')) {
    story.miss(
      world.seen(found.host, 'process.started')
        ? 'This host records no connections: where the data went is taken from arguments.'
        : `This host records neither connections nor process executions: ${bySudo(found, world)}.`,
    );
    story.link(first, 'network.connected', 'process-tree', 'unavailable', 'connections are not recorded on this host');
  }
}

const bySudo = ({ host }: HarvestCase, world: World): string =>
  world.hosts.get(host)?.orders.gave === true
    ? 'what was run, and where the data went, is taken from what sudo wrote'
    : 'where the data went is not known';
