import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder } from './tree.ts';

/** A new unit, as files and lines to be. Paths are from the repository's root. */
export interface Scaffolded {
  readonly files: readonly string[];
  /** Existing files that got a line. */
  readonly registries: readonly string[];
}

/** What was asked for cannot be made: a message for the person who asked. */
export class ScaffoldError extends Error {}

const TEMPLATES = 'scripts/templates';

/** Makes `src/decoders/NAME` with a program decoder and its test, and registers it. */
export function scaffoldDecoder(root: string, name: string): Scaffolded {
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw new ScaffoldError(`'${name}' is no name for a decoder: use a-z, 0-9 and -`);
  const words = { __name__: name, __camel__: camel(name) };
  const folder = `src/decoders/${name}`;
  const files = plant(root, `${TEMPLATES}/decoder`, folder, words);
  const registry = 'src/decoders/syslog/programs.ts';
  register(root, registry, 'PROGRAMS', `${words.__camel__}Decoder`, `../${name}/${name}.ts`);
  return { files, registries: [registry] };
}

/** Makes `src/analytics/anNNNN-name` with everything that an analytic must have, and registers it. */
export function scaffoldAnalytic(root: string, given: string): Scaffolded {
  const found = /^(AN\d{4})-([a-z][a-z0-9-]*)$/i.exec(given);
  if (!found) throw new ScaffoldError(`'${given}' is no name for an analytic: write ANnnnn-some-words`);
  const id = (found[1] as string).toUpperCase();
  const words = (found[2] as string).toLowerCase();
  const title = `${words[0]?.toUpperCase()}${words.slice(1).replaceAll('-', ' ')}`;
  const name = `${id.toLowerCase()}-${words}`;
  const replaced = { __ID__: id, __TITLE__: title, __camel__: camel(words) };
  const files = plant(root, `${TEMPLATES}/analytic`, `src/analytics/${name}`, replaced);
  const registry = 'src/analytics/registry.ts';
  register(root, registry, 'ANALYTICS_ALL', replaced.__camel__, `./${name}/analytic.ts`);
  const named = nameInVocabulary(root, id, title);
  return { files, registries: named ? [registry, named] : [registry] };
}

function plant(root: string, template: string, target: string, words: Record<string, string>): string[] {
  if (existsSync(join(root, target))) throw new ScaffoldError(`${target} exists already`);
  const files: string[] = [];
  for (const from of filesUnder(template, root)) {
    const to = filled(join(target, from.slice(template.length + 1)), words).replace(/\.txt$/, '');
    mkdirSync(dirname(join(root, to)), { recursive: true });
    writeFileSync(join(root, to), filled(readFileSync(join(root, from), 'utf8'), words));
    files.push(to);
  }
  if (files.length === 0) throw new ScaffoldError(`no templates in ${template}`);
  return files;
}

/** Adds an import after the last one, and the unit's name at the end of the list. */
function register(root: string, file: string, list: string, name: string, specifier: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  const head = new RegExp(`export const ${list}\\b[^=]*= \\[`).exec(text);
  const close = head ? text.indexOf(']', head.index + head[0].length) : -1;
  if (!head || close < 0) throw new ScaffoldError(`no list ${list} in ${file}`);
  const open = head.index + head[0].length;
  const names = text
    .slice(open, close)
    .split(',')
    .map(each => each.trim())
    .filter(Boolean);
  names.push(name);
  const start = text.lastIndexOf('\n', head.index) + 1;
  const oneLine = `${text.slice(start, open)}${names.join(', ')}];`;
  const inner = oneLine.length <= 120 ? names.join(', ') : `\n${names.map(each => `  ${each},\n`).join('')}`;
  const listed = text.slice(0, open) + inner + text.slice(close);
  const lastImport = listed.lastIndexOf('\nimport ', open);
  const at = lastImport < 0 ? 0 : listed.indexOf('\n', listed.indexOf(' from ', lastImport)) + 1;
  const line = `import { ${name} } from '${specifier}';\n`;
  writeFileSync(join(root, file), listed.slice(0, at) + line + listed.slice(at));
}

/** Names the analytic in the closed vocabulary when it is not there yet. Returns the file it changed. */
function nameInVocabulary(root: string, id: string, title: string): string | null {
  const file = 'src/events/vocabulary.ts';
  const text = readFileSync(join(root, file), 'utf8');
  const start = text.indexOf('export const ANALYTICS = {');
  const end = text.indexOf('} as const', start);
  if (start < 0 || end < 0) throw new ScaffoldError(`no table ANALYTICS in ${file}`);
  if (text.slice(start, end).includes(`${id}:`)) return null;
  const line = `  ${id}: { name: '${title}', deed: '${title.toLowerCase()}', techniques: ['T0000'], strategy: 'DET0000' },\n`;
  writeFileSync(join(root, file), text.slice(0, end) + line + text.slice(end));
  return file;
}

const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function filled(text: string, words: Record<string, string>): string {
  return Object.entries(words).reduce((done, [word, value]) => done.replaceAll(word, value), text);
}
