# A downloaded table is read by an own program.
title="Downloaded table read by the user's own Python program"
what="dev downloads measurements.csv in Chromium and runs an own program from ~/src that was there before, with the table as its argument. The table is data; no downloaded byte is executed, and the program makes no connection."
host=ws3.example.org user=dev daemons="cron sshd" expect=informational

setup() {
  mkdir -p "$base/out/www/data"; seq -f '%g,4.5' 1 200 > "$base/out/www/data/measurements.csv"
  install -d -o dev -g dev /home/dev/src
  printf 'import csv, statistics, sys\nrows = list(csv.reader(open(sys.argv[1])))\nprint(statistics.mean(float(r[1]) for r in rows))\n' > /home/dev/src/mean.py; chown dev: /home/dev/src/mean.py
}
act() {
  small_talk 1
  display_up
  chromium_as dev https://files.example.net/data/measurements.csv
  wait_file /home/dev/Downloads/measurements.csv 30
  sleep 3
  ssh_as dev <<'L'
head -3 Downloads/measurements.csv
python3 src/mean.py Downloads/measurements.csv
cp Downloads/measurements.csv src/
L
  desktop_close
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/dev/Downloads/measurements.csv$' 'the browser saves the table'
  exec_step read 'python3 src/mean.py Downloads/measurements.csv' 'an own program reads it'
}
