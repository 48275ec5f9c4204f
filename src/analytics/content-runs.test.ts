import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendTaint, type Taint } from '../state/taint.ts';
import { HostLog } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { inOrder, scanLog, storyOf } from './an0656-phishing-attachment-executed/stories.test-support.ts';
import type { ContentRun } from './content-cases.ts';
import { tellRuns } from './content-runs.ts';
import { at, REF, stepOf, taintOf } from './mail-facts.test-support.ts';
import { Story } from './story.ts';

const after = (taint: Taint, time: number, kind: string, object: string): Taint =>
  extendTaint(taint, stepOf({ time: at(time), kind, object, pid: time })) as Taint;

const run = (taint: Taint, time: number, path: string): ContentRun =>
  ({ taint, time: at(time), order: 1, ref: REF, path, pid: time, how: 'binary', strength: 'observed' }) as ContentRun;

const words = { id: ({ path }: ContentRun) => path, summary: ({ path }: ContentRun) => path, why: () => 'seen' };

/** The steps by what they are about, and the links by the times of their ends. */
function told(chain: Taint, runs: readonly ContentRun[]) {
  const story = new Story();
  tellRuns(story, runs, story.taint(chain), words);
  const times = new Map(story.steps.map(({ id, time }) => [id, time as number]));
  return {
    steps: story.steps.map(({ time, kind }) => `${time} ${kind}`),
    links: story.links.map(({ from, to }) => `${times.get(from)} ${times.get(to)}`),
  };
}

const saved = taintOf({}, { time: at(10), kind: 'file.created' });
const unpacked = after(saved, 20, 'file.written', '/home/clerk/a/setup.sh');

test('a run is linked to where its own file came from, not to the end of another way', () => {
  const put = after(unpacked, 40, 'file.written', '/home/clerk/bin/svc');
  const { links, steps } = told(put, [run(unpacked, 30, 'setup.sh'), run(put, 50, 'svc')]);
  assert.deepEqual(links, ['10 20', '20 40', '20 30', '40 50']);
  assert.equal(steps.length, 5);
});

test('what an earlier run wrote comes out of that run, and the writing is told', () => {
  const started = after(unpacked, 30, 'process.started', '/home/clerk/a/setup.sh');
  const written = after(started, 32, 'file.written', '/tmp/.m/AppRun');
  const { links, steps } = told(unpacked, [run(started, 30, 'setup.sh'), run(written, 35, 'AppRun')]);
  assert.deepEqual(links, ['10 20', '20 30', '30 32', '32 35']);
  assert.ok(steps.includes('32 file.written'));
});

test('a long way of its own is not told, and no link runs back in time', () => {
  let long = unpacked;
  for (const time of [21, 22, 23]) long = after(long, time, 'file.renamed', `/home/clerk/${time}`);
  assert.deepEqual(told(unpacked, [run(long, 30, 'x')]).links, ['10 20', '20 30']);
  const other = taintOf({ id: 'other' }, { time: at(11), kind: 'file.created', object: '/home/clerk/o', pid: 7 });
  assert.deepEqual(told(unpacked, [run(other, 15, 'o')]).links, ['10 20', '10 15']);
  assert.deepEqual(told(unpacked, [run(other, 25, 'o')]).links, ['10 20', '20 25']);
});

test('who makes executable what was unpacked unseen is told before the run', async () => {
  const within = async (made: boolean) => {
    const log = new HostLog({ files: false });
    log.deliver();
    log.desktop('clerk').run('/usr/bin/thunderbird');
    const shell = log.shell('clerk');
    shell.cwd = '/home/clerk/Downloads';
    shell.run('/usr/bin/tar xzf tool.tgz');
    if (made) shell.run('/usr/bin/chmod u+x tool/setup.sh');
    else shell.run('/usr/bin/chmod u+x tool/README');
    shell.run('./tool/setup.sh', { by: '/bin/sh' });
    return storyOf(await scanLog(log), 'AN0656');
  };
  inOrder(await within(true), [
    ['process.started', 'tar'],
    ['file.made-executable', 'chmod', '/home/clerk/Downloads/tool/setup.sh'],
    ['content.executed', '/home/clerk/Downloads/tool/setup.sh'],
  ]);
  assert.ok(!(await within(false)).steps.some(({ kind }) => kind === 'file.made-executable'));
});
