import type { Change, Factor } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import type { ContentCase } from '../content-cases.ts';
import { contentChanges } from '../content-changes.ts';
import type { ContentStory } from '../content-story.ts';
import { byEvidence, byTunable, unlessListed } from '../factors.ts';
import type { Tunables } from '../tunables.ts';

/** What would have raised or lowered this story, and why it does not. */
export function changesOf(found: ContentCase, told: ContentStory, world: World, tunables: Tunables): Change[] {
  return [
    ...deliveryChanges(told, world),
    ...contentChanges(found, told, world),
    ...recordChanges(found, told, world),
    ...tunableChanges(told, tunables),
  ];
}

function deliveryChanges({ delivery, person }: ContentStory, world: World): Change[] {
  const what = 'the delivery agent of a message were seen to write the very file that was opened';
  if (delivery === null)
    return [
      byEvidence(
        3,
        `a log showed a message delivered to ${person || 'this person'} before the run`,
        world.anyMail ? 'the logs that were read show none' : 'not seen, because no MTA log is in the evidence',
      ),
    ];
  return delivery.strength === 'observed'
    ? []
    : [byEvidence(1, what, `the message is known by person and time only: ${delivery.why}`)];
}

function recordChanges(found: ContentCase, told: ContentStory, world: World): Change[] {
  const changes: Change[] = [];
  if (told.chain === 'inferred')
    changes.push(
      byEvidence(
        0,
        'every step from message to run were observed (then it may be high)',
        world.seen(found.host, 'file:written')
          ? 'one step at least is inferred from arguments, person or time'
          : 'this host does not record which program writes a file',
      ),
    );
  if (!told.taint.curated)
    changes.push(
      byEvidence(
        -5,
        'the content had gone through version control, a compiler or a package manager first',
        'it was run as it came',
      ),
    );
  return changes;
}

function tunableChanges({ story }: ContentStory, tunables: Tunables): Change[] {
  const changes = [...unlessListed(story.factors, 'AttachmentStoragePaths'), ...unlessInterpreter(story.factors)];
  if (tunables.list('AttachmentStoragePaths').length > 0) return changes;
  const what = 'AttachmentStoragePaths named the folder it was saved in';
  return [...changes, byTunable(1, what, 'the list is empty', 'AttachmentStoragePaths')];
}

/** A script that the kernel starts is handed to execve itself and stays told; any other is only a word to a program that runs no words. */
function unlessInterpreter(factors: readonly Factor[]): Change[] {
  const listed = factors.find(({ tunable }) => tunable?.name === 'ScriptInterpreters')?.tunable ?? null;
  if (listed === null) return [];
  const all = factors.reduce((sum, { weight }) => sum + weight, 0);
  const what = `${listed.name} did not hold ${listed.limit}, and the content had no #! line by which the kernel starts it`;
  return [
    byTunable(-all, what, `it does, and ${listed.met} fits; else nothing would have been seen to run`, listed.name),
  ];
}
