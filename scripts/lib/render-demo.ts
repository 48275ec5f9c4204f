import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { svgOf } from './ansi-svg.ts';
import { DEMO_LINES_SHOWN, demoCommand, demoOutput, plainText } from './demo.ts';
import { withPart } from './pages.ts';
import { ROOT } from './tree.ts';

/** Runs the demo and puts what it really printed into README.md and docs/demo.svg. */
export async function renderDemo(): Promise<void> {
  const output = await demoOutput();
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  writeFileSync(join(ROOT, 'docs/demo.svg'), svgOf(output, `Output of ${demoCommand()}`, DEMO_LINES_SHOWN));
  const readme = join(ROOT, 'README.md');
  const text = `\`\`\`text\n$ npm run demo\n${plainText(output)}\n\`\`\``;
  writeFileSync(readme, withPart(readFileSync(readme, 'utf8'), { name: 'demo', text }));
}
