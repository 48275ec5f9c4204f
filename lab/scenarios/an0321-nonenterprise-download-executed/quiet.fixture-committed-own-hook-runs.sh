title="A downloaded fixture is committed; the own hook and tests run over it"
what="dev saves sample.xml and legacy.sh.txt (a foreign script kept as parser input) from a file site in Firefox, copies both into the own repository's tests/data, runs the own tests, which parse them as text, and commits; the own pre-commit hook checks file sizes. shellcheck-like own linter reads the script; nobody runs it."
host=ws3.example.org user=dev daemons="cron" expect=informational
setup() {
  printf '<a><b/></a>\n' > "$base/out/www/sample.xml"; printf '#!/bin/sh\nrm -rf /srv/old\n' > "$base/out/www/legacy.sh.txt"
  printf '[user]\n\temail = dev@example.org\n\tname = dev\n' > /home/dev/.gitconfig
  mkdir -p /home/dev/parser/tests/data
  printf 'import unittest, pathlib\nclass T(unittest.TestCase):\n    def test_all(self):\n        for f in pathlib.Path("tests/data").iterdir(): self.assertTrue(f.read_text())\n' > /home/dev/parser/tests/test_data.py
  printf '#!/usr/bin/env python3\nimport sys\nfor f in sys.argv[1:]:\n    for n, l in enumerate(open(f), 1):\n        if "rm -rf" in l: print(f, n, "careful")\n' > /home/dev/parser/lint.py
  chown -R dev: /home/dev
  su dev -c 'cd ~/parser && git init -q -b main && echo keep > tests/data/keep.txt && git add -A && git commit -qm start && printf "#!/bin/sh\nset -e\npython3 lint.py \$(git diff --cached --name-only)\nfor f in \$(git diff --cached --name-only); do [ \$(wc -c < \$f) -lt 100000 ]; done\n" > .git/hooks/pre-commit && chmod 755 .git/hooks/pre-commit'
}
act() {
  small_talk 1
  display_up
  firefox_save dev http://files.example.net/sample.xml sample.xml
  firefox_save dev http://files.example.net/legacy.sh.txt legacy.sh.txt
  console_as dev <<'L'
cd parser
cp ~/Downloads/sample.xml tests/data/
cp ~/Downloads/legacy.sh.txt tests/data/legacy.sh
chmod 755 tests/data/legacy.sh
python3 lint.py tests/data/legacy.sh
bash -n tests/data/legacy.sh
python3 -m unittest -q tests.test_data
git add -A
git commit -qm "more data"
git log --oneline | cat
L
  small_talk 1
}
truth() {
  file_step save 'firefox.*legacy.sh.*txt' 'saved'
  exec_step copy 'cp /home/dev/Downloads/legacy.sh.txt' 'copied'
  exec_step lint 'python3 lint.py tests/data/legacy.sh' 'read by the own linter'
  exec_step tests 'python3 -m unittest' 'own tests'
  exec_step hook 'pre-commit' 'own hook'
}
