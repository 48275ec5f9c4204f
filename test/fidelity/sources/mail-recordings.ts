import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, foldersIn, ROOT } from '../../../scripts/lib/tree.ts';
import { decodeAll, formatOf, ofKind } from '../../../src/decoders/recorded.test-support.ts';
import type { WatchEvent } from '../../../src/events/event.ts';
import { contentOf } from '../../support/recordings.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';

/** A message that was really sent, as the program that sent it noted it. */
interface Sent {
  readonly messageId: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly client: string;
  /** What the server answered, for its queue id. */
  readonly reply: string;
}

/** The two shapes of `truth.json`: `sent` (lab/filters) and `smtp` (lab/mta). */
interface Truth {
  readonly sent?: readonly (Omit<Sent, 'reply'> & { readonly answer: number })[];
  readonly smtp?: readonly {
    readonly messageId: string;
    readonly sender: string;
    readonly accepted: readonly string[];
    readonly source: string;
    readonly reply: string;
  }[];
}

function sentOf({ sent, smtp }: Truth): Sent[] {
  const bySmtp = (smtp ?? []).map(each => ({
    messageId: each.messageId,
    sender: each.sender,
    recipients: each.accepted,
    client: each.source,
    reply: each.reply,
  }));
  const byFilter = (sent ?? []).filter(each => each.answer === 250).map(each => ({ ...each, reply: '' }));
  return [...bySmtp, ...byFilter].filter(each => each.recipients.length > 0);
}

/** Sender, client and recipients of one message as the events tell them, over all its queue ids and hosts. */
function toldOf(
  events: readonly WatchEvent[],
  { messageId, sender, recipients, client, reply }: Sent,
): Told | undefined {
  const ids = new Set(
    ofKind(events, 'mail.identified')
      .filter(each => messageId !== '' && (each.messageId === messageId || `<${each.messageId}>` === messageId))
      .map(each => each.queueId),
  );
  for (const { queueId } of ofKind(events, 'mail.received', 'mail.queued'))
    if (queueId !== '' && reply.split(/[\s=]/).includes(queueId)) ids.add(queueId);
  if (ids.size === 0) return undefined;
  const mine = <E extends { readonly queueId: string }>(each: E): boolean => ids.has(each.queueId);
  const queued = ofKind(events, 'mail.queued').filter(mine);
  const senders = queued.filter(each => each.senderKnown !== false).map(each => each.sender);
  const received = ofKind(events, 'mail.received').filter(mine);
  const sessions = new Set(received.map(each => each.sessionId).filter(id => id !== undefined));
  const connected = ofKind(events, 'mail.connected').filter(each => sessions.has(each.sessionId ?? ''));
  const clients = [...received, ...connected].map(each => each.clientAddress).filter(each => each !== '');
  const fates = ofKind(events, 'mail.delivered', 'mail.deferred', 'mail.bounced').filter(mine);
  const reached = new Set(fates.flatMap(each => [each.recipient.toLowerCase(), each.originalRecipient.toLowerCase()]));
  const localParts = new Set([...reached].map(each => each.replace(/@.*$/, '')));
  return {
    sender: senders.includes(sender) ? sender : (senders[0] ?? null),
    senderHidden: queued.some(each => each.senderKnown === false),
    client: clients.includes(client) ? client : (clients[0] ?? null),
    recipients: recipients.filter(
      each => reached.has(each.toLowerCase()) || localParts.has(each.toLowerCase().replace(/@.*$/, '')),
    ),
    fates: fates.length,
  };
}

interface Told {
  readonly sender: string | null;
  readonly senderHidden: boolean;
  readonly client: string | null;
  readonly recipients: readonly string[];
  readonly fates: number;
}

function explained(sent: Sent, told: Told | undefined, field: string): string {
  if (sent.messageId === '' && sent.reply === '') return 'sent without a Message-ID: not to be found by it';
  if (told === undefined) return '';
  if (field === 'sender' && told.senderHidden)
    return 'an address that forges the separators of the line is left unknown';
  if (told.sender === null && (field === 'sender' || told.fates === 0))
    return 'the MTA writes no envelope line for a message that a filter discards';
  if (field === 'recipients' && told.fates > 0) return 'the log names the mailboxes behind an alias, not the alias';
  return '';
}

function recording(folder: string): Comparison {
  const comparison = new Comparison();
  const events: WatchEvent[] = [];
  for (const file of filesUnder('.', folder)) {
    if (file.endsWith('.json') || file.endsWith('.md') || file.includes('/etc/')) continue;
    const content = contentOf(join(folder, file));
    const format = formatOf(content);
    if (format.recognise(content.subarray(0, 65_536)) > 0.5) events.push(...decodeAll(format, content).events);
  }
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
  for (const sent of sentOf(truth)) {
    const { sender, client, recipients } = sent;
    const told = toldOf(events, sent);
    const where = `${folder.slice(folder.lastIndexOf('decoders/') + 9)} ${sent.messageId}`;
    comparison.record(where, told, { sender, client, recipients }, field => explained(sent, told, field));
  }
  return comparison;
}

const TITLES: Readonly<Record<string, string>> = {
  amavis: 'Amavis',
  clamav: 'ClamAV, its milter and clamsmtp',
  dovecot: 'Dovecot 2.3 and 2.4 behind Postfix',
  exim: 'Exim',
  opendmarc: 'OpenDKIM, OpenDMARC and policyd-spf',
  opensmtpd: 'OpenSMTPD',
  rspamd: 'Rspamd',
  sendmail: 'Sendmail',
  spamassassin: 'spamd and spamc',
};

/** Every program with recordings whose truth says what was sent. */
export const mailRecordingSources: readonly FidelitySource[] = foldersIn('src/decoders')
  .filter(program => TITLES[program] !== undefined)
  .map(program => ({
    id: `own-${program}`,
    title: `mail through ${TITLES[program]}, recorded with the real programs`,
    origin: 'own' as const,
    against: 'what was really sent: sender, client, and a fate for every recipient, by Message-ID',
    skip: false as const,
    measure() {
      const base = `src/decoders/${program}/recordings`;
      const all = new Comparison();
      for (const name of foldersIn(base)) all.add(recording(join(ROOT, base, name)));
      return all.done();
    },
  }));
