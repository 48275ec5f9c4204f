import { baseName } from '../core/paths.ts';
import type { Entity } from '../events/finding.ts';
import { DESCENT_GUESSED } from '../state/late-parent.ts';
import { laterText } from '../state/lets-in.ts';
import type { Attributed } from '../state/network/contract.ts';
import type { ExecutionRoute } from '../state/notices.ts';
import { CLASS } from '../state/programs.ts';
import { named, type Taint, taintSteps, taintStrength } from '../state/taint.ts';
import type { World } from '../state/world.ts';
import type { ContentCase, ContentConnection, ContentPersistence, ContentRun, ContentSecret } from './content-cases.ts';
import { beforeRun, tellRuns } from './content-runs.ts';
import { type DeliveryLink, deliveryFor, personOf } from './delivery-link.ts';
import { hiddenCopyOf, tellHiddenCopy } from './hidden-copy.ts';
import { tellMessage } from './message-story.ts';
import { tellOtherParts } from './other-parts.ts';
import { isQueueId, Story } from './story.ts';
import { destinationText, flowStep, tellFlow } from './wire.ts';

/** A case told as a story, with the facts that both content analytics judge by. */
export interface ContentStory {
  readonly story: Story;
  readonly main: ContentRun;
  readonly taint: Taint;
  readonly person: string;
  /** As whom it ran: `clerk`, or `intern (it came to clerk)`. */
  readonly as: string;
  readonly delivery: DeliveryLink | null;
  /** `observed` when every link from origin to execution is. */
  readonly chain: 'observed' | 'inferred';
  readonly reachedOut: boolean;
  /** Flows out of the host afterwards that no process can be given for: by host and time only. */
  readonly leaving: readonly Attributed[];
  readonly disguise: string;
  readonly entities: Entity[];
  /** Ids of the steps by which the factors are shown. `delivery` is '' without a delivery. */
  readonly ids: {
    readonly origin: string;
    readonly taken: string;
    readonly main: string;
    readonly runs: readonly string[];
    readonly delivery: string;
    readonly connections: readonly string[];
    readonly leaving: readonly string[];
    readonly persistence: readonly string[];
  };
}

export function tellContent(found: ContentCase, world: World, wantDelivery: boolean): ContentStory | null {
  // This host turned out to record connections: what was only told to connect is told by them.
  if (world.seen(found.host, 'network.connected')) found.connections = found.connections.filter(each => !each.told);
  const runs = [...found.runs].sort((a, b) => a.time - b.time || a.order - b.order);
  // What ldd(1) asked about is no run where there is one.
  const told = runs.some(run => run.how !== 'traced') ? runs.filter(run => run.how !== 'traced') : runs;
  // What hid itself began as what came.
  const begun = hiddenCopyOf(told) === undefined ? told : told.slice(0, 1);
  const main = begun.find(run => run.strength === 'observed' || isNamedFile(run)) ?? told[0];
  if (main === undefined) return null;
  const story = new Story();
  const taint = strongest(found, main);
  const person = personOf(world, [taint, ...found.origins], main.path, found.uid);
  const delivery = wantDelivery
    ? deliveryFor(world, [taint, ...found.origins], person, main.path, cameAsProgram(main))
    : null;
  const chain = story.taint(beforeRun(taint, main));
  const deliveryId = delivery === null ? '' : story.delivery(delivery);
  if (delivery !== null) {
    story.link(deliveryId, chain.first, 'delivery', delivery.strength, delivery.why);
    tellMessage(story, delivery, world, deliveryId);
  }
  tellOtherParts(
    story,
    taint,
    found.origins.map(each => beforeRun(each, main)),
    part => (wantDelivery ? deliveryFor(world, [part], person, '') : null),
  );
  tellRuns(story, runs, chain, { id: runId, summary: summaryOf, why: whyRun });
  const mainId = runId(main);
  tellHiddenCopy(story, told, mainId, runId);
  const above = ({ below, time }: Pick<ContentConnection, 'below' | 'time'>): string => {
    if (below === main.pid && main.time <= time) return mainId;
    const run = runs.findLast(each => each.pid === below && each.time <= time && each.how !== 'traced');
    return run === undefined ? mainId : runId(run);
  };
  for (const connection of found.connections) {
    const id = connectionId(connection);
    story.step(
      id,
      connection.time,
      'network.connected',
      `${named(connection.program, connection.pid)} ${verbOf(connection)} ${connection.destination}`,
      connection.ref,
    );
    const why =
      connection.told === true
        ? 'a descendant of the process that runs the content has it in its words; connections are not recorded here'
        : connection.guessed
          ? DESCENT_GUESSED
          : 'the process that runs the content, or a descendant of it';
    story.link(above(connection), id, 'process-tree', connection.guessed ? 'inferred' : 'observed', why);
    tellFlow(story, id, connection.contact, world);
  }
  const leaving = leavingOf(found, world);
  const leavingIds = leaving.map(each => flowStep(story, each));
  leaving.forEach((each, i) => story.link(mainId, leavingIds[i] ?? '', 'host-and-time', each.strength, each.why));
  for (const left of found.persistence) {
    const id = persistenceId(left);
    story.step(
      id,
      left.time,
      'persistence.written',
      `${named(left.program, left.pid)} ${left.strength === 'observed' ? 'writes' : 'probably writes'} ${left.path}, ${laterText(left.path)}`,
      left.ref,
    );
    const why =
      left.strength === 'observed'
        ? 'the process that runs the content, or a descendant of it'
        : left.byWords === true
          ? 'the words of a descendant of the process that runs the content say so; no record tells of the file'
          : 'the file appeared while the process that runs the content, or a descendant of it, was at work there';
    story.link(above(left), id, 'process-tree', left.strength, why);
  }
  for (const secret of found.secrets) {
    const id = secretId(secret);
    const summary = `${named(secret.program, secret.pid)} reads ${secret.path}: ${secret.what}`;
    story.step(id, secret.time, 'secret.read', summary, secret.ref);
    story.link(
      above(secret),
      id,
      'process-tree',
      'observed',
      'the process that runs the content, or a descendant of it',
    );
  }
  return {
    story,
    main,
    taint,
    person,
    as: runAs(world.userName(found.host, found.uid), found.uid, person),
    delivery,
    chain: taintStrength(taint) === 'observed' && main.strength === 'observed' ? 'observed' : 'inferred',
    reachedOut: found.connections.length > 0,
    leaving,
    disguise: disguiseOf(main.path, main.how),
    entities: entitiesOf(found, leaving, main, person, delivery),
    ids: {
      origin: chain.first,
      taken: chain.last,
      main: mainId,
      runs: runs.map(runId),
      delivery: deliveryId,
      connections: found.connections.map(connectionId),
      leaving: leavingIds,
      persistence: found.persistence.map(persistenceId),
    },
  };
}

