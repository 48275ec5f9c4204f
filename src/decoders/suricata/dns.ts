import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { objectAt, textAt, textsAt } from '../json-lines/values.ts';
import { addressOf } from '../zeek/fields.ts';
import { type EveContext, oriented } from './orient.ts';

const QUERY = skip('EVE dns query');
const NO_NAME = skip('EVE record without a name');
const ANSWERS_MAX = 64;

/**
 * dns events of all three versions:
 *
 *   1 := { type: "answer", rrname, rrtype, rdata }                                   a record an answer (Suricata to 4)
 *   2 := { type: "answer", rrname, answers: [{ rrtype, rdata }], grouped: { A, AAAA } }     one of the two, or both
 *   3 := { type: "response" | "answer", queries: [{ rrname }], answers, grouped }           (Suricata 8)
 *
 * Version 1 tells an alias and its address in records of their own: the alias is remembered, so that the address gets the
 * name that was asked for.
 */
export function decodeDns(record: JsonObject, body: JsonObject, context: EveContext, emit: EmitEvent): Verdict {
  const type = textAt(body, 'type');
  if (type !== 'answer' && type !== 'response') return QUERY;
  const said = textAt(body, 'rrname') || questionOf(body);
  if (said === '') return NO_NAME;
  const rdata = textAt(body, 'rdata');
  const name = rdata === '' ? said : asked(body, { said, rdata }, context);
  const answers = [
    ...rdataOf(body),
    ...textsAt(body, ANSWERS_MAX, 'grouped', 'A'),
    ...textsAt(body, ANSWERS_MAX, 'grouped', 'AAAA'),
  ]
    .map(addressOf)
    .filter(address => address !== '');
  emit({ kind: 'name.resolved', ...oriented(record, context.base).base, name, answers: [...new Set(answers)] });
  return EMIT;
}

/** The name at the beginning of a chain of aliases within one answer. */
function asked(
  body: JsonObject,
  { said, rdata }: { readonly said: Untrusted; readonly rdata: Untrusted },
  { base, memory }: EveContext,
): Untrusted {
  const scope = `dns ${base.flowId} ${textAt(body, 'id')}`;
  const first = memory.peek(`${scope} ${said}`);
  const name = typeof first === 'string' ? untrusted(first) : said;
  if (textAt(body, 'rrtype') === 'CNAME' && rdata.length <= 255) memory.set(`${scope} ${rdata}`, name);
  return name;
}

function questionOf(body: JsonObject): Untrusted {
  const { queries } = body;
  const first: unknown = Array.isArray(queries) ? queries[0] : undefined;
  const question = objectAt({ first }, 'first');
  return question === undefined ? untrusted('') : textAt(question, 'rrname');
}

function rdataOf(body: JsonObject): string[] {
  const found: string[] = [textAt(body, 'rdata')];
  const { answers } = body;
  if (!Array.isArray(answers)) return found;
  for (const answer of (answers as readonly unknown[]).slice(0, ANSWERS_MAX)) {
    const record = objectAt({ answer }, 'answer');
    if (record !== undefined) found.push(textAt(record, 'rdata'));
  }
  return found;
}
