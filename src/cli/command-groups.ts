import { type Command, Option } from 'commander';
import type { BaselineOptions } from './baseline.ts';
import type { InventoryOptions } from './inventory.ts';
import type { MailboxesOptions } from './mailboxes.ts';

export type Done = (exitCode: number) => void;

/** Commands on lists that are kept over time: approved work, and what is usual. */
export function addInventory(root: Command, done: Done): void {
  const inventory = root
    .command('inventory')
    .description('approved work: who may do what, and until when; who is behind each mailbox')
    .helpCommand(false);
  inventory
    .command('list')
    .description('print every entry and exception, and whether it still counts')
    .addOption(
      new Option('-f, --format <format>', 'pretty on a terminal, else ndjson').choices(['pretty', 'json', 'ndjson']),
    )
    .option('-o, --output <file>', 'write to a file')
    .option('--config <file>', 'configuration to use')
    .action(async (options: InventoryOptions) => done(await (await import('./inventory.ts')).inventoryList(options)));
  inventory
    .command('suggest')
    .description('draft entries from what was observed, for a person to review')
    .argument('<evidence...>', 'files, folders, patterns, - for standard input')
    .addOption(new Option('-f, --format <format>', 'form of the output').choices(['yaml', 'json']).default('yaml'))
    .option('-o, --output <file>', 'write to a file')
    .option('--up-to <level>', 'draft from alerts up to this severity', 'low')
    .option('--config <file>', 'configuration to use')
    .option('--timezone <zone>', 'zone of stamps that have none')
    .option('--year <year>', 'year of the newest stamp, where stamps have none')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  watchpost inventory suggest /var/log -o draft.yaml\n  watchpost config check draft.yaml --evidence /var/log',
    )
    .action(async (evidence: string[], options: InventoryOptions) => {
      done(await (await import('./inventory.ts')).inventorySuggest(evidence, options));
    });
  addMailboxes(inventory, done);
}

function addMailboxes(inventory: Command, done: Done): void {
  inventory
    .command('mailboxes')
    .description('who gets mail in the evidence, and which accounts are behind it; those without an account first')
    .argument('<evidence...>', 'files, folders, patterns, - for standard input')
    .addOption(
      new Option('-f, --format <format>', 'pretty on a terminal, else ndjson').choices(['pretty', 'json', 'ndjson']),
    )
    .option('-o, --output <file>', 'write to a file')
    .option('--unmapped', 'only mailboxes that map to no account')
    .option('--config <file>', 'configuration to use')
    .option('--timezone <zone>', 'zone of stamps that have none')
    .option('--year <year>', 'year of the newest stamp, where stamps have none')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .addHelpText('after', `\n${MAILBOXES_HELP}`)
    .action(async (evidence: string[], options: MailboxesOptions) => {
      done(await (await import('./mailboxes.ts')).inventoryMailboxes(evidence, options));
    });
}

const MAILBOXES_HELP = `Read from the evidence, known by content: passwd and group (also from getent),
aliases with the lists they include, main.cf or the output of postconf -n and
the text tables it names (virtual, canonical, vmailbox), people as CSV with the
columns mail, uid and host, or as LDIF (mail, mailAlternateAddress,
proxyAddresses, uid, host). A folder named like a host holds that host's files.
Files elsewhere: identity.files in the configuration; addresses of hosts: hosts.

Examples:
  watchpost inventory mailboxes /var/log /etc/passwd /etc/aliases /etc/postfix
  watchpost inventory mailboxes evidence/ --unmapped --format json`;

export function addBaseline(root: Command, done: Done): void {
  const baseline = root
    .command('baseline')
    .description('what is usual here: learned, shown, compared, frozen, forgotten')
    .helpCommand(false)
    .addHelpText('after', `\n${BASELINE_HELP}`);
  const load = () => import('./baseline.ts');
  const file = ['--baseline <file>', 'the baseline; else $XDG_STATE_HOME/watchpost/baseline'] as const;
  const format = () =>
    new Option('-f, --format <format>', 'pretty on a terminal, else json').choices(['pretty', 'json']);
  baseline
    .command('learn')
    .description('train with evidence; what alerts is held back, what was learned before is left out')
    .argument('<evidence...>', 'files, folders, patterns, - for standard input')
    .option(...file)
    .addOption(format())
    .option('--config <file>', 'configuration to use')
    .option('--timezone <zone>', 'zone of stamps that have none')
    .option('--year <year>', 'year of the newest stamp, where stamps have none')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .action(async (evidence: string[], options: BaselineOptions) =>
      done(await (await load()).baselineLearn(evidence, options)),
    );
  baseline
    .command('show')
    .description('all in short, or one mailbox by hour of the week')
    .option('--mailbox <mailbox>', 'this mailbox only')
    .option(...file)
    .addOption(format())
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .action(async (options: BaselineOptions) => done(await (await load()).baselineShow(options)));
  baseline
    .command('diff')
    .description('what one baseline knows otherwise than another')
    .argument('<older>', 'a baseline')
    .argument('[newer]', 'another; else the one in use')
    .option(...file)
    .addOption(format())
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .action(async (older: string, newer: string | undefined, options: BaselineOptions) =>
      done(await (await load()).baselineDiff(older, newer, options)),
    );
  baseline
    .command('freeze')
    .description('use it and let it learn nothing more')
    .option('--off', 'let it learn again')
    .option(...file)
    .action(async (options: BaselineOptions) => done(await (await load()).baselineFreeze(options)));
  baseline
    .command('reset')
    .description('forget a mailbox, a thing or everything')
    .option('--mailbox <mailbox>', 'forget what is usual for this mailbox')
    .option('--thing <thing>', 'forget this: its kind and its words, as `show` prints them')
    .option('--all', 'forget everything')
    .option(...file)
    .action(async (options: BaselineOptions) => done(await (await load()).baselineReset(options)));
}

const BASELINE_HELP = `A scan uses a baseline only when it is named, so that the same evidence gives
the same alerts.

Examples:
  watchpost baseline learn /var/log                       every week, from cron
  watchpost baseline show --mailbox clerk
  watchpost scan /var/log --baseline ~/.local/state/watchpost/baseline`;
