import { BoundedMap } from '../../core/bounded-map.ts';
import { baseName } from '../../core/paths.ts';
import { type EpochMs, MINUTE_MS } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import type { NameBasis } from '../../state/network/contract.ts';
import type { ContentExecuted } from '../../state/notices.ts';
import { stepId, type Taint, taintSteps } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import type { ContentCase } from '../content-cases.ts';
import type { ContentStory } from '../content-story.ts';

/** A file is on the wire before it is saved; a slow download is long under way. */
const FILE_BEFORE_MS = 10 * MINUTE_MS;
const FILE_AFTER_MS = MINUTE_MS;
/** A client asks for a name and saves what it gets at once; a person reads before pasting a command. */
const SAVE_BEFORE_MS = MINUTE_MS;
const PASTE_BEFORE_MS = 5 * MINUTE_MS;
const AFTER_MS = 2000;
const NAMES_MAX = 3;
const PATHS_MAX = 64;

/** The service that a download came from, as the wire showed it. Plain data. */
export interface ServiceUse {
  readonly names: readonly string[];
  readonly time: EpochMs;
  readonly ref: Ref;
  /** `content`: the very file was seen, by its hash. `file`: a file of its name was. Else only that the host asked for the names at that time. */
  readonly basis: 'content' | 'file' | NameBasis;
  readonly evidence: string;
  readonly why: string;
}

const CASES_MAX = 4096;

/** Looked up when content runs, as the names that a host used are not kept for ever; and again when the story is told. */
export class Services {
  readonly #byOrigin = new BoundedMap<string, ServiceUse>(CASES_MAX);

  get evicted(): number {
    return this.#byOrigin.evicted;
  }

  note(notice: ContentExecuted, world: World): void {
    const { taint } = notice;
    const known = this.#byOrigin.peek(taint.origin.id);
    if (known?.basis === 'content') return;
    const service = serviceOf(notice.host, taint, world);
    if (service !== null && (!isFile(known) || service.basis === 'content'))
      this.#byOrigin.set(taint.origin.id, service);
  }

  of(found: ContentCase, told: ContentStory, world: World): ServiceUse | null {
    const now = serviceOf(found.host, told.taint, world);
    const before = this.#byOrigin.peek(told.taint.origin.id);
    if (before?.basis === 'content') return before;
    return isFile(now) ? now : (before ?? now);
  }

  snapshot() {
    return this.#byOrigin.snapshot();
  }

  restore(from: ReturnType<Services['snapshot']>): void {
    this.#byOrigin.restore(from);
  }
}

const isFile = (use: ServiceUse | null | undefined): boolean => use?.basis === 'content' || use?.basis === 'file';

/** Null when no sensor saw where it came from, or whose address it was is not known. */
export function serviceOf(host: string, taint: Taint, world: World): ServiceUse | null {
  return fileOf(host, taint, world) ?? namesOf(host, taint, world);
}

function fileOf(host: string, taint: Taint, world: World): ServiceUse | null {
  const { time } = taint.origin;
  const [from, to] = [time - FILE_BEFORE_MS, time + FILE_AFTER_MS];
  const wanted = [
    ...hashesOf(host, taint, world).map(sha256 => ({ sha256, basis: 'content' as const })),
    ...savedNames(taint).map(name => ({ name, basis: 'file' as const })),
  ];
  for (const each of wanted) {
    const [file] = world.network.filesFetched(host, each, from, to);
    if (file === undefined) continue;
    const called = file.server || (world.network.nameOf(host, file.serverAddress, file.time)?.name ?? '');
    const size = file.sizeBytes < 0 ? '' : `, ${file.sizeBytes} bytes`;
    const hash = file.sha256 === '' ? '' : `, sha256 ${file.sha256}`;
    const server = called === '' ? file.serverAddress : `${called} (${file.serverAddress})`;
    return {
      names: [withoutPort(called) || file.serverAddress],
      time: file.time,
      ref: file.ref,
      basis: each.basis,
      evidence: `on the wire: ${file.name || 'a file without a name'}${size}${hash}, from ${server} over ${file.service}`,
      why: `${CAME[each.basis]} came to this host ${apart(file.time, time)}`,
    };
  }
  return null;
}

const CAME = { content: 'a file with this sha256', file: 'a file of this name' } as const;

/** What files of the history hold, as far as a sensor of the host hashed them. */
function hashesOf(host: string, taint: Taint, world: World): string[] {
  const paths = taintSteps(taint).flatMap(({ object }) => object.split(' to '));
  const found = paths.slice(0, PATHS_MAX).map(path => world.contentOf(host, path)?.sha256 ?? '');
  return [...new Set(found)].filter(sha256 => sha256 !== '');
}

/** Names that files of the history bore: under which it was saved, and into which it was renamed. */
function savedNames(taint: Taint): string[] {
  const names = taintSteps(taint).flatMap(({ object }) => object.split(' to ').map(path => baseName(path)));
  return [...new Set(names.map(name => (name.endsWith('.part') ? name.slice(0, -5) : name)))].filter(
    name => name !== '',
  );
}

const SUREST: readonly NameBasis[] = ['tls', 'http', 'dns'];
const ASKED: Readonly<Record<NameBasis, string>> = {
  tls: 'asked for in TLS',
  http: 'asked for in HTTP',
  dns: 'looked up',
  'dns-of-others': 'looked up',
};

function namesOf(host: string, taint: Taint, world: World): ServiceUse | null {
  const { time, basis } = taint.origin;
  const before = basis === 'fetched' ? PASTE_BEFORE_MS : SAVE_BEFORE_MS;
  const uses = world.network.namesUsed(host, time - before, time + AFTER_MS);
  for (const asked of SUREST) {
    const fit = uses.filter(use => use.basis === asked).slice(-NAMES_MAX);
    const last = fit.at(-1);
    if (last === undefined) continue;
    const names = fit.map(use => use.name);
    return {
      names,
      time: last.time,
      ref: last.ref,
      basis: asked,
      evidence: `on the wire: ${names.join(', ')} ${ASKED[asked]} by this host`,
      why: `asked for ${apart(last.time, time)}, by any program of this host`,
    };
  }
  return null;
}

function apart(time: number, saved: number): string {
  const seconds = ((saved - time) / 1000).toFixed(1);
  return saved >= time ? `${seconds} s before it was saved` : `as it was saved`;
}

const withoutPort = (name: string): string => name.replace(/:\d{1,5}$/, '');

/** Marks the story with the service: a step, an entity that the policy knows, a factor that weighs nothing by itself. */
export function tellService({ story, taint, entities }: ContentStory, service: ServiceUse): void {
  const id = `service.seen#${service.basis}.${service.names.join(',')}.${service.time}`;
  story.step(id, service.time, isFile(service) ? 'file.transferred' : 'name.seen', service.evidence, service.ref);
  const first = taintSteps(taint)[0] ?? taint.step;
  const to = story.steps.find(step => step.id === stepId(first))?.id ?? story.steps[0]?.id;
  if (to !== undefined)
    story.link(id, to, 'service', service.basis === 'content' ? 'observed' : 'inferred', service.why);
  for (const value of service.names) entities.push({ kind: 'service', value });
  story.factor('service seen on the wire', 0, `${service.names.join(', ')}: ${service.why}`, [id]);
}
