import type { Config } from '../../config/config.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { loadIdentity } from '../../state/identity/identity.ts';
import { LearnedDomains } from '../../state/mail/domains.ts';
import type { GatheredIdentity } from '../identity/gather.ts';
import { Merge } from '../merge.ts';
import type { StoreFile } from '../stores/plan-stores.ts';
import { scanStores } from '../stores/scan-stores.ts';
import { ClockMarks } from './clock-offsets.ts';
import { contributionsOf, machineSetting } from './contributions.ts';
import { markEvent } from './mark-event.ts';
import type { SurveyedFile } from './report.ts';

export interface SurveyedStore {
  readonly file: SurveyedFile;
  readonly marks: ClockMarks;
}

/** Reads every mail store by itself as a scan would, and tells what it holds and what it is good for. */
export async function surveyStores(
  stores: readonly StoreFile[],
  identity: { readonly texts: GatheredIdentity['texts']; readonly recipientDelimiter: string },
  request: { readonly config: Config; readonly zoneOffsetMinutes: number },
  problems: InputProblem[],
): Promise<SurveyedStore[]> {
  const known = loadIdentity({ ...identity, domains: new LearnedDomains() });
  const surveyed: SurveyedStore[] = [];
  for (const [box, files] of Map.groupBy(stores, store => store.place.box as string)) {
    const { limits } = request.config;
    const setting = { limits, zoneOffsetMinutes: request.zoneOffsetMinutes };
    const { stream, reports } = await scanStores(files, known, setting, problems);
    if (stream === null) continue;
    const marks = new ClockMarks();
    const merged = new Merge({
      streams: [stream.observed(event => markEvent(marks, event))],
      setting: { ...machineSetting(request.config), identity },
      cutAt: -1,
      progress: () => {},
    });
    await merged.run();
    const [report] = reports;
    const form = `mail store: ${files[0]?.form ?? ''}`;
    const host = report?.host ?? files[0]?.host ?? '';
    surveyed.push({
      marks,
      file: {
        name: box,
        format: form,
        title: form,
        host,
        hosts: host === '' ? [] : [host],
        hostsMore: 0,
        bytes: files.reduce((sum, { file }) => sum + file.sizeBytes, 0),
        lines: 0,
        emitted: 0,
        skipped: new Map(),
        rejected: new Map(),
        firstTime: report?.firstTime ?? Number.NaN,
        lastTime: report?.lastTime ?? Number.NaN,
        kinds: merged.machine.byKind,
        contributes: contributionsOf(merged.machine),
        zone: null,
        silence: null,
        clock: null,
        tellsIdentity: false,
        store: report ?? null,
      },
    });
  }
  return surveyed;
}
