# Exim that logs all it can, in local time with a zone, milliseconds and process ids.
. "$here/programs/exim.sh"
exim_selector='log_selector = +all -arguments
timezone = Europe/Zurich
log_timezone = true'
