import type { Rule } from '../rule.ts';

/** A file of more than `linesMax` lines does more than one thing. */
export const fileLength = (linesMax: number): Rule => ({
  meta: { type: 'suggestion', docs: { description: `A file has at most ${linesMax} lines.` } },
  create(context) {
    return {
      Program(node) {
        const lines = context.sourceCode.text.replace(/\n$/, '').split('\n').length;
        if (lines <= linesMax) return;
        const head = { range: [node.range[0], node.range[0]] as [number, number] };
        context.report({ node: head, message: `${lines} lines; ${linesMax} is the limit: split what changes apart` });
      },
    };
  },
});
