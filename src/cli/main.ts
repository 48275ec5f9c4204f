import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { program } from './program.ts';
import { complain, talk } from './talk.ts';
import { UsageError } from './usage-error.ts';

/**
 * The program's entry. Data goes to standard output, talk to standard error. A reader that goes away (`| head`) ends it
 * without a word; signals end it with the code that shells expect.
 */
process.stdout.on('error', endQuietly);
process.stderr.on('error', endQuietly);
process.once('SIGINT', () => {
  // Leaves the progress line behind, so that the prompt has one of its own.
  if (process.stderr.isTTY) process.stderr.write('\n');
  process.exit(EXIT.interrupted);
});
process.once('SIGTERM', () => process.exit(EXIT.terminated));

function endQuietly(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.store);
}

const root = program(code => {
  process.exitCode = code;
});
for (const command of [root, ...root.commands, ...root.commands.flatMap(each => each.commands)]) command.exitOverride();

try {
  await root.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has said what is wrong; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    complain(error.message);
    return error.exitCode;
  }
  complain('an error in Watchpost itself; nothing is wrong with your input; please report this:');
  talk(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.bug;
}
