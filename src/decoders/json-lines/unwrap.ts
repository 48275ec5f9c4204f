import { isEveDocument } from '../suricata/from-ecs.ts';
import type { JsonObject } from './record.ts';
import { valueAt } from './values.ts';

const HITS_MAX = 20_000;
const MESSAGE_CHARS_MAX = 1024 * 1024;

/**
 * The records that one JSON object stands for. An Elasticsearch hit is what its `_source` holds, an answer of `_search` its
 * hits; a document in whose `message` a shipper (filebeat, vector, fluent-bit) put a whole line of a file is, when that line is
 * a JSON object, that object; so is the original that filebeat's modules keep in `event.original`. Everything else is itself. Wrappings are undone twice at most. Never throws.
 * Trust: such a line is believed as far as the file is that the shipper names: without a file's name it stays text.
 */
export function unwrapped(record: JsonObject): readonly JsonObject[] {
  const hits = objectIn(record, 'hits')?.hits;
  if (Array.isArray(hits)) return hits.slice(0, HITS_MAX).filter(isObject).map(innermost);
  return [innermost(record)];
}

function innermost(record: JsonObject): JsonObject {
  const source = '_source' in record ? objectIn(record, '_source') : undefined;
  const document = source ?? record;
  return messageIn(document) ?? document;
}

function messageIn(document: JsonObject): JsonObject | null {
  const kept = valueAt(document, 'event', 'original');
  if (isJson(kept) && (RECORD_MODULES.has(valueAt(document, 'event', 'module')) || isEveDocument(document)))
    return objectOf(kept);
  const text = typeof document.message === 'string' ? document.message : document.log;
  return isJson(text) && shippedFrom(document) !== '' ? objectOf(text) : null;
}

/** Modules of filebeat whose `event.original` is a record that a decoder here reads; the document around it has less. */
const RECORD_MODULES: ReadonlySet<unknown> = new Set(['suricata', 'zeek', 'osquery']);

const isJson = (text: unknown): text is string =>
  typeof text === 'string' && text.charCodeAt(0) === 0x7b && text.length <= MESSAGE_CHARS_MAX;

function objectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The file that a shipper read this document's text from, '' when it says none: filebeat, vector, fluent-bit (`Path_Key`). */
export function shippedFrom(document: JsonObject): string {
  for (const value of [
    document['log.file.path'],
    valueAt(document, 'log', 'file', 'path'),
    document.file,
    document.path,
    document.filename,
    document.source,
  ])
    if (typeof value === 'string' && value.startsWith('/') && value.length < 4096) return value;
  return '';
}

function objectIn(record: JsonObject, key: string): JsonObject | undefined {
  const value = record[key];
  return isObject(value) ? value : undefined;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
