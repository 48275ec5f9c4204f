# A web log of the recorded host: Apache with PHP and WordPress, and its database in MariaDB. Sourced by scenarios.

. "$lab/lib/database.sh"

weblog() {
  laid_over wordpress apache2 apache2-bin apache2-data libapache2-mod-php8.2 libapr1 libaprutil1 || return 1
  mkdir -p /etc/php/8.2/apache2/conf.d /run/apache2 /var/log/apache2
  cp /etc/php/8.2/cli/php.ini /etc/php/8.2/apache2/; cp -a /etc/php/8.2/cli/conf.d/. /etc/php/8.2/apache2/conf.d/
  local each; for each in mysqlnd mysqli; do echo "extension=$each.so" > "/etc/php/8.2/apache2/conf.d/10-$each.ini"; done
  rm -f /etc/php/8.2/apache2/conf.d/*pdo_mysql*
  {
    printf 'ServerRoot /etc/apache2\nServerName www.example.org\nPidFile /run/apache2/apache2.pid\nListen 0.0.0.0:80\nUser www-data\nGroup www-data\nErrorLog /var/log/apache2/error.log\n'
    for each in mpm_prefork authz_core alias dir mime; do printf 'LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n' $each $each; done
    printf 'LoadModule php_module /usr/lib/apache2/modules/libphp8.2.so\nTypesConfig /etc/mime.types\nDocumentRoot /usr/share/wordpress\nDirectoryIndex index.php\n<FilesMatch "\\.php$">\n  SetHandler application/x-httpd-php\n</FilesMatch>\nAlias /wp-content /var/lib/wordpress/wp-content\n<Directory /usr/share/wordpress>\n  Require all granted\n</Directory>\n<Directory /var/lib/wordpress/wp-content>\n  Require all granted\n</Directory>\n'
  } > /etc/apache2/apache2.conf
  printf "<?php\ndefine('DB_NAME', 'weblog');\ndefine('DB_USER', 'weblog');\ndefine('DB_PASSWORD', 'lab-only');\ndefine('DB_HOST', 'localhost');\ndefine('WP_CONTENT_DIR', '/var/lib/wordpress/wp-content');\ndefine('DISABLE_WP_CRON', true);\ndefine('WP_HTTP_BLOCK_EXTERNAL', true);\n" > /etc/wordpress/config-default.php
  private /var/lib/wordpress; cp -a "$base/over/all/var/lib/wordpress/." /var/lib/wordpress/ 2>/dev/null
  mkdir -p /var/lib/wordpress/wp-content/uploads; chown -R www-data: /var/lib/wordpress/wp-content
  database_up || return 1
  mariadb -e "create database weblog; grant all on weblog.* to weblog@localhost identified by 'lab-only'"
}
weblog_up() {
  daemon_is "$database_pid"
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/apache2 -DFOREGROUND -f /etc/apache2/apache2.conf </dev/null >"$base/apache.log" 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 20 sh -c "ss -Hltn 'sport = :80' | grep -q ." || note "no web server"
  weblog_post "wp-admin/install.php?step=2" "weblog_title=Notes&user_name=editor&admin_password=lab-only-1&admin_password2=lab-only-1&pw_weak=1&admin_email=clerk@example.org&blog_public=0&language="
  mariadb weblog -e "update wp_options set option_value='1' where option_name in ('users_can_register','comments_notify','comment_moderation')"
}
# weblog_post PATH FORM : somebody outside fills in a form.
weblog_post() { outside curl -s -H 'Host: www.example.org' --resolve "www.example.org:80:$host_ip" -d "$2" "http://www.example.org/$1" >>"$base/web.log" 2>&1; }
