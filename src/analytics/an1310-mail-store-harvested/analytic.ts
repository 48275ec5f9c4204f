import { counted } from '../../core/counted.ts';
import { baseName } from '../../core/paths.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Entity, Finding } from '../../events/finding.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Notice } from '../../state/notices.ts';
import { holdsBoxes } from '../../state/places.ts';
import { stepId } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { atMost } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { Tunables } from '../tunables.ts';
import { answeredIn } from './answers.ts';
import type { HarvestCase } from './case.ts';
import { HarvestCases } from './cases.ts';
import { changesOf } from './changes.ts';
import { furtherMeasured, tellFurther } from './further.ts';
import { jobRunByHand } from './job-by-hand.ts';
import { withoutOthers } from './linked.ts';
import { tellDisks, withDisks } from './other-disks.ts';
import { copiesToOwnDesk, goesToOwnDesk } from './own-desk.ts';
import { OwnNames } from './own-names.ts';
import { pulledWhole } from './pulled-whole.ts';
import { Redirects } from './redirects.ts';
import { Resent } from './resent.ts';
import { ownLettersMailed, sentBoxes } from './sent-boxes.ts';
import { withOutput } from './session-output.ts';
import { absences, tell } from './tell.ts';
import { staysHere } from './this-host.ts';
import { bytesMeasured, missUpload, namesOf, tellUpload, uploadOf, weighUpload } from './upload.ts';
import { howOf, lookAt, wayOf, whatWasDone } from './way-out.ts';
import { foreignReads, isHidden, TIME_WINDOW_MS, transferId, weigh } from './weigh.ts';

/**
 * AN1310: a mail store is read by something that does not serve it, the data is staged, and it leaves: by the same process,
 * its pipeline, its children, a file that carries the data, or a tool of the same session. Who reads whose mail, how much,
 * and how it leaves decide. Reading alone is never an alert. Severity stays at medium until the host is validated.
 */
export const an1310: Analytic = {
  meta: {
    id: 'AN1310',
    tunables: [
      {
        name: 'WatchedMailDirs',
        default: ['~/mail', '/srv/mail', '/var/lib/mail'],
        unit: 'path patterns: ~/ is any home, * one path part',
        why: 'Added to the well-known stores, to Maildirs known by their structure, and to boxes that a delivery agent was seen to write.',
      },
      {
        name: 'ProcessNameList',
        default: [
          'curl',
          'wget',
          'scp',
          'sftp',
          'rsync',
          'ssh',
          'nc',
          'socat',
          'openssl',
          'rclone',
          'ftp',
          'mail',
          'sendmail',
          'mutt',
        ],
        unit: 'program names',
        why: 'Tools that move data off Linux hosts. Any other program with a connection of its own counts as well.',
      },
      {
        name: 'TimeWindow',
        default: TIME_WINDOW_MS,
        unit: 'ms',
        why: 'Used only where neither writes nor connections are recorded; ten minutes is a pause between packing and sending by hand.',
      },
      {
        name: 'ValidatedHosts',
        default: [],
        unit: 'host names',
        why: 'Until the exercise was seen here, mail-store reads may be from work nobody told us of: severity is capped at medium.',
      },
    ],
    telemetry: [
      {
        kind: 'store:read',
        what: 'reads of mail stores (audit open on mail directories)',
        unlocks: 'who reads whose mail, how much of it',
        required: true,
      },
      {
        kind: 'process.started',
        everyHost: true,
        what: 'process executions (audit execve)',
        unlocks: 'tools, arguments, pipelines',
        required: true,
      },
      {
        kind: 'process:unattended',
        everyHost: true,
        what: 'process executions outside any login (audit execve without a condition on auid)',
        unlocks: 'mail read and sent by services and by what delivery starts',
        required: false,
        within: 'process.started',
      },
      {
        kind: 'file:written',
        everyHost: true,
        what: 'file creation and writes in homes and temporary places (audit open/creat/rename)',
        unlocks: 'staging: the file through which mail leaves; redirections being written (.forward, sieve, aliases)',
        required: false,
      },
      {
        kind: 'network:outbound',
        everyHost: true,
        what: 'outbound connections (audit connect)',
        unlocks: 'that data left, and where to',
        required: false,
      },
      {
        kind: 'flow.ended',
        what: 'flow logs of a sensor on the wire (Zeek conn, Suricata flow)',
        unlocks: 'how many bytes left with it, under which name the destination is known',
        required: false,
      },
    ],
  },
  notices: [
    'store.read',
    'store.staged',
    'store.transferred',
    'transfer.started',
    'sender.started',
    'redirect.written',
    'store.written',
    'letter.carried',
  ],
  mailKinds: ['mail.delivered'],
  start: tunables => new Run(tunables),
};

