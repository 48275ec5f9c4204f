import { stringify } from 'yaml';
import { destinationsOf, INVENTORY_KINDS, type Scope } from '../config/config.ts';
import { type Suggestion, suggestInventory } from '../engine/policy/suggest.ts';
import { plural } from '../sinks/layout.ts';
import { jsonLine } from '../sinks/ndjson.ts';
import { printable } from '../sinks/printable.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { scanAll } from './scan-all.ts';
import { requireConfig } from './settings.ts';
import { complain } from './talk.ts';
import { severity } from './values.ts';

export interface InventoryOptions {
  readonly format?: string;
  readonly config?: string;
  readonly output?: string;
  readonly upTo?: string;
  readonly quiet?: boolean;
  readonly timezone?: string;
  readonly year?: string;
}

/** `watchpost inventory list`: every entry and exception, and whether it still counts today. */
export async function inventoryList(options: InventoryOptions): Promise<number> {
  const { config } = await requireConfig(options.config);
  const today = new Date().toISOString().slice(0, 10);
  const rows = [
    ...config.inventory.map(entry => ({
      list: 'inventory',
      kind: entry.kind ?? 'automation',
      why: entry.purpose,
      entry,
    })),
    ...config.exceptions.map(entry => ({ list: 'exception', kind: 'exception', why: entry.reason, entry })),
  ].map(row => ({ ...row, inForce: row.entry.expires >= today }));
  const output = openOutput(options.output);
  if ((options.format ?? (process.stdout.isTTY ? 'pretty' : 'ndjson')) !== 'pretty') {
    const documents = rows.map(({ list, inForce, entry }) => jsonLine({ list, inForce, ...entry }));
    await output.write(
      options.format === 'json' ? [`[${documents.join(',\n')}]\n`] : documents.map(line => `${line}\n`),
    );
    return EXIT.done;
  }
  if (rows.length === 0) complain('the inventory is empty; `watchpost inventory suggest EVIDENCE` drafts entries');
  await output.write(
    rows.map(({ kind, why, inForce, entry }) => {
      const state = inForce ? `until ${entry.expires}` : `ENDED ${entry.expires}`;
      return `${printable(entry.id)}  ${kind}  ${state}  owner ${printable(entry.owner)}\n    ${printable(why)}\n    covers ${printable(scopeText(entry))}\n`;
    }),
  );
  return EXIT.done;
}

const SCOPE_NAMES = ['analytic', 'host', 'user', 'executable', 'path', 'destination', 'mailbox', 'sender'] as const;

const scopeText = (entry: Scope): string =>
  SCOPE_NAMES.filter(name => entry[name] !== undefined)
    .map(name => `${name} ${name === 'destination' ? destinationsOf(entry).join(' or ') : (entry[name] ?? '')}`)
    .join(', ');

/** `watchpost inventory suggest EVIDENCE...`: entries drafted from what was observed, for a person to review. */
export async function inventorySuggest(evidence: readonly string[], options: InventoryOptions): Promise<number> {
  const upTo = severity('--up-to', options.upTo ?? 'low');
  const { config } = await requireConfig(options.config);
  const report = await scanAll(evidence, config, options);
  const suggestions = suggestInventory(report.alerts, upTo);
  const output = openOutput(options.output);
  if (options.format === 'json') await output.write([`${jsonLine(suggestions)}\n`]);
  else await output.write([draftText(suggestions)]);
  output.close();
  const above = report.alerts.length - suggestions.reduce((sum, each) => sum + each.alerts.length, 0);
  if (options.quiet !== true && above > 0)
    complain(
      `${plural(above, 'alert')} gave no draft: above ${upTo}, already approved, of an analytic that has no inventory, or too little is known of them`,
    );
  return report.sources.some(source => source.format !== '') ? EXIT.done : EXIT.unreadable;
}

function draftText(suggestions: readonly Suggestion[]): string {
  const head = [
    '# Drafted from evidence. Nothing counts until each owner and purpose is filled in: ask whose work it is, and delete what nobody owns.',
    `# Kinds: ${Object.keys(INVENTORY_KINDS).join(', ')}.`,
    suggestions.length === 0 ? 'inventory: []' : 'inventory:',
  ];
  const entries = suggestions.map(({ entry, alerts, severity: level, firstSeen, lastSeen }) => {
    const seen = `  # seen ${alerts.length} time(s), ${firstSeen} to ${lastSeen}, at most ${level}: ${printable(alerts[0]?.title ?? '', 200)} (${alerts[0]?.id})`;
    const body = stringify([entry], { lineWidth: 0 }).trimEnd().split('\n');
    return [seen, ...body.map(line => `  ${line}`)].join('\n');
  });
  return `${[...head, ...entries].join('\n')}\n`;
}
