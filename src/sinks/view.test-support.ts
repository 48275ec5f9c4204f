import type { ScanReport, SourceReport } from '../engine/report.ts';
import type { Alert } from '../events/alert.ts';
import type { ScanView } from './scan-view.ts';

export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    schema: 'watchpost.alert/1',
    id: 'wp-0123456789abcdef',
    revision: 1,
    analytic: 'AN0656',
    techniques: ['T1566.001', 'T1204.002'],
    severity: 'high',
    incident: '',
    title: 'Attachment executed after delivery',
    story: 'invoice.pdf.sh, delivered to bob@example.com, was executed by bob and reached out to 192.0.2.7.',
    host: 'mx1',
    firstSeen: '2026-03-01T09:30:00.000Z',
    lastSeen: '2026-03-01T09:31:00.250Z',
    entities: [{ kind: 'mailbox', value: 'bob@example.com' }],
    steps: [
      {
        id: 'delivered',
        time: '2026-03-01T09:30:00.000Z',
        kind: 'mail.delivered',
        summary: 'Message 4XyZ was delivered to bob@example.com.',
        raw: ['Mar  1 09:30:00 mx1 postfix/local[812]: 4XyZ: to=<bob@example.com>, relay=local, status=sent'],
        ref: { source: 'mail.log', offset: 120, length: 88, sha256: 'ab'.repeat(32), more: [] },
      },
      {
        id: 'saved',
        time: '2026-03-01T09:30:30.000Z',
        kind: 'file.created',
        summary: 'It was saved.',
        raw: [],
        ref: null,
      },
    ],
    links: [{ from: 'delivered', to: 'saved', kind: 'same-person', strength: 'inferred', why: 'bob owns both' }],
    missing: ['File creation under /home is not audited on mx1.'],
    score: 40,
    factors: [
      {
        name: 'executed',
        weight: 40,
        evidence: 'an execve record',
        reason: 'To run it does the harm.',
        steps: ['saved', 'delivered'],
        tunable: { name: 'ScriptInterpreters', met: '/usr/bin/bash', limit: 'bash' },
      },
    ],
    wouldChange: [
      { weight: 2, what: 'it had connected out', why: 'no network evidence covers mx1', setting: '' },
      { weight: -10, what: 'an inventory entry approved it', why: 'none does', setting: 'inventory' },
    ],
    next: ['Isolate mx1.', 'Keep /home/bob/Downloads/invoice.pdf.sh.'],
    exercise: false,
    ...change,
  };
}

export function sourceOf(change: Partial<SourceReport> = {}): SourceReport {
  return {
    name: 'mail.log',
    format: 'syslog',
    host: 'mx1',
    bytes: 1000,
    lines: 1200,
    emitted: 900,
    skipped: new Map([['not ours', 298]]),
    rejected: new Map([['stamp is no time', 2]]),
    firstTime: Date.UTC(2026, 2, 1, 9),
    lastTime: Date.UTC(2026, 2, 1, 10),
    ...change,
  };
}

export function viewOf(alerts: readonly Alert[], change: Partial<ScanReport> = {}): ScanView {
  const report: ScanReport = {
    alerts,
    incidents: [],
    alertsOutside: 0,
    excepted: [],
    sources: [sourceOf()],
    stores: [],
    mailboxes: [],
    problems: [{ code: 'E_EMPTY', source: 'audit.log', message: 'holds no bytes; x; y', level: 'notice' }],
    eventsTotal: 900,
    eventsByKind: new Map([['mail.delivered', 900]]),
    duplicates: 1,
    late: 0,
    clockSteps: 0,
    firstTime: Date.UTC(2026, 2, 1, 9),
    lastTime: Date.UTC(2026, 2, 1, 10),
    elapsedMs: 1234,
    absent: [
      { telemetry: 'execve records', unlocks: 'what was executed', analytics: ['AN0656', 'AN0321'], blind: ['AN0656'] },
    ],
    evictions: new Map([['processesMax', 3]]),
    ...change,
  };
  return { report, alerts, evidence: ['/evidence/mx 1'] };
}

/** Everything an outsider may try, in one text. */
export const HOSTILE =
  'x\u001b[2J\u001b]8;;http://evil.example\u0007y\nHIGH  forged line\r\u202egnp.exe\u200b\u0000 ```\n# forged | a | b | <script>alert(1)</script> [a](http://evil.example) ![i](x) **b** `c` www.evil.example a@evil.example &lt; \\x1b';

export function hostileAlert(): Alert {
  const ref = { source: HOSTILE, offset: 0, length: 1, sha256: '', more: [] };
  return alertOf({
    title: HOSTILE,
    story: HOSTILE,
    host: HOSTILE,
    entities: [{ kind: 'file', value: HOSTILE }],
    steps: [
      { id: HOSTILE, time: '2026-03-01T09:30:00.000Z', kind: 'file.created', summary: HOSTILE, raw: [HOSTILE], ref },
    ],
    links: [{ from: HOSTILE, to: HOSTILE, kind: 'x', strength: 'observed', why: HOSTILE }],
    missing: [HOSTILE],
    factors: [
      {
        name: HOSTILE,
        weight: 1,
        evidence: HOSTILE,
        reason: HOSTILE,
        steps: [HOSTILE],
        tunable: { name: 'ScriptInterpreters', met: HOSTILE, limit: HOSTILE },
      },
    ],
    wouldChange: [{ weight: 0, what: HOSTILE, why: HOSTILE, setting: '' }],
    next: [HOSTILE],
  });
}
