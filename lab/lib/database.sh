# MariaDB on the recorded host. Sourced by scenarios and weblog.sh.

database_up() { # starts MariaDB on an empty data directory of the host's own
  owned_by mysql /var/lib/mysql; mkdir -p /run/mysqld /var/log/mysql; chown mysql: /run/mysqld /var/log/mysql
  mariadb-install-db --user=mysql --skip-test-db --auth-root-authentication-method=socket >"$base/db.log" 2>&1 || return 1
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/mariadbd --user=mysql --skip-log-bin --innodb-flush-log-at-trx-commit=2 </dev/null >>"$base/db.log" 2>&1) & own_pids+=($!); database_pid=$!
  wait_for 30 mariadb -e 'select 1' || { note "no database"; return 1; }
}
