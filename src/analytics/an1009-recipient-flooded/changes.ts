import type { Change } from '../../events/finding.ts';
import { byEvidence, byInventory, byTunable } from '../factors.ts';
import type { Episode } from './episode.ts';
import { HORIZONS, QUIET } from './horizons.ts';
import { PATTERNED, REPEATED } from './repetition.ts';
import { topOf } from './tally.ts';
import type { Telling } from './telling.ts';
import { floorOf, muchOf, NEWCOMER_POINTS, VOLUME_POINTS, volumeOf } from './volume.ts';
import type { WatchSetting } from './watch.ts';

/** What would have raised or lowered this burst, and why it does not. */
export function changesOf(telling: Telling): Change[] {
  const { episode, judgement } = telling;
  const score = judgement.factors.reduce((sum, factor) => sum + factor.weight, 0);
  return [
    ...(judgement.kind === 'flood'
      ? [...volumeChanges(telling), ...attachmentChanges(telling), ...growthChanges(telling)]
      : []),
    ...judgement.held.map(({ why, setting }) =>
      byTunable(0, `this did not hold the severity down: ${why}`, 'it does', setting),
    ),
    byTunable(-score, `NoisyRecipients named ${episode.mailbox}`, 'it does not', 'NoisyRecipients'),
    byInventory('noisy-mailbox', `mailbox: ${episode.mailbox}`),
  ];
}

function volumeChanges({ episode, judgement, setting }: Telling): Change[] {
  const { measure, index, count, ratio, limit, byUsual } = volumeOf(episode, setting);
  const weight = judgement.factors.find(factor => factor.name === 'volume')?.weight ?? 0;
  const window = HORIZONS[index]?.name ?? '';
  const changes: Change[] = [];
  const next = VOLUME_POINTS.filter(each => each.from > ratio).at(-1);
  if (measure === 'newcomers' || measure === 'rise') {
    if (weight < NEWCOMER_POINTS.much) changes.push(moreNewcomers(episode, setting));
  } else if (next !== undefined)
    changes.push(
      byEvidence(
        next.weight - weight,
        `the fullest window had held ${next.from} times its limit, ${Math.ceil(next.from * limit)} messages within ${window}`,
        `it held ${count}`,
      ),
    );
  if (byUsual)
    changes.push(
      byTunable(
        -weight,
        `BaselineMultiple were above ${round(setting.baselineMultiple * ratio)}`,
        `it is ${setting.baselineMultiple}`,
        'BaselineMultiple',
      ),
    );
  else {
    const counts = measure === 'newcomers' ? episode.newcomersPeaks : episode.peaks;
    const first = measure === 'any' ? 0 : QUIET.from;
    const over =
      measure === 'rise'
        ? [count / floorOf(measure, index)]
        : counts.slice(first).map((each, at) => each / floorOf(measure, first + at));
    changes.push(
      byTunable(
        -weight,
        `MailVolumeThreshold were above ${Math.floor(Math.max(...over))} messages a minute`,
        `it is ${setting.volumeThreshold}`,
        'MailVolumeThreshold',
      ),
    );
  }
  changes.push({
    weight: -weight,
    what: 'such bursts were usual at this mailbox',
    why:
      episode.usual.known || episode.newcomersUsual.known
        ? 'the evidence before the burst shows what is usual, and it is far less'
        : 'neither a baseline nor the evidence before the burst says what is usual',
    setting: 'baseline',
  });
  return changes;
}

function moreNewcomers(episode: Episode, setting: WatchSetting): Change {
  const { index, count, from } = muchOf(episode, setting);
  return byEvidence(
    NEWCOMER_POINTS.much - NEWCOMER_POINTS.some,
    `senders who never wrote before had brought ${Math.ceil(from)} messages within ${HORIZONS[index]?.name ?? ''}`,
    `they brought ${count}`,
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;

function attachmentChanges({ episode, judgement }: Telling): Change[] {
  const { tally } = episode;
  const name = 'AttachmentPatternList';
  const repeated = judgement.factors.find(factor => factor.name === 'attachment-repeated');
  // Found in the mailbox itself, where names do not count.
  if (repeated !== undefined && tally.withAttachment === 0) return [];
  if (repeated === undefined)
    return [
      byTunable(
        REPEATED,
        `ten messages and three in ten carried one attachment (${PATTERNED} more where ${name} holds its ending)`,
        tally.withAttachment === 0
          ? 'not seen, because nothing logs attachments (header checks, a scanner)'
          : `the most frequent is in ${topOf(tally.attachments)?.count ?? 0} of ${tally.count}`,
        name,
      ),
    ];
  return repeated.tunable === undefined
    ? [byTunable(PATTERNED, `${name} held the ending of the repeated attachment`, 'it does not', name)]
    : [byTunable(-PATTERNED, `${name} did not hold ${repeated.tunable.limit}`, 'it holds it', name)];
}

function growthChanges({ episode, world, judgement }: Telling): Change[] {
  if (episode.growth.count > 0 || judgement.factors.some(factor => factor.name === 'mailbox-holds')) return [];
  const recorded = [...episode.tally.hosts.keys()].some(host => world.seen(host, 'file.opened'));
  return [
    byEvidence(
      15,
      'records showed delivery software writing into the mailbox meanwhile',
      recorded
        ? 'files are recorded, and no write into this mailbox: its directory may not be watched'
        : 'not seen, because no record of files covers the mail host',
    ),
  ];
}
