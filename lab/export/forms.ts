import { endpointForm } from './endpoint.ts';
import { falcoForm } from './falco.ts';
import type { Form } from './form.ts';
import { ocsfForm } from './ocsf.ts';
import { osqueryForm } from './osquery.ts';
import { sysmonForm } from './sysmon.ts';
import { tetragonForm } from './tetragon.ts';
import { traceeForm } from './tracee.ts';

/** Every form in which a recording's decoded events can be written. */
export const FORMS: readonly Form[] = [
  osqueryForm,
  sysmonForm,
  endpointForm,
  tetragonForm,
  falcoForm,
  traceeForm,
  ocsfForm,
];
