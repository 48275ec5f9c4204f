# A web application that brings its own mailer, in a language of its own.
title="Ruby web application mails password resets with ActionMailer"
what="A web application in /var/www/shop, deployed and run by the account shop, is served by puma, the real one; ActionMailer of Rails, the real one, speaks SMTP to the own Postfix on loopback, a short message to each of eight customers who ask for a new password, seven of them outside."
host=mx1.example.org user=shop daemons="cron" expect=informational

setup() {
  echo 'shop:x:976:976:shop:/var/www/shop:/usr/sbin/nologin' >> /etc/passwd; echo 'shop:x:976:' >> /etc/group; echo 'shop:!:20000::::::' >> /etc/shadow
  private /var/www; mkdir -p /var/www/shop/log
  cat > /var/www/shop/config.ru <<'P'
require 'action_mailer'
require 'securerandom'
ActionMailer::Base.delivery_method = :smtp
ActionMailer::Base.smtp_settings = { address: '127.0.0.1', port: 25, domain: 'mx1.example.org', enable_starttls_auto: false }

class AccountMailer < ActionMailer::Base
  default from: 'shop@example.org'
  def reset(to)
    mail(to: to, subject: 'Reset your password') { |format| format.text { render plain: "Follow https://shop.example.org/reset/#{SecureRandom.hex(16)}\n" } }
  end
end

run lambda { |env|
  to = Rack::Utils.parse_query(env['QUERY_STRING'])['to'].to_s
  AccountMailer.reset(to).deliver_now
  [200, { 'content-type' => 'text/plain' }, ["sent\n"]]
}
P
  chown -R shop: /var/www/shop
}
act() {
  (cd /var/www/shop && exec setsid setpriv --reuid shop --regid shop --clear-groups env -i HOME=/var/www/shop LANG=C.UTF-8 PATH=/usr/bin:/bin RACK_ENV=production /usr/bin/ruby /usr/bin/puma -e production -b tcp://0.0.0.0:3000 config.ru </dev/null >"$base/puma.log" 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 20 sh -c "ss -Hltn 'sport = :3000' | grep -q ." || note "no application"
  small_talk 2
  for who in anna@example.net ben@example.com carla@example.net clerk@example.org dora@example.com emil@example.net fay@example.com gina@example.net; do
    outside curl -s "http://$host_ip:3000/reset?to=$who" >>"$base/web.log"; sleep 2
  done
  wait_log 'to=<gina@example.net>.*status=sent' 20
  small_talk 1
}
truth() {
  net_step submit 'ruby.* 127.0.0.1:25' 'the application hands a message to the own server'
  mail_step sent 'to=<anna@example.net>.*status=sent' 'for a customer'
  mail_step last 'to=<gina@example.net>.*status=sent' 'and so on'
}
