# Exim through syslog, with its own time stamp inside as it is by default.
. "$here/programs/exim.sh"
exim_logging="log_file_path = syslog"
logs="/var/log/mail.log"
