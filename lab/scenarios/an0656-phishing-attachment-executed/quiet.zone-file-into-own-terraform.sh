# A partner mails values, not code; the own module, in use for long, applies them.
title="Mailed table of addresses copied into one's own Terraform project and applied"
what="dev gets sites.json from the partner, saves it with Thunderbird to ~/Documents, copies it to ~/infra/dns and applies his own module, as every week: it reads the file with jsondecode, and its own local-exec runs the repository's own check script and tells the own web hook at relay.example.org."
host=ws3.example.org user=dev daemons="cron sshd dovecot" expect=informational
setup() {
  dovecot_config
  printf '{"sites": {"hq": "192.0.2.10", "lab": "192.0.2.11"}}\n' > "$base/out/sites.json"
  mkdir -p /home/dev/infra/dns
  cat > /home/dev/infra/dns/main.tf <<'P'
locals { sites = jsondecode(file("${path.module}/sites.json")).sites }
resource "terraform_data" "zone" {
  input = local.sites
  triggers_replace = local.sites
  provisioner "local-exec" { command = "./check.sh sites.json && curl -fsS -o /dev/null -d applied=dns http://198.51.100.20/hook" }
}
P
  printf '#!/bin/sh\njq -e ".sites | length > 0" "$1"\n' > /home/dev/infra/dns/check.sh; chmod 755 /home/dev/infra/dns/check.sh
  printf '{"sites": {"hq": "192.0.2.10"}}\n' > /home/dev/infra/dns/sites.json
  chown -R dev: /home/dev/infra
}
act() {
  display_up
  small_talk 2
  ssh_as dev <<'L'
cd infra/dns
terraform init -no-color
terraform apply -auto-approve -no-color
L
  mail_in --from network@example.net --to dev@example.org --source 203.0.113.90 --helo host90.example.net --subject "New site" --text "Hi,\n\nthe table with the lab.\n" --attach "$base/out/sites.json:application/json"
  wait_mail dev 1
  thunderbird_save dev sites.json Documents
  ssh_as dev <<'L'
cd infra/dns
cp ~/Documents/sites.json .
terraform plan -no-color | tail -4
%sleep 2
terraform apply -auto-approve -no-color
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the mail arrives'
  file_step save 'thunderbird.*(rename|link|openat:write).*/home/dev/Documents/sites.json' 'the client saves the table'
  exec_step copy 'cp /home/dev/Documents/sites.json' 'copied into the own project'
  exec_step apply 'terraform apply' 'the own module is applied'
  exec_step check 'check.sh sites.json' 'its own check reads the table'
  net_step told 'curl 198.51.100.20:80' 'the own hook is told'
}
