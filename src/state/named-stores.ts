import { isLoopback, isUnspecified } from '../core/loopback.ts';
import { fileNamed, type HostEvent, type NetworkConnected } from '../events/host-events.ts';
import { handedTo } from './carry.ts';
import { isDetacher } from './context.ts';
import { onlyStarts } from './elevation.ts';
import type { HostState } from './host.ts';
import { hostsByOption } from './host-options.ts';
import { holdsBoxes, type Place } from './places.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { CLASS } from './programs.ts';
import { onStoreRead } from './store-reads.ts';
import { startedOver, waitsAt } from './told-to-serve.ts';
import { argumentPaths, onlyAsks } from './tool-words.ts';

interface NamedStore {
  readonly place: Place;
  readonly what: 'message' | 'box';
}

/** The mail store that a path among the words is, is part of, or holds; null for none. */
export function storeNamed(host: HostState, path: string): NamedStore | null {
  if (!path.startsWith('/')) return null;
  const place = host.place(path);
  // Where files are recorded, the boxes in it are told one by one as they are opened.
  const isAll = holdsBoxes(path) && !host.has('file:written') && !host.has('store:written');
  if (isAll) return { place: { ...host.place(`${path}/x`), box: path, owner: '' }, what: 'box' };
  if (place.box !== '') return { place, what: partNamed(path) };
  const inside = host.place(`${path}/cur`);
  return inside.box === '' || inside.kind === 'mbox' ? null : { place: inside, what: 'box' };
}

/** `Maildir/new` is a folder of messages. */
const partNamed = (path: string): NamedStore['what'] => (/\/(?:cur|new)$/.test(path) ? 'box' : 'message');

/** Directories of accounts and tickets: what lists or changes files asks them for names, ldap(3), RFC 4120, RFC 1833. */
const ASKED_FOR_NAMES = new Set([88, 111, 389, 464, 636, 3268, 3269]);
/** `kubectl exec pod -- cat /var/mail/x`: the words behind are another machine's. Of the system's own tools only. */
const ELSEWHERE = new Set(['exec', 'attach', 'debug']);
const ELSEWHERE_WITHIN = 6;
const NO_READERS = CLASS.shell | CLASS.desktop | CLASS.packageManager | CLASS.storeService | CLASS.mta;

/**
 * No reads are recorded: a program whose words name a mail store, and which itself reaches another host, has read it for that. What
 * it is called, or made for, does not matter; what only lists, moves or deletes reaches nobody.
 */
export function readByReaching(host: HostState, process: ProcessState, event: NetworkConnected): void {
  if (host.has('store:read') || isLoopback(event.address) || isUnspecified(event.address)) return;
  if (process.trusted && ASKED_FOR_NAMES.has(event.port)) return;
  readsNamed(host, process, { ...event, time: process.execTime, ref: process.execRef ?? event.ref });
}

/** The same where connections are not recorded either, of a program that is told a host by an option of its own. */
export function readToSend(host: HostState, process: ProcessState, event: HostEvent): void {
  if (host.has('store:read') || host.has('network:outbound') || hostsByOption(process.argv).length === 0) return;
  if (onlyAsks(process) || !readsNamed(host, process, event)) return;
  for (const carry of process.carries)
    if (carry.taint.origin.kind === 'mailstore')
      handedTo(host, process, carry, 'its words name the store and the host that it is to reach', event);
}

/** The same of a server that its words put over a store, or that was started in one: whoever comes gets what lies there. */
export function readToServe(host: HostState, process: ProcessState, event: HostEvent): void {
  if (host.has('store:read') || host.has('file:read') || !process.execSeen) return;
  if (onlyStarts(process) || isDetacher(process.exe)) return;
  if (waitsAt(process.argv, process.exe) === '') return;
  for (const folder of new Set([...startedOver(process), ...argumentPaths(process)])) {
    const store = storeNamed(host, folder);
    if (store === null || !tellOnce(process, `named ${store.place.box}`)) continue;
    onStoreRead(host, process, event, fileNamed(folder), store.place, 'inferred', 'served');
  }
}

const isElsewhere = ({ trusted, argv }: ProcessState): boolean =>
  trusted && argv.slice(1, ELSEWHERE_WITHIN).some(word => ELSEWHERE.has(word));

function readsNamed(host: HostState, process: ProcessState, event: HostEvent): boolean {
  if (!process.execSeen || process.argv.length < 2 || process.classBits & NO_READERS) return false;
  if (onlyStarts(process) || isDetacher(process.exe) || isElsewhere(process)) return false;
  let found = false;
  for (const path of argumentPaths(process)) {
    const store = storeNamed(host, path);
    if (store === null || !tellOnce(process, `named ${store.place.box}`)) continue;
    onStoreRead(host, process, event, fileNamed(path), store.place, 'inferred', store.what);
    found = true;
  }
  return found;
}
