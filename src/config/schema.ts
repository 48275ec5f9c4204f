import { z } from 'zod';
import type { AnalyticMeta, Tunable } from '../analytics/contract.ts';
import { ANALYTIC_IDS } from '../events/vocabulary.ts';
import { INVENTORY_KINDS, type InventoryKind } from './config.ts';
import { DEFAULT_LIMITS } from './default-config.ts';
import { zoneOffsetMinutes } from './timezone.ts';

export type TunableMetas = readonly Pick<AnalyticMeta, 'id' | 'tunables'>[];

const limit = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
};

/** What can narrow an entry; `host` and `analytic` alone are never enough. */
const SELECTORS = ['user', 'executable', 'path', 'destination', 'mailbox', 'sender'] as const;

const text = z.string().trim().min(1).max(4096);

const scope = {
  id: z.string().regex(/^[\w.-]{1,64}$/, 'expected letters, digits, dots, dashes and underscores, at most 64'),
  analytic: z.enum(ANALYTIC_IDS as [string, ...string[]]).optional(),
  host: text.optional(),
  user: text.optional(),
  executable: text.startsWith('/', 'expected an absolute path, such as /usr/bin/rsync').optional(),
  path: text.startsWith('/', 'expected an absolute path, such as /var/mail').optional(),
  destination: z
    .union([text, z.array(text).min(1).max(64)], 'expected a destination, or a list of at most 64')
    .optional(),
  mailbox: text.optional(),
  sender: text.optional(),
  owner: text,
  expires: z.string().refine(isDay, 'expected a day such as 2027-03-31'),
};

const isNarrow = (entry: Partial<Record<(typeof SELECTORS)[number], unknown>>): boolean =>
  SELECTORS.some(name => entry[name] !== undefined);
const NARROW = `expected at least one of ${SELECTORS.join(', ')}`;

const inventoryEntry = z
  .strictObject({
    ...scope,
    kind: z.enum(Object.keys(INVENTORY_KINDS) as [InventoryKind, ...InventoryKind[]]).optional(),
    purpose: text,
  })
  .refine(isNarrow, NARROW)
  .refine(({ kind, analytic }) => {
    const own = kind === undefined ? null : INVENTORY_KINDS[kind].analytic;
    return own === null || analytic === undefined || own === analytic;
  }, 'expected the analytic that this kind speaks to, or none')
  .refine(
    ({ kind, mailbox }) => (kind !== 'noisy-mailbox' && kind !== 'critical-mailbox') || mailbox !== undefined,
    'expected a mailbox',
  )
  .refine(
    ({ kind, destination }) => (kind !== 'relay' && kind !== 'enterprise-service') || destination !== undefined,
    'expected a destination',
  );

const hostEntry = z.strictObject({
  name: text,
  addresses: z.array(z.union([z.ipv4(), z.ipv6()], 'expected an IP address, such as 192.0.2.7')).max(256),
});

const exceptionEntry = z.strictObject({ ...scope, reason: text }).refine(isNarrow, NARROW);

/** One file of configuration: every key may be left out. Built from the tunables of the analytics there are. */
export function configFileSchema(metas: TunableMetas) {
  const analytics = Object.fromEntries(metas.map(meta => [meta.id, z.strictObject(tunables(meta.tunables)).partial()]));
  return z
    .strictObject({
      analytics: z.strictObject(analytics).partial(),
      limits: z.strictObject(Object.fromEntries(Object.keys(DEFAULT_LIMITS).map(name => [name, limit]))).partial(),
      time: z
        .strictObject({
          timezone: z
            .string()
            .refine(
              zone => zoneOffsetMinutes(zone, 0) !== null,
              'expected UTC, an offset such as +02:00, or a name such as Europe/Berlin',
            ),
          year: z.int().min(1970).max(9999).nullable(),
        })
        .partial(),
      identity: z
        .strictObject({
          recipientDelimiter: z.string().regex(/^[^\w\s@"]{0,8}$/, 'expected signs such as + or +-, or nothing'),
          files: z
            .array(
              z.strictObject({
                path: text.startsWith('/', 'expected an absolute path, such as /etc/watchpost/people.csv'),
                host: text.optional(),
              }),
            )
            .max(1000),
        })
        .partial(),
      hosts: z.array(hostEntry).max(100_000),
      inventory: z.array(inventoryEntry).max(100_000),
      exceptions: z.array(exceptionEntry).max(100_000),
    })
    .partial();
}

function tunables(list: readonly Tunable[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    list.map(each => [each.name, valueLike(each.default).meta({ description: `${each.unit}. ${each.why}` })]),
  );
}

function valueLike(value: Tunable['default']): z.ZodType {
  if (typeof value === 'number') return z.number();
  if (typeof value === 'boolean') return z.boolean();
  if (typeof value === 'string') return z.string();
  return Array.isArray(value) ? z.array(z.string()) : z.record(z.string(), z.number());
}
