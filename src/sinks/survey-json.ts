import { isoUtc } from '../core/time.ts';
import type { StoreReport } from '../engine/stores/store-report.ts';
import type { SurveyedFile, SurveyReport } from '../engine/survey/report.ts';
import { jsonLine } from './ndjson.ts';
import { ranked } from './tally.ts';

/** Everything a survey has to say as one document, `watchpost.sources/1`. */
export function surveyJson(report: SurveyReport): string[] {
  const rest = { needs: report.needs, problems: report.problems };
  const files = report.files.map(file => jsonLine(surveyedFile(file)));
  return [`{"schema":"watchpost.sources/1","files":[\n${files.join(',\n')}\n],\n${jsonLine(rest).slice(1)}\n`];
}

/** One file a line. */
export const surveyNdjson = (report: SurveyReport): string[] =>
  report.files.map(file => `${jsonLine(surveyedFile(file))}\n`);

function surveyedFile(file: SurveyedFile): unknown {
  return {
    ...file,
    firstTime: timeOf(file.firstTime),
    lastTime: timeOf(file.lastTime),
    skipped: Object.fromEntries(ranked(file.skipped)),
    rejected: Object.fromEntries(ranked(file.rejected)),
    kinds: Object.fromEntries(ranked(file.kinds)),
    store: file.store === null ? null : storeOf(file.store),
    silence: file.silence === null ? null : { from: timeOf(file.silence.from), to: timeOf(file.silence.to) },
  };
}

const storeOf = ({
  form,
  client,
  owner,
  messages,
  attachments,
  encrypted,
  damaged,
  repeated,
  trouble,
}: StoreReport) => ({
  form,
  client,
  owner,
  messages,
  attachments,
  encrypted,
  damaged,
  repeated,
  trouble: Object.fromEntries(ranked(trouble)),
});

const timeOf = (time: number): string | null => (Number.isFinite(time) ? isoUtc(time) : null);
