import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAnsi } from './ansi-svg.ts';
import { run } from './run.ts';
import { ROOT } from './tree.ts';

export const DEMO_COLUMNS = 110;
/** The picture ends after so many lines; the text beside it is whole. */
export const DEMO_LINES_SHOWN = 64;

/** The command behind `npm run demo`, as package.json has it. */
export function demoCommand(): string {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { demo: string } };
  return scripts.demo;
}

/** What `npm run demo` shows on a real terminal (a pseudo-terminal of `script`), colours and all; speed and progress left out. */
export async function demoOutput(): Promise<string> {
  const command = `stty cols ${DEMO_COLUMNS} rows 60; env -u NO_COLOR TERM=xterm-256color ${demoCommand()} 2>/dev/null`;
  const { code, output } = await run('script', ['--quiet', '--return', '--command', command, '/dev/null']);
  if (code !== 0) throw new Error(`the demo ended with exit code ${code}:\n${output}`);
  return output;
}

/** The text alone, without colours. */
export function plainText(output: string): string {
  return parseAnsi(output)
    .map(line =>
      line
        .map(span => span.text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
