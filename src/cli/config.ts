import { problemLine } from '../config/problem.ts';
import { configYaml, originLines, plainConfig } from '../config/show-config.ts';
import { jsonLine } from '../sinks/ndjson.ts';
import { printable } from '../sinks/printable.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { exitCodeOf, loadHere, requireConfig } from './settings.ts';
import { complain } from './talk.ts';

export interface ConfigOptions {
  readonly config?: string;
  readonly origin?: boolean;
  readonly format?: string;
}

/** `watchpost config show`: every effective value, with `--origin` and where it came from. */
export async function configShow(options: ConfigOptions): Promise<number> {
  const loaded = await requireConfig(options.config);
  const lines = originLines(loaded);
  const output = openOutput(undefined);
  if (options.format === 'json') {
    await output.write([`${jsonLine(options.origin === true ? lines : plainConfig(loaded.config))}\n`]);
  } else if (options.origin === true) {
    await output.write(
      lines.map(({ name, value, origin }) => printable(`${name}: ${JSON.stringify(value)}  # ${origin}`) + '\n'),
    );
  } else {
    await output.write([configYaml(loaded.config)]);
  }
  return EXIT.done;
}

/** `watchpost config check [FILE]`: all mistakes, each at its place. */
export async function configCheck(file: string | undefined, options: ConfigOptions): Promise<number> {
  const loaded = await loadHere(file ?? options.config);
  for (const problem of loaded.problems) complain(problemLine(problem));
  const today = new Date().toISOString().slice(0, 10);
  const expired = loaded.config.inventory.filter(entry => entry.expires < today);
  for (const { id, owner, expires } of expired)
    complain(`inventory ${id} of ${owner} expired on ${expires}: it hides nothing any more`);
  const code = exitCodeOf(loaded);
  const files = loaded.located.files.length === 0 ? 'no file, defaults only' : loaded.located.files.join(', ');
  if (code === EXIT.done) await openOutput(undefined).write([`${printable(files)}: good\n`]);
  return code;
}

/** `watchpost config path`: the files that count, and all places that were looked at. */
export async function configPath(options: ConfigOptions): Promise<number> {
  const { located } = await loadHere(options.config);
  const rows = located.files.map(file => `${printable(file)}\n`);
  await openOutput(undefined).write(rows);
  const searched = located.searched.join(', ');
  complain(
    `${rows.length === 0 ? 'no configuration file; the defaults hold' : `chosen by: ${located.why}`}; looked at ${searched}`,
  );
  return EXIT.done;
}