const verbOf = ({ told, failed }: ContentConnection): string =>
  told === true ? 'is told to reach' : failed ? 'tries to connect to' : 'connects to';

const runId = (run: ContentRun): string => `content.executed#${run.pid}.${run.time}.${run.path}`;
const connectionId = ({ pid, destination }: ContentConnection): string => `network.connected#${pid}.${destination}`;
export const secretId = ({ pid, path }: ContentSecret): string => `secret.read#${pid}.${path}`;
const persistenceId = ({ pid, path }: ContentPersistence): string => `persistence.written#${pid}.${path}`;

/** What is named is what a program read. */
const isByReader = (how: ExecutionRoute | undefined): boolean => how === 'spawned-by-reader' || how === 'new-order';

/** The very file that was followed here is named as what runs, though no record shows it being read. */
function isNamedFile(run: ContentRun): boolean {
  if (run.path === '' || isByReader(run.how)) return false;
  for (let taint = run.taint.previous; taint !== null; taint = taint.previous)
    if (taint.step.object === run.path || taint.step.object.endsWith(` to ${run.path}`)) return true;
  return false;
}

/** A program itself lay in what came: what is run was only saved, moved and unpacked since. */
export const cameAsProgram = ({ how, taint }: ContentRun): boolean =>
  (how === 'binary' || how === 'at-work' || how === 'loader') &&
  taintSteps(taint)
    .slice(0, -1)
    .every(({ kind }) => kind.startsWith('file.'));

/** What makes a history the surer one, the weightiest first: what was taken in on purpose says least. */
const SUREST: readonly ((taint: Taint) => boolean)[] = [
  taint => !taint.curated,
  taint => taintStrength(taint) === 'observed',
  ({ origin }) => origin.agentPid >= 0,
  ({ origin }) => origin.basis !== 'appeared' && origin.basis !== 'place',
  ({ origin }) => origin.basis !== 'place',
];

/** Of several origins of the same content the one with the surest and longest history; of equals that of the main run. */
function strongest(found: ContentCase, main: ContentRun): Taint {
  let left = [main.taint, ...found.runs.map(run => run.taint)];
  for (const isSurer of SUREST) {
    const surer = left.filter(isSurer);
    if (surer.length > 0) left = surer;
  }
  return left[0] as Taint;
}

function whyRun({ strength, how, path, command }: ContentRun): string {
  if (how === 'at-work')
    return strength === 'observed'
      ? 'a record of what it does names it as the running program; when it was started is not recorded'
      : 'a record of what it does names a running program there; when it was started is not recorded';
  if (strength === 'observed') return 'the record shows that this content is run';
  if (how === 'evaluated') return 'the words that run stand as a command in the name of the file';
  if (how === 'new-order')
    return 'the program opened the file just before, and earlier runs of it without the file started nothing like it';
  return how === 'loader' && !command.includes(baseName(path))
    ? 'opened as the program began, and none of its words names it: the loader takes it in'
    : 'arguments or a common pipeline say that this content is run';
}

