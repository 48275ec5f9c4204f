import type { EpochMs } from '../../core/time.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { Actor } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { asNumber, asText } from '../json-lines/values.ts';

/** A system call as far as a rule's output tells it. */
export interface FalcoRecord {
  readonly fields: JsonObject;
  /** `evt.type`, '' when the output leaves it out. */
  readonly call: string;
  readonly actor: Actor;
  readonly argv: readonly Untrusted[];
  readonly joined: { readonly argvJoined?: true };
  readonly cwd: Untrusted;
  readonly base: { readonly time: EpochMs; readonly host: string; readonly ref: Ref; readonly actor: Actor };
  order(phase: number): number;
}

/** A field's text; '' for null and for Falco's own words for nothing. */
export function fieldText(fields: JsonObject, name: string): string {
  const text: string = asText(fields[name]);
  return text === '<NA>' || text === '<unset>' ? '' : text;
}

/** A number of a field, -1 when absent. */
export function fieldNumber(fields: JsonObject, name: string): number {
  const number = asNumber(fields[name], -1);
  return Number.isSafeInteger(number) && number >= 0 ? number : -1;
}
