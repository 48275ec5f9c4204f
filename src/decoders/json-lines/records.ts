import type { FileFormat } from '../contract.ts';
import { ecsDecoder } from '../ecs/ecs.ts';
import { falcoDecoder } from '../falco/falco.ts';
import { journaldJsonDecoder } from '../journald/json.ts';
import { laurelDecoder } from '../laurel/laurel.ts';
import { ocsfDecoder } from '../ocsf/ocsf.ts';
import { osqueryDecoder } from '../osquery/osquery.ts';
import { suricataEve } from '../suricata/eve.ts';
import { tetragonDecoder } from '../tetragon/tetragon.ts';
import { traceeDecoder } from '../tracee/tracee.ts';
import { zeekJson } from '../zeek/json.ts';
import { jsonFormat } from './format.ts';
import type { JsonRecordDecoder } from './record.ts';

/** Every program whose JSON records are read; the first that claims a record decodes it. */
export const JSON_RECORDS: readonly JsonRecordDecoder[] = [
  osqueryDecoder,
  laurelDecoder,
  zeekJson,
  suricataEve,
  journaldJsonDecoder,
  tetragonDecoder,
  falcoDecoder,
  traceeDecoder,
  ocsfDecoder,
  ecsDecoder,
];

export const JSON_FORMATS: readonly FileFormat[] = JSON_RECORDS.map(decoder => jsonFormat(decoder, () => JSON_RECORDS));
