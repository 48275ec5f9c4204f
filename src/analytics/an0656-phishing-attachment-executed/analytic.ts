import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { Notice } from '../../state/notices.ts';
import { stepSummary, type Taint, taintSteps } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import { type ContentCase, ContentCases } from '../content-cases.ts';
import { type ContentStory, howText, missConnections, tellContent, weighLeaving } from '../content-story.ts';
import type { Analytic, AnalyticRun } from '../contract.ts';
import { atMost, isQueueId, messageName, raise } from '../story.ts';

/**
 * AN0656: a message is delivered, a file comes out of it by mail software or by hand, the file (or what came out of it) is
 * run, and what runs reaches out. Reasons from provenance; a path or a name alone never makes more than an informational
 * finding. Curated content (taken in by version control, compiled, installed by a package manager) is not a run attachment.
 */
export const an0656: Analytic = {
  meta: {
    id: 'AN0656',
    tunables: [
      {
        name: 'AttachmentStoragePaths',
        default: [
          '~/Downloads',
          '~/Desktop',
          '~/Attachments',
          '~/.cache/evolution/tmp',
          '~/.claws-mail/mimetmp',
          '~/Mail/attachments',
        ],
        unit: 'path patterns: ~/ is any home, * one path part',
        why: 'Where clients save attachments by default. Used only where telemetry does not show who wrote a file; provenance comes first.',
      },
      {
        name: 'ScriptInterpreters',
        default: [
          'sh',
          'bash',
          'dash',
          'zsh',
          'ksh',
          'fish',
          'python',
          'perl',
          'ruby',
          'node',
          'php',
          'lua',
          'tclsh',
          'java',
          'wine',
          'mono',
          'pwsh',
          'awk',
        ],
        unit: 'program names without version',
        why: 'Interpreters installed on ordinary Linux hosts; what they are given to run counts as executed.',
      },
    ],
    telemetry: [
      {
        kind: 'process.started',
        what: 'process executions (audit execve)',
        unlocks: 'seeing that a file is run at all',
        required: true,
      },
      {
        kind: 'file:written',
        what: 'file creation and writes in homes and temporary places (audit open/creat/rename)',
        unlocks:
          'which program saved the file: without it only what lies in a known attachment place is tied to mail, by inference',
        required: false,
      },
      {
        kind: 'mail.delivered',
        what: 'MTA delivery log',
        unlocks: 'the message: sender, queue id, time, recipient',
        required: false,
      },
      {
        kind: 'network:outbound',
        what: 'outbound connections (audit connect)',
        unlocks: 'whether what ran reached out',
        required: false,
      },
    ],
  },
  notices: ['content.executed', 'controlled.connected', 'persistence.written'],
  mailKinds: [],
  start: () => new Run(),
};

const accepts = (taint: Taint): boolean =>
  taint.origin.kind === 'mail' || (taint.origin.basis === 'place' && taint.origin.classBits === 0);

class Run implements AnalyticRun {
  readonly #cases = new ContentCases(accepts);

  onNotice(notice: Notice, world: World): void {
    this.#cases.take(notice, world);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found: Finding[] = [];
    for (const one of this.#cases.cases.values()) {
      const finding = judge(one, world);
      if (finding !== null) found.push(finding);
    }
    return found;
  }

  snapshot(): unknown {
    return this.#cases.snapshot();
  }

  restore(data: unknown): void {
    this.#cases.restore(data);
  }

  evictions(): number {
    return this.#cases.cases.evicted;
  }
}

function judge(found: ContentCase, world: World): Finding | null {
  const told = tellContent(found, world, true);
  if (told === null) return null;
  const { taint, delivery, main, story } = told;
  const { basis } = taint.origin;
  // A place says nothing of mail by itself: without a message to this person the other analytic has the better story.
  if ((basis === 'place' || basis === 'appeared') && delivery === null && taint.origin.kind !== 'mail') return null;
  const severity = weigh(found, told);
  absences(found, told, world);
  const what = main.path === '' ? 'content of a message' : main.path;
  const from = delivery === null ? '' : ` from a message of <${delivery.message.sender}>`;
  const who = told.person || `uid ${found.uid}`;
  const out = told.reachedOut ? ` and reached out to ${found.connections[0]?.destination}` : '';
  return {
    analytic: 'AN0656',
    host: found.host,
    key: found.key,
    severity,
    title: `Attachment run: ${main.path === '' ? main.program : main.path}`,
    story: `On ${found.host}, ${what}${from} ${howText(main)} as ${who}${out}.`,
    steps: story.steps,
    links: story.links,
    entities: told.entities,
    missing: story.missing,
    factors: story.factors,
    wouldChange: changes(found, told),
    next: [
      `Ask ${who} whether this file was meant to be opened; keep the host on until memory and files are preserved.`,
      main.path === ''
        ? 'Preserve the message: it holds the content that was run.'
        : `Preserve ${main.path} and its sha256; look for the same hash and sender elsewhere.`,
      delivery === null
        ? 'Find the message in the MTA log or mailbox of this person.'
        : `Find every recipient of ${messageName(delivery.message)}.`,
      told.reachedOut
        ? `Block ${found.connections.map(connection => connection.destination).join(', ')} and look for other hosts that talk to it.`
        : 'Look at what this process and its children did next.',
    ],
    exercise: false,
  };
}

