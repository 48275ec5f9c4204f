import type { Form } from './form.ts';
import { osqueryForm } from './osquery.ts';
import { sysmonForm } from './sysmon.ts';

/** Every form in which a recording's decoded events can be written. */
export const FORMS: readonly Form[] = [osqueryForm, sysmonForm];
