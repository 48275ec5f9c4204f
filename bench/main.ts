/** `npm run bench` measures audit scans (run.ts), `npm run bench -- formats` decoding of every other format (formats.ts). */
if (process.argv[2] === 'formats') {
  process.argv.splice(2, 1);
  await import('./formats.ts');
} else await import('./run.ts');