/** Two linked signals make medium; a delivery with an observed chain, or a connection after it, makes high. */
function weigh(found: ContentCase, told: ContentStory): Severity {
  const { story, taint, delivery, main } = told;
  const { basis } = taint.origin;
  story.factor('content of a message was run', 3, `${howText(main)} (${main.strength})`);
  // The same content in the message and on the disk: by whichever hand it came, it came by mail.
  const isSame = delivery?.attachment?.basis === 'content';
  const guessed = !isSame && (basis === 'place' || basis === 'appeared');
  let severity: Severity = guessed ? 'informational' : 'medium';
  if (!guessed) story.factor('file came out of mail', 3, taint.origin.program);
  if (isSame) story.factor('the file is the attachment, by its sha256', 2, delivery?.attachment?.path ?? '');
  if (basis === 'appeared')
    story.factor('file appeared where a mail client saves', 2, stepSummary(taintSteps(taint)[0] ?? taint.step));
  if (delivery !== null) {
    story.factor(
      'a delivered message belongs to it',
      delivery.strength === 'observed' ? 3 : 2,
      `${isQueueId(delivery.message) ? delivery.message.queueId : messageName(delivery.message)}: ${delivery.why}`,
    );
    if (guessed) severity = basis === 'place' ? 'low' : 'medium';
    else if (told.chain === 'observed') severity = 'high';
  }
  if (told.reachedOut) {
    story.factor(
      'outbound network afterwards',
      2,
      found.connections.map(connection => connection.destination).join(', '),
    );
    severity = raise(severity);
  } else weighLeaving(told);
  if (found.persistence.length > 0) {
    story.factor('left something that runs later', 2, found.persistence.map(left => left.path).join(', '));
    severity = raise(severity);
  }
  if (told.disguise !== '') {
    story.factor('disguised name', 1, told.disguise);
    if (severity !== 'informational') severity = raise(severity);
  }
  // Who brought it in is a guess: that never makes high.
  if (guessed) severity = atMost(severity, 'medium');
  return lowered(found, told, severity);
}

function lowered(found: ContentCase, told: ContentStory, severity: Severity): Severity {
  const { story, taint, main } = told;
  if (main.how === 'spawned-by-viewer' && !told.reachedOut && found.runs.length === 1) {
    story.factor('only the viewer started something', -4, 'viewers start helpers; nothing else followed');
    return 'informational';
  }
  if (main.how === 'package-script' && !told.reachedOut) {
    story.factor('installed by the package manager', -3, main.command);
    return atMost(severity, 'low');
  }
  if (taint.curated && !told.reachedOut) {
    story.factor('taken in by version control, a compiler or a package manager', -5, stepSummary(taint.step));
    return 'informational';
  }
  if (taint.curated) return atMost(severity, 'low');
  return severity;
}

function absences(found: ContentCase, told: ContentStory, world: World): void {
  const { story, delivery, taint } = told;
  if (!world.anyMail && delivery !== null) {
    story.miss('No MTA log is in the evidence: the message is known from elsewhere, not that it was delivered.');
  } else if (!world.anyMail) {
    story.miss('No MTA log is in the evidence: the message itself could not be linked.');
    story.link('mail.delivered', story.steps[0]?.id ?? 'content', 'delivery', 'unavailable', 'no MTA log was read');
  } else if (delivery === null) {
    story.miss(
      `No delivery to ${told.person || 'this person'} was found before the content appeared: it may have come through a mailbox elsewhere.`,
    );
    story.link(
      'mail.delivered',
      story.steps[0]?.id ?? 'content',
      'delivery',
      'unavailable',
      'no delivery to this person in the logs that were read',
    );
  }
  if (!world.seen(found.host, 'file:written') && world.seen(found.host, 'file:appeared')) {
    story.miss(
      'This host records that files appear, not which program makes them: who wrote the file is inferred from time, owner and directory.',
    );
    story.link(
      'file.written',
      `content.executed#${told.main.pid}.${told.main.time}.${told.main.path}`,
      'content',
      'unavailable',
      'the program that writes a file is not recorded on this host',
    );
  } else if (!world.seen(found.host, 'file:written')) {
    story.miss('This host does not record file creation: who wrote the file is inferred from places and arguments.');
    story.link(
      'file.created',
      `content.executed#${told.main.pid}.${told.main.time}.${told.main.path}`,
      'content',
      'unavailable',
      'file creation is not recorded on this host',
    );
  } else if (taint.origin.basis === 'place')
    story.miss('The file was there before the evidence begins: who wrote it is not known.');
  if (!world.seen(found.host, 'network.connected')) {
    missConnections(told, found.host, world);
    story.link(
      `content.executed#${told.main.pid}.${told.main.time}.${told.main.path}`,
      'network.connected',
      'process-tree',
      'unavailable',
      'connections are not recorded on this host',
    );
  }
  if (!world.identity.loaded.passwd) story.miss('No passwd file is in the evidence: accounts are taken from paths.');
}

function changes(found: ContentCase, told: ContentStory): string[] {
  const out: string[] = [];
  if (!told.reachedOut) out.push('A connection by this process or a descendant would raise it.');
  if (told.delivery === null) out.push('A delivery to this person in the MTA log would raise it.');
  if (told.chain === 'inferred')
    out.push('Records of file creation and opening would turn inferred links into observed ones.');
  if (found.persistence.length === 0) out.push('A unit, autostart entry or crontab left behind would raise it.');
  out.push('The owner and administrator knowing the file, entered in the inventory, would lower it.');
  return out;
}
