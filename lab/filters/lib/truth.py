"""truth.py OUT TITLE HOST SENT ACTED PACKAGE=VERSION...: what was done, from what send.py and the script noted while doing it."""
import json, os, sys

out, title, host, sent, acted, *packages = sys.argv[1:]
lines = lambda path: [json.loads(line) for line in open(path)] if os.path.exists(path) else []
truth = {'title': title, 'host': host, 'programs': dict(each.split('=', 1) for each in packages if not each.endswith('=')),
         'sent': lines(sent), 'acted': lines(acted)}
with open(out, 'w') as file:
    json.dump(truth, file, indent=2)
    file.write('\n')
