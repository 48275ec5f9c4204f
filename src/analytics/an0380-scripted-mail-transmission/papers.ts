import type { Story } from '../story.ts';
import type { Send } from './send.ts';

export const PAPERS_TOLD = 5;

const paperId = ({ papers }: Send, index: number): string =>
  `file.opened#${papers[index]?.time}.${papers[index]?.order}`;

/** What the program of a send read, as steps at the send `id`. */
export function tellPapers(send: Send, at: string, story: Story): void {
  for (const [index, paper] of send.papers.slice(0, PAPERS_TOLD).entries()) {
    const id = paperId(send, index);
    story.step(id, paper.time, 'file.opened', `${send.program} (pid ${send.pid}) reads ${paper.path}`, paper.ref);
    story.link(at, id, 'process-tree', 'observed', 'the same process');
  }
}
