import type { Change } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byHabit, byInventory, byTunable, type FactorName, unlessListed } from '../factors.ts';
import type { Story } from '../story.ts';
import { isRegular, unlikeIn } from './history.ts';
import type { SendLimits } from './limits.ts';
import { isExternal, type Outcome, recipientsOf } from './outcome.ts';
import type { SendJob } from './send.ts';
import { carriedBy, largestOf, mostToOne } from './weigh.ts';

/** What would have raised or lowered this story of a sending job, and why it does not. */
export function changesOf(
  job: SendJob,
  outcomes: readonly Outcome[],
  story: Story,
  limits: SendLimits,
  world: World,
): Change[] {
  const has = (name: FactorName): boolean => story.factors.some(factor => factor.name === name);
  const who = world.userName(job.host, job.uid) || `uid ${job.uid}`;
  const [recipient] = outcomes.flatMap(recipientsOf);
  const changes: Change[] = [
    ...payloadChanges(outcomes, limits, has),
    byInventory(
      'sender',
      `user: ${who}, executable: ${outcomes[0]?.send.program ?? ''}${recipient === undefined ? '' : `, destination: ${recipient}`}`,
    ),
    byHabit('this job', world.baseline !== undefined),
  ];
  if (!has('transmission confirmed by the MTA') && !has('transmission seen on the wire'))
    changes.push(
      byEvidence(
        1,
        'an MTA log showed the message transmitted',
        world.anyMail
          ? 'no line of the logs that were read joins these sends'
          : 'not seen, because no MTA log is in the evidence',
      ),
    );
  if (!has('speaks SMTP itself, past the governed relay') && !has('speaks SMTP itself, to a server of this host'))
    changes.push(
      byEvidence(
        2,
        'the program had spoken SMTP itself, past the governed relay',
        world.seen(job.host, 'network:outbound')
          ? 'connections are recorded on this host, and it made none to a mail port'
          : 'not seen, because no network evidence covers this host',
      ),
    );
  const outside = outcomes.flatMap(recipientsOf).filter(address => isExternal(address, world));
  if (outside.length > 0)
    changes.push(
      byEvidence(
        -3,
        'every recipient were inside',
        `nothing was delivered into a mailbox here for the domain of ${outside[0]}`,
      ),
    );
  changes.push(...unlessListed(story.factors, 'ScriptNameFilter'));
  if (!has('this job has sent alike before')) changes.push(establishedChange(job, outcomes, limits));
  return changes;
}

function payloadChanges(
  outcomes: readonly Outcome[],
  { sizeBytes, many }: SendLimits,
  has: (name: FactorName) => boolean,
): Change[] {
  const changes: Change[] = [];
  if (
    !has('files attached') &&
    !has('packed or encoded data in the pipeline') &&
    !has('packed just before it was sent')
  )
    changes.push(
      byEvidence(
        2,
        'files were attached or packed for it',
        outcomes.some(({ send }) => send.encoders.length + send.packedBefore.length > 0)
          ? 'what was packed is a report, as small as the MTA counted it'
          : 'neither arguments, pipeline nor packers before show any',
      ),
    );
  const sized = outcomes.some(outcome => carriedBy(outcome).total >= 0);
  const largest = largestOf(outcomes);
  if (has('large payload'))
    changes.push(
      byTunable(
        -2,
        `TransferSizeThreshold were above ${largest} bytes`,
        `it is ${sizeBytes} bytes`,
        'TransferSizeThreshold',
      ),
    );
  else if (!has('large in sum'))
    changes.push(
      byTunable(
        2,
        `a message, or all together, reached TransferSizeThreshold (${sizeBytes} bytes)`,
        sized ? `the largest has ${largest} bytes` : 'no record tells a size',
        'TransferSizeThreshold',
      ),
    );
  if (!has('many messages to one recipient'))
    changes.push(
      byTunable(
        2,
        `${many} messages or more went to one recipient, other than at regular times`,
        `${mostToOne(outcomes).count} did`,
        'ManyMessages',
      ),
    );
  return changes;
}

/** What a login does is a job of its own: what others did alike is another's. */
const OF_ONE_LOGIN: ReadonlySet<SendJob['context']> = new Set(['interactive', 'detached', 'unattended']);

function establishedChange({ context }: SendJob, outcomes: readonly Outcome[], { established }: SendLimits): Change {
  const { length } = outcomes;
  const unlike = length > established ? unlikeIn(outcomes) : ['are too few', ...unlikeIn(outcomes)];
  const why =
    length === 1
      ? OF_ONE_LOGIN.has(context)
        ? 'each login counts by itself, and this one sent once'
        : 'the evidence has this one only'
      : isRegular(outcomes)
        ? `${length} such sends are in the evidence`
        : `the ${length} sends in the evidence ${unlike.join(' and ')}`;
  return byTunable(-3, `the job had sent alike more than ${established} times`, why, 'EstablishedSends');
}
