import { Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { SEVERITIES } from '../events/vocabulary.ts';
import { addBaseline, addInventory, type Done } from './command-groups.ts';
import type { ConfigOptions } from './config.ts';
import { EXIT_CODES_HELP } from './exit-codes.ts';
import type { ExplainOptions } from './explain.ts';
import type { ScanOptions } from './scan.ts';
import type { SourcesOptions } from './sources.ts';

/** The whole command tree. Each command's code is loaded when it runs, so that help is quick. */
export function program(done: Done): Command {
  const root = new Command('watchpost')
    .description('Finds mail-borne threats in the logs that Linux hosts and mail servers already keep.')
    .version(packageJson.version)
    .helpCommand('help [command]', 'the same as --help, of a command too')
    .showHelpAfterError('(watchpost --help shows commands and examples)')
    .addHelpText('after', `\n${ROOT_EXAMPLES}\n\n${EXIT_CODES_HELP}`);
  addScan(root, done);
  addSources(root, done);
  addExplain(root, done);
  addConfig(root, done);
  addInventory(root, done);
  addBaseline(root, done);
  root
    .command('schema')
    .description('print the JSON Schema of an alert, an incident or the configuration')
    .argument('[name]', 'alert, incident or config', 'alert')
    .action(async (name: string) => done(await (await import('./schema.ts')).schemaCommand(name)));
  root
    .command('completion')
    .description('print a completion script for a shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', '\nExample:\n  source <(watchpost completion bash)')
    .action(async (shell: string) => done(await (await import('./completion.ts')).completionCommand(shell, root)));
  return root;
}

/** Collects an option that may be given more than once. */
const each = (value: string, before: readonly string[] = []): string[] => [...before, value];

const ROOT_EXAMPLES = `Examples:
  watchpost scan /var/log                          what happened on this host?
  watchpost scan evidence/ --min-severity medium   a folder from another host
  ssh mx1 cat /var/log/mail.log | watchpost scan -
  watchpost sources /var/log                       what does each log give?
  watchpost explain mail.log --rejects-only        what was not understood?`;

const SCAN_EXAMPLES = `EVIDENCE is a file, a folder with all in it, a pattern in quotes, or - for
standard input. Rotated and compressed files (gzip, zstd, xz) are read in the
order of their times. Useful: audit.log, mail.log or maillog, syslog, auth.log,
cron, and copies of /etc/passwd and /etc/aliases.

Examples:
  watchpost scan /var/log/audit /var/log/mail.log* /etc/passwd /etc/aliases
  watchpost scan evidence/ --format markdown -o report.md
  watchpost scan evidence/ --format ndjson --fail-on high --quiet
  watchpost scan evidence/ --since 2026-03-01 --until 2026-03-02 --only AN0656`;

function addScan(root: Command, done: Done): void {
  root
    .command('scan')
    .description('read evidence and show what it tells')
    .argument('<evidence...>', 'files, folders, patterns, - for standard input')
    .addOption(
      new Option('-f, --format <format>', 'pretty on a terminal, else ndjson').choices([
        'pretty',
        'json',
        'ndjson',
        'markdown',
      ]),
    )
    .option('-o, --output <file>', 'write to a file; its ending (.md .json .ndjson .txt) chooses the format')
    .addOption(
      new Option('--min-severity <level>', `show from this level: ${SEVERITIES.join(', ')}`).default('informational'),
    )
    .option('--since <time>', 'alerts that last until then or longer, such as 2026-03-01T09:30')
    .option('--until <time>', 'alerts that begin by then')
    .option('--only <analytics>', 'run only these, such as AN0656,AN1009', each)
    .option('--fail-on <level>', 'exit with 1 when an alert is at or above this level')
    .option('--baseline <file>', 'what is usual here, as `watchpost baseline learn` wrote it')
    .option('--state <folder>', 'keep there what was read of mail stores, and when: unchanged files are not read again')
    .option('--show-excepted', 'show what exceptions hide too')
    .option('--skip-errors', 'exit with 0 even when input was unreadable')
    .option('--config <file>', 'configuration to use')
    .option(
      '--timezone <zone>',
      'zone of stamps that have none: UTC, +02:00, Europe/Berlin; else as the audit log tells, UTC where it does not',
    )
    .option('--year <year>', 'year of the newest stamp, where stamps have none')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .addHelpText('after', `\n${SCAN_EXAMPLES}\n\n${EXIT_CODES_HELP}`)
    .action(async (evidence: string[], options: RawScan) => {
      const { scanCommand } = await import('./scan.ts');
      done(await scanCommand(evidence, options));
    });
}

type RawScan = ScanOptions;

function addSources(root: Command, done: Done): void {
  root
    .command('sources')
    .description('show what each file is, how far it reaches, and what it gives to which analytic')
    .argument('<evidence...>', 'files, folders, patterns, - for standard input')
    .addOption(
      new Option('-f, --format <format>', 'pretty on a terminal, else ndjson').choices(['pretty', 'json', 'ndjson']),
    )
    .option('-o, --output <file>', 'write to a file')
    .option('--skip-errors', 'exit with 0 even when input was unreadable')
    .option('--config <file>', 'configuration to use')
    .option('--timezone <zone>', 'zone of stamps that have none')
    .option('--year <year>', 'year of the newest stamp, where stamps have none')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .addHelpText('after', `\n${SOURCES_HELP}\n\n${EXIT_CODES_HELP}`)
    .action(async (evidence: string[], options: SourcesOptions) => {
      const { sourcesCommand } = await import('./sources.ts');
      done(await sourcesCommand(evidence, options));
    });
}

const SOURCES_HELP = `Every file is read whole, by itself, through the same decoders and state as in
a scan: what is shown was seen, not assumed. "clock" compares stamps of
processes, messages and connections that two logs both saw; it needs at least
three that agree.

Examples:
  watchpost sources /var/log                       is this enough to scan?
  watchpost sources evidence/ -f json | jq '.needs[] | select(.files == [])'`;

function addExplain(root: Command, done: Done): void {
  root
    .command('explain')
    .description('show line by line what was understood, skipped or rejected, and why')
    .argument('<file...>', 'log files, - for standard input')
    .addOption(
      new Option('-f, --format <format>', 'pretty on a terminal, else ndjson').choices(['pretty', 'json', 'ndjson']),
    )
    .option('-o, --output <file>', 'write to a file')
    .option('--rejects-only', 'only lines that look like ours and are not well-formed')
    .option('--limit <lines>', 'stop after this many lines')
    .option('--skip-errors', 'exit with 0 even when input was unreadable')
    .option('--config <file>', 'configuration to use')
    .option('--timezone <zone>', 'zone of stamps that have none')
    .option('--year <year>', 'year of the newest stamp, where stamps have none')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  watchpost explain mail.log --rejects-only\n  watchpost explain audit.log.1.gz --limit 50',
    )
    .action(async (files: string[], options: ExplainOptions) => {
      const { explainCommand } = await import('./explain.ts');
      done(await explainCommand(files, options));
    });
}

function addConfig(root: Command, done: Done): void {
  const config = root.command('config').description('show and check the configuration').helpCommand(false);
  config
    .command('show')
    .description('print every effective value')
    .option('--origin', 'with the file and line it came from')
    .addOption(new Option('-f, --format <format>', 'form of the output').choices(['yaml', 'json']).default('yaml'))
    .option('--config <file>', 'configuration to use')
    .action(async (options: ConfigOptions) => done(await (await import('./config.ts')).configShow(options)));
  config
    .command('check')
    .description('tell every mistake at its place')
    .argument('[file]', 'configuration to check instead of the one that counts')
    .option('--config <file>', 'the same')
    .option('--evidence <evidence...>', 'also tell which entries match nothing in this evidence')
    .action(async (file: string | undefined, options: ConfigOptions) => {
      done(await (await import('./config.ts')).configCheck(file, options));
    });
  config
    .command('path')
    .description('print which files count')
    .option('--config <file>', 'configuration to use')
    .action(async (options: ConfigOptions) => done(await (await import('./config.ts')).configPath(options)));
}
