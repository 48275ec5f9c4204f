import { baseName } from '../core/paths.ts';
import { letsIn } from '../state/lets-in.ts';
import type { ContentCase, ContentConnection } from './content-cases.ts';

const OF_HOST = /^(?:127\.|\[::1\])/;
const isOfHost = ({ destination }: ContentConnection): boolean => OF_HOST.test(destination);

/** How one says that it reached out: to another host, if to any. '' where it did not. */
export function reachedText({ connections }: ContentCase): string {
  const out = connections.find(each => !isOfHost(each));
  const first = connections[0];
  if (out?.told === true) return ` and had ${baseName(out.program)} reach out to ${out.destination}`;
  if (out !== undefined) return ` and reached out to ${out.destination}`;
  return first === undefined ? '' : ` and spoke to a server of this host at ${first.destination}`;
}

/** All of them, and which are known by the words of a program only. */
export const placesReached = ({ connections }: ContentCase): string =>
  connections
    .map(({ destination, told, program }) =>
      told === true ? `${destination} (in the words of ${baseName(program)})` : destination,
    )
    .join(', ');

/** What to do about where it reached out. */
export function reachedAdvice({ connections, persistence }: ContentCase): string {
  const out = [...new Set(connections.filter(each => !isOfHost(each)).map(each => each.destination))];
  const keys = persistence.find(({ path }) => letsIn(path))?.path;
  if (connections.length === 0 && keys !== undefined)
    return `Take what was added to ${keys} out again, and look through every login of that account since.`;
  if (connections.length === 0) return 'Look at what this process and its children did next.';
  if (out.length === 0)
    return `Look up in the log of the server at ${connections[0]?.destination} what it was asked to do.`;
  return `Block ${out.join(', ')} and look for other hosts that talk to ${out.length === 1 ? 'it' : 'them'}.`;
}

/** What to do about keys and passwords that it read. */
export function secretsAdvice({ secrets }: ContentCase): string[] {
  const paths = [...new Set(secrets.map(({ path }) => path))];
  return paths.length === 0 ? [] : [`Take as known to others, and change, what lay in ${paths.join(', ')}.`];
}
