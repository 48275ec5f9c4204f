import { ANALYTIC_IDS, ANALYTICS } from '../../src/events/vocabulary.ts';
import { ROOMS } from '../rooms.ts';
import { foldersIn } from './tree.ts';

/** A part of a page that is made from code. It stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`. */
export interface MadePart {
  readonly page: string;
  readonly name: string;
  readonly text: string;
}

export function madeParts(): MadePart[] {
  return [
    { page: 'ARCHITECTURE.md', name: 'rooms', text: roomsTable() },
    { page: 'README.md', name: 'analytics', text: analyticsTable() },
  ];
}

/** The page with the part put in its place. Throws when the page does not have the place. */
export function withPart(page: string, part: Pick<MadePart, 'name' | 'text'>): string {
  const [begin, end] = [`<!-- ${part.name}:begin -->`, `<!-- ${part.name}:end -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no part ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${part.text.trim()}\n${page.slice(to)}`;
}

function roomsTable(): string {
  const list = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(' ');
  const rows = ROOMS.map(room => {
    const types = room.types.length > 0 ? `; types of ${list(room.types)}` : '';
    const outside = [...room.builtins.map(name => `node:${name}`), ...room.packages];
    return `| \`${room.name}/\` | ${room.holds} | ${list(room.imports) || '—'}${types} | ${outside.join(', ') || '—'} |`;
  });
  return ['| room | holds | may import | from outside |', '|---|---|---|---|', ...rows].join('\n');
}

function analyticsTable(): string {
  const folders = foldersIn('src/analytics');
  const rows = ANALYTIC_IDS.map(id => {
    const { name, techniques, strategy } = ANALYTICS[id];
    const folder = folders.find(each => each.startsWith(`${id.toLowerCase()}-`));
    const link = folder ? `[${id}](src/analytics/${folder}/README.md)` : id;
    const playbook = folder ? `[playbook](src/analytics/${folder}/playbook.md)` : '';
    return `| ${link} | ${name} | ${techniques.join(', ')} | ${strategy} | ${playbook} |`;
  });
  return ['| analytic | what it finds | techniques | strategy | response |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}
