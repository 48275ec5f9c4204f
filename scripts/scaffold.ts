import { ScaffoldError, scaffoldAnalytic, scaffoldDecoder } from './lib/scaffold.ts';
import { ROOT } from './lib/tree.ts';

/** `npm run scaffold decoder NAME`, `npm run scaffold analytic ANnnnn-some-words`: a working, tested, registered unit. */
const [kind, name] = process.argv.slice(2);
const makers: Record<string, typeof scaffoldDecoder> = { decoder: scaffoldDecoder, analytic: scaffoldAnalytic };
const make = kind === undefined ? undefined : makers[kind];
if (!make || name === undefined) {
  console.error('usage: npm run scaffold decoder NAME\n       npm run scaffold analytic ANnnnn-some-words');
  process.exit(3);
}
try {
  const { files, registries } = make(ROOT, name);
  console.log(`made\n${files.map(file => `  ${file}`).join('\n')}`);
  console.log(`one line added to\n${registries.map(file => `  ${file}`).join('\n')}`);
  console.log(`now\n  npm test -- ${name.toLowerCase()} contracts`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exit(3);
}
