import { auditPolicy, unusedPolicy } from '../config/audit-policy.ts';
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
  readonly evidence?: readonly string[];
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

const USES: ReadonlySet<string> = new Set(['N_APPROVED', 'N_EXCEPTED']);

/** `watchpost config check [FILE]`: all mistakes, each at its place, and what a reviewer of the inventory should know. */
export async function configCheck(file: string | undefined, options: ConfigOptions): Promise<number> {
  const loaded = await loadHere(file ?? options.config);
  for (const problem of loaded.problems) complain(problemLine(problem));
  const today = new Date().toISOString().slice(0, 10);
  const remarks = auditPolicy(loaded.config, loaded.origins, today);
  if (options.evidence !== undefined) {
    const { scanAll } = await import('./scan-all.ts');
    const report = await scanAll(options.evidence, loaded.config, { quiet: true });
    const used = new Set(report.problems.filter(each => USES.has(each.code)).map(each => each.source));
    remarks.push(...unusedPolicy(loaded.config, loaded.origins, used, today));
  }
  for (const { code, entry, origin, message } of remarks) {
    const place = origin.line === 0 ? origin.file : `${origin.file}:${origin.line}:${origin.column}`;
    complain(`${place}: ${entry} ${message} [${code}]`);
  }
  const code = loaded.problems.length === 0 && remarks.length > 0 ? EXIT.content : exitCodeOf(loaded);
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
