import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/lib/tree.ts';

const CANNOT_RUN_HERE = 77;

test('a real mail with a real attachment, delivered and run under a real audit daemon, is found', t => {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-live-'));
  try {
    const lab = spawnSync('bash', [join(ROOT, 'lab/e2e.sh'), folder], { encoding: 'utf8', timeout: 600_000 });
    if (lab.status === CANNOT_RUN_HERE) {
      t.skip(`the laboratory cannot run here: ${lab.stderr.trim().split('\n').at(-1) ?? 'it did not say why'}`);
      return;
    }
    assert.equal(lab.status, 0, `lab/e2e.sh failed:\n${lab.stdout}\n${lab.stderr}`);
    const scan = spawnSync(join(ROOT, 'bin/watchpost'), ['scan', folder, '--format', 'ndjson'], { encoding: 'utf8' });
    assert.ok(scan.status === 0 || scan.status === 1, `exit code ${scan.status}\n${scan.stderr}`);
    const alerts = scan.stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as { analytic: string; severity: string });
    const raised = alerts.filter(alert => alert.analytic === 'AN0656').map(alert => alert.severity);
    assert.ok(
      raised.some(severity => ['medium', 'high', 'critical'].includes(severity)),
      `AN0656 came out as [${raised.join(', ')}]\n${scan.stderr}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
