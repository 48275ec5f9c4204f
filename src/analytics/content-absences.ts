import type { World } from '../state/world.ts';
import type { ContentStory } from './content-story.ts';

/** Rules that record the starts of some programs only. */
export function missStart({ story, main }: ContentStory): void {
  if (main.how === 'at-work')
    story.miss('No record tells of its start: it is known by what it did, and may have run for some time before.');
}

const UNRECORDED = {
  'file.written': 'the program that writes a file is not recorded on this host',
  'file.created': 'file creation is not recorded on this host',
} as const;

/** Who brought the file is not recorded: `said` is what that leaves open. */
export function missWriter({ story, ids }: ContentStory, kind: keyof typeof UNRECORDED, said: string): void {
  story.miss(said);
  story.link(kind, ids.main, 'content', 'unavailable', UNRECORDED[kind]);
}

/** That the host records no connections, and how far the wire makes up for it. */
export function missConnections({ story, leaving, ids }: ContentStory, host: string, world: World): void {
  if (world.seen(host, 'network.connected')) return;
  if (leaving.length > 0)
    story.miss('This host records no connections: what left it is told from the wire, by host and time only.');
  else if (world.network.addressesOf(host).length > 0)
    story.miss('This host records no connections, and the wire shows none to a new place in the minutes after.');
  else story.miss('This host records no connections: whether it reached out is not known.');
  const why = 'connections are not recorded on this host';
  story.link(ids.main, 'network.connected', 'process-tree', 'unavailable', why);
}
