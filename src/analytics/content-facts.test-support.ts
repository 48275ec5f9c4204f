import { epochMs, HOUR_MS } from '../core/time.ts';
import type { Taint } from '../state/taint.ts';
import type { ContentCase, ContentConnection, ContentRun } from './content-cases.ts';
import type { ContentStory } from './content-story.ts';
import { Story } from './story.ts';

const REF = { source: 0, offset: 0, length: 1, next: null };
const AT = Date.UTC(2026, 2, 2, 9);

/** What content did, in plain values: what is not said is as harmless as it gets, two hours after it came. */
export interface ContentFacts {
  readonly basis?: Taint['origin']['basis'];
  readonly classBits?: number;
  readonly originProgram?: string;
  /** Where the words of the program that brought it say it is from. */
  readonly url?: string;
  readonly how?: ContentRun['how'];
  readonly path?: string;
  /** What the first step is about; the path unless said. */
  readonly object?: string;
  readonly person?: string;
  readonly parentClass?: number;
  /** How each further run was run. */
  readonly alsoRun?: readonly ContentRun['how'][];
  /** With which words each further run was started; those of the first unless said. */
  readonly alsoCommand?: string;
  /** A compiler or a tool of version control made what is run further. */
  readonly alsoCurated?: boolean;
  /** A flow left the host afterwards, by whichever program. */
  readonly leaves?: boolean;
  readonly afterMs?: number;
  readonly archived?: boolean;
  readonly curated?: boolean;
  readonly chain?: 'observed' | 'inferred';
  readonly disguise?: string;
  readonly madeExecutable?: boolean;
  /** Where the programs that connect come from. */
  readonly connects?: readonly ContentConnection['standing'][];
  /** To which port, of which address. */
  readonly port?: number;
  readonly address?: string;
  /** '' for a job. */
  readonly tty?: string;
  readonly persists?: boolean;
  readonly delivery?: ContentStory['delivery'];
}

const LEAVING = {
  flow: {
    flowId: 'f',
    startTime: AT,
    endTime: AT,
    destinationAddress: '203.0.113.9',
    destinationPort: 443,
    nameFrom: '',
    service: '',
  },
  strength: 'inferred',
  why: '',
  alike: 0,
} as unknown as ContentStory['leaving'][number];

/** The case and its story, as the rules of the content analytics are handed them. */
export function contentFacts(facts: ContentFacts): { readonly found: ContentCase; readonly told: ContentStory } {
  const { basis = 'client-wrote', path = '/home/clerk/x.bin' } = facts;
  const step = { time: epochMs(AT), order: 1, kind: 'file.created', program: 'client', pid: 7, verb: 'writes' };
  const taint = {
    origin: {
      id: 'o',
      kind: 'mail',
      host: 'ws1',
      time: epochMs(AT),
      person: 'clerk',
      uid: 1003,
      pid: 7,
      program: facts.originProgram ?? '/usr/bin/client',
      strength: 'observed',
      basis,
      storePath: '',
      agentPid: -1,
      agentTime: 0,
      box: '',
      classBits: facts.classBits ?? 0,
      ...(facts.url === undefined ? {} : { url: facts.url }),
    },
    step: {
      ...step,
      object: facts.object ?? path,
      ref: REF,
      strength: 'observed',
      why: '',
    },
    previous: null,
    hops: 0,
    curated: facts.curated ?? false,
    archived: facts.archived ?? false,
    assumes: '',
  } as Taint;
  const further = facts.alsoCurated === true ? { ...taint, curated: true } : taint;
  const runOf = (how: ContentRun['how']): ContentRun => ({
    time: epochMs(AT + (facts.afterMs ?? 2 * HOUR_MS)),
    order: 2,
    ref: REF,
    path,
    how,
    strength: 'observed',
    taint,
    pid: 8,
    program: path,
    exe: path,
    parent: '/bin/parent',
    command: path,
    tty: facts.tty ?? 'pts0',
    parentClass: facts.parentClass ?? 0,
  });
  const main = runOf(facts.how ?? 'binary');
  const connections = (facts.connects ?? []).map((standing, index) => ({
    time: main.time,
    order: 3,
    ref: REF,
    pid: 9,
    program: '/opt/label',
    standing,
    destination: `${facts.address ?? `203.0.113.${index}`}:${facts.port ?? 25}`,
    port: facts.port ?? 25,
    failed: false,
    contact: null,
  }));
  const persistence = facts.persists === true ? [{ path: '/home/clerk/.profile' }] : [];
  const found = {
    key: 'k',
    host: 'ws1',
    uid: 1003,
    runs: [
      main,
      ...(facts.alsoRun ?? []).map(how => ({ ...runOf(how), taint: further, command: facts.alsoCommand ?? path })),
    ],
    origins: [taint],
    connections,
    persistence,
    secrets: [],
    watch: null,
  } as unknown as ContentCase;
  const story = new Story();
  if (facts.madeExecutable === true) story.step('made', main.time, 'file.made-executable', 'chmod', REF);
  const told: ContentStory = {
    story,
    main,
    taint,
    person: facts.person ?? 'clerk',
    as: (facts.person ?? 'clerk') || `uid ${found.uid}`,
    delivery: facts.delivery ?? null,
    chain: facts.chain ?? 'observed',
    reachedOut: connections.length > 0,
    leaving: facts.leaves === true ? [LEAVING] : [],
    disguise: facts.disguise ?? '',
    entities: [],
    ids: {
      origin: 'origin',
      taken: 'taken',
      main: 'main',
      runs: ['main'],
      delivery: 'delivery',
      connections: ['connection'],
      leaving: [],
      persistence: ['persistence'],
    },
  };
  return { found, told };
}

/** Weights and names of the factors, in their order. */
export const weightsOf = ({ story }: ContentStory): readonly string[] =>
  story.factors.map(({ weight, name }) => `${weight} ${name}`);
