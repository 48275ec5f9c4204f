import { baseName } from '../../core/paths.ts';
import { type EpochMs, MINUTE_MS } from '../../core/time.ts';
import type { Entity, Finding } from '../../events/finding.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { Notice } from '../../state/notices.ts';
import { stepId } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { atMost, Story } from '../story.ts';
import { type HarvestCase, HarvestCases } from './cases.ts';
import { Redirects } from './redirects.ts';
import { missUpload, namesOf, tellUpload, uploadOf, weighUpload } from './upload.ts';

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
        default: 10 * MINUTE_MS,
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
        what: 'process executions (audit execve)',
        unlocks: 'tools, arguments, pipelines',
        required: true,
      },
      {
        kind: 'file:written',
        what: 'file creation and writes in homes and temporary places (audit open/creat/rename)',
        unlocks: 'staging: the file through which mail leaves; redirections being written (.forward, sieve, aliases)',
        required: false,
      },
      {
        kind: 'network:outbound',
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
  ],
  mailKinds: ['mail.delivered'],
  start: tunables => new Run(tunables),
};

class Run implements AnalyticRun {
  readonly #cases: HarvestCases;
  readonly #redirects = new Redirects();
  readonly #validated: readonly string[];

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    const window = tunables.get('TimeWindow');
    this.#cases = new HarvestCases(typeof window === 'number' ? window : 10 * MINUTE_MS);
    const validated = tunables.get('ValidatedHosts');
    this.#validated = Array.isArray(validated) ? (validated as readonly string[]) : [];
  }

  onNotice(notice: Notice, world: World): void {
    if (notice.kind === 'redirect.written') this.#redirects.written(notice);
    else this.#cases.take(notice, world);
  }

  onMail(event: MailEvent, world: World): void {
    if (event.kind === 'mail.delivered') this.#redirects.delivered(event, world);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found: Finding[] = [];
    for (const one of this.#cases.cases.values()) {
      const finding = judge(one, world, this.#validated);
      if (finding !== null) found.push(finding);
    }
    return [...found, ...this.#redirects.findings(world)];
  }

  snapshot(): unknown {
    return { cases: this.#cases.snapshot(), redirects: this.#redirects.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as { cases: unknown; redirects: unknown };
    this.#cases.restore(from.cases);
    this.#redirects.restore(from.redirects);
  }

  evictions(): number {
    return this.#cases.cases.evicted;
  }
}

function judge(found: HarvestCase, world: World, validated: readonly string[]): Finding | null {
  const reads = [...found.reads.values()];
  const foreign = reads.filter(read => !read.own && read.owner !== '');
  const told = found.transfers.length > 0;
  const blind = !world.seen(found.host, 'network:outbound') && found.scripted;
  // People keep copies of their own mail; a copy in a hidden place, or of somebody else's mail, is worth a note.
  const hidden = found.staged.some(step => baseName(step.path).startsWith('.') || step.path.includes('/.'));
  const noteworthy = hidden || blind || (foreign.length > 0 && found.uid !== 0);
  if (!told && !noteworthy) return null;
  if (!told && (found.systemOwned || found.broad)) return null;
  const story = tell(found);
  const upload = uploadOf(found, world);
  tellUpload(story, found, upload);
  const weighed = weigh(found, story, foreign.length, validated);
  weighUpload(story, upload);
  // The same process read mail and connects: bytes cannot clear that. What only stands beside it they can.
  const apart = found.transfers.every(transfer => transfer.strength === 'inferred');
  const severity = upload.empty && apart ? atMost(weighed, 'low') : weighed;
  absences(found, story, world);
  missUpload(story, found.host, upload, world);
  const who = world.userName(found.host, found.uid) || `uid ${found.uid}`;
  const owners = [...new Set(reads.map(read => read.owner || 'an unknown owner'))];
  const out = found.transfers.find(transfer => transfer.destination !== '') ?? found.transfers[0];
  const whose = owners.length > 3 ? `${owners.length} owners` : owners.join(', ');
  return {
    analytic: 'AN1310',
    host: found.host,
    key: found.key,
    severity,
    title: told
      ? `Mail of ${whose} read and sent out`
      : `Mail of ${whose} read${found.staged.length > 0 ? ' and copied' : ''}`,
    story: `On ${found.host}, ${who} (${found.context}) read the mail store of ${whose} with ${baseName(reads[0]?.program ?? '')}${found.staged[0] === undefined ? '' : `, staged it in ${found.staged[0].path}`}${out === undefined ? '; no transfer was seen' : ` and sent it out with ${baseName(out.program)}${out.destination === '' ? '' : ` to ${out.destination}`}`}.`,
    steps: story.steps,
    links: story.links,
    entities: [...entities(found, who, owners), ...namesOf(upload)],
    measures: {
      owners: owners.length,
      boxes: reads.length,
      ...(upload.bytesOut < 0 ? {} : { bytesOut: upload.bytesOut }),
    },
    missing: story.missing,
    factors: story.factors,
    wouldChange: [
      ...(validated.includes(found.host)
        ? []
        : ['After the exercise was seen on this host (ValidatedHosts) an observed harvest and transfer is high.']),
      ...(told ? [] : ['A transfer by this process tree, pipeline or session would raise it.']),
      'An inventory entry for an approved backup, migration or administrator would lower it.',
    ],
    next: [
      `Ask ${who} and the owner of the mail whether this was meant.`,
      found.staged[0] === undefined
        ? 'Look for copies of the mail that this session left behind.'
        : `Preserve ${found.staged.map(step => step.path).join(', ')} before it is deleted.`,
      out === undefined || out.destination === ''
        ? 'Look at what this session sent out next.'
        : `Look for other traffic to ${out.destination}.`,
    ],
    exercise: false,
  };
}

function tell(found: HarvestCase): Story {
  const story = new Story();
  for (const read of found.reads.values()) story.taint(read.taint);
  for (const staged of found.staged) story.taint(staged.taint);
  const opening = [...found.reads.values()][0];
  const firstRead = opening === undefined ? '' : stepId(opening.taint.step);
  for (const transfer of found.transfers) {
    if (transfer.taint !== null) story.taint(transfer.taint);
    else {
      const id = `transfer.started#${transfer.pid}.${transfer.time}`;
      story.step(
        id,
        transfer.time,
        'process.started',
        `${transfer.program} (pid ${transfer.pid}) is started: ${transfer.command}`,
        transfer.ref,
      );
      story.link(firstRead, id, 'session', transfer.strength, transfer.why);
    }
  }
  return story;
}

function weigh(found: HarvestCase, story: Story, foreign: number, validated: readonly string[]): Severity {
  story.factor(
    'mail store read',
    2,
    `${found.reads.size} box(es) by ${[...found.reads.values()]
      .map(read => baseName(read.program))
      .slice(0, 3)
      .join(', ')}`,
  );
  if (foreign > 0) story.factor('mail of somebody else', 2, `${foreign} box(es) of other owners`);
  if (found.reads.size > 2) story.factor('many boxes', 1, `${found.reads.size} boxes`);
  if (found.staged.length > 0) story.factor('staged in a file', 1, found.staged.map(step => step.path).join(', '));
  const hidden = found.staged.find(step => baseName(step.path).startsWith('.') || step.path.includes('/.'));
  if (hidden !== undefined) story.factor('staged in a hidden place', 1, hidden.path);
  if (found.transfers.length === 0) {
    story.factor('no transfer seen', -2, 'one signal alone');
    return 'informational';
  }
  const observed = found.transfers.some(transfer => transfer.strength === 'observed');
  const onlyWindow = found.transfers.every(transfer => transfer.byWindow);
  story.factor(
    'data left or was handed to a sender',
    observed ? 3 : 2,
    found.transfers.map(transfer => `${baseName(transfer.program)} ${transfer.destination}`.trim()).join(', '),
  );
  if (
    found.backupProgram ||
    (found.broad && found.systemOwned) ||
    (found.systemOwned && found.context !== 'interactive' && found.uid === 0 && found.broad)
  ) {
    story.factor('a backup job of the system', -5, found.job);
    return 'informational';
  }
  if (found.broad && (found.context === 'cron' || found.context === 'systemd') && found.uid === 0) {
    story.factor('a scheduled job of root over far more than mail', -4, found.job);
    return 'informational';
  }
  if (found.broad && (found.context === 'cron' || found.context === 'systemd') && foreign === 0) {
    story.factor('a scheduled copy of a whole home by its owner', -4, found.job);
    return 'informational';
  }
  const severity: Severity = observed ? 'high' : onlyWindow ? 'low' : 'medium';
  if (validated.includes(found.host)) return severity;
  story.factor('host not validated', 0, 'capped at medium: see ValidatedHosts');
  return atMost(severity, 'medium');
}

function absences(found: HarvestCase, story: Story, world: World): void {
  const first = story.steps[0]?.id ?? 'store.read';
  if (!world.seen(found.host, 'store:read'))
    story.miss('This host does not record reads of mail stores: the read is inferred from arguments.');
  if (!world.seen(found.host, 'file:written')) {
    story.miss('This host does not record file creation: staging files are inferred from arguments.');
    story.link(first, 'file.written', 'content', 'unavailable', 'file creation is not recorded on this host');
  }
  if (!world.seen(found.host, 'network.connected')) {
    story.miss('This host records no connections: where the data went is taken from arguments.');
    story.link(first, 'network.connected', 'process-tree', 'unavailable', 'connections are not recorded on this host');
  }
}

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