class Run implements AnalyticRun {
  readonly #cases: HarvestCases;
  readonly #redirects = new Redirects();
  readonly #resent = new Resent();
  readonly #names = new OwnNames();
  readonly #tunables: Tunables;

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    this.#tunables = new Tunables(tunables);
    this.#cases = new HarvestCases(this.#tunables.number('TimeWindow', TIME_WINDOW_MS));
  }

  onNotice(notice: Notice, world: World): void {
    if (notice.kind === 'store.written') this.#names.written(notice);
    else if (notice.kind === 'redirect.written') this.#redirects.written(notice);
    else if (notice.kind === 'letter.carried') this.#redirects.carried(notice);
    else {
      if (notice.kind === 'transfer.started') this.#redirects.started(notice);
      if (notice.kind === 'sender.started') this.#resent.started(notice, world);
      this.#cases.take(notice, world);
    }
  }

  onMail(event: MailEvent, world: World): void {
    if (event.kind !== 'mail.delivered') return;
    this.#redirects.delivered(event, world);
    this.#resent.delivered(event, world);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found: Finding[] = [];
    for (const one of this.#cases.cases.values()) {
      const finding = judge(one, world, this.#tunables, this.#names, this.#cases.cases.values());
      if (finding !== null) found.push(finding);
    }
    return [...found, ...this.#redirects.findings(world), ...this.#resent.findings(world)];
  }

  snapshot(): unknown {
    return {
      cases: this.#cases.snapshot(),
      redirects: this.#redirects.snapshot(),
      resent: this.#resent.snapshot(),
      names: this.#names.snapshot(),
    };
  }

  restore(data: unknown): void {
    const from = data as { cases: unknown; redirects: unknown; resent: unknown; names: unknown };
    this.#names.restore(from.names);
    this.#cases.restore(from.cases);
    this.#redirects.restore(from.redirects);
    this.#resent.restore(from.resent);
  }

  evictions(): number {
    return this.#cases.cases.evicted;
  }
}

function judge(
  one: HarvestCase,
  world: World,
  tunables: Tunables,
  names: OwnNames,
  all: Iterable<HarvestCase>,
): Finding | null {
  const linked = withoutOthers(one, world);
  const { found, beside } = sentBoxes(withDisks(withOutput(linked), world), world);
  const reads = [...found.reads.values()];
  const foreign = foreignReads(found);
  const told = found.transfers.length > 0;
  const blind = !world.seen(found.host, 'network:outbound') && found.scripted;
  // People keep copies of their own mail; a copy in a hidden place, or of somebody else's mail, is worth a note.
  const hidden = found.staged.some(step => isHidden(step.path));
  const noteworthy = hidden || blind || (foreign.length > 0 && found.uid !== 0);
  if (!told && !noteworthy) return null;
  if (!told && (found.systemOwned || found.broad)) return null;
  const story = tell(found, beside);
  const upload = uploadOf(found, world);
  tellUpload(story, found, upload);
  const wentOn = tellFurther(found, story);
  tellDisks(story, found, world);
  const weighed = weigh(found, story, tunables, names.domainsOf(found.host, world.mail.localDomains));
  weighUpload(story, upload);
  // The same process read mail and connects: bytes cannot clear that. What only stands beside it they can.
  const apart = found.transfers.every(transfer => transfer.strength === 'inferred');
  // Where files being written are not recorded, the output may as well lie in one.
  const writes = world.seen(found.host, 'file:written') || world.seen(found.host, 'store:written');
  const unsure = found !== linked && !writes;
  const stays = staysHere(found, world);
  if (stays) {
    const why = 'its own sshd took the connection: another login of this host has it';
    story.factor(
      'no other host',
      -3,
      why,
      story.steps.slice(-1).map(({ id }) => id),
    );
  }
  const inDomain = story.factors.some(({ name }) => name === 'to a host of the own domain');
  const desk = goesToOwnDesk(found, world) || (inDomain ? copiesToOwnDesk(found, world) : '');
  const job = inDomain ? jobRunByHand(found, all) : null;
  if (job !== null)
    story.factor(
      'a job of the same account, run by hand',
      -2,
      job.job,
      story.steps.slice(-1).map(({ id }) => id),
    );
  if (desk !== '')
    story.factor(
      'to where its owner works',
      -3,
      desk,
      story.steps.slice(-1).map(({ id }) => id),
    );
  if (beside.length > 0)
    story.factor(
      'read beside it',
      0,
      `${counted(beside.length, 'box', 'boxes')}: no record leads from there to what left`,
      beside.map(({ taint }) => stepId(taint.step)),
    );
  const letters = ownLettersMailed(found);
  if (letters !== '')
    story.factor(
      'a few letters of the own, picked and mailed from a terminal',
      -3,
      letters,
      found.transfers.map(transferId),
    );
  const answered = answeredIn(found, world);
  if (answered !== '')
    story.factor(
      'to people who had written to this mailbox',
      -2,
      answered,
      story.steps.slice(-1).map(({ id }) => id),
    );
  const pulled = pulledWhole(found, world);
  if (pulled !== null)
    story.factor(
      'all of a tree, by the account of a machine',
      pulled === 'often' ? -3 : -2,
      `${found.printed?.peer}, on ${pulled === 'often' ? 'more than one day' : 'one day only'}`,
      story.steps.slice(-1).map(({ id }) => id),
    );
  const limited = (upload.empty && apart) || unsure ? atMost(weighed, 'low') : weighed;
  const here = stays ? atMost(limited, foreign.length > 0 ? 'low' : 'informational') : limited;
  const isUsual = desk !== '' || job !== null || letters !== '' || answered !== '' || pulled === 'often';
  const severity = isUsual ? atMost(here, 'informational') : pulled === 'once' ? atMost(here, 'low') : here;
  if (!told || !found.transfers.every(isOnDisk)) missUpload(story, found.host, upload, world);
  absences(found, story, world);
  story.change(...changesOf(found, world, tunables));
  const who = world.userName(found.host, found.uid) || `uid ${found.uid}`;
  const owners = [
    ...new Set(reads.map(({ owner, box }) => owner || (holdsBoxes(box) ? 'everybody' : 'an unknown owner'))),
  ];
  const { reader, staged, out } = wayOf(found);
  const whose = owners.length > 3 ? `${owners.length} owners` : owners.join(', ');
  return toFinding(story, {
    analytic: 'AN1310',
    host: found.host,
    key: found.key,
    severity,
    title: told
      ? `Mail of ${whose} read and ${stays ? 'handed to another login' : whatWasDone(found.transfers)}`
      : `Mail of ${whose} read${found.staged.length > 0 ? ' and copied' : ''}`,
    story: `On ${found.host}, ${who} (${found.context}) read the mail store of ${whose} with ${baseName(reader)}${staged === undefined || out?.disk ? '' : `, staged it in ${staged.path}`}${out === undefined ? '; no transfer was seen' : ` and ${howOf(out, stays, found.transfers)}${wentOn}`}.`,
    entities: [...entities(found, who, owners), ...namesOf(upload)],
    measures: {
      owners: owners.length,
      boxes: reads.length,
      ...bytesMeasured(upload),
      ...furtherMeasured(found),
    },
    next: [
      `Ask ${who} and the owner of the mail whether this was meant.`,
      found.staged[0] === undefined
        ? 'Look for copies of the mail that this session left behind.'
        : `Preserve ${found.staged.map(step => step.path).join(', ')} before it is deleted.`,
      lookAt(out, found.transfers),
    ],
  });
}

const isOnDisk = ({ disk }: HarvestCase['transfers'][number]): boolean => disk !== '';

function entities(found: HarvestCase, who: string, owners: readonly string[]): Entity[] {
  const list: Entity[] = [
    { kind: 'host', value: found.host },
    { kind: 'user', value: who },
  ];
  for (const owner of owners) list.push({ kind: 'mailbox', value: owner });
  for (const read of [...found.reads.values()].slice(0, 8)) list.push({ kind: 'file', value: read.box });
  for (const staged of found.staged) list.push({ kind: 'file', value: staged.path });
  for (const transfer of found.transfers) {
    list.push({ kind: 'process', value: `${transfer.program} (pid ${transfer.pid})` });
    if (transfer.destination !== '') list.push({ kind: 'address', value: transfer.destination });
  }
  return list;
}
