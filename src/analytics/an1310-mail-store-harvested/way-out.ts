import { isLoopback } from '../../core/loopback.ts';
import { baseName } from '../../core/paths.ts';
import { stepId, taintSteps } from '../../state/taint.ts';
import type { HarvestCase, Transfer } from './case.ts';

type Staged = HarvestCase['staged'][number];

/** Of all that one session did with mail, what belongs to each other: who read it, the file it was put in, and how it left. */
export interface Way {
  readonly reader: string;
  readonly staged: Staged | undefined;
  readonly out: Transfer | undefined;
}

/** The way by which the mail left, from its end back; where nothing left, that of the first copy. */
export function wayOf(found: HarvestCase): Way {
  const { transfers, staged, reads } = found;
  const first = [...reads.values()][0]?.program ?? '';
  const out =
    transfers.find(each => namesEnd(each) && !isToOwnMta(each, transfers)) ?? transfers.find(namesEnd) ?? transfers[0];
  // Only time joins it to the read: any file of the session may be the one.
  if (out === undefined || out.taint === null)
    return { reader: out === undefined ? (staged[0]?.taint.origin.program ?? first) : first, staged: staged[0], out };
  const { origin, step } = out.taint;
  const passed = new Set(taintSteps(out.taint).map(stepId));
  const onWay = staged.find(each => passed.has(stepId(each.taint.step)));
  const ofReader = staged.find(each => isOfRead(each, out) && each.time <= step.time);
  return { reader: origin.program, staged: onWay ?? ofReader, out };
}

const namesEnd = ({ destination, disk }: Transfer): boolean => destination !== '' || disk !== '';

/** A copy of what that program read there of that box. */
const isOfRead = ({ taint }: Staged, out: Transfer): boolean => taint.origin.id === out.taint?.origin.id;

/** Copies of what left; where it is not known what left, all. */
export function stagedFor({ staged, transfers }: HarvestCase): readonly Staged[] {
  const found = staged.filter(each => transfers.some(out => isOfRead(each, out)));
  return found.length > 0 ? found : staged;
}

/** Programs that read the mail which left first, then the others, one name each. */
export function readersOf({ reads, transfers }: HarvestCase): string[] {
  const sent = transfers.flatMap(({ taint }) => taint?.origin.program ?? []);
  return [...new Set([...sent, ...[...reads.values()].map(({ program }) => program)].map(baseName))];
}

const CONNECTION = /^\[?([0-9a-f.:]+?)\]?:(\d+)$/;
/** SMTP and submission: RFC 5321, RFC 6409, RFC 8314. */
const SMTP_PORTS = new Set(['25', '465', '587']);

/** What words call this host; its port or, before it, how one speaks to it. */
const THIS_HOST = /^(smtps?:\/\/)?(?:localhost|ip6-localhost|127\.[\d.]+|\[?::1\]?)(?::(\d+))?\/?$/i;

/** It was handed to the mail server of this very host: where that sent it on to, its log tells. */
export function isToOwnMta(transfer: Transfer, all: readonly Transfer[] = []): boolean {
  const { destination, pid } = transfer;
  const [, address = '', port = ''] = CONNECTION.exec(destination) ?? [];
  if (port !== '') return SMTP_PORTS.has(port) && isLoopback(address);
  const [words, scheme, named] = THIS_HOST.exec(destination) ?? [];
  if (words === undefined) return false;
  if (named !== undefined) return SMTP_PORTS.has(named);
  // Words that name the host alone say no more than the connection of the same process.
  return scheme !== undefined || all.some(each => each !== transfer && each.pid === pid && isToOwnMta(each));
}

const isServed = ({ servedAt }: Transfer): boolean => servedAt !== '';
const isOnDisk = ({ disk }: Transfer): boolean => disk !== '';

/** For the title. */
export function whatWasDone(transfers: readonly Transfer[]): string {
  if (transfers.every(isServed)) return 'served to the network';
  if (transfers.every(isOnDisk)) return 'put on a disk that can be taken away';
  const ends = transfers.filter(each => namesEnd(each) || isServed(each));
  return ends.length > 0 && ends.every(each => isToOwnMta(each, ends))
    ? "handed to this host's own mail server"
    : 'sent out';
}

/** What was done with the mail in the end. */
export function howOf(transfer: Transfer, stays: boolean, all: readonly Transfer[]): string {
  const { program, destination, servedAt, disk } = transfer;
  const name = baseName(program);
  if (disk !== '') return `put it with ${name} on the disk at ${disk}`;
  if (stays) return `handed it to another login of this host with ${name}`;
  if (servedAt !== '') return `let other hosts take it from ${name} at ${servedAt}`;
  if (isToOwnMta(transfer, all)) return `handed it with ${name} to this host's own mail server at ${destination}`;
  return `sent it out with ${name}${destination === '' ? '' : ` to ${destination}`}`;
}

export function lookAt(out: Transfer | undefined, all: readonly Transfer[]): string {
  if (out !== undefined && isServed(out)) return `Look for who connected to ${out.servedAt}, and who started it.`;
  if (out !== undefined && isOnDisk(out)) return `Find the disk that hung at ${out.disk}, and who has it.`;
  if (out === undefined || out.destination === '') return 'Look at what this session sent out next.';
  if (isToOwnMta(out, all))
    return `Look up in the log of the mail server at ${out.destination} whom the message went to, and hold it there.`;
  return `Look for other traffic to ${out.destination}.`;
}
