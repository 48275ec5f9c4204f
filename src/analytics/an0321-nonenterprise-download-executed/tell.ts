import type { Finding } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { World } from '../../state/world.ts';
import { missConnections, missStart, missWriter } from '../content-absences.ts';
import type { ContentCase } from '../content-cases.ts';
import { type ContentStory, howText } from '../content-story.ts';
import { reachedAdvice, reachedText, secretsAdvice } from '../reached-out.ts';
import { toFinding } from '../to-finding.ts';
import type { ServiceUse } from './service.ts';

export interface Verdict {
  readonly severity: Severity;
  readonly service: ServiceUse | null;
}

export function findingOf(
  found: ContentCase,
  told: ContentStory,
  { severity, service }: Verdict,
  world: World,
): Finding {
  const { story, main, taint } = told;
  const who = told.person || `uid ${found.uid}`;
  if (!world.seen(found.host, 'file:written') && world.seen(found.host, 'file:appeared')) {
    missWriter(
      told,
      'file.written',
      'This host records that files appear, not which program makes them: that it was downloaded is inferred from time, owner and directory.',
    );
  } else if (!world.seen(found.host, 'file:written')) {
    missWriter(
      told,
      'file.created',
      'This host does not record file creation: that the file was downloaded is inferred from its place.',
    );
  }
  missStart(told);
  missConnections(told, found.host, world);
  const { url = '' } = taint.origin;
  if (service === null)
    story.miss(
      url === ''
        ? 'The URL and the service it came from are not in audit logs; DNS, TLS or proxy logs would name them.'
        : `Only the words of ${taint.origin.program} name where it came from, ${url}; DNS, TLS or proxy logs would show who answered.`,
    );
  const out = reachedText(found);
  const what = main.path === '' ? 'fetched content' : main.path;
  const from =
    taint.origin.basis === 'place' ? 'from where downloads are kept' : `brought in by ${taint.origin.program}`;
  return toFinding(story, {
    analytic: 'AN0321',
    host: found.host,
    key: found.key,
    severity,
    title: main.path === '' ? `Downloaded content run by ${main.program}` : `Download run: ${main.path}`,
    story: `On ${found.host}, ${what}, ${from}, ${howText(main)} as ${told.as}${out}.`,
    entities: told.entities,
    next: [
      `Ask ${who} where the file came from and why it was run.`,
      main.path === ''
        ? `Find ${url || 'the URL'} in proxy, DNS or browser history.`
        : `Preserve ${main.path} and its sha256, and the browser history of that minute.`,
      reachedAdvice(found),
      ...secretsAdvice(found),
    ],
  });
}
