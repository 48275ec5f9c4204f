import type { Analytic, AnalyticMeta } from '../contract.ts';
import { FloodRun } from './run.ts';

const meta: AnalyticMeta = {
  id: 'AN1009',
  tunables: [
    {
      name: 'MailVolumeThreshold',
      default: 30,
      unit: 'messages a minute a user',
      why: 'Reported bombings bring 10 to 100 messages a minute; nobody reads 30, and few shared mailboxes get them. Longer windows follow from it: twice as many in five minutes, five times in an hour, ten in eight hours, fifteen in a day; of senders who never wrote before two, three and four times in an hour, eight and a day.',
    },
    {
      name: 'AttachmentPatternList',
      default: [
        '.zip',
        '.rar',
        '.7z',
        '.iso',
        '.img',
        '.exe',
        '.scr',
        '.js',
        '.vbs',
        '.lnk',
        '.html',
        '.htm',
        '.docm',
        '.xlsm',
        '.pdf',
        '.tar',
        '.gz',
      ],
      unit: 'endings of file names, lower case',
      why: 'Containers and documents that are sent again and again to fill a mailbox or to carry something; an attachment that repeats counts without being listed, a listed one counts a little more.',
    },
    {
      name: 'BaselineMultiple',
      default: 1,
      unit: 'factor',
      why: 'A window must exceed the usual of its mailbox 3 to 5 times, depending on its length; of senders who never wrote before their usual 6 to 8 times; this factor tightens (below 1) or loosens (above 1) all of them at once.',
    },
    {
      name: 'BurstMinimum',
      default: 60,
      unit: 'messages',
      why: 'A story of fewer messages is not worth waking anybody: it stays informational.',
    },
    {
      name: 'OldMailMinutes',
      default: 15,
      unit: 'minutes between arrival and delivery',
      why: 'Mail that waited so long was held up by an outage; it is judged by when it arrived. An hour of greylisting happens before arrival and is not meant.',
    },
    {
      name: 'NoisyRecipients',
      default: [],
      unit: 'mailboxes or addresses',
      why: 'Ticketing, monitoring, archives and spam traps that the inventory knows to be busy; named one by one, never by pattern.',
    },
    {
      name: 'CriticalMailboxes',
      default: [],
      unit: 'mailboxes or addresses',
      why: 'Mailboxes on which work depends: the alert says so, so that the response does not cut them off.',
    },
  ],
  telemetry: [
    {
      kind: 'mail.delivered',
      what: "the MTA's log of deliveries by recipient",
      unlocks: 'everything: counts by mailbox over time',
      required: true,
    },
    {
      kind: 'mail.queued',
      what: 'sender, size and number of recipients of each message',
      unlocks: 'repetition, strangers, backscatter, the messages that do not fit',
      required: false,
    },
    {
      kind: 'mail.received',
      what: 'client address of each message',
      unlocks: 'sources, networks, upstream gateways',
      required: false,
    },
    {
      kind: 'store.written',
      what: 'audit records of delivery software writing into mailboxes',
      unlocks: 'growth of the mailbox as an independent second signal',
      required: false,
    },
    {
      kind: 'attachment.seen',
      what: 'attachment names or hashes, from header checks or a scanner',
      unlocks: 'one attachment stored again and again',
      required: false,
    },
    {
      kind: 'mail.stored',
      what: 'mail stores (mbox, Maildir, dbox) of the mailboxes',
      unlocks:
        'one attachment stored again and again, by content; whether log and mailbox agree; a flood where there is no log',
      required: false,
    },
    {
      kind: 'mail.disconnected',
      what: 'command counts at the end of SMTP connections (Postfix 3)',
      unlocks: 'connections that bring no message',
      required: false,
    },
  ],
};

/**
 * One recipient flooded (T1667): far more mail for one mailbox than it ever gets, made of messages that repeat something.
 *
 * Keyed by folded mailbox, over all hosts and addresses. Reads mail events, and notices of stores that are written and of programs that hand mail in; judges by
 * concentration, history, diversity of senders and sources, and repetition. Names of senders decide nothing.
 */
export const an1009: Analytic = {
  meta,
  notices: ['store.written', 'sender.started'],
  mailKinds: [
    'mail.queued',
    'mail.delivered',
    'mail.deferred',
    'mail.bounced',
    'mail.disconnected',
    'mail.rejected',
    'mail.stored',
  ],
  start: tunables => new FloodRun(tunables),
};
