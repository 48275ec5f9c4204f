import type { Sample } from './sample.ts';
import { networkOf, shapeOf } from './shape.ts';

const DISTINCT_MAX = 5000;
const NAMES_MAX = 500;
const RARE_MAX = 400;
const KNOWN_MAX = 100;
const FEW = 3;
const FIRST_MAX = 64;

/** What a burst is made of: counts, each with a cap on how many different things it tells apart. */
export interface Tally {
  count: number;
  /** Things that were too many to tell apart. */
  untold: number;
  senders: Map<string, number>;
  shapes: Map<string, number>;
  domains: Map<string, number>;
  clients: Map<string, number>;
  /** Of clients in networks from which nothing came before the burst. */
  networks: Map<string, number>;
  addresses: Map<string, number>;
  hosts: Map<string, number>;
  /** By size in steps of 64 bytes. */
  sizes: Map<number, number>;
  attachments: Map<string, number>;
  submitters: Map<number, number>;
  routes: Record<Sample['route'], number>;
  nullSenders: number;
  ownNotifications: number;
  familiar: number;
  /** Sender seen nowhere in this estate before the burst. */
  fresh: number;
  /** Of these, such as wrote here earlier on the day before the burst. */
  freshHeard: number;
  /** By a program that has long been writing to this mailbox, in the form and from the network it always did. */
  machines: number;
  late: number;
  shared: number;
  /** More than two recipients. */
  sharedByMany: number;
  full: number;
  relayed: number;
  withAttachment: number;
  patterned: number;
  /** The entry of AttachmentPatternList that fitted first; '' for none. */
  pattern: string;
  bytes: number;
  sized: number;
  /** As many as may come before the flood's own first: see opening.ts. */
  first: Sample[];
  last: Sample | null;
  attached: Sample | null;
  /** Messages whose sender was known before: what the flood may hide. */
  known: Sample[];
  /** Messages that looked like no other when they came. */
  rare: Sample[];
}

export function newTally(): Tally {
  return {
    count: 0,
    untold: 0,
    senders: new Map(),
    shapes: new Map(),
    domains: new Map(),
    clients: new Map(),
    networks: new Map(),
    addresses: new Map(),
    hosts: new Map(),
    sizes: new Map(),
    attachments: new Map(),
    submitters: new Map(),
    routes: { submitted: 0, authenticated: 0, internal: 0, relayed: 0, claimed: 0, outside: 0 },
    nullSenders: 0,
    ownNotifications: 0,
    familiar: 0,
    fresh: 0,
    freshHeard: 0,
    machines: 0,
    late: 0,
    shared: 0,
    sharedByMany: 0,
    full: 0,
    relayed: 0,
    withAttachment: 0,
    patterned: 0,
    pattern: '',
    bytes: 0,
    sized: 0,
    first: [],
    last: null,
    attached: null,
    known: [],
    rare: [],
  };
}

/** What is known of a sample's sender from before the burst. */
export interface Acquaintance {
  readonly familiar: boolean;
  readonly fresh: boolean;
  /** It wrote to somebody here an hour before the burst or longer ago: what the flood may hide. */
  readonly heard: boolean;
  /** The client's network. */
  readonly newNetwork: boolean;
  /** A program known at this mailbox that makes a sender for each message. */
  readonly machine: boolean;
}

export function addToTally(
  tally: Tally,
  sample: Sample,
  about: Acquaintance,
  oldMs: number,
  patterns: readonly string[],
): void {
  tally.count += 1;
  tally.routes[sample.route] += 1;
  if (sample.sender === '') tally.nullSenders += 1;
  if (sample.ownNotification) tally.ownNotifications += 1;
  if (about.familiar) tally.familiar += 1;
  if (about.fresh) tally.fresh += 1;
  if (about.fresh && about.heard) tally.freshHeard += 1;
  if (about.machine) tally.machines += 1;
  if (sample.time - sample.arrived >= oldMs) tally.late += 1;
  if (sample.sharedBy > 1) tally.shared += 1;
  if (sample.sharedBy > 2) tally.sharedByMany += 1;
  if (sample.outcome === 'full') tally.full += 1;
  if (sample.outcome === 'relay') tally.relayed += 1;
  const shape = shapeOf(sample.sender);
  const alike = count(tally, tally.shapes, shape, DISTINCT_MAX);
  count(tally, tally.senders, sample.writer, DISTINCT_MAX);
  count(tally, tally.domains, sample.sender.slice(sample.sender.lastIndexOf('@') + 1), DISTINCT_MAX);
  if (sample.client !== '') {
    count(tally, tally.clients, sample.client, DISTINCT_MAX);
    if (about.newNetwork) count(tally, tally.networks, networkOf(sample.client), DISTINCT_MAX);
  }
  count(tally, tally.addresses, sample.address, NAMES_MAX);
  count(tally, tally.hosts, sample.host, NAMES_MAX);
  if (sample.submitterUid >= 0) count(tally, tally.submitters, sample.submitterUid, NAMES_MAX);
  if (sample.sizeBytes >= 0) {
    tally.bytes += sample.sizeBytes;
    tally.sized += 1;
    count(tally, tally.sizes, Math.floor(sample.sizeBytes / 64), DISTINCT_MAX);
  }
  addAttachments(tally, sample, patterns);
  if (tally.first.length < FIRST_MAX) tally.first.push(sample);
  tally.last = sample;
  if (about.heard && sample.senderKnown && tally.known.length < KNOWN_MAX) tally.known.push(sample);
  else if (alike <= FEW) keepRare(tally, sample);
}

function addAttachments(tally: Tally, sample: Sample, patterns: readonly string[]): void {
  if (sample.attachments.length === 0 && sample.attachmentHashes.length === 0) return;
  tally.withAttachment += 1;
  tally.attached ??= sample;
  for (const hash of sample.attachmentHashes) count(tally, tally.attachments, hash, NAMES_MAX);
  let patterned = false;
  for (const name of sample.attachments) {
    count(tally, tally.attachments, shapeOf(name), NAMES_MAX);
    const lower = name.toLowerCase();
    const fits = patterns.find(pattern => lower.endsWith(pattern));
    if (fits === undefined) continue;
    patterned = true;
    if (tally.pattern === '') tally.pattern = fits;
  }
  if (patterned) tally.patterned += 1;
}

/** When there are too many, those go first whose kind has turned out to be common. */
function keepRare(tally: Tally, sample: Sample): void {
  tally.rare.push(sample);
  if (tally.rare.length <= RARE_MAX) return;
  tally.rare = tally.rare.filter(each => (tally.shapes.get(shapeOf(each.sender)) ?? 0) <= FEW).slice(0, RARE_MAX >> 1);
}

function count<K>(tally: Tally, map: Map<K, number>, key: K, keysMax: number): number {
  const before = map.get(key) ?? 0;
  if (before === 0 && map.size >= keysMax) {
    tally.untold += 1;
    return keysMax;
  }
  map.set(key, before + 1);
  return before + 1;
}

/** The entry with the highest count; of equals the one that sorts first. */
export function topOf<K extends string | number>(map: ReadonlyMap<K, number>): { key: K; count: number } | null {
  let best: { key: K; count: number } | null = null;
  for (const [key, value] of map) {
    if (best === null || value > best.count || (value === best.count && key < best.key)) best = { key, count: value };
  }
  return best;
}
