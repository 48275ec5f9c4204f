import type { NetworkConnected } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import type { HostState } from './host.ts';
import { startersOf, stores } from './host-network.ts';
import { groupStages, holdersBeside } from './pipelines.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { extendTaint } from './taint.ts';
import { tellTransferred } from './tell.ts';

/** A label that nobody would type: long, of letters and digits as encodings make them. RFC 1035 2.3.4: 63 at most. */
const DATA_LABEL = /^(?=.*\d)[A-Za-z0-9+/=_]{24,63}$/;
const WORD_MAX = 256;
/** One such name may be a key or a digest that somebody looks up. */
const NAMES_MIN = 3;
/** Below fewer labels lies everybody's. */
const DOMAIN_MIN = 2;

/**
 * Names that hold data, asked of a name server, carry these to whoever answers for their domain: no connection to that host is
 * needed, and any resolver helps. Beside a reader of a mail store a program asks for several names below one domain, each with a
 * label made of letters and digits and no two alike.
 */
export function onAsked(host: HostState, process: ProcessState, event: NetworkConnected): void {
  if (dataNameOf(process) === null) return;
  for (const holder of holdersOf(host, process))
    for (const { taint } of stores(host, holder, event.time)) {
      const below = domainAsked(process);
      const teller = process.parent ?? process;
      if (below === '' || !tellOnce(teller, `asked ${taint.origin.id} ${below}`)) continue;
      const why =
        'beside the reader, for several names below one domain, each with a part as only an encoding makes it';
      const step = stepOf(
        event,
        'network.connected',
        process,
        'asks a name server for names below',
        below,
        'inferred',
        why,
      );
      const onward = extendTaint(taint, step);
      if (onward === null) continue;
      tellTransferred(host, process, onward, { strength: 'inferred', why }, event, { destination: below });
    }
}

const holdersOf = (host: HostState, process: ProcessState): ProcessState[] => [
  ...holdersBeside(process),
  ...startersOf(process),
  ...groupStages(process, host.processes),
];

/** The domain below which it and what was started beside it asked for such names, '' while these are few. */
function domainAsked(process: ProcessState): string {
  const own = dataNameOf(process);
  const beside = process.parent?.recentChildren ?? [];
  const names = new Set(
    [process, ...beside]
      .flatMap(namesIn)
      .filter(name => name.below === own?.below)
      .map(name => name.label),
  );
  return own === null || names.size < NAMES_MIN ? '' : own.below;
}

const dataNameOf = (process: ProcessState): { readonly label: string; readonly below: string } | null =>
  namesIn(process)[0] ?? null;

function namesIn({ argv }: ProcessState): { readonly label: string; readonly below: string }[] {
  const found: { readonly label: string; readonly below: string }[] = [];
  for (const word of argv.slice(1)) {
    if (word.length > WORD_MAX || !word.includes('.')) continue;
    const labels = word
      .replace(/^[a-z]+:\/\//, '')
      .replace(/[/:?].*$/, '')
      .replace(/\.$/, '')
      .split('.');
    const last = labels.findLastIndex(label => DATA_LABEL.test(label));
    if (last < 0 || labels.length - last - 1 < DOMAIN_MIN) continue;
    found.push({ label: labels.slice(0, last + 1).join('.'), below: labels.slice(last + 1).join('.') });
  }
  return found;
}
