import type { Config } from '../config/config.ts';
import { FORMATS } from '../decoders/registry.ts';
import type { Discovery } from '../sources/contract.ts';
import type { InputProblem } from '../sources/problem.ts';
import { type GatheredIdentity, gatherIdentity } from './identity/gather.ts';
import { type Plan, planEvidence } from './plan.ts';

/** What of a scan or a survey says how the evidence is read. */
interface EvidenceRequest {
  readonly evidence: Discovery;
  readonly config: Config;
  readonly zoneOffsetMinutes: number;
  readonly year: number | null;
}

/** What each file of the evidence is, and what its files tell of who is who. */
export function readEvidence({
  evidence,
  config,
  zoneOffsetMinutes,
  year,
}: EvidenceRequest): Promise<GatheredIdentity> {
  const { latenessMs } = config.limits;
  const hosts = config.hosts.map(each => each.name);
  const planned = planEvidence(evidence, { formats: FORMATS, zoneOffsetMinutes, latenessMs, year, hosts });
  return gatherIdentity(planned, evidence, config);
}

/** What was amiss so far. An empty file beside a mail store is nothing amiss. */
export function problemsOf({ problems }: Discovery, plan: Plan): InputProblem[] {
  const isUsual = ({ code, source }: InputProblem): boolean => code === 'E_EMPTY' && plan.storeIndexes.has(source);
  return [...problems.filter(each => !isUsual(each)), ...plan.problems];
}
