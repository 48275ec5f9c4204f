import { JOINTS, jointsOf, type Told } from './tell.ts';

/** docs/same-story.md: what each source supports of one and the same attack. */
export function markdown(told: readonly Told[]): string {
  const lines = [
    '# The same story from poorer sources',
    '',
    'One recorded attack (AN0656 `fires.zip-hidden-child`: an archive out of a message is unpacked, a program in it is run and reaches',
    'out), read from what different sensors would have kept of it. The mail log is beside each. Every source gives one alert, about the',
    'same file, user, host and message; what differs is how surely its parts hold together, and the alert says so itself.',
    '',
    'Made by `node scripts/pages.ts` from the evidence under `lab/same-story`, and checked by its test. A joint is as strong as its weakest link:',
    '**observed** (a record shows it), *inferred* (worked out, the alert says how), or unavailable (this source does not record it).',
    '',
    `| source | ${JOINTS.map(joint => joint.title).join(' | ')} | severity |`,
    `|---|${JOINTS.map(() => '---').join('|')}|---|`,
    ...told.map(({ source, alerts: [alert] }) => {
      if (alert === undefined) return `| ${source.title} | ${JOINTS.map(() => 'no alert').join(' | ')} | - |`;
      const joints = jointsOf(alert);
      return `| ${source.title} | ${JOINTS.map(joint => cell(joints[joint.id])).join(' | ')} | ${alert.severity} |`;
    }),
    '',
    ...told.flatMap(({ source, alerts: [alert] }) => [
      `## ${source.title}`,
      '',
      `Collects: ${source.collects}. Evidence: ${source.made}.`,
      '',
      ...(alert === undefined ? [] : linksOf(alert)),
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function cell(strength: string): string {
  if (strength === 'observed') return '**observed**';
  return strength === 'inferred' ? '*inferred*' : strength || 'nothing';
}

function linksOf(alert: Told['alerts'][number]): string[] {
  const kind = (id: string) => id.split('#')[0];
  const links = alert.links.map(
    link => `- ${link.strength}: ${link.kind}, \`${kind(link.from)}\` to \`${kind(link.to)}\`: ${link.why}`,
  );
  const missing = alert.missing.map(text => `- missing: ${text}`);
  return [...new Set([...links, ...missing]), ''];
}
