import { isoUtc } from '../core/time.ts';
import type { MailboxReport } from '../engine/identity/mailboxes.ts';
import { hanging, padEnd, padStart, plural, widthOf } from './layout.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';

export interface MailboxesView {
  readonly mailboxes: readonly MailboxReport[];
  /** Hosts that the evidence or the configuration names, and their configured addresses. */
  readonly hosts: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

/** The map of mailboxes to accounts, unmapped ones first. */
export function* mailboxesPretty(view: MailboxesView, width: number, color: boolean): Generator<string> {
  const paint: Paint = paintFor(color);
  const unmapped = view.mailboxes.filter(each => each.accounts.length === 0);
  const mapped = view.mailboxes.filter(each => each.accounts.length > 0);
  yield `${paint('bold', `${plural(unmapped.length, 'mailbox', 'mailboxes')} with mail ${mapVerb(unmapped)} to no account`)}\n`;
  const columns = Math.min(32, Math.max(0, ...view.mailboxes.map(each => widthOf(printable(each.mailbox, 80)))));
  for (const each of unmapped) yield* row(each, each.why, columns, width);
  yield `\n${paint('bold', `${plural(mapped.length, 'mailbox', 'mailboxes')} ${mapVerb(mapped)} to accounts`)}\n`;
  for (const each of mapped) {
    const on = each.accounts.map(({ account, host }) =>
      printable(host === '' ? account : `${account} on ${host}`, 120),
    );
    const groups = each.groups.length === 0 ? '' : `; in ${each.groups.map(name => printable(name, 40)).join(', ')}`;
    yield* row(each, `${on.join(', ')}${groups}`, columns, width);
  }
  yield `\n${paint('bold', plural(view.hosts.length, 'host'))}\n`;
  for (const { name, addresses } of view.hosts)
    yield `  ${printable(name, 120)}${addresses.length === 0 ? '' : `: ${addresses.map(each => printable(each)).join(', ')}`}\n`;
}

const mapVerb = (mailboxes: readonly MailboxReport[]): string => (mailboxes.length === 1 ? 'maps' : 'map');

function agreementText({ agreement }: MailboxReport): string {
  if (agreement === null) return '';
  const { both, onlyLogged, onlyStored, skewMs, isCut } = agreement;
  const skew = Math.abs(skewMs) >= 60_000 ? `; its times are ${Math.round(skewMs / 1000)} s off those of the log` : '';
  const cut = isCut ? ' (of the last that are kept)' : '';
  return `log and stores: ${plural(both, 'message')} in both, ${onlyLogged} only logged, ${onlyStored} only stored${cut}${skew}`;
}

function* row(report: MailboxReport, text: string, columns: number, width: number): Generator<string> {
  const { delivered, stored, lastTime } = report;
  const last = Number.isFinite(lastTime) ? `, last ${isoUtc(lastTime)}` : '';
  const held = stored === 0 ? '' : `, ${stored} in its stores`;
  yield `  ${padEnd(printable(report.mailbox, 80), columns)} ${padStart(String(delivered), 7)} delivered${held}${last}\n`;
  const targets = report.targets.map(each => printable(each, 120)).join(', ');
  const agreement = agreementText(report);
  if (agreement !== '') for (const line of hanging('      ', agreement, width)) yield `${line}\n`;
  for (const line of hanging('      ', targets === '' ? text : `${text}: ${targets}`, width)) yield `${line}\n`;
}
