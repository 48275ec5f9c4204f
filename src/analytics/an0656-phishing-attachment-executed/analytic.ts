import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { Notice } from '../../state/notices.ts';
import type { Taint } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import { type ContentCase, ContentCases } from '../content-cases.ts';
import { tellContent } from '../content-story.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { isMereOrder } from '../new-order.ts';
import { Tunables } from '../tunables.ts';
import { changesOf } from './changes.ts';
import { absences, findingOf } from './tell.ts';
import { weigh } from './weigh.ts';

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
        everyHost: true,
        what: 'process executions (audit execve)',
        unlocks: 'seeing that a file is run at all',
        required: true,
      },
      {
        kind: 'process:unattended',
        everyHost: true,
        what: 'process executions outside any login (audit execve without a condition on auid)',
        unlocks: 'what delivery hands to programs, and what services and their children run',
        required: false,
        within: 'process.started',
      },
      {
        kind: 'file:written',
        everyHost: true,
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
        kind: 'mail.judged',
        what: "filters' verdicts (Amavis, Rspamd, ClamAV, SpamAssassin, OpenDKIM, OpenDMARC, policyd-spf)",
        unlocks: 'what was said against the message before it was delivered',
        required: false,
      },
      {
        kind: 'network:outbound',
        everyHost: true,
        what: 'outbound connections (audit connect)',
        unlocks: 'whether what ran reached out',
        required: false,
      },
    ],
  },
  notices: ['content.executed', 'controlled.connected', 'persistence.written', 'secret.read', 'transfer.started'],
  mailKinds: [],
  start: tunables => new Run(tunables),
};

/** Mail, and what lies where clients save when no client is known to have been in use: a message may still belong to it. */
const accepts = (taint: Taint): boolean => taint.origin.kind === 'mail' || taint.origin.classBits === 0;

class Run implements AnalyticRun {
  readonly #cases = new ContentCases(accepts);
  readonly #tunables: Tunables;

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    this.#tunables = new Tunables(tunables);
  }

  onNotice(notice: Notice, world: World): void {
    this.#cases.take(notice, world);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found: Finding[] = [];
    for (const one of this.#cases.cases.values()) {
      const finding = judge(one, world, this.#tunables);
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

function judge(found: ContentCase, world: World, tunables: Tunables): Finding | null {
  if (isMereOrder(found)) return null;
  const told = tellContent(found, world, true);
  if (told === null) return null;
  // A place says nothing of mail by itself: without a message to this person the other analytic has the better story.
  if (told.delivery === null && told.taint.origin.kind !== 'mail') return null;
  const severity = weigh(found, told, world, tunables);
  absences(found, told, world);
  told.story.change(...changesOf(found, told, world, tunables));
  return findingOf(found, told, severity);
}
