import type { Rule } from '../rule.ts';

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const MEMBERS = new Map([
  ['Date', new Set(['now'])],
  ['Math', new Set(['random'])],
  ['performance', new Set(['now', 'timeOrigin'])],
  ['process', new Set(['hrtime', 'uptime'])],
  ['crypto', new Set(['randomUUID', 'getRandomValues'])],
  ['globalThis', TIMERS],
]);

/** Time and chance are handed in; only the engine and what stands around it may ask for them. */
export const noAmbientTime: Rule = {
  meta: { type: 'problem', docs: { description: 'Forbid clocks, timers and randomness outside the engine.' } },
  create(context) {
    const report = (node: { range: [number, number] }, what: string): void =>
      context.report({ node, message: `${what}: time and chance are handed in, never asked for here` });
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier' || node.computed) return;
        if (MEMBERS.get(node.object.name)?.has(node.property.name)) {
          report(node, `${node.object.name}.${node.property.name}`);
        }
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
          report(node, 'new Date()');
        }
      },
      CallExpression(node) {
        if (node.callee.type !== 'Identifier') return;
        if (TIMERS.has(node.callee.name)) report(node, node.callee.name);
        if (node.callee.name === 'Date') report(node, 'Date()');
      },
    };
  },
};
