import { isoUtc } from '../core/time.ts';
import { mailboxesPretty } from '../sinks/mailboxes-pretty.ts';
import { jsonLine } from '../sinks/ndjson.ts';
import { EXIT } from './exit-codes.ts';
import type { InventoryOptions } from './inventory.ts';
import { openOutput } from './output.ts';
import { scanAll } from './scan-all.ts';
import { requireConfig } from './settings.ts';
import { columnsOf, wantsColor } from './talk.ts';

export interface MailboxesOptions extends InventoryOptions {
  readonly unmapped?: boolean;
  readonly color: boolean;
}

/** `watchpost inventory mailboxes EVIDENCE...`: who gets mail in the evidence, and which accounts on which hosts are behind it. */
export async function inventoryMailboxes(evidence: readonly string[], options: MailboxesOptions): Promise<number> {
  const { config } = await requireConfig(options.config);
  const report = await scanAll(evidence, config, options);
  const mailboxes = report.mailboxes.filter(each => options.unmapped !== true || each.accounts.length === 0);
  const addresses = new Map(config.hosts.map(each => [each.name, each.addresses]));
  const seen = [...report.sources.map(each => each.host), ...report.stores.map(each => each.host)];
  const names = [...new Set([...addresses.keys(), ...seen])].filter(name => name !== '').sort();
  const hosts = names.map(name => ({ name, addresses: addresses.get(name) ?? [] }));
  const output = openOutput(options.output);
  const format = options.format ?? (process.stdout.isTTY && options.output === undefined ? 'pretty' : 'ndjson');
  if (format === 'pretty') {
    const color = options.output === undefined && wantsColor(process.stdout, options.color);
    await output.write([...mailboxesPretty({ mailboxes, hosts }, columnsOf(process.stdout), color)]);
  } else {
    const rows = mailboxes.map(each => ({
      ...each,
      lastTime: Number.isFinite(each.lastTime) ? isoUtc(each.lastTime) : null,
    }));
    await output.write(
      format === 'json'
        ? [`${jsonLine({ schema: 'watchpost.mailboxes/1', mailboxes: rows, hosts })}\n`]
        : rows.map(row => `${jsonLine(row)}\n`),
    );
  }
  output.close();
  return report.sources.some(source => source.format !== '') ? EXIT.done : EXIT.unreadable;
}