const HOW: Readonly<Record<ContentRun['how'], string>> = {
  binary: 'is run as a program',
  'at-work': 'is found at work as a program',
  'interpreter-script': 'is run by an interpreter',
  'interpreter-module': 'is run as a module',
  substituted: 'is given to an interpreter among its words',
  'standard-input': 'is fed to an interpreter on standard input',
  loader: 'is run through the dynamic loader',
  traced: 'is handed to the dynamic loader by ldd, which asks what it would load',
  launcher: 'is started by a desktop launcher',
  unit: 'is obeyed by the service manager',
  'package-script': 'is installed as a package',
  'own-helper': 'is run by the mail client, on its own installation',
  build: 'is run by a build tool',
  'spawned-by-viewer': 'makes its viewer start an interpreter',
  'spawned-by-reader': 'makes the program that read it start a command',
  'new-order': 'makes the program that read it start a command that is new to it',
  sourced: 'is taken line by line into a shell at which somebody types',
  evaluated: 'has its name run as a command by a shell',
  memory: 'is run out of memory',
};

export function howText(run: ContentRun): string {
  return HOW[run.how];
}

function summaryOf(run: ContentRun): string {
  const what = run.path === '' ? 'the content' : run.path;
  const said = [run.pid < 0 ? '' : `pid ${run.pid}`, run.parent === '' ? '' : `started by ${run.parent}`];
  const behind = said.filter(part => part !== '').join(', ');
  return `${what} ${HOW[run.how]}: ${run.command || run.program}${behind === '' ? '' : ` (${behind})`}`;
}

const BIDI = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/;
const DOCUMENT = new Set(
  'pdf doc docx xls xlsx odt ods ppt pptx txt rtf jpg jpeg png gif mp3 mp4 csv htm html eml zip'.split(' '),
);

/** A name made to look like what it is not; '' for an honest one. What shells take in as settings is hidden by custom. */
export function disguiseOf(path: string, how?: ExecutionRoute): string {
  const name = baseName(path);
  // A file that a program reads need not be named like a program.
  if (isByReader(how)) return '';
  if (how === 'evaluated') return 'the name is made of commands';
  if (BIDI.test(name)) return 'the name holds bidirectional control characters that reverse how it reads';
  if (/\s$/.test(name) || /\s{4,}/.test(name)) return 'the name is padded with blanks';
  const parts = name.toLowerCase().split('.');
  if (
    parts.length >= 3 &&
    DOCUMENT.has(parts[parts.length - 2] as string) &&
    !DOCUMENT.has(parts[parts.length - 1] as string)
  )
    return `the name pretends to be a .${parts[parts.length - 2]} file`;
  if (parts.length >= 2 && DOCUMENT.has(parts[parts.length - 1] as string))
    return `a file named .${parts[parts.length - 1]} is run as a program`;
  return name.startsWith('.') && how !== 'sourced' ? 'the file is hidden' : '';
}

/** Whoever it came to need not be who ran it: a colleague, or root over sudo. Where nobody is known, the account has no name either. */
function runAs(runner: string, uid: number, person: string): string {
  if (person === '') return `uid ${uid}`;
  return runner === '' || runner === person ? person : `${runner} (it came to ${person})`;
}

/** Flows by host and time stand in only where the host itself records no connections. */
function leavingOf(found: ContentCase, world: World): readonly Attributed[] {
  return found.watch === null || world.seen(found.host, 'network.connected') ? [] : found.watch.flows;
}

function entitiesOf(
  found: ContentCase,
  leaving: readonly Attributed[],
  main: ContentRun,
  person: string,
  delivery: DeliveryLink | null,
): Entity[] {
  const entities: Entity[] = [{ kind: 'host', value: found.host }];
  if (person !== '') entities.push({ kind: 'user', value: person });
  else entities.push({ kind: 'user', value: `uid ${found.uid}` });
  if (main.path !== '') entities.push({ kind: 'file', value: main.path });
  entities.push({ kind: 'process', value: named(main.program, main.pid) });
  if (delivery !== null) {
    if (isQueueId(delivery.message)) entities.push({ kind: 'message', value: delivery.message.queueId });
    if (delivery.message.messageId !== '') entities.push({ kind: 'message', value: delivery.message.messageId });
    if (delivery.message.senderKnown) entities.push({ kind: 'sender', value: delivery.message.sender || '<>' });
    entities.push({ kind: 'mailbox', value: delivery.delivery.mailbox });
  }
  for (const connection of found.connections) entities.push({ kind: 'address', value: connection.destination });
  for (const { flow } of leaving)
    entities.push({ kind: 'address', value: `${flow.destinationAddress}:${flow.destinationPort}` });
  return entities;
}

/** What left the host afterwards adds a point: by host and time it may be anybody's, so it never raises alone. */
export function weighLeaving({ story, leaving, ids }: ContentStory): void {
  if (leaving.length === 0) return;
  story.factor(
    'outbound network from this host afterwards',
    1,
    leaving.map(each => destinationText(each.flow)).join(', '),
    ids.leaving,
  );
}

export const isMessengerOrigin = (taint: Taint): boolean => (taint.origin.classBits & CLASS.messenger) !== 0;
