"""case-truth.py TRUTH KEY=VALUE...: makes the truth of a recording the truth of a case of AN1009."""
import json, sys

path, *pairs = sys.argv[1:]
own = json.load(open(path))
said = dict(pair.split('=', 1) for pair in pairs)
expect = {key: said.pop(key) for key in ('severityMin', 'severityMax') if key in said}
first, last = (own['sent'][index]['messageId'] for index in (0, -1))
case = {'id': said['id'], 'analytic': 'AN1009', 'verdict': said['verdict'], 'title': said['title'], 'what': said['what'],
        'host': own['host'], 'user': 'clerk', 'auditFormat': None, 'syslogFormat': 'traditional',
        'chain': [{'step': 'sent', 'detail': f"{sum('clerk@example.org' in each['recipients'] for each in own['sent'])} messages to clerk@example.org, from {first} to {last}"}],
        'expect': expect, 'timesShifted': False, 'standIns': [], 'programs': own['programs']}
with open(path, 'w') as file:
    json.dump(case, file, indent=2)
    file.write('\n')
